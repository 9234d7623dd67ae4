// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/responsesstreamhandler.h"

#include "providers/eventjson.h"
#include "providers/openai/openaierrors.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

Usage usageOf(const QJsonObject &usage)
{
    const QJsonValue inputDetails = usage["input_tokens_details"_L1];
    Usage tokens;
    tokens.input = tokenCount(usage["input_tokens"_L1]);
    tokens.output = tokenCount(usage["output_tokens"_L1]);
    tokens.total = tokenCount(usage["total_tokens"_L1]);
    tokens.cached = tokenCount(inputDetails["cached_tokens"_L1]);
    tokens.cacheWrite = tokenCount(inputDetails["cache_write_tokens"_L1]);
    tokens.reasoning = tokenCount(usage["output_tokens_details"_L1]["reasoning_tokens"_L1]);
    // Input already counts what was cached, output the reasoning.
    tokens.inputTotal = tokens.input;
    tokens.outputTotal = tokens.output;
    return tokens;
}

QString anyText(const QJsonObject &event, QLatin1StringView key)
{
    const QJsonValue value = event[key];
    return value.isObject() ? value["text"_L1].toString() : value.toString();
}

} // namespace

ResponsesStreamHandler::Handler ResponsesStreamHandler::handlerOf(const QString &kind)
{
    using Self = ResponsesStreamHandler;
    static const QHash<QString, Handler> handlers{
        {u"response.created"_s, &Self::onResponse},
        {u"response.queued"_s, &Self::onResponse},
        {u"response.in_progress"_s, &Self::onResponse},
        {u"response.output_item.added"_s, &Self::onItemAdded},
        {u"response.output_item.done"_s, &Self::onItemDone},
        {u"response.content_part.added"_s, &Self::onPartAdded},
        {u"response.output_text.delta"_s, &Self::onTextDelta},
        {u"response.output_text.done"_s, &Self::onTextDone},
        {u"response.output_text.annotation.added"_s, &Self::onAnnotation},
        {u"response.refusal.delta"_s, &Self::onRefusalDelta},
        {u"response.refusal.done"_s, &Self::onRefusalDone},
        {u"response.reasoning_summary_text.delta"_s, &Self::onSummaryDelta},
        {u"response.reasoning_summary_text.done"_s, &Self::onSummaryDone},
        {u"response.reasoning_summary_part.done"_s, &Self::onSummaryDone},
        {u"response.reasoning_text.delta"_s, &Self::onReasoningDelta},
        {u"response.reasoning_text.done"_s, &Self::onReasoningDone},
        {u"response.function_call_arguments.delta"_s, &Self::onArgumentsDelta},
        {u"response.function_call_arguments.done"_s, &Self::onArgumentsDone},
        {u"response.custom_tool_call_input.delta"_s, &Self::onArgumentsDelta},
        {u"response.custom_tool_call_input.done"_s, &Self::onArgumentsDone},
        {u"response.mcp_call_arguments.delta"_s, &Self::onArgumentsDelta},
        {u"response.mcp_call_arguments.done"_s, &Self::onArgumentsDone},
        {u"response.completed"_s, &Self::onTerminal},
        {u"response.incomplete"_s, &Self::onTerminal},
        {u"response.failed"_s, &Self::onTerminal},
        {u"error"_s, &Self::onError},
    };
    return handlers.value(kind, nullptr);
}

StreamMessages ResponsesStreamHandler::handle(const ServerSentEvent &event)
{
    if (isEmptyEvent(event)) {
        return {};
    }
    const Result<QJsonObject> object = readEvent(event);
    if (!object) {
        return {skippedEvent(object.error())};
    }
    const QString kind = eventKind(*object, event);
    if (const Handler handler = handlerOf(kind)) {
        return (this->*handler)(*object);
    }
    // Gateways put an error of their own into the stream as they would send it outside of one. In
    // an event of a known shape, "error" is a member like any other (a failed tool's, for one).
    return (*object)["type"_L1].isString() ? StreamMessages() : onError(*object);
}

StreamMessages ResponsesStreamHandler::finish(QByteArrayView stray)
{
    if (const auto error = strayError(stray)) {
        m_ending.report(fatalFault(*error, errorKind));
    }
    return end();
}

StreamMessages ResponsesStreamHandler::onResponse(const QJsonObject &event)
{
    const QJsonValue response = event["response"_L1];
    const QString id = response["id"_L1].toString();
    const QString model = response["model"_L1].toString();
    m_ending.responseId = id.isEmpty() ? m_ending.responseId : id;
    m_ending.model = model.isEmpty() ? m_ending.model : model;
    return {};
}

StreamMessages ResponsesStreamHandler::onItemAdded(const QJsonObject &event)
{
    const QJsonObject wire = event["item"_L1].toObject();
    return begin(m_items.itemOf(event, wire), wire);
}

StreamMessages ResponsesStreamHandler::onItemDone(const QJsonObject &event)
{
    const QJsonObject wire = event["item"_L1].toObject();
    ResponseItem &item = m_items.itemOf(event, wire);
    return item.whole ? StreamMessages() : completeItem(item, wire);
}

StreamMessages ResponsesStreamHandler::onPartAdded(const QJsonObject &event)
{
    // Usually empty; where it is not, the deltas continue it.
    const QJsonValue part = event["part"_L1];
    if (part["type"_L1] != "output_text"_L1 || part["text"_L1].toString().isEmpty()) {
        return {};
    }
    return onTextDone({{u"output_index"_s, event["output_index"_L1]},
                       {u"item_id"_s, event["item_id"_L1]},
                       {u"content_index"_s, event["content_index"_L1]},
                       {u"text"_s, part["text"_L1]}});
}

StreamMessages ResponsesStreamHandler::onTextDelta(const QJsonObject &event)
{
    return sayText(m_items.itemOf(event), event["content_index"_L1].toInt(),
                   event["delta"_L1].toString());
}

// The whole text of a part is for checking, except where no delta came before it.
StreamMessages ResponsesStreamHandler::onTextDone(const QJsonObject &event)
{
    ResponseItem &item = m_items.itemOf(event);
    const int index = event["content_index"_L1].toInt();
    return item.texts[index].said ? StreamMessages()
                                  : sayText(item, index, event["text"_L1].toString());
}

StreamMessages ResponsesStreamHandler::onAnnotation(const QJsonObject &event)
{
    return cite(m_items.itemOf(event), event["content_index"_L1].toInt(),
                event["annotation"_L1].toObject());
}

StreamMessages ResponsesStreamHandler::onRefusalDelta(const QJsonObject &event)
{
    return sayRefusal(m_items.itemOf(event), event["content_index"_L1].toInt(),
                      event["delta"_L1].toString());
}

StreamMessages ResponsesStreamHandler::onRefusalDone(const QJsonObject &event)
{
    ResponseItem &item = m_items.itemOf(event);
    const int index = event["content_index"_L1].toInt();
    return item.refusals[index].said ? StreamMessages()
                                     : sayRefusal(item, index, event["refusal"_L1].toString());
}

StreamMessages ResponsesStreamHandler::onSummaryDelta(const QJsonObject &event)
{
    return sayReasoning(m_items.itemOf(event).summaries, event["summary_index"_L1].toInt(),
                        event["delta"_L1].toString());
}

StreamMessages ResponsesStreamHandler::onSummaryDone(const QJsonObject &event)
{
    ResponseItem &item = m_items.itemOf(event);
    const int index = event["summary_index"_L1].toInt();
    const QString text = anyText(event, event.contains("part"_L1) ? "part"_L1 : "text"_L1);
    return item.summaries[index].said ? StreamMessages()
                                      : sayReasoning(item.summaries, index, text);
}

StreamMessages ResponsesStreamHandler::onReasoningDelta(const QJsonObject &event)
{
    return sayReasoning(m_items.itemOf(event).reasonings, event["content_index"_L1].toInt(),
                        event["delta"_L1].toString());
}

StreamMessages ResponsesStreamHandler::onReasoningDone(const QJsonObject &event)
{
    ResponseItem &item = m_items.itemOf(event);
    const int index = event["content_index"_L1].toInt();
    return item.reasonings[index].said
        ? StreamMessages()
        : sayReasoning(item.reasonings, index, event["text"_L1].toString());
}

StreamMessages ResponsesStreamHandler::onArgumentsDelta(const QJsonObject &event)
{
    ResponseItem &item = m_items.itemOf(event);
    StreamMessages messages;
    if (item.call < 0) {
        // Its output_item.added was lost. What it is, output_item.done will say.
        const bool isProviders = event["type"_L1].toString().startsWith("response.mcp_"_L1);
        item.kind = isProviders ? ResponseItem::Kind::ProviderCall : ResponseItem::Kind::ClientCall;
        messages = begin(item, {});
    }
    return messages + sayArguments(item, event["delta"_L1].toString());
}

StreamMessages ResponsesStreamHandler::onArgumentsDone(const QJsonObject &event)
{
    StreamMessages messages;
    const QString whole
        = event[event.contains("input"_L1) ? "input"_L1 : "arguments"_L1].toString();
    ResponseItem &item = m_items.itemOf(event);
    if (item.arguments.isEmpty()) {
        QJsonObject delta = event;
        delta.insert("delta"_L1, whole);
        messages = onArgumentsDelta(delta);
    } else if (!whole.isEmpty()) {
        item.arguments = whole;
    }
    item.argumentsDone = true;
    return messages;
}

StreamMessages ResponsesStreamHandler::onTerminal(const QJsonObject &event)
{
    const QJsonObject response = event["response"_L1].toObject();
    onResponse(event);
    m_ending.isTerminal = true;
    StreamMessages messages;
    const QList<QJsonObject> missing = m_items.missing(response["output"_L1].toArray());
    for (const QJsonObject &item : missing) {
        messages += onItemDone(item);
    }
    if (const QJsonObject usage = response["usage"_L1].toObject(); !usage.isEmpty()) {
        messages.append(usageOf(usage));
    }
    m_ending.stopReason = response["status"_L1].toString();
    m_incompleteReason = response["incomplete_details"_L1]["reason"_L1].toString();
    if (m_ending.stopReason == "incomplete"_L1 && !m_incompleteReason.isEmpty()) {
        m_ending.stopReason += u':' + m_incompleteReason;
    }
    if (event["type"_L1] == "response.failed"_L1) {
        const QJsonObject failure = response["error"_L1].toObject();
        const auto error = reportedError(QJsonObject{{u"error"_s, failure}});
        m_ending.report(fatalFault(error.value_or(ReportedError{}), errorKind));
    }
    if (event["type"_L1] == "response.incomplete"_L1 && m_incompleteReason.isEmpty()) {
        m_incompleteReason = u"unknown"_s;
    }
    return messages + end();
}

StreamMessages ResponsesStreamHandler::onError(const QJsonObject &event)
{
    std::optional<ReportedError> error = reportedError(event);
    if (!error && event["message"_L1].isString()) {
        QJsonObject named = event;
        named.insert("type"_L1, u"error"_s);
        error = reportedError(named);
    }
    if (error) {
        m_ending.report(fatalFault(*error, errorKind));
    }
    return {};
}

StreamMessages ResponsesStreamHandler::sayText(ResponseItem &item, int index, const QString &text)
{
    if (text.isEmpty()) {
        return {};
    }
    ResponsePart &part = item.texts[index];
    if (!part.said) {
        part.number = m_textCount++;
        part.said = true;
    }
    return {Content{part.number, text}};
}

StreamMessages ResponsesStreamHandler::sayRefusal(ResponseItem &item, int index,
                                                  const QString &text)
{
    if (text.isEmpty()) {
        return {};
    }
    item.refusals[index].said = true;
    m_refused = true;
    return {Refusal{text}};
}

StreamMessages ResponsesStreamHandler::sayReasoning(std::map<int, ResponsePart> &parts, int index,
                                                    const QString &text)
{
    if (text.isEmpty()) {
        return {};
    }
    ResponsePart &part = parts[index];
    if (!part.said) {
        part.number = m_reasoningCount++;
        part.said = true;
    }
    return {Reasoning{part.number, text}};
}

StreamMessages ResponsesStreamHandler::cite(ResponseItem &item, int index,
                                            const QJsonObject &annotation)
{
    ResponsePart &part = item.texts[index];
    ++part.citations;
    const QString title
        = annotation[annotation["title"_L1].isString() ? "title"_L1 : "filename"_L1].toString();
    const QString url = annotation["url"_L1].toString();
    if (title.isEmpty() && url.isEmpty()) {
        return {};
    }
    return {Citation{part.said ? part.number : m_textCount, title, url, {}}};
}

StreamMessages ResponsesStreamHandler::begin(ResponseItem &item, const QJsonObject &wire)
{
    if (!wire.isEmpty()) {
        item.kind = kindOfItem(wire["type"_L1].toString());
    }
    if (item.kind == ResponseItem::Kind::Other || item.call >= 0) {
        return {};
    }
    item.call = m_callCount++;
    const bool isProviders = item.kind == ResponseItem::Kind::ProviderCall;
    item.callId = wire[isProviders ? "id"_L1 : "call_id"_L1].toString();
    item.name = isProviders ? nameOfProviderCall(wire) : wire["name"_L1].toString();
    if (!isProviders) {
        item.arguments
            = wire[wire["type"_L1] == "custom_tool_call"_L1 ? "input"_L1 : "arguments"_L1]
                  .toString();
    }
    return {FunctionCall{
        FunctionCall::Phase::Begin, item.call, item.callId, item.name, item.arguments,
        isProviders ? FunctionCall::Executor::Provider : FunctionCall::Executor::Client}};
}

StreamMessages ResponsesStreamHandler::sayArguments(ResponseItem &item, const QString &text)
{
    if (text.isEmpty() || item.kind == ResponseItem::Kind::Other) {
        return {};
    }
    item.arguments += text;
    return {FunctionCall{FunctionCall::Phase::Arguments,
                         item.call,
                         {},
                         {},
                         text,
                         item.kind == ResponseItem::Kind::ProviderCall
                             ? FunctionCall::Executor::Provider
                             : FunctionCall::Executor::Client}};
}

StreamMessages ResponsesStreamHandler::completeItem(ResponseItem &item, const QJsonObject &wire)
{
    item.whole = wire;
    const QString type = wire["type"_L1].toString();
    if (type == "message"_L1) {
        return completeMessage(item, wire);
    }
    if (type == "reasoning"_L1) {
        return completeReasoning(item, wire);
    }
    StreamMessages messages = begin(item, wire);
    return item.call < 0 ? messages : messages + completeCall(item, wire);
}

StreamMessages ResponsesStreamHandler::completeMessage(ResponseItem &item, const QJsonObject &wire)
{
    StreamMessages messages;
    int index = -1;
    const QJsonArray content = wire["content"_L1].toArray();
    for (const QJsonValue &part : content) {
        ++index;
        if (part["type"_L1] == "refusal"_L1) {
            messages += item.refusals[index].said
                ? StreamMessages()
                : sayRefusal(item, index, part["refusal"_L1].toString());
            continue;
        }
        if (!item.texts[index].said) {
            messages += sayText(item, index, part["text"_L1].toString());
        }
        const QJsonArray annotations = part["annotations"_L1].toArray();
        for (int known = item.texts[index].citations; known < annotations.size(); ++known) {
            messages += cite(item, index, annotations.at(known).toObject());
        }
    }
    return messages;
}

StreamMessages ResponsesStreamHandler::completeReasoning(ResponseItem &item,
                                                         const QJsonObject &wire)
{
    StreamMessages messages;
    const auto complete = [&](std::map<int, ResponsePart> &parts, const QJsonArray &texts) {
        for (int index = 0; index < texts.size(); ++index) {
            if (!parts[index].said) {
                messages += sayReasoning(parts, index, texts.at(index)["text"_L1].toString());
            }
        }
    };
    complete(item.summaries, wire["summary"_L1].toArray());
    complete(item.reasonings, wire["content"_L1].toArray());
    return messages;
}

StreamMessages ResponsesStreamHandler::completeCall(ResponseItem &item, const QJsonObject &wire)
{
    if (item.kind == ResponseItem::Kind::ProviderCall) {
        // It has been run; there is nothing to wait for.
        return {FunctionCall{FunctionCall::Phase::Complete, item.call, wire["id"_L1].toString(),
                             nameOfProviderCall(wire), argumentsOfProviderCall(wire),
                             FunctionCall::Executor::Provider}};
    }
    StreamMessages messages;
    const QString id = wire["call_id"_L1].toString();
    const QString name = wire["name"_L1].toString();
    const QString whole
        = wire[wire["type"_L1] == "custom_tool_call"_L1 ? "input"_L1 : "arguments"_L1].toString();
    item.callId = id.isEmpty() ? item.callId : id;
    item.name = name.isEmpty() ? item.name : name;
    if (item.arguments.isEmpty()) {
        messages = sayArguments(item, whole);
    } else if (!whole.isEmpty()) {
        item.arguments = whole;
    }
    item.argumentsDone = wire["status"_L1] != "incomplete"_L1;
    return messages;
}

StreamMessages ResponsesStreamHandler::completedCalls()
{
    StreamMessages messages;
    if (!m_ending.isComplete()) {
        return messages;
    }
    for (const auto &[index, item] : m_items.all()) {
        // In a response that was cut short only what is visibly whole is safe to run.
        const bool isWhole
            = m_incompleteReason.isEmpty() || (item.whole && isJsonObject(item.arguments));
        if (item.kind == ResponseItem::Kind::ClientCall && item.call >= 0 && item.argumentsDone
            && isWhole) {
            messages.append(FunctionCall{FunctionCall::Phase::Complete, item.call, item.callId,
                                         item.name, item.arguments,
                                         FunctionCall::Executor::Client});
        }
    }
    return messages;
}

StreamMessages ResponsesStreamHandler::end()
{
    return completedCalls() + m_ending.end(stop(), m_items.verbatim());
}

Done::Stop ResponsesStreamHandler::stop() const
{
    if (!m_ending.isComplete()) {
        return Done::Stop::None;
    }
    if (!m_incompleteReason.isEmpty()) {
        return m_incompleteReason == "max_output_tokens"_L1 ? Done::Stop::Length
            : m_incompleteReason == "content_filter"_L1     ? Done::Stop::Filtered
                                                            : Done::Stop::Other;
    }
    for (const auto &[index, item] : m_items.all()) {
        if (item.kind == ResponseItem::Kind::ClientCall) {
            return Done::Stop::ToolUse;
        }
    }
    return m_refused ? Done::Stop::Refused : Done::Stop::End;
}

} // namespace Maestro::OpenAi
