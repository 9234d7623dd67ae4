// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/responsesstreamhandler.h"

#include "providers/deltajson.h"
#include "providers/eventjson.h"

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

ResponsesStreamHandler::ResponsesStreamHandler(const ErrorReading &errors)
    : m_errors(errors)
    , m_deltaJson(std::make_unique<DeltaJson>())
{ }

ResponsesStreamHandler::~ResponsesStreamHandler() = default;

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
        {u"response.output_text.done"_s, &Self::onTextDone},
        {u"response.output_text.annotation.added"_s, &Self::onAnnotation},
        {u"response.refusal.done"_s, &Self::onRefusalDone},
        {u"response.reasoning_summary_text.done"_s, &Self::onSummaryDone},
        {u"response.reasoning_summary_part.done"_s, &Self::onSummaryDone},
        {u"response.reasoning_text.done"_s, &Self::onReasoningDone},
        {u"response.function_call_arguments.done"_s, &Self::onArgumentsDone},
        {u"response.custom_tool_call_input.done"_s, &Self::onArgumentsDone},
        {u"response.mcp_call_arguments.done"_s, &Self::onArgumentsDone},
        {u"response.completed"_s, &Self::onTerminal},
        {u"response.incomplete"_s, &Self::onTerminal},
        {u"response.failed"_s, &Self::onTerminal},
        {u"error"_s, &Self::onError},
    };
    return handlers.value(kind, nullptr);
}

void ResponsesStreamHandler::handle(const ServerSentEvent &event, StreamMessages &messages)
{
    if (isEmptyEvent(event)) {
        return;
    }
    if (const auto delta = itemDelta(*m_deltaJson, event)) {
        onDelta(*delta, messages);
    } else if (const Result<QJsonObject> object = readEvent(event); !object) {
        messages.append(skippedEvent(object.error()));
    } else if (const QString kind = eventKind(*object, event);
               const auto whole = itemDelta(kind, *object)) {
        onDelta(*whole, messages);
    } else {
        messages += handleObject(*object, kind);
    }
}

StreamMessages ResponsesStreamHandler::handleObject(const QJsonObject &object, const QString &kind)
{
    if (const Handler handler = handlerOf(kind)) {
        return (this->*handler)(object);
    }
    // Gateways put an error of their own into the stream as they would send it outside of one. In
    // an event of a known shape, "error" is a member like any other (a failed tool's, for one).
    return object["type"_L1].isString() ? StreamMessages() : onError(object);
}

StreamMessages ResponsesStreamHandler::finish(QByteArrayView stray)
{
    if (const auto error = strayError(stray)) {
        m_ending.report(fatalFault(*error, m_errors));
    }
    return end();
}

void ResponsesStreamHandler::onDelta(const ItemDelta &delta, StreamMessages &messages)
{
    if (delta.kind == ItemDelta::Kind::Summary && !delta.hasIndex) {
        m_nameless += delta.text;
        return;
    }
    ResponseItem &item = m_assembly.items().itemOf(delta.outputIndex, delta.itemId);
    switch (delta.kind) {
    case ItemDelta::Kind::Text:
        m_namelessIsText = m_namelessIsText || !delta.hasIndex;
        m_assembly.sayText(item, delta.part, delta.text, messages);
        break;
    case ItemDelta::Kind::Refusal:
        m_assembly.sayRefusal(item, delta.part, delta.text, messages);
        break;
    case ItemDelta::Kind::Summary:
        m_assembly.sayReasoning(item.summaries, delta.part, delta.text, messages);
        break;
    case ItemDelta::Kind::Reasoning:
        m_assembly.sayReasoning(item.reasonings, delta.part, delta.text, messages);
        break;
    case ItemDelta::Kind::ClientArguments:
    case ItemDelta::Kind::ProviderArguments:
        onArguments(item, delta.kind, delta.text, messages);
        break;
    }
}

void ResponsesStreamHandler::onArguments(ResponseItem &item, ItemDelta::Kind kind,
                                         const QString &text, StreamMessages &messages)
{
    if (item.call < 0) {
        // Its output_item.added was lost. What it is, output_item.done will say.
        item.kind = kind == ItemDelta::Kind::ProviderArguments ? ResponseItem::Kind::ProviderCall
                                                               : ResponseItem::Kind::ClientCall;
        messages += m_assembly.begin(item, {});
    }
    m_assembly.sayArguments(item, text, messages);
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
    return m_assembly.begin(m_assembly.items().itemOf(event, wire), wire);
}

StreamMessages ResponsesStreamHandler::onItemDone(const QJsonObject &event)
{
    const QJsonObject wire = event["item"_L1].toObject();
    ResponseItem &item = m_assembly.items().itemOf(event, wire);
    return item.whole ? StreamMessages() : m_assembly.completeItem(item, wire);
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

StreamMessages ResponsesStreamHandler::onTextDone(const QJsonObject &event)
{
    return m_assembly.correctText(m_assembly.items().itemOf(event),
                                  event["content_index"_L1].toInt(), event["text"_L1].toString());
}

StreamMessages ResponsesStreamHandler::onAnnotation(const QJsonObject &event)
{
    return m_assembly.cite(m_assembly.items().itemOf(event), event["content_index"_L1].toInt(),
                           event["annotation"_L1].toObject());
}

StreamMessages ResponsesStreamHandler::onRefusalDone(const QJsonObject &event)
{
    StreamMessages messages;
    ResponseItem &item = m_assembly.items().itemOf(event);
    const int index = event["content_index"_L1].toInt();
    if (!item.refusals[index].said) {
        m_assembly.sayRefusal(item, index, event["refusal"_L1].toString(), messages);
    }
    return messages;
}

StreamMessages ResponsesStreamHandler::onSummaryDone(const QJsonObject &event)
{
    ResponseItem &item = m_assembly.items().itemOf(event);
    const int index = event["summary_index"_L1].toInt();
    const QString text = anyText(event, event.contains("part"_L1) ? "part"_L1 : "text"_L1);
    return m_assembly.completeReasoningPart(item.summaries, index, text);
}

StreamMessages ResponsesStreamHandler::onReasoningDone(const QJsonObject &event)
{
    ResponseItem &item = m_assembly.items().itemOf(event);
    const int index = event["content_index"_L1].toInt();
    return m_assembly.completeReasoningPart(item.reasonings, index, event["text"_L1].toString());
}

StreamMessages ResponsesStreamHandler::onArgumentsDone(const QJsonObject &event)
{
    StreamMessages messages;
    const QString whole
        = event[event.contains("input"_L1) ? "input"_L1 : "arguments"_L1].toString();
    ResponseItem &item = m_assembly.items().itemOf(event);
    if (item.arguments.isEmpty()) {
        const bool isProviders = event["type"_L1].toString().startsWith("response.mcp_"_L1);
        onArguments(item,
                    isProviders ? ItemDelta::Kind::ProviderArguments
                                : ItemDelta::Kind::ClientArguments,
                    whole, messages);
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
    const QList<QJsonObject> missing = m_assembly.items().missing(response["output"_L1].toArray());
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
        m_ending.report(fatalFault(error.value_or(ReportedError{}), m_errors));
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
        m_ending.report(fatalFault(*error, m_errors));
    }
    return {};
}

StreamMessages ResponsesStreamHandler::end()
{
    return (m_namelessIsText ? StreamMessages() : m_assembly.sayNameless(m_nameless))
        + (m_ending.isComplete() ? m_assembly.completedCalls(!m_incompleteReason.isEmpty())
                                 : StreamMessages())
        + m_ending.end(stop(), m_assembly.items().verbatim());
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
    if (m_assembly.hasClientCalls()) {
        return Done::Stop::ToolUse;
    }
    return m_assembly.hasRefusal() ? Done::Stop::Refused : Done::Stop::End;
}

} // namespace Maestro::OpenAi
