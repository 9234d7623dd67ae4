// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/wakingclock.h"

using namespace std::chrono_literals;

namespace Maestro {

namespace {

//! Time servers nudge a clock by less.
constexpr std::chrono::milliseconds SmallestLeap = 10s;

std::chrono::milliseconds sinceEpoch(const QDateTime &time)
{
    return std::chrono::milliseconds(time.toMSecsSinceEpoch());
}

} // namespace

WakingClock::WakingClock()
    : WakingClock(QDateTime::currentDateTimeUtc, [] {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now().time_since_epoch());
    })
{ }

WakingClock::WakingClock(Wall wall, Monotonic monotonic)
    : m_wall(std::move(wall))
    , m_monotonic(std::move(monotonic))
    , m_lastMonotonic(m_monotonic())
    , m_lastWall(sinceEpoch(m_wall()))
{ }

std::chrono::milliseconds WakingClock::now()
{
    const auto monotonic = m_monotonic();
    const auto wall = sinceEpoch(m_wall());
    const auto leap = (wall - m_lastWall) - (monotonic - m_lastMonotonic);
    if (leap > SmallestLeap) {
        m_slept += leap;
    }
    m_lastMonotonic = monotonic;
    m_lastWall = wall;
    return monotonic + m_slept;
}

} // namespace Maestro
