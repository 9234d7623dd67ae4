// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/responseassembly.h"

#include "providers/eventjson.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

void ResponseAssembly::sayText(ResponseItem &item, int index, const QString &text,
                               StreamMessages &messages)
{
    if (text.isEmpty()) {
        return;
    }
    ResponsePart &part = item.texts[index];
    if (!part.said) {
        part.number = m_textCount++;
        part.said = true;
    }
    part.text.append(text);
    messages.emplaceBack(Content{part.number, text});
}

// The whole text of a part is nearly always what its deltas amount to; where it is not, it wins.
StreamMessages ResponseAssembly::correctText(ResponseItem &item, int index, const QString &whole)
{
    ResponsePart &part = item.texts[index];
    if (whole.isEmpty()) {
        return {};
    }
    if (part.text.isStartOf(whole)) {
        StreamMessages messages;
        sayText(item, index, whole.mid(part.text.size()), messages);
        return messages;
    }
    part.text = {};
    part.text.append(whole);
    return {Content{part.number, whole, true}};
}

void ResponseAssembly::sayRefusal(ResponseItem &item, int index, const QString &text,
                                  StreamMessages &messages)
{
    if (text.isEmpty()) {
        return;
    }
    item.refusals[index].said = true;
    m_refused = true;
    messages.emplaceBack(Refusal{text});
}

void ResponseAssembly::sayReasoning(std::map<int, ResponsePart> &parts, int index,
                                    const QString &text, StreamMessages &messages)
{
    if (text.isEmpty()) {
        return;
    }
    ResponsePart &part = parts[index];
    if (!part.said) {
        part.number = m_reasoningCount++;
        part.said = true;
    }
    part.text.append(text);
    messages.emplaceBack(Reasoning{part.number, text});
}

StreamMessages ResponseAssembly::sayNameless(const QString &text)
{
    return text.isEmpty() ? StreamMessages() : StreamMessages{Reasoning{m_reasoningCount++, text}};
}

StreamMessages ResponseAssembly::completeReasoningPart(std::map<int, ResponsePart> &parts,
                                                       int index, const QString &whole)
{
    StreamMessages messages;
    if (const SaidText &said = parts[index].text; said.isStartOf(whole)) {
        sayReasoning(parts, index, whole.mid(said.size()), messages);
    }
    return messages;
}

StreamMessages ResponseAssembly::cite(ResponseItem &item, int index, const QJsonObject &annotation)
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

StreamMessages ResponseAssembly::begin(ResponseItem &item, const QJsonObject &wire)
{
    if (item.wasRun) {
        return {};
    }
    if (!wire.isEmpty()) {
        item.kind = kindOfItem(wire["type"_L1].toString());
    }
    if (item.kind == ResponseItem::Kind::Other || item.call >= 0) {
        return {};
    }
    item.call = m_callCount++;
    if (wire["type"_L1] == "custom_tool_call"_L1) {
        item.format = FunctionCall::Format::Text;
    }
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
        isProviders ? FunctionCall::Executor::Provider : FunctionCall::Executor::Client,
        item.format}};
}

void ResponseAssembly::sayArguments(ResponseItem &item, const QString &text,
                                    StreamMessages &messages)
{
    if (text.isEmpty() || item.kind == ResponseItem::Kind::Other || item.wasRun) {
        return;
    }
    item.arguments += text;
    messages.emplaceBack(FunctionCall{FunctionCall::Phase::Arguments,
                                 item.call,
                                 {},
                                 {},
                                 text,
                                 item.kind == ResponseItem::Kind::ProviderCall
                                     ? FunctionCall::Executor::Provider
                                     : FunctionCall::Executor::Client,
                                 item.format});
}

StreamMessages ResponseAssembly::completeItem(ResponseItem &item, const QJsonObject &wire)
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

StreamMessages ResponseAssembly::completeMessage(ResponseItem &item, const QJsonObject &wire)
{
    StreamMessages messages;
    int index = -1;
    size_t textNumber = 0;
    const QJsonArray content = wire["content"_L1].toArray();
    for (const QJsonValue &part : content) {
        ++index;
        if (part["type"_L1] == "refusal"_L1) {
            if (!item.refusals[index].said) {
                sayRefusal(item, index, part["refusal"_L1].toString(), messages);
            }
            continue;
        }
        // Counted, not by their place: Bedrock streams content_index 1 of a message with one part.
        const bool isKnown = textNumber < item.texts.size();
        const int place = isKnown
            ? std::next(item.texts.begin(), static_cast<std::ptrdiff_t>(textNumber))->first
            : index;
        ++textNumber;
        messages += correctText(item, place, part["text"_L1].toString());
        const QJsonArray annotations = part["annotations"_L1].toArray();
        for (int known = item.texts[place].citations; known < annotations.size(); ++known) {
            messages += cite(item, place, annotations.at(known).toObject());
        }
    }
    return messages;
}

StreamMessages ResponseAssembly::completeReasoning(ResponseItem &item, const QJsonObject &wire)
{
    StreamMessages messages;
    const auto complete = [&](std::map<int, ResponsePart> &parts, const QJsonArray &texts) {
        for (int index = 0; index < texts.size(); ++index) {
            messages += completeReasoningPart(parts, index, texts.at(index)["text"_L1].toString());
        }
    };
    complete(item.summaries, wire["summary"_L1].toArray());
    complete(item.reasonings, wire["content"_L1].toArray());
    return messages;
}

StreamMessages ResponseAssembly::completeCall(ResponseItem &item, const QJsonObject &wire)
{
    if (item.kind == ResponseItem::Kind::ProviderCall) {
        // There is nothing to wait for.
        item.wasRun = true;
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
        sayArguments(item, whole, messages);
    } else if (!whole.isEmpty()) {
        item.arguments = whole;
    }
    item.argumentsDone = wire["status"_L1] != "incomplete"_L1;
    return messages;
}

StreamMessages ResponseAssembly::completedCalls(bool isCutShort) const
{
    StreamMessages messages;
    for (const auto &[index, item] : m_items.all()) {
        // In a response that was cut short only what is visibly whole is safe to run.
        const bool isWhole = !isCutShort || (item.whole && isJsonObject(item.arguments));
        if (item.kind == ResponseItem::Kind::ClientCall && item.call >= 0 && item.argumentsDone
            && isWhole) {
            messages.emplaceBack(FunctionCall{FunctionCall::Phase::Complete, item.call, item.callId,
                                         item.name, item.arguments, FunctionCall::Executor::Client,
                                         item.format});
        }
    }
    return messages;
}

bool ResponseAssembly::hasClientCalls() const
{
    const auto &items = m_items.all();
    return std::any_of(items.begin(), items.end(), [](const auto &entry) {
        return entry.second.kind == ResponseItem::Kind::ClientCall;
    });
}

} // namespace Maestro::OpenAi
