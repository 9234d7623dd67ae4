// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QToolButton>

namespace Maestro {

class Ledger;

//! What the conversation has cost, for the header; a click shows the answer, the conversation and
//! the day, and where the prices are from. Hidden while nothing was spent.
class UsageTotals : public QToolButton
{
    Q_OBJECT

public:
    explicit UsageTotals(QWidget *parent = nullptr);

    //! `ledger` must outlive it.
    void setLedger(const Ledger &ledger);
    //! Opens the details beneath it.
    void openDetails();

private:
    void refresh();

    const Ledger *m_ledger = nullptr;
};

} // namespace Maestro
