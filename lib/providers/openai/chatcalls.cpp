// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/chatcalls.h"

#include "providers/eventjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

StreamMessages ChatCalls::take(const QJsonObject &delta)
{
    const bool isCustom = delta["custom"_L1].isObject();
    const QJsonValue function = delta[isCustom ? "custom"_L1 : "function"_L1];
    const QJsonValue index = delta["index"_L1];
    return take(CallDelta{index.isDouble() ? std::optional(index.toInt()) : std::nullopt,
                          delta["id"_L1].toString(), function["name"_L1].toString(),
                          jsonText(function[isCustom ? "input"_L1 : "arguments"_L1]), isCustom,
                          delta["extra_content"_L1]});
}

StreamMessages ChatCalls::take(const CallDelta &delta)
{
    const qsizetype place = placeOf(delta);
    Call &call = m_calls[place];
    call.format = delta.isCustom ? FunctionCall::Format::Text : call.format;
    if (delta.extraContent.isObject()) {
        call.extraContent = delta.extraContent;
    }
    return add(place, delta.id, delta.name, delta.arguments);
}

StreamMessages ChatCalls::takeLegacy(const QJsonObject &functionCall)
{
    if (m_calls.isEmpty() || !m_calls.last().isLegacy) {
        m_calls.append(Call{});
        m_calls.last().isLegacy = true;
    }
    return add(m_calls.size() - 1, {}, functionCall["name"_L1].toString(),
               jsonText(functionCall["arguments"_L1]));
}

qsizetype ChatCalls::placeOf(const CallDelta &delta)
{
    const QString &id = delta.id;
    const QString &name = delta.name;
    const auto known
        = delta.index ? m_placeOfIndex.constFind(*delta.index) : m_placeOfIndex.constEnd();
    qsizetype place = known != m_placeOfIndex.constEnd() ? *known : -1;
    if (!delta.index && !m_calls.isEmpty()) {
        // Without an index, a fragment continues the last call; one with a name but no id is whole.
        const bool isWhole = id.isEmpty() && !name.isEmpty();
        place = isWhole || (!id.isEmpty() && id != m_calls.last().id) ? -1 : m_calls.size() - 1;
    } else if (place >= 0 && !id.isEmpty() && !name.isEmpty() && !m_calls.at(place).id.isEmpty()
               && id != m_calls.at(place).id) {
        place = -1; // Ollama gives every call the index 0
    }
    if (place < 0) {
        place = m_calls.size();
        m_calls.append(Call{});
    }
    if (delta.index) {
        m_placeOfIndex.insert(*delta.index, place);
    }
    return place;
}

StreamMessages ChatCalls::add(qsizetype place, const QString &id, const QString &name,
                              const QString &arguments)
{
    Call &call = m_calls[place];
    call.id = call.id.isEmpty() ? id : call.id;
    call.name = call.name.isEmpty() ? name : call.name;
    call.arguments += arguments;
    if (call.number < 0) {
        return call.name.isEmpty() ? StreamMessages() : begin(place);
    }
    if (arguments.isEmpty()) {
        return {};
    }
    return {FunctionCall{FunctionCall::Phase::Arguments,
                         call.number,
                         {},
                         {},
                         arguments,
                         FunctionCall::Executor::Client,
                         call.format}};
}

StreamMessages ChatCalls::begin(qsizetype place)
{
    Call &call = m_calls[place];
    call.number = m_begun++;
    return {FunctionCall{FunctionCall::Phase::Begin, call.number, call.id, call.name,
                         call.arguments, FunctionCall::Executor::Client, call.format}};
}

StreamMessages ChatCalls::flush()
{
    StreamMessages messages;
    for (qsizetype place = 0; place < m_calls.size(); ++place) {
        if (m_calls.at(place).number < 0) {
            messages += begin(place);
        }
    }
    return messages;
}

StreamMessages ChatCalls::complete(bool isCutShort) const
{
    StreamMessages messages;
    for (const Call &call : m_calls) {
        if (!isCutShort || isJsonObject(call.arguments)) {
            messages.append(FunctionCall{FunctionCall::Phase::Complete, call.number, call.id,
                                         call.name, call.arguments, FunctionCall::Executor::Client,
                                         call.format});
        }
    }
    return messages;
}

QJsonArray ChatCalls::verbatim() const
{
    QJsonArray calls;
    for (const Call &call : m_calls) {
        const bool isCustom = call.format == FunctionCall::Format::Text;
        const QJsonObject function{
            {u"name"_s, call.name},
            {isCustom ? u"input"_s : u"arguments"_s,
             call.arguments.isEmpty() && !isCustom ? u"{}"_s : call.arguments}};
        const QString kind = isCustom ? u"custom"_s : u"function"_s;
        QJsonObject wire{{u"id"_s, call.id}, {u"type"_s, kind}, {kind, function}};
        if (call.extraContent.isObject()) {
            wire.insert("extra_content"_L1, call.extraContent);
        }
        calls.append(wire);
    }
    return calls;
}

} // namespace Maestro::OpenAi
