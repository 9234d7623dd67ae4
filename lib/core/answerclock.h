// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <chrono>
#include <functional>
#include <optional>

namespace Maestro {

//! The times of one answer: when it was asked for, and its first and last piece.
class AnswerClock
{
public:
    using Milliseconds = std::chrono::milliseconds;
    //! A time that only goes forward, from anywhere.
    using Now = std::function<Milliseconds()>;

    static Milliseconds steadyNow();

    explicit AnswerClock(Now now = steadyNow);

    void start();
    //! A piece of the answer came.
    void tick();
    void stop();

    bool isRunning() const { return m_started && !m_stopped; }
    //! Since the start, until the stop; zero before it.
    Milliseconds elapsed() const;
    //! From the start to the first piece.
    std::optional<Milliseconds> toFirst() const;
    //! What came since the first piece, in a second: up to now while it comes, else up to the last
    //! piece. Nothing while that is no time.
    std::optional<double> perSecond(double count) const;

private:
    Now m_now;
    std::optional<Milliseconds> m_started;
    std::optional<Milliseconds> m_first;
    std::optional<Milliseconds> m_last;
    std::optional<Milliseconds> m_stopped;
};

} // namespace Maestro
