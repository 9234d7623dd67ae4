// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "streamsummary.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

QJsonValue orNull(const QString &text) { return text.isEmpty() ? QJsonValue() : QJsonValue(text); }

QJsonValue orNull(std::optional<qint64> number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

//! RFC 8259 §7 forbids them inside of strings; QJsonDocument lets them pass.
bool hasBareControlCharacter(const QString &json)
{
    bool isInString = false;
    bool isEscaped = false;
    for (const QChar c : json) {
        if (isInString && c < u' ') {
            return true;
        }
        isInString = isInString != (c == u'"' && !isEscaped);
        isEscaped = isInString && c == u'\\' && !isEscaped;
    }
    return false;
}

QJsonArray functionCalls(const Answer &answer)
{
    QJsonArray calls;
    const QList<FunctionCallPart> parts = answer.functionCalls();
    for (const FunctionCallPart &call : parts) {
        calls.append(QJsonObject{{u"id"_s, orNull(call.id)},
                                 {u"name"_s, orNull(call.name)},
                                 {u"arguments"_s,
                                  call.format == FunctionCall::Format::Text
                                      ? QJsonValue(call.arguments)
                                      : parsedArguments(call.arguments)}});
    }
    return calls;
}

QJsonValue usage(const std::optional<Usage> &usage)
{
    if (!usage) {
        return {};
    }
    return QJsonObject{{u"input"_s, orNull(usage->input)},
                       {u"output"_s, orNull(usage->output)},
                       {u"total"_s, orNull(usage->total)},
                       {u"cached"_s, orNull(usage->cached)},
                       {u"reasoning"_s, orNull(usage->reasoning)}};
}

QJsonValue error(const std::optional<StreamFault> &fault)
{
    if (!fault) {
        return {};
    }
    return QJsonObject{
        {u"type"_s, fault->type}, {u"code"_s, fault->code}, {u"message"_s, orNull(fault->words)}};
}

} // namespace

QJsonObject summarize(const Answer &answer)
{
    const Done done = answer.done().value_or(Done{});
    return {{u"text"_s, answer.text()},
            {u"reasoning"_s, answer.reasoning()},
            {u"refusal"_s, orNull(answer.refusal())},
            {u"function_calls"_s, functionCalls(answer)},
            {u"usage"_s, usage(answer.usage())},
            {u"stop_reason"_s, orNull(done.stopReason)},
            {u"error"_s, error(answer.error())},
            {u"terminal_seen"_s, done.hasEnded()}};
}

QJsonValue parsedArguments(const QString &arguments)
{
    if (arguments.isEmpty()) {
        return QJsonObject();
    }
    // QJsonDocument reads objects and arrays alone; inside of an array it reads any value.
    const QJsonArray around = QJsonDocument::fromJson(u"[%1]"_s.arg(arguments).toUtf8()).array();
    if (around.size() != 1 || hasBareControlCharacter(arguments)) {
        return QJsonObject{{u"__unparsable"_s, arguments}};
    }
    return around.first();
}

} // namespace Maestro::Cli
