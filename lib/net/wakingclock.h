// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>

#include <chrono>
#include <functional>

namespace Maestro {

//! A clock that only goes on, by at least the time that passed: the computer's monotonic clock,
//! which stands still while the computer sleeps, plus what the wall clock was seen to have leapt
//! forward. A wall clock that is wrong, or put back, does not disturb it.
class WakingClock final
{
public:
    using Wall = std::function<QDateTime()>;
    using Monotonic = std::function<std::chrono::milliseconds()>;

    //! This computer's clocks.
    WakingClock();
    WakingClock(Wall wall, Monotonic monotonic);

    //! Since a moment that is the same for as long as the object lives. To be called now and then:
    //! what is called sleep is a leap between two calls.
    std::chrono::milliseconds now();
    //! How much of that was sleep, as far as now() has seen.
    std::chrono::milliseconds slept() const { return m_slept; }
    QDateTime wall() const { return m_wall(); }

private:
    Wall m_wall;
    Monotonic m_monotonic;
    std::chrono::milliseconds m_slept{};
    std::chrono::milliseconds m_lastMonotonic;
    std::chrono::milliseconds m_lastWall;
};

} // namespace Maestro
