// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/planlimits.h"

#include <QObject>
#include <QTimer>

namespace Maestro {

//! What the providers last said of the limits of plans, by account: whatever conversation was told,
//! all of them know.
class PlanStandings : public QObject
{
    Q_OBJECT

public:
    explicit PlanStandings(QObject *parent = nullptr);

    void set(const AccountKey &account, const PlanLimits &limits);
    //! Those that still hold: what was used before a reset says nothing after it.
    PlanLimits of(const AccountKey &account) const;

Q_SIGNALS:
    //! Something was said, or a limit was reset.
    void changed();

private:
    void awaitReset();

    QHash<AccountKey, PlanLimits> m_limits;
    QTimer m_reset;
};

} // namespace Maestro
