// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streamhandler.h"
#include "providers/answerending.h"
#include "providers/anthropic/blockdelta.h"
#include "providers/anthropic/contentblocks.h"
#include "providers/reportederror.h"

#include <memory>

namespace Maestro::Anthropic {

//! POST /v1/messages, streamed. Its calls are complete when the message has stopped.
class MessagesStreamHandler : public StreamHandler
{
public:
    explicit MessagesStreamHandler(const ErrorReading &errors);
    ~MessagesStreamHandler() override;
    void handle(const ServerSentEvent &event, StreamMessages &messages) override;
    StreamMessages finish(QByteArrayView stray) override;

private:
    StreamMessages handleObject(const QJsonObject &object, const QString &kind);
    StreamMessages onMessageStart(const QJsonObject &message);
    StreamMessages onBlockStart(int index, const QJsonObject &wire);
    StreamMessages onBlockDelta(int index, const QJsonObject &delta);
    void onPiece(const BlockDelta &piece, StreamMessages &messages);
    StreamMessages onBlockStop(int index);
    StreamMessages onMessageDelta(const QJsonObject &event);
    void onError(const QJsonObject &event);

    void say(ContentBlock &block, const QString &text, StreamMessages &messages);
    void reason(ContentBlock &block, const QString &text, StreamMessages &messages);
    void addInput(ContentBlock &block, const QString &json, StreamMessages &messages);
    StreamMessages cite(ContentBlock &block, const QJsonObject &citation);
    StreamMessages mergeUsage(const QJsonObject &usage);
    StreamMessages completedCalls() const;
    StreamMessages end();
    Done::Stop stop() const;

    ErrorReading m_errors;
    std::unique_ptr<DeltaJson> m_deltaJson;
    ContentBlocks m_blocks;
    AnswerEnding m_ending;
    QJsonObject m_usage;
    bool m_started = false;
    int m_textCount = 0;
    int m_reasoningCount = 0;
    int m_callCount = 0;
};

} // namespace Maestro::Anthropic
