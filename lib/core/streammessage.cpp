// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/streammessage.h"

#include "core/overloaded.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QString toWord(FunctionCall::Phase phase)
{
    switch (phase) {
    case FunctionCall::Phase::Begin:
        return u"begin"_s;
    case FunctionCall::Phase::Arguments:
        return u"arguments"_s;
    case FunctionCall::Phase::Complete:
        return u"complete"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(Done::Ending ending)
{
    switch (ending) {
    case Done::Ending::Complete:
        return u"complete"_s;
    case Done::Ending::Failed:
        return u"failed"_s;
    case Done::Ending::CutOff:
        return u"incomplete"_s;
    case Done::Ending::Stopped:
        return u"stopped"_s;
    case Done::Ending::Silent:
        return u"silent"_s;
    }
    Q_UNREACHABLE();
}

QString toWord(Done::Stop stop)
{
    switch (stop) {
    case Done::Stop::None:
        return u"none"_s;
    case Done::Stop::End:
        return u"end"_s;
    case Done::Stop::Length:
        return u"length"_s;
    case Done::Stop::ToolUse:
        return u"tool_use"_s;
    case Done::Stop::Filtered:
        return u"filtered"_s;
    case Done::Stop::Refused:
        return u"refused"_s;
    case Done::Stop::Paused:
        return u"paused"_s;
    case Done::Stop::Other:
        return u"other"_s;
    }
    Q_UNREACHABLE();
}

QJsonValue orNull(const QString &text) { return text.isEmpty() ? QJsonValue() : QJsonValue(text); }

QJsonValue orNull(std::optional<qint64> number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

} // namespace

QJsonObject toJson(const StreamMessage &message)
{
    return std::visit(
        Overloaded{
            [](const Content &content) {
                QJsonObject json{{u"type"_s, u"content"_s},
                                 {u"part"_s, content.part},
                                 {u"text"_s, content.text}};
                if (content.replacesPart) {
                    json[u"replaces_part"_s] = true;
                }
                return json;
            },
            [](const Reasoning &reasoning) {
                QJsonObject json{{u"type"_s, u"reasoning"_s},
                                 {u"part"_s, reasoning.part},
                                 {u"text"_s, reasoning.text}};
                if (reasoning.replacesContent) {
                    json[u"replaces_content"_s] = true;
                }
                if (reasoning.took) {
                    json[u"took_ms"_s] = qint64(reasoning.took->count());
                }
                return json;
            },
            [](const FunctionCall &call) {
                QJsonObject json{{u"type"_s, u"function_call"_s},
                                 {u"phase"_s, toWord(call.phase)},
                                 {u"call"_s, call.call},
                                 {u"arguments"_s, call.arguments}};
                if (call.phase != FunctionCall::Phase::Arguments) {
                    json[u"id"_s] = orNull(call.id);
                    json[u"name"_s] = call.name;
                    json[u"executor"_s] = call.executor == FunctionCall::Executor::Client
                        ? u"client"_s
                        : u"provider"_s;
                }
                return json;
            },
            [](const Refusal &refusal) {
                return QJsonObject{{u"type"_s, u"refusal"_s}, {u"text"_s, refusal.text}};
            },
            [](const Citation &citation) {
                return QJsonObject{{u"type"_s, u"citation"_s},
                                   {u"part"_s, citation.part},
                                   {u"title"_s, orNull(citation.title)},
                                   {u"url"_s, orNull(citation.url)},
                                   {u"quote"_s, orNull(citation.quote)}};
            },
            [](const Usage &usage) {
                return QJsonObject{{u"type"_s, u"usage"_s},
                                   {u"input"_s, orNull(usage.input)},
                                   {u"output"_s, orNull(usage.output)},
                                   {u"total"_s, orNull(usage.total)},
                                   {u"cached"_s, orNull(usage.cached)},
                                   {u"cache_write"_s, orNull(usage.cacheWrite)},
                                   {u"reasoning"_s, orNull(usage.reasoning)},
                                   {u"input_total"_s, orNull(usage.inputTotal)},
                                   {u"output_total"_s, orNull(usage.outputTotal)}};
            },
            [](const StreamFault &fault) {
                return QJsonObject{{u"type"_s, u"error"_s},
                                   {u"fatal"_s, fault.fatal},
                                   {u"kind"_s, toWord(fault.error.kind)},
                                   {u"message"_s, fault.error.message},
                                   {u"detail"_s, orNull(fault.error.detail)},
                                   {u"provider_type"_s, fault.type},
                                   {u"code"_s, fault.code}};
            },
            [](const Done &done) {
                return QJsonObject{{u"type"_s, u"done"_s},
                                   {u"ending"_s, toWord(done.ending)},
                                   {u"complete"_s, done.ending == Done::Ending::Complete},
                                   {u"stop"_s, toWord(done.stop)},
                                   {u"stop_reason"_s, orNull(done.stopReason)},
                                   {u"response_id"_s, orNull(done.responseId)},
                                   {u"model"_s, orNull(done.model)},
                                   {u"items"_s, done.items}};
            },
        },
        message);
}

} // namespace Maestro
