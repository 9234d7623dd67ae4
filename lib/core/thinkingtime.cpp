// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/thinkingtime.h"

#include "core/overloaded.h"

namespace Maestro {

namespace {

bool endsThinking(const StreamMessage &message)
{
    return std::visit(Overloaded{
                          [](const Content &content) { return !content.text.isEmpty(); },
                          [](const Reasoning &) { return false; },
                          [](const FunctionCall &) { return true; },
                          [](const Refusal &) { return true; },
                          [](const Citation &) { return false; },
                          [](const Usage &) { return false; },
                          [](const StreamFault &) { return false; },
                          [](const Done &) { return true; },
                      },
                      message);
}

} // namespace

ThinkingTime::ThinkingTime(AnswerClock::Now now)
    : m_clock(std::move(now))
{ }

StreamMessages ThinkingTime::timed(const StreamMessages &messages)
{
    StreamMessages timed;
    timed.reserve(messages.size() + 1);
    for (const StreamMessage &message : messages) {
        const auto *reasoning = std::get_if<Reasoning>(&message);
        if (reasoning && !reasoning->text.isEmpty()) {
            m_part = reasoning->part;
            if (!m_clock.isRunning()) {
                m_clock.start();
            }
        } else if (m_clock.isRunning() && endsThinking(message)) {
            m_clock.stop();
            timed.append(Reasoning{.part = m_part, .took = m_clock.elapsed()});
        }
        timed.append(message);
    }
    return timed;
}

} // namespace Maestro
