// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/answerclock.h"

namespace Maestro {

AnswerClock::Milliseconds AnswerClock::steadyNow()
{
    return std::chrono::duration_cast<Milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

AnswerClock::AnswerClock(Now now)
    : m_now(std::move(now))
{ }

void AnswerClock::start()
{
    m_started = m_now();
    m_first.reset();
    m_last.reset();
    m_stopped.reset();
}

void AnswerClock::tick()
{
    if (!isRunning()) {
        return;
    }
    m_last = m_now();
    if (!m_first) {
        m_first = m_last;
    }
}

void AnswerClock::stop()
{
    if (isRunning()) {
        m_stopped = m_now();
    }
}

AnswerClock::Milliseconds AnswerClock::elapsed() const
{
    return m_started ? m_stopped.value_or(isRunning() ? m_now() : *m_started) - *m_started
                     : Milliseconds{};
}

std::optional<AnswerClock::Milliseconds> AnswerClock::toFirst() const
{
    return m_first ? std::optional(*m_first - *m_started) : std::nullopt;
}

std::optional<double> AnswerClock::perSecond(double count) const
{
    if (!m_first) {
        return std::nullopt;
    }
    const Milliseconds span = (isRunning() ? m_now() : *m_last) - *m_first;
    return span.count() > 0 ? std::optional(count * 1000.0 / static_cast<double>(span.count()))
                            : std::nullopt;
}

} // namespace Maestro
