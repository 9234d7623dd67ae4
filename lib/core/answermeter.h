// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answer.h"
#include "core/answerclock.h"
#include "core/tokenrates.h"

namespace Maestro {

//! What an answer takes while it comes, in tokens and time. Before the provider's own usage arrives
//! the counts are estimates, and say so; the two are never mixed.
class AnswerMeter
{
public:
    struct Reading
    {
        std::optional<qint64> input; //!< with everything cached
        std::optional<qint64> output; //!< with all reasoning
        std::optional<qint64> reasoning;
        std::optional<qint64> cached;
        bool estimated = true; //!< show the counts with a ~
        double tokensPerSecond = 0; //!< since the first token; 0 while unknown
        std::optional<qint64> firstTokenMs; //!< from the request to the first piece of the answer
        qint64 elapsedMs = 0;
    };

    explicit AnswerMeter(const AnswerClock &clock = AnswerClock());

    //! Starts the clock. What is sent is estimated by the caller; the answer is by its length.
    void start(qint64 estimatedInput, double charactersPerToken = TokenRate().charactersPerToken());
    void take(const StreamMessage &message);
    void stop();
    bool isRunning() const { return m_clock.isRunning(); }
    Reading reading() const;

private:
    qint64 estimated(qsizetype characters) const;

    AnswerClock m_clock;
    qint64 m_estimatedInput = 0;
    double m_charactersPerToken = TokenRate().charactersPerToken();
    qsizetype m_outputCharacters = 0;
    qsizetype m_reasoningCharacters = 0;
    std::optional<Usage> m_usage;
    //! The provider has ended the answer, so that its usage is the bill.
    bool m_isCounted = false;
};

//! The usage that a provider reported for an answer that it ended itself; nothing if it did not:
//! counts lag behind the text until then.
std::optional<Usage> billedUsage(const Answer &answer);

} // namespace Maestro
