// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/answermeter.h"

#include "core/overloaded.h"

namespace Maestro {

namespace {

//! A rule of thumb for English prose and code with today's tokenizers; only for what is marked ~.
constexpr double CharactersPerToken = 4.0;

qint64 estimatedTokens(qsizetype characters)
{
    return qRound64(static_cast<double>(characters) / CharactersPerToken);
}

} // namespace

void AnswerMeter::start(qsizetype promptCharacters)
{
    *this = AnswerMeter();
    m_promptCharacters = promptCharacters;
    m_running = true;
    m_clock.start();
}

void AnswerMeter::take(const StreamMessage &message)
{
    const auto countToken = [this](qsizetype characters) {
        m_outputCharacters += characters;
        m_lastTokenMs = m_clock.elapsed();
        if (!m_firstTokenMs) {
            m_firstTokenMs = m_lastTokenMs;
        }
    };
    std::visit(Overloaded{
                   [&](const Content &content) { countToken(content.text.size()); },
                   [&](const Reasoning &reasoning) {
                       if (!reasoning.replacesContent) {
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
                   [&](const Done &) { m_done = true; },
               },
               message);
}

void AnswerMeter::stop()
{
    if (m_running) {
        m_stoppedMs = m_clock.elapsed();
        m_running = false;
    }
}

AnswerMeter::Reading AnswerMeter::reading() const
{
    Reading reading;
    // Some providers report usage from the first event on, with an output count that lags behind
    // the text; only what stands at the end is the bill.
    if (m_usage && m_done) {
        reading.estimated = false;
        reading.input = m_usage->inputTotal;
        reading.output = m_usage->outputTotal;
        reading.reasoning = m_usage->reasoning;
        reading.cached = m_usage->cached;
    } else {
        reading.input = estimatedTokens(m_promptCharacters);
        reading.output = estimatedTokens(m_outputCharacters);
        if (m_reasoningCharacters > 0) {
            reading.reasoning = estimatedTokens(m_reasoningCharacters);
        }
    }
    reading.firstTokenMs = m_firstTokenMs;
    reading.elapsedMs = m_running ? m_clock.elapsed() : m_stoppedMs;
    if (m_firstTokenMs && reading.output) {
        const qint64 end = m_running ? reading.elapsedMs : m_lastTokenMs;
        const qint64 spanMs = end - *m_firstTokenMs;
        if (spanMs > 0) {
            reading.tokensPerSecond
                = static_cast<double>(*reading.output) * 1000.0 / static_cast<double>(spanMs);
        }
    }
    return reading;
}

} // namespace Maestro
