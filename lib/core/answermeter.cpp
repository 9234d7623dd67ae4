// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/answermeter.h"

#include "core/overloaded.h"

#include <cmath>

namespace Maestro {

AnswerMeter::AnswerMeter(const AnswerClock &clock)
    : m_clock(clock)
{ }

void AnswerMeter::start(qint64 estimatedInput, double charactersPerToken)
{
    *this = AnswerMeter(m_clock);
    m_estimatedInput = estimatedInput;
    m_charactersPerToken = charactersPerToken;
    m_clock.start();
}

qint64 AnswerMeter::estimated(qsizetype characters) const
{
    return std::llround(static_cast<double>(characters) / m_charactersPerToken);
}

void AnswerMeter::take(const StreamMessage &message)
{
    const auto countToken = [this](qsizetype characters) {
        m_outputCharacters += characters;
        m_clock.tick();
    };
    std::visit(Overloaded{
                   [&](const Content &content) { countToken(content.text.size()); },
                   [&](const Reasoning &reasoning) {
                       // How long it took is said with the next piece, or the end.
                       if (!reasoning.replacesContent && !reasoning.took) {
                           countToken(reasoning.text.size());
                       }
                       m_reasoningCharacters += reasoning.text.size();
                   },
                   [&](const FunctionCall &call) {
                       countToken(
                           call.phase == FunctionCall::Phase::Complete ? 0 : call.arguments.size());
                   },
                   [&](const Refusal &refusal) { countToken(refusal.text.size()); },
                   [](const Citation &) {},
                   [&](const Usage &usage) { m_usage = usage; },
                   [](const StreamFault &) {},
                   [&](const Done &done) { m_isCounted = done.hasEnded(); },
               },
               message);
}

void AnswerMeter::stop() { m_clock.stop(); }

AnswerMeter::Reading AnswerMeter::reading() const
{
    Reading reading;
    std::optional<qint64> sinceFirst; // tokens that came since the first piece
    // Some providers report usage from the first event on, with an output count that lags behind
    // the text; only what stands at the end is the bill.
    if (m_usage && m_isCounted) {
        reading.estimated = false;
        reading.input = m_usage->inputTotal;
        reading.output = m_usage->outputTotal;
        reading.reasoning = m_usage->reasoning;
        reading.cached = m_usage->cached;
        sinceFirst = reading.output;
        if (sinceFirst && m_reasoningCharacters == 0) {
            // Reasoning that is not shown was over before the first piece came.
            sinceFirst = *sinceFirst - reading.reasoning.value_or(0);
        }
    } else {
        reading.input = m_estimatedInput;
        reading.output = estimated(m_outputCharacters);
        if (m_reasoningCharacters > 0) {
            reading.reasoning = estimated(m_reasoningCharacters);
        }
        sinceFirst = reading.output;
    }
    if (const auto first = m_clock.toFirst()) {
        reading.firstTokenMs = first->count();
    }
    reading.elapsedMs = m_clock.elapsed().count();
    reading.tokensPerSecond
        = m_clock.perSecond(static_cast<double>(sinceFirst.value_or(0))).value_or(0);
    return reading;
}

std::optional<Usage> billedUsage(const Answer &answer)
{
    return answer.done() && answer.done()->hasEnded() ? answer.usage() : std::nullopt;
}

} // namespace Maestro
