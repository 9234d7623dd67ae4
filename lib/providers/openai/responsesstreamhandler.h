// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streamhandler.h"
#include "providers/answerending.h"
#include "providers/openai/itemdelta.h"
#include "providers/openai/responseassembly.h"
#include "providers/reportederror.h"

#include <memory>

namespace Maestro::OpenAi {

//! POST /v1/responses, streamed. Its calls are complete when the response has ended and the stream
//! gave their arguments as a whole.
class ResponsesStreamHandler : public StreamHandler
{
public:
    explicit ResponsesStreamHandler(const ErrorReading &errors);
    ~ResponsesStreamHandler() override;
    void handle(const ServerSentEvent &event, StreamMessages &messages) override;
    StreamMessages finish(QByteArrayView stray) override;

private:
    using Handler = StreamMessages (ResponsesStreamHandler::*)(const QJsonObject &event);
    static Handler handlerOf(const QString &kind);

    StreamMessages handleObject(const QJsonObject &object, const QString &kind);
    void onDelta(const ItemDelta &delta, StreamMessages &messages);
    void onArguments(ResponseItem &item, ItemDelta::Kind kind, const QString &text,
                     StreamMessages &messages);
    StreamMessages onResponse(const QJsonObject &event);
    StreamMessages onItemAdded(const QJsonObject &event);
    StreamMessages onItemDone(const QJsonObject &event);
    StreamMessages onPartAdded(const QJsonObject &event);
    StreamMessages onTextDone(const QJsonObject &event);
    StreamMessages onAnnotation(const QJsonObject &event);
    StreamMessages onRefusalDone(const QJsonObject &event);
    StreamMessages onSummaryDone(const QJsonObject &event);
    StreamMessages onReasoningDone(const QJsonObject &event);
    StreamMessages onArgumentsDone(const QJsonObject &event);
    StreamMessages onTerminal(const QJsonObject &event);
    StreamMessages onError(const QJsonObject &event);

    StreamMessages end();
    Done::Stop stop() const;

    ErrorReading m_errors;
    std::unique_ptr<DeltaJson> m_deltaJson;
    ResponseAssembly m_assembly;
    AnswerEnding m_ending;
    QString m_incompleteReason;
    //! Reasoning whose deltas name no output_index. The results that go with the recorded streams
    //! take such deltas for one nameless item: it is reasoning beside every other item, unless text
    //! without an index makes a message of it. OpenAI itself always names the index.
    QString m_nameless;
    bool m_namelessIsText = false;
};

} // namespace Maestro::OpenAi
