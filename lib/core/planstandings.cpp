// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/planstandings.h"

#include <algorithm>

namespace Maestro {

namespace {

//! A timer cannot be set for months, and a clock may be put right meanwhile.
constexpr std::chrono::milliseconds LongestWait = std::chrono::hours(1);

bool isOver(const PlanLimit &limit, const QDateTime &now)
{
    return limit.resets && *limit.resets <= now;
}

} // namespace

PlanStandings::PlanStandings(QObject *parent)
    : QObject(parent)
{
    m_reset.setSingleShot(true);
    connect(&m_reset, &QTimer::timeout, this, [this] {
        awaitReset();
        Q_EMIT changed();
    });
}

void PlanStandings::set(const AccountKey &account, const PlanLimits &limits)
{
    m_limits.insert(account, limits);
    awaitReset();
    Q_EMIT changed();
}

PlanLimits PlanStandings::of(const AccountKey &account) const
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    PlanLimits limits = m_limits.value(account);
    limits.removeIf([&now](const PlanLimit &limit) { return isOver(limit, now); });
    return limits;
}

void PlanStandings::awaitReset()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    std::optional<std::chrono::milliseconds> wait;
    for (const PlanLimits &limits : std::as_const(m_limits)) {
        for (const PlanLimit &limit : limits) {
            if (limit.resets && !isOver(limit, now)) {
                const std::chrono::milliseconds until(now.msecsTo(*limit.resets));
                wait = std::min({wait.value_or(LongestWait), LongestWait, until});
            }
        }
    }
    if (wait) {
        m_reset.start(*wait);
    } else {
        m_reset.stop();
    }
}

} // namespace Maestro
