// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/ledger.h"

#include <QPointer>
#include <QToolButton>

namespace Maestro {

//! What the conversation has cost, or what of a plan is used, for the header; a click shows the
//! answer, the conversation and the day, the limits of the plan, and where the prices are from.
//! Hidden while nothing was spent and nothing is known.
class UsageTotals : public QToolButton
{
    Q_OBJECT

public:
    explicit UsageTotals(QWidget *parent = nullptr);

    //! Null for none. It may be another at any time.
    void setLedger(const Ledger *ledger);
    //! Opens the details beneath it.
    void openDetails();

private:
    void refresh();

    QPointer<const Ledger> m_ledger;
};

} // namespace Maestro
