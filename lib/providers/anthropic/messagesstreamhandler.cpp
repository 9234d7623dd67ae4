// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropic/messagesstreamhandler.h"

#include "providers/deltajson.h"
#include "providers/eventjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Maestro::Anthropic {

namespace {

Usage usageOf(const QJsonObject &usage)
{
    Usage tokens;
    tokens.input = tokenCount(usage["input_tokens"_L1]);
    tokens.output = tokenCount(usage["output_tokens"_L1]);
    tokens.cached = tokenCount(usage["cache_read_input_tokens"_L1]);
    tokens.cacheWrite = tokenCount(usage["cache_creation_input_tokens"_L1]);
    tokens.reasoning = tokenCount(usage["output_tokens_details"_L1]["thinking_tokens"_L1]);
    // Anthropic counts what was read from and written to the cache apart.
    tokens.inputTotal = sumOf(sumOf(tokens.input, tokens.cached), tokens.cacheWrite);
    tokens.outputTotal = tokens.output;
    return tokens;
}

} // namespace

MessagesStreamHandler::MessagesStreamHandler(const ErrorReading &errors)
    : m_errors(errors)
    , m_deltaJson(std::make_unique<DeltaJson>())
{ }

MessagesStreamHandler::~MessagesStreamHandler() = default;

void MessagesStreamHandler::handle(const ServerSentEvent &event, StreamMessages &messages)
{
    if (isEmptyEvent(event)) {
        return;
    }
    if (const auto piece = blockDelta(*m_deltaJson, event)) {
        onPiece(*piece, messages);
    } else if (const Result<QJsonObject> object = readEvent(event)) {
        messages += handleObject(*object, eventKind(*object, event));
    } else {
        messages.append(skippedEvent(object.error()));
    }
}

StreamMessages MessagesStreamHandler::handleObject(const QJsonObject &object, const QString &kind)
{
    const int index = object["index"_L1].toInt();
    if (kind == "content_block_delta"_L1) {
        return onBlockDelta(index, object["delta"_L1].toObject());
    }
    if (kind == "content_block_start"_L1) {
        return onBlockStart(index, object["content_block"_L1].toObject());
    }
    if (kind == "content_block_stop"_L1) {
        return onBlockStop(index);
    }
    if (kind == "message_start"_L1) {
        return onMessageStart(object["message"_L1].toObject());
    }
    if (kind == "message_delta"_L1) {
        return onMessageDelta(object);
    }
    if (kind == "message_stop"_L1) {
        m_ending.isTerminal = true;
        return end();
    }
    if (kind == "error"_L1 || !object["type"_L1].isString()) {
        onError(object);
    }
    return {};
}

StreamMessages MessagesStreamHandler::finish(QByteArrayView stray)
{
    if (const auto error = strayError(stray)) {
        m_ending.report(fatalFault(*error, m_errors));
    }
    return end();
}

StreamMessages MessagesStreamHandler::onMessageStart(const QJsonObject &message)
{
    if (m_started) {
        return {}; // a second one, from a gateway that began anew
    }
    m_started = true;
    m_ending.responseId = message["id"_L1].toString();
    m_ending.model = message["model"_L1].toString();
    m_ending.stopReason = message["stop_reason"_L1].toString();
    StreamMessages messages = mergeUsage(message["usage"_L1].toObject());
    // With programmatic tool calling the pending calls stand here, and no block events follow.
    const QJsonArray content = message["content"_L1].toArray();
    for (int index = 0; index < content.size(); ++index) {
        messages += onBlockStart(index, content.at(index).toObject());
        messages += onBlockStop(index);
    }
    return messages;
}

StreamMessages MessagesStreamHandler::onBlockStart(int index, const QJsonObject &wire)
{
    ContentBlock &block = m_blocks.start(index, wire);
    if (block.isClientCall() || block.isProviderCall()) {
        block.call = m_callCount++;
        return {block.functionCall(FunctionCall::Phase::Begin, {})};
    }
    block.signature = wire["signature"_L1].toString();
    StreamMessages messages;
    const QString type = block.type();
    if (type == "text"_L1) {
        const QJsonArray citations = wire["citations"_L1].toArray();
        for (const QJsonValue &citation : citations) {
            messages += cite(block, citation.toObject());
        }
        say(block, wire["text"_L1].toString(), messages);
    } else if (type == "thinking"_L1) {
        reason(block, wire["thinking"_L1].toString(), messages);
    } else if (type == "compaction"_L1) {
        block.text = wire["content"_L1].toString();
    }
    return messages;
}

StreamMessages MessagesStreamHandler::onBlockDelta(int index, const QJsonObject &delta)
{
    StreamMessages messages;
    const QString type = delta["type"_L1].toString();
    if (const auto piece = blockDelta(index, delta)) {
        onPiece(*piece, messages);
    } else if (type == "signature_delta"_L1) {
        m_blocks.at(index, "thinking"_L1).signature = delta["signature"_L1].toString();
    } else if (type == "citations_delta"_L1) {
        messages = cite(m_blocks.at(index, "text"_L1), delta["citation"_L1].toObject());
    } else if (type == "compaction_delta"_L1) {
        ContentBlock &block = m_blocks.at(index, "compaction"_L1);
        block.text += delta["content"_L1].toString();
        block.encrypted += delta["encrypted_content"_L1].toString();
    }
    return messages;
}

void MessagesStreamHandler::onPiece(const BlockDelta &piece, StreamMessages &messages)
{
    switch (piece.kind) {
    case BlockDelta::Kind::Text:
        say(m_blocks.at(piece.index, "text"_L1), piece.text, messages);
        break;
    case BlockDelta::Kind::Thinking:
        reason(m_blocks.at(piece.index, "thinking"_L1), piece.text, messages);
        break;
    case BlockDelta::Kind::Input:
        addInput(m_blocks.at(piece.index, "tool_use"_L1), piece.text, messages);
        break;
    }
}

StreamMessages MessagesStreamHandler::onBlockStop(int index)
{
    ContentBlock *block = m_blocks.find(index);
    if (!block || block->isStopped) {
        return {};
    }
    StreamMessages messages;
    if (block->call >= 0 && block->input.isEmpty()) {
        // Deferred calls bring their input whole, in the block's start.
        if (const QJsonObject input = block->start["input"_L1].toObject(); !input.isEmpty()) {
            addInput(*block, jsonText(input), messages);
        }
    }
    block->isStopped = true;
    if (block->isProviderCall()) {
        messages.append(block->functionCall(FunctionCall::Phase::Complete, block->input));
    }
    return messages;
}

StreamMessages MessagesStreamHandler::onMessageDelta(const QJsonObject &event)
{
    const QString reason = event["delta"_L1]["stop_reason"_L1].toString();
    m_ending.stopReason = reason.isEmpty() ? m_ending.stopReason : reason;
    return mergeUsage(event["usage"_L1].toObject());
}

void MessagesStreamHandler::onError(const QJsonObject &event)
{
    std::optional<ReportedError> error = reportedError(event);
    if (!error && event["message"_L1].isString()) {
        QJsonObject flat = event;
        flat.insert("object"_L1, u"error"_s);
        error = reportedError(flat);
    }
    if (error) {
        m_ending.report(fatalFault(*error, m_errors));
    }
}

void MessagesStreamHandler::say(ContentBlock &block, const QString &text, StreamMessages &messages)
{
    if (text.isEmpty()) {
        return;
    }
    block.textPart = block.textPart < 0 ? m_textCount++ : block.textPart;
    block.text += text;
    messages.emplaceBack(Content{block.textPart, text});
}

void MessagesStreamHandler::reason(ContentBlock &block, const QString &text,
                                   StreamMessages &messages)
{
    if (text.isEmpty()) {
        return;
    }
    block.reasoningPart = block.reasoningPart < 0 ? m_reasoningCount++ : block.reasoningPart;
    block.text += text;
    messages.emplaceBack(Reasoning{block.reasoningPart, text});
}

StreamMessages MessagesStreamHandler::cite(ContentBlock &block, const QJsonObject &citation)
{
    if (citation.isEmpty()) {
        return {};
    }
    // It comes before the text that it supports.
    block.textPart = block.textPart < 0 ? m_textCount++ : block.textPart;
    block.citations.append(citation);
    const QString title
        = citation[citation["title"_L1].isString() ? "title"_L1 : "document_title"_L1].toString();
    const QString url = citation[citation["url"_L1].isString() ? "url"_L1 : "source"_L1].toString();
    return {Citation{block.textPart, title, url, citation["cited_text"_L1].toString()}};
}

void MessagesStreamHandler::addInput(ContentBlock &block, const QString &json,
                                     StreamMessages &messages)
{
    if (json.isEmpty() || block.isStopped) {
        return; // what comes after a call's end is none of its input
    }
    if (block.call < 0) {
        block.call = m_callCount++;
        messages.append(block.functionCall(FunctionCall::Phase::Begin, {}));
    }
    block.input += json;
    messages.append(block.functionCall(FunctionCall::Phase::Arguments, json));
}

StreamMessages MessagesStreamHandler::mergeUsage(const QJsonObject &usage)
{
    if (usage.isEmpty()) {
        return {};
    }
    // Cumulative: each field that is there replaces what was.
    for (auto field = usage.constBegin(); field != usage.constEnd(); ++field) {
        if (!field->isNull()) {
            m_usage.insert(field.key(), *field);
        }
    }
    return {usageOf(m_usage)};
}

StreamMessages MessagesStreamHandler::completedCalls() const
{
    StreamMessages messages;
    if (!m_ending.isComplete()) {
        return messages;
    }
    for (const ContentBlock &block : m_blocks.all()) {
        // At the limit the last block is closed in the middle of its JSON.
        const bool isWhole = stop() != Done::Stop::Length || isJsonObject(block.input);
        if (block.isClientCall() && block.isStopped && isWhole
            && !block.start["id"_L1].toString().isEmpty()) {
            messages.append(block.functionCall(FunctionCall::Phase::Complete, block.input));
        }
    }
    return messages;
}

StreamMessages MessagesStreamHandler::end()
{
    return completedCalls() + m_ending.end(stop(), m_blocks.verbatim());
}

Done::Stop MessagesStreamHandler::stop() const
{
    if (!m_ending.isComplete()) {
        return Done::Stop::None;
    }
    static const QHash<QString, Done::Stop> stops{
        {u"end_turn"_s, Done::Stop::End},
        {u"stop_sequence"_s, Done::Stop::End},
        {u"tool_use"_s, Done::Stop::ToolUse},
        {u"max_tokens"_s, Done::Stop::Length},
        {u"model_context_window_exceeded"_s, Done::Stop::Length},
        {u"pause_turn"_s, Done::Stop::Paused},
        {u"refusal"_s, Done::Stop::Refused},
    };
    return stops.value(m_ending.stopReason, Done::Stop::Other);
}

} // namespace Maestro::Anthropic
