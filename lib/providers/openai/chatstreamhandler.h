// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streamhandler.h"
#include "providers/answerending.h"
#include "providers/openai/chatdelta.h"
#include "providers/openai/reasoningdetails.h"
#include "providers/reportederror.h"

#include <memory>

namespace Maestro::OpenAi {

//! POST /v1/chat/completions, streamed, by OpenAI and by the servers that speak like it. Only the
//! first choice is read. The usage comes after the finish reason, so the end is "[DONE]" or the end
//! of the bytes.
class ChatStreamHandler : public StreamHandler
{
public:
    explicit ChatStreamHandler(const ErrorReading &errors);
    ~ChatStreamHandler() override;
    void handle(const ServerSentEvent &event, StreamMessages &messages) override;
    StreamMessages finish(QByteArrayView stray) override;

private:
    void take(const ChatDelta &delta, StreamMessages &messages);
    StreamMessages takeChunk(const QJsonObject &chunk);
    StreamMessages takeChoice(const QJsonObject &choice);
    StreamMessages takeDelta(const QJsonObject &delta);
    StreamMessages takeContent(const QJsonValue &content);
    StreamMessages takeUsage(const QJsonObject &chunk);
    void say(const QString &text, StreamMessages &messages);
    static void reason(const QString &text, StreamMessages &messages);
    //! Whether the chunk reports an error; nothing else in it belongs to the answer.
    bool takeError(const QJsonObject &chunk, const ServerSentEvent &event);
    void takeSources(const QJsonObject &chunk);
    StreamMessages citations() const;
    StreamMessages end();
    Done::Stop stop() const;
    QJsonArray items() const;

    ErrorReading m_errors;
    std::unique_ptr<DeltaJson> m_deltaJson;
    AnswerEnding m_ending;
    ChatCalls m_calls;
    ReasoningDetails m_reasoningDetails;
    QString m_text;
    QString m_refusal;
    QJsonValue m_extraContent = QJsonValue::Undefined;
    QJsonArray m_sources; // Perplexity repeats the list in every chunk
};

} // namespace Maestro::OpenAi
