// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streammessage.h"
#include "providers/gemini/partialarguments.h"

namespace Maestro::Gemini {

//! The calls of an answer: functions for us to run, and tools that Google runs itself.
class GeminiCalls
{
public:
    //! A part with a functionCall. What a call of several parts amounts to is in takeFinished().
    StreamMessages takeFunctionCall(const QJsonObject &part);
    //! executableCode, codeExecutionResult, toolCall or toolResponse.
    StreamMessages takeProviderPart(const QJsonObject &part);
    //! The call that is being streamed has no more parts: another call or the end came.
    StreamMessages close();
    //! What of a call that was cut off is known.
    StreamMessages flush() const;
    //! All that the answer holds are whole.
    StreamMessages complete() const;

    //! The parts of calls that have just become whole, as the next turn sends them back.
    QList<QJsonObject> takeFinished();
    bool hasClientCalls() const;

private:
    struct Call
    {
        QString id = {};
        QString name = {};
        QString arguments = {};
        FunctionCall::Executor executor = FunctionCall::Executor::Client;
        bool isComplete = false;
    };
    //! A call that Vertex streams.
    struct OpenCall
    {
        QJsonObject part;
        PartialArguments arguments;
        qsizetype number; //!< in m_calls; a tool of Google's may begin before its last part
    };

    StreamMessages begin(const Call &call);
    StreamMessages completeProviderCall(const QString &id);
    FunctionCall message(FunctionCall::Phase phase, qsizetype number) const;

    QList<Call> m_calls;
    std::optional<OpenCall> m_open;
    QList<QJsonObject> m_finished;
};

} // namespace Maestro::Gemini
