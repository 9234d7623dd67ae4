// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/gemini/geminicalls.h"

#include "providers/eventjson.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::Gemini {

namespace {

constexpr QLatin1StringView CodeExecution = "code_execution"_L1;

QString argumentsText(const QJsonObject &arguments)
{
    return arguments.isEmpty() ? QString() : jsonText(arguments);
}

} // namespace

StreamMessages GeminiCalls::takeFunctionCall(const QJsonObject &part)
{
    const QJsonObject wire = part["functionCall"_L1].toObject();
    const QString name = wire["name"_L1].toString();
    const bool willContinue = wire["willContinue"_L1].toBool();
    const QJsonArray pieces = wire["partialArgs"_L1].toArray();
    if (name.isEmpty()) {
        if (!m_open) {
            return {};
        }
        m_open->arguments.take(pieces);
        if (const QJsonValue signature = part["thoughtSignature"_L1]; signature.isString()) {
            m_open->part.insert("thoughtSignature"_L1, signature);
        }
        return willContinue ? StreamMessages() : close();
    }
    StreamMessages messages = close();
    const QJsonObject arguments = wire["args"_L1].toObject();
    const bool isWhole = !willContinue && pieces.isEmpty();
    messages
        += begin({wire["id"_L1].toString(), name, isWhole ? argumentsText(arguments) : QString()});
    if (isWhole) {
        m_finished.append(part);
        return messages;
    }
    m_open.emplace(OpenCall{part, PartialArguments(arguments), m_calls.size() - 1});
    m_open->arguments.take(pieces);
    return willContinue ? messages : messages + close();
}

StreamMessages GeminiCalls::takeProviderPart(const QJsonObject &part)
{
    if (const QJsonValue code = part["executableCode"_L1]; code.isObject()) {
        return begin({{}, CodeExecution, jsonText(code), FunctionCall::Executor::Provider});
    }
    if (const QJsonValue call = part["toolCall"_L1]; call.isObject()) {
        return begin({call["id"_L1].toString(), call["toolType"_L1].toString(),
                      argumentsText(call["args"_L1].toObject()), FunctionCall::Executor::Provider});
    }
    return completeProviderCall(part["toolResponse"_L1]["id"_L1].toString());
}

StreamMessages GeminiCalls::close()
{
    if (!m_open) {
        return {};
    }
    const QJsonObject arguments = m_open->arguments.json();
    QJsonObject part = m_open->part;
    QJsonObject wire = part["functionCall"_L1].toObject();
    wire.remove("willContinue"_L1);
    wire.remove("partialArgs"_L1);
    wire.insert("args"_L1, arguments);
    part.insert("functionCall"_L1, wire);
    m_finished.append(part);
    const qsizetype number = m_open->number;
    m_open.reset();
    m_calls[number].arguments = argumentsText(arguments);
    return m_calls.at(number).arguments.isEmpty()
        ? StreamMessages()
        : StreamMessages{message(FunctionCall::Phase::Arguments, number)};
}

StreamMessages GeminiCalls::flush() const
{
    const QString arguments = m_open ? argumentsText(m_open->arguments.json()) : QString();
    if (arguments.isEmpty()) {
        return {};
    }
    FunctionCall fragment = message(FunctionCall::Phase::Arguments, m_open->number);
    fragment.arguments = arguments;
    return {fragment};
}

StreamMessages GeminiCalls::complete() const
{
    StreamMessages messages;
    for (qsizetype number = 0; number < m_calls.size(); ++number) {
        if (!m_calls.at(number).isComplete) {
            messages.append(message(FunctionCall::Phase::Complete, number));
        }
    }
    return messages;
}

QList<QJsonObject> GeminiCalls::takeFinished() { return std::exchange(m_finished, {}); }

bool GeminiCalls::hasClientCalls() const
{
    return std::any_of(m_calls.begin(), m_calls.end(), [](const Call &call) {
        return call.executor == FunctionCall::Executor::Client;
    });
}

StreamMessages GeminiCalls::begin(const Call &call)
{
    m_calls.append(call);
    return {message(FunctionCall::Phase::Begin, m_calls.size() - 1)};
}

StreamMessages GeminiCalls::completeProviderCall(const QString &id)
{
    for (qsizetype number = m_calls.size() - 1; number >= 0; --number) {
        Call &call = m_calls[number];
        if (call.executor == FunctionCall::Executor::Provider && !call.isComplete
            && call.id == id) {
            call.isComplete = true;
            return {message(FunctionCall::Phase::Complete, number)};
        }
    }
    return {};
}

FunctionCall GeminiCalls::message(FunctionCall::Phase phase, qsizetype number) const
{
    const Call &call = m_calls.at(number);
    const bool isFragment = phase == FunctionCall::Phase::Arguments;
    return {phase,
            static_cast<int>(number),
            isFragment ? QString() : call.id,
            isFragment ? QString() : call.name,
            call.arguments,
            call.executor};
}

} // namespace Maestro::Gemini
