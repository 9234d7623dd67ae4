// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streamhandler.h"
#include "providers/answerending.h"
#include "providers/openai/responseitems.h"

namespace Maestro::OpenAi {

//! POST /v1/responses, streamed. Its calls are complete when the response has ended and the stream
//! gave their arguments as a whole.
class ResponsesStreamHandler : public StreamHandler
{
public:
    StreamMessages handle(const ServerSentEvent &event) override;
    StreamMessages finish(QByteArrayView stray) override;

private:
    using Handler = StreamMessages (ResponsesStreamHandler::*)(const QJsonObject &event);
    static Handler handlerOf(const QString &kind);

    StreamMessages onResponse(const QJsonObject &event);
    StreamMessages onItemAdded(const QJsonObject &event);
    StreamMessages onItemDone(const QJsonObject &event);
    StreamMessages onPartAdded(const QJsonObject &event);
    StreamMessages onTextDelta(const QJsonObject &event);
    StreamMessages onTextDone(const QJsonObject &event);
    StreamMessages onAnnotation(const QJsonObject &event);
    StreamMessages onRefusalDelta(const QJsonObject &event);
    StreamMessages onRefusalDone(const QJsonObject &event);
    StreamMessages onSummaryDelta(const QJsonObject &event);
    StreamMessages onSummaryDone(const QJsonObject &event);
    StreamMessages onReasoningDelta(const QJsonObject &event);
    StreamMessages onReasoningDone(const QJsonObject &event);
    StreamMessages onArgumentsDelta(const QJsonObject &event);
    StreamMessages onArgumentsDone(const QJsonObject &event);
    StreamMessages onTerminal(const QJsonObject &event);
    StreamMessages onError(const QJsonObject &event);

    StreamMessages sayText(ResponseItem &item, int index, const QString &text);
    StreamMessages sayRefusal(ResponseItem &item, int index, const QString &text);
    StreamMessages sayReasoning(std::map<int, ResponsePart> &parts, int index, const QString &text);
    StreamMessages cite(ResponseItem &item, int index, const QJsonObject &annotation);
    StreamMessages begin(ResponseItem &item, const QJsonObject &wire);
    StreamMessages sayArguments(ResponseItem &item, const QString &text);
    //! What of a whole item has not been said yet.
    StreamMessages completeItem(ResponseItem &item, const QJsonObject &wire);
    StreamMessages completeMessage(ResponseItem &item, const QJsonObject &wire);
    StreamMessages completeReasoning(ResponseItem &item, const QJsonObject &wire);
    StreamMessages completeCall(ResponseItem &item, const QJsonObject &wire);
    StreamMessages completedCalls();
    StreamMessages end();
    Done::Stop stop() const;

    ResponseItems m_items;
    AnswerEnding m_ending;
    QString m_incompleteReason;
    int m_textCount = 0;
    int m_reasoningCount = 0;
    int m_callCount = 0;
    bool m_refused = false;
};

} // namespace Maestro::OpenAi
