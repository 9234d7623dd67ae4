// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answer.h"

#include <QElapsedTimer>

namespace Maestro {

//! What an answer costs while it comes, in tokens and time. Before the provider's own usage arrives
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

    //! Starts the clock. `promptCharacters` is the length of all that is sent, for the estimate.
    void start(qsizetype promptCharacters);
    void take(const StreamMessage &message);
    void stop();
    bool isRunning() const { return m_running; }
    Reading reading() const;

private:
    QElapsedTimer m_clock;
    bool m_running = false;
    qint64 m_stoppedMs = 0;
    qint64 m_lastTokenMs = 0;
    std::optional<qint64> m_firstTokenMs;
    qsizetype m_promptCharacters = 0;
    qsizetype m_outputCharacters = 0;
    qsizetype m_reasoningCharacters = 0;
    std::optional<Usage> m_usage;
    bool m_done = false;
};

} // namespace Maestro
