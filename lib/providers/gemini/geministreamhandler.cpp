// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/gemini/geministreamhandler.h"

#include "providers/eventjson.h"

using namespace Qt::StringLiterals;

namespace Maestro::Gemini {

namespace {

Usage usageOf(const QJsonObject &usage)
{
    Usage tokens;
    tokens.input = tokenCount(usage["promptTokenCount"_L1]);
    tokens.output = tokenCount(usage["candidatesTokenCount"_L1]);
    tokens.total = tokenCount(usage["totalTokenCount"_L1]);
    tokens.cached = tokenCount(usage["cachedContentTokenCount"_L1]);
    tokens.reasoning = tokenCount(usage["thoughtsTokenCount"_L1]);
    // The prompt counts what was cached, but not what tools brought; candidates do not count
    // thoughts.
    tokens.inputTotal = sumOf(tokens.input, tokenCount(usage["toolUsePromptTokenCount"_L1]));
    tokens.outputTotal = sumOf(tokens.output, tokens.reasoning);
    return tokens;
}

} // namespace

void GeminiStreamHandler::handle(const ServerSentEvent &event, StreamMessages &messages)
{
    if (isEmptyEvent(event)) {
        return;
    }
    if (const Result<QJsonObject> chunk = readEvent(event)) {
        messages += takeChunk(*chunk);
    } else {
        messages.append(skippedEvent(chunk.error()));
    }
}

StreamMessages GeminiStreamHandler::takeChunk(const QJsonObject &chunk)
{
    if (const auto error = reportedError(chunk)) {
        m_ending.report(fatalFault(*error, m_errors));
    }
    if (const QString id = chunk["responseId"_L1].toString(); !id.isEmpty()) {
        m_ending.responseId = id;
    }
    if (const QString model = chunk["modelVersion"_L1].toString(); !model.isEmpty()) {
        m_ending.model = model;
    }
    StreamMessages messages;
    const QJsonArray candidates = chunk["candidates"_L1].toArray();
    for (const QJsonValue &candidate : candidates) {
        if (candidate["index"_L1].toInt() == 0) {
            messages += takeCandidate(candidate.toObject());
        }
    }
    const QString blocked = chunk["promptFeedback"_L1]["blockReason"_L1].toString();
    if (!blocked.isEmpty() && m_ending.stopReason.isEmpty()) {
        m_ending.stopReason = u"prompt_blocked:"_s + blocked;
        m_ending.isTerminal = true;
    }
    return messages + takeUsage(chunk["usageMetadata"_L1].toObject());
}

StreamMessages GeminiStreamHandler::finish(QByteArrayView stray)
{
    if (const auto error = strayError(stray)) {
        m_ending.report(fatalFault(*error, m_errors));
    }
    StreamMessages messages;
    if (m_ending.isComplete()) {
        // The mark that closes the last call can be missing.
        messages += m_calls.close();
        keepCalls();
        messages += citeGrounding() + m_calls.complete();
    } else {
        messages += m_calls.flush() + citeGrounding();
    }
    keepText();
    return messages + m_ending.end(stop(), m_parts);
}

StreamMessages GeminiStreamHandler::takeCandidate(const QJsonObject &candidate)
{
    StreamMessages messages;
    const QJsonArray parts = candidate["content"_L1]["parts"_L1].toArray();
    for (const QJsonValue &part : parts) {
        messages += takePart(part.toObject());
    }
    const QJsonArray citations = candidate["citationMetadata"_L1]["citations"_L1].toArray();
    for (const QJsonValue &citation : citations) {
        messages += cite(citation["title"_L1].toString(), citation["uri"_L1].toString(), {});
    }
    if (const QJsonObject grounding = candidate["groundingMetadata"_L1].toObject();
        grounding["groundingChunks"_L1].isArray()) {
        m_grounding = grounding;
    }
    if (const QString reason = candidate["finishReason"_L1].toString(); !reason.isEmpty()) {
        m_ending.stopReason = reason;
        m_ending.isTerminal = true;
    }
    return messages;
}

StreamMessages GeminiStreamHandler::takePart(const QJsonObject &part)
{
    if (part["text"_L1].isString()) {
        return takeText(part);
    }
    m_isInText = false;
    if (part["functionCall"_L1].isObject()) {
        const StreamMessages messages = m_calls.takeFunctionCall(part);
        keepCalls();
        return messages;
    }
    keep(part);
    return m_calls.takeProviderPart(part);
}

StreamMessages GeminiStreamHandler::takeText(const QJsonObject &part)
{
    const QString text = part["text"_L1].toString();
    const bool isThought = part["thought"_L1].toBool();
    if (part.size() == 1) {
        m_plainText += text;
    } else {
        keep(part);
    }
    if (text.isEmpty()) {
        return {};
    }
    if (isThought) {
        // Each is a paragraph with its own heading.
        m_isInText = false;
        return {Reasoning{m_reasoningCount++, text}};
    }
    m_textCount += m_isInText ? 0 : 1;
    m_isInText = true;
    return {Content{m_textCount - 1, text}};
}

StreamMessages GeminiStreamHandler::takeUsage(const QJsonObject &usage)
{
    const Usage tokens = usageOf(usage);
    // Vertex sends the field without counts in all chunks but the last.
    return tokens == Usage{} ? StreamMessages() : StreamMessages{tokens};
}

StreamMessages GeminiStreamHandler::cite(const QString &title, const QString &url,
                                         const QString &quote)
{
    const QString key = title + u'\n' + url + u'\n' + quote;
    if ((title.isEmpty() && url.isEmpty()) || m_cited.contains(key)) {
        return {};
    }
    m_cited.insert(key);
    return {Citation{std::max(0, m_textCount - 1), title, url, quote}};
}

StreamMessages GeminiStreamHandler::citeGrounding()
{
    const auto titleAndUrl = [](const QJsonValue &chunk) {
        const QJsonValue source
            = chunk[chunk["web"_L1].isObject() ? "web"_L1 : "retrievedContext"_L1];
        return std::pair(source["title"_L1].toString(), source["uri"_L1].toString());
    };
    StreamMessages messages;
    const QJsonArray chunks = m_grounding["groundingChunks"_L1].toArray();
    QSet<int> quoted;
    const QJsonArray supports = m_grounding["groundingSupports"_L1].toArray();
    for (const QJsonValue &support : supports) {
        const QJsonArray indices = support["groundingChunkIndices"_L1].toArray();
        for (const QJsonValue &index : indices) {
            const auto [title, url] = titleAndUrl(chunks.at(index.toInt()));
            messages += cite(title, url, support["segment"_L1]["text"_L1].toString());
            quoted.insert(index.toInt());
        }
    }
    for (int index = 0; index < chunks.size(); ++index) {
        if (!quoted.contains(index)) {
            const auto [title, url] = titleAndUrl(chunks.at(index));
            messages += cite(title, url, {});
        }
    }
    return messages;
}

void GeminiStreamHandler::keep(const QJsonObject &part)
{
    keepText();
    m_parts.append(part);
}

void GeminiStreamHandler::keepCalls()
{
    const QList<QJsonObject> parts = m_calls.takeFinished();
    for (const QJsonObject &part : parts) {
        keep(part);
    }
}

void GeminiStreamHandler::keepText()
{
    if (!m_plainText.isEmpty()) {
        m_parts.append(QJsonObject{{u"text"_s, std::exchange(m_plainText, QString())}});
    }
}

Done::Stop GeminiStreamHandler::stop() const
{
    if (!m_ending.isComplete()) {
        return Done::Stop::None;
    }
    const QString &reason = m_ending.stopReason;
    if (reason == "STOP"_L1) {
        return m_calls.hasClientCalls() ? Done::Stop::ToolUse : Done::Stop::End;
    }
    if (reason == "MAX_TOKENS"_L1) {
        return Done::Stop::Length;
    }
    static const QSet<QString> filtered{u"SAFETY"_s,
                                        u"RECITATION"_s,
                                        u"BLOCKLIST"_s,
                                        u"PROHIBITED_CONTENT"_s,
                                        u"SPII"_s,
                                        u"LANGUAGE"_s,
                                        u"IMAGE_SAFETY"_s,
                                        u"IMAGE_PROHIBITED_CONTENT"_s,
                                        u"IMAGE_RECITATION"_s};
    return filtered.contains(reason) || reason.startsWith("prompt_blocked:"_L1)
        ? Done::Stop::Filtered
        : Done::Stop::Other;
}

} // namespace Maestro::Gemini
