// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/chatstreamhandler.h"

#include "providers/deltajson.h"
#include "providers/eventjson.h"

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

Usage usageOf(const QJsonObject &usage)
{
    const QJsonValue inputDetails = usage["prompt_tokens_details"_L1];
    Usage tokens;
    tokens.input = tokenCount(usage["prompt_tokens"_L1]);
    tokens.output = tokenCount(usage["completion_tokens"_L1]);
    tokens.total = tokenCount(usage["total_tokens"_L1]);
    tokens.cached = tokenCount(inputDetails["cached_tokens"_L1]);
    tokens.cacheWrite = tokenCount(inputDetails["cache_write_tokens"_L1]);
    tokens.reasoning = tokenCount(usage["completion_tokens_details"_L1]["reasoning_tokens"_L1]);
    tokens.inputTotal = tokens.input;
    tokens.outputTotal = tokens.output;
    return tokens;
}

} // namespace

ChatStreamHandler::ChatStreamHandler(const ErrorReading &errors)
    : m_errors(errors)
    , m_deltaJson(std::make_unique<DeltaJson>())
{ }

ChatStreamHandler::~ChatStreamHandler() = default;

void ChatStreamHandler::handle(const ServerSentEvent &event, StreamMessages &messages)
{
    if (isEmptyEvent(event)) {
        if (event.data.contains("[DONE]")) {
            m_ending.isTerminal = true;
            messages += end();
        }
        return;
    }
    if (!m_ending.responseId.isEmpty() && !m_ending.model.isEmpty()) {
        if (const auto delta = chatDelta(*m_deltaJson, event)) {
            take(*delta, messages);
            return;
        }
    }
    if (const Result<QJsonObject> object = readEvent(event); !object) {
        messages.append(skippedEvent(object.error()));
    } else if (!takeError(*object, event)) {
        messages += takeChunk(*object);
    }
}

StreamMessages ChatStreamHandler::takeChunk(const QJsonObject &chunk)
{
    if (m_ending.responseId.isEmpty()) {
        m_ending.responseId = chunk["id"_L1].toString();
    }
    if (m_ending.model.isEmpty()) {
        m_ending.model = chunk["model"_L1].toString();
    }
    StreamMessages messages;
    const QJsonArray choices = chunk["choices"_L1].toArray();
    for (const QJsonValue &choice : choices) {
        if (choice["index"_L1].toInt() == 0) {
            messages += takeChoice(choice.toObject());
        }
    }
    takeSources(chunk);
    return messages + takeUsage(chunk);
}

StreamMessages ChatStreamHandler::finish(QByteArrayView stray)
{
    if (const auto error = strayError(stray)) {
        m_ending.report(fatalFault(*error, m_errors));
    }
    return end();
}

bool ChatStreamHandler::takeError(const QJsonObject &chunk, const ServerSentEvent &event)
{
    std::optional<ReportedError> error = reportedError(chunk);
    if (!error && event.type == "error") {
        QJsonObject flat = chunk;
        flat.insert("object"_L1, u"error"_s);
        error = reportedError(flat);
    }
    if (error) {
        m_ending.report(fatalFault(*error, m_errors));
    }
    return error.has_value();
}

void ChatStreamHandler::take(const ChatDelta &delta, StreamMessages &messages)
{
    reason(delta.reasoning, messages);
    say(delta.content, messages);
    if (delta.call) {
        messages += m_calls.take(*delta.call);
    }
}

StreamMessages ChatStreamHandler::takeChoice(const QJsonObject &choice)
{
    StreamMessages messages = takeDelta(choice["delta"_L1].toObject());
    // It may come twice, and null after it.
    if (const QString reason = choice["finish_reason"_L1].toString(); !reason.isEmpty()) {
        m_ending.stopReason = reason;
        m_ending.isTerminal = true;
    }
    return messages;
}

StreamMessages ChatStreamHandler::takeDelta(const QJsonObject &delta)
{
    StreamMessages messages;
    // The same text under two names, with some servers.
    const QString reasoning = delta["reasoning_content"_L1].toString();
    reason(reasoning.isEmpty() ? delta["reasoning"_L1].toString() : reasoning, messages);
    m_reasoningDetails.take(delta["reasoning_details"_L1].toArray());
    messages += takeContent(delta["content"_L1]);
    if (const QString refusal = delta["refusal"_L1].toString(); !refusal.isEmpty()) {
        m_refusal += refusal;
        messages.emplaceBack(Refusal{refusal});
    }
    if (const QJsonValue call = delta["function_call"_L1]; call.isObject()) {
        messages += m_calls.takeLegacy(call.toObject());
    }
    const QJsonArray calls = delta["tool_calls"_L1].toArray();
    for (const QJsonValue &call : calls) {
        if (call.isObject()) {
            messages += m_calls.take(call.toObject());
        }
    }
    const QJsonArray annotations = delta["annotations"_L1].toArray();
    for (const QJsonValue &annotation : annotations) {
        const QJsonValue citation = annotation["url_citation"_L1];
        if (citation.isObject()) {
            messages.append(
                Citation{0, citation["title"_L1].toString(), citation["url"_L1].toString(), {}});
        }
    }
    if (const QJsonValue extra = delta["extra_content"_L1]; extra.isObject()) {
        m_extraContent = extra;
    }
    return messages;
}

StreamMessages ChatStreamHandler::takeContent(const QJsonValue &content)
{
    StreamMessages messages;
    if (!content.isArray()) {
        say(content.toString(), messages);
        return messages;
    }
    // Mistral's reasoning models send parts.
    const QJsonArray parts = content.toArray();
    for (const QJsonValue &part : parts) {
        say(part["text"_L1].toString(), messages);
        const QJsonArray thoughts = part["thinking"_L1].toArray();
        for (const QJsonValue &thought : thoughts) {
            reason(thought["text"_L1].toString(), messages);
        }
    }
    return messages;
}

StreamMessages ChatStreamHandler::takeUsage(const QJsonObject &chunk)
{
    QJsonObject usage = chunk["usage"_L1].toObject();
    if (usage.isEmpty()) {
        usage = chunk["x_groq"_L1]["usage"_L1].toObject();
    }
    return usage.isEmpty() ? StreamMessages() : StreamMessages{usageOf(usage)};
}

void ChatStreamHandler::say(const QString &text, StreamMessages &messages)
{
    if (!text.isEmpty()) {
        m_text += text;
        messages.emplaceBack(Content{0, text});
    }
}

void ChatStreamHandler::reason(const QString &text, StreamMessages &messages)
{
    if (!text.isEmpty()) {
        messages.emplaceBack(Reasoning{0, text});
    }
}

void ChatStreamHandler::takeSources(const QJsonObject &chunk)
{
    for (const QLatin1StringView key : {"search_results"_L1, "citations"_L1}) {
        if (const QJsonArray sources = chunk[key].toArray(); !sources.isEmpty()) {
            m_sources = sources;
            return;
        }
    }
}

StreamMessages ChatStreamHandler::citations() const
{
    StreamMessages messages;
    for (const QJsonValue &source : m_sources) {
        const QString url = source.isString() ? source.toString() : source["url"_L1].toString();
        if (!url.isEmpty()) {
            messages.append(Citation{0, source["title"_L1].toString(), url, {}});
        }
    }
    return messages;
}

StreamMessages ChatStreamHandler::end()
{
    StreamMessages messages = m_calls.flush() + citations();
    if (m_ending.isComplete()) {
        messages
            += m_calls.complete(stop() == Done::Stop::Length || stop() == Done::Stop::Filtered);
    }
    return messages + m_ending.end(stop(), items());
}

Done::Stop ChatStreamHandler::stop() const
{
    if (!m_ending.isComplete()) {
        return Done::Stop::None;
    }
    const QString &reason = m_ending.stopReason;
    if (reason == "length"_L1) {
        return Done::Stop::Length;
    }
    if (reason == "content_filter"_L1) {
        return Done::Stop::Filtered;
    }
    // Some servers say "stop" after a call, too.
    if (!m_calls.isEmpty()) {
        return Done::Stop::ToolUse;
    }
    if (!m_refusal.isEmpty()) {
        return Done::Stop::Refused;
    }
    return reason.isEmpty() || reason == "stop"_L1 ? Done::Stop::End : Done::Stop::Other;
}

QJsonArray ChatStreamHandler::items() const
{
    if (!m_ending.isComplete()) {
        return {};
    }
    QJsonObject message{{u"role"_s, u"assistant"_s},
                        {u"content"_s, m_text.isEmpty() ? QJsonValue() : QJsonValue(m_text)}};
    if (!m_refusal.isEmpty()) {
        message.insert("refusal"_L1, m_refusal);
    }
    if (!m_calls.isEmpty()) {
        message.insert("tool_calls"_L1, m_calls.verbatim());
    }
    if (const QJsonArray details = m_reasoningDetails.verbatim(); !details.isEmpty()) {
        message.insert("reasoning_details"_L1, details);
    }
    if (m_extraContent.isObject()) {
        message.insert("extra_content"_L1, m_extraContent);
    }
    return {message};
}

} // namespace Maestro::OpenAi
