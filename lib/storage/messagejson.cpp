// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/messagejson.h"

#include "core/overloaded.h"

#include <QJsonObject>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Maestro::MessageJson {

namespace {

// Words, not numbers: an enumeration may get another order, and the files stay.
template <typename Value>
using Word = std::pair<Value, QLatin1StringView>;

constexpr std::array Phases{Word<FunctionCall::Phase>{FunctionCall::Phase::Begin, "begin"_L1},
                            Word<FunctionCall::Phase>{FunctionCall::Phase::Arguments, "more"_L1},
                            Word<FunctionCall::Phase>{FunctionCall::Phase::Complete, "whole"_L1}};
constexpr std::array Executors{
    Word<FunctionCall::Executor>{FunctionCall::Executor::Client, "client"_L1},
    Word<FunctionCall::Executor>{FunctionCall::Executor::Provider, "provider"_L1}};
constexpr std::array Formats{Word<FunctionCall::Format>{FunctionCall::Format::Json, "json"_L1},
                             Word<FunctionCall::Format>{FunctionCall::Format::Text, "text"_L1}};
constexpr std::array Endings{Word<Done::Ending>{Done::Ending::CutOff, "cut_off"_L1},
                             Word<Done::Ending>{Done::Ending::Complete, "complete"_L1},
                             Word<Done::Ending>{Done::Ending::Failed, "failed"_L1},
                             Word<Done::Ending>{Done::Ending::Stopped, "stopped"_L1},
                             Word<Done::Ending>{Done::Ending::Silent, "silent"_L1}};
constexpr std::array Stops{
    Word<Done::Stop>{Done::Stop::None, "none"_L1},
    Word<Done::Stop>{Done::Stop::End, "end"_L1},
    Word<Done::Stop>{Done::Stop::Length, "length"_L1},
    Word<Done::Stop>{Done::Stop::ToolUse, "tool_use"_L1},
    Word<Done::Stop>{Done::Stop::Filtered, "filtered"_L1},
    Word<Done::Stop>{Done::Stop::Refused, "refused"_L1},
    Word<Done::Stop>{Done::Stop::Paused, "paused"_L1},
    Word<Done::Stop>{Done::Stop::Other, "other"_L1},
};

template <typename Words, typename Value>
QJsonValue wordOf(const Words &words, Value value)
{
    for (const auto &[known, word] : words) {
        if (known == value) {
            return word;
        }
    }
    return {};
}

//! The first one for a word that is not known.
template <typename Words>
auto valueOf(const Words &words, const QJsonValue &json)
{
    const QString wanted = json.toString();
    for (const auto &[value, word] : words) {
        if (wanted == word) {
            return value;
        }
    }
    return words.front().first;
}

Error::Kind kindOf(const QString &word)
{
    for (int i = 0; i <= static_cast<int>(Error::Kind::Unsupported); ++i) {
        if (toWord(static_cast<Error::Kind>(i)) == word) {
            return static_cast<Error::Kind>(i);
        }
    }
    return Error::Kind::Unknown;
}

constexpr std::array Counts{
    std::pair{"input"_L1, &Usage::input},
    std::pair{"output"_L1, &Usage::output},
    std::pair{"total"_L1, &Usage::total},
    std::pair{"cached"_L1, &Usage::cached},
    std::pair{"cache_write"_L1, &Usage::cacheWrite},
    std::pair{"reasoning"_L1, &Usage::reasoning},
    std::pair{"input_total"_L1, &Usage::inputTotal},
    std::pair{"output_total"_L1, &Usage::outputTotal},
};

void put(QJsonObject &json, QLatin1StringView name, const QString &text)
{
    if (!text.isEmpty()) {
        json[name] = text;
    }
}

QJsonObject writeCall(const FunctionCall &call)
{
    QJsonObject json{{u"is"_s, u"call"_s},
                     {u"phase"_s, wordOf(Phases, call.phase)},
                     {u"part"_s, call.call},
                     {u"executor"_s, wordOf(Executors, call.executor)},
                     {u"format"_s, wordOf(Formats, call.format)}};
    put(json, "id"_L1, call.id);
    put(json, "name"_L1, call.name);
    put(json, "text"_L1, call.arguments);
    return json;
}

FunctionCall readCall(const QJsonObject &json)
{
    return {valueOf(Phases, json[u"phase"_s]),  json[u"part"_s].toInt(),
            json[u"id"_s].toString(),           json[u"name"_s].toString(),
            json[u"text"_s].toString(),         valueOf(Executors, json[u"executor"_s]),
            valueOf(Formats, json[u"format"_s])};
}

QJsonObject writeUsage(const Usage &usage)
{
    QJsonObject json{{u"is"_s, u"usage"_s}};
    for (const auto &[name, count] : Counts) {
        if (const std::optional<qint64> &value = usage.*count) {
            json[name] = *value;
        }
    }
    return json;
}

Usage readUsage(const QJsonObject &json)
{
    Usage usage;
    for (const auto &[name, count] : Counts) {
        if (const QJsonValue value = json[name]; value.isDouble()) {
            usage.*count = value.toInteger();
        }
    }
    return usage;
}

//! Nothing for what is no time.
std::optional<std::chrono::milliseconds> readTook(const QJsonObject &json)
{
    constexpr std::chrono::milliseconds Longest = std::chrono::hours(24);
    const std::chrono::milliseconds took(json[u"took_ms"_s].toInteger(-1));
    return took.count() >= 0 && took <= Longest ? std::optional(took) : std::nullopt;
}

QJsonObject writeFault(const StreamFault &fault)
{
    QJsonObject json{{u"is"_s, u"fault"_s}, {u"fatal"_s, fault.fatal}};
    if (fault == StreamFault{}) {
        return json;
    }
    json[u"kind"_s] = toWord(fault.error.kind);
    put(json, "message"_L1, fault.error.message);
    put(json, "reason"_L1, fault.error.reason);
    put(json, "advice"_L1, fault.error.advice);
    put(json, "detail"_L1, fault.error.detail);
    if (fault.error.retryAfter) {
        json[u"retry_after_ms"_s] = qint64(fault.error.retryAfter->count());
    }
    json[u"type"_s] = fault.type;
    json[u"code"_s] = fault.code;
    put(json, "words"_L1, fault.words);
    return json;
}

StreamFault readFault(const QJsonObject &json)
{
    StreamFault fault{
        .fatal = json[u"fatal"_s].toBool(),
        .error = {.kind = kindOf(json[u"kind"_s].toString()),
                  .message = json[u"message"_s].toString(),
                  .advice = json[u"advice"_s].toString(),
                  .detail = json[u"detail"_s].toString(),
                  .reason = json[u"reason"_s].toString()},
        .words = json[u"words"_s].toString(),
    };
    if (const QJsonValue pause = json[u"retry_after_ms"_s]; pause.isDouble()) {
        fault.error.retryAfter = std::chrono::milliseconds(pause.toInteger());
    }
    if (json.contains(u"type"_s)) {
        fault.type = json[u"type"_s];
    }
    if (json.contains(u"code"_s)) {
        fault.code = json[u"code"_s];
    }
    return fault;
}

QJsonObject writeDone(const Done &done)
{
    QJsonObject json{{u"is"_s, u"done"_s},
                     {u"ending"_s, wordOf(Endings, done.ending)},
                     {u"stop"_s, wordOf(Stops, done.stop)}};
    put(json, "reason"_L1, done.stopReason);
    put(json, "id"_L1, done.responseId);
    put(json, "model"_L1, done.model);
    if (!done.items.isEmpty()) {
        json[u"items"_s] = done.items;
    }
    return json;
}

Done readDone(const QJsonObject &json)
{
    return {valueOf(Endings, json[u"ending"_s]), valueOf(Stops, json[u"stop"_s]),
            json[u"reason"_s].toString(),        json[u"id"_s].toString(),
            json[u"model"_s].toString(),         json[u"items"_s].toArray()};
}

} // namespace

QJsonObject write(const StreamMessage &message)
{
    return std::visit(
        Overloaded{
            [](const Content &content) {
                QJsonObject json{{u"is"_s, u"text"_s}, {u"part"_s, content.part}};
                put(json, "text"_L1, content.text);
                if (content.replacesPart) {
                    json[u"replaces"_s] = true;
                }
                return json;
            },
            [](const Reasoning &reasoning) {
                QJsonObject json{{u"is"_s, u"reasoning"_s}, {u"part"_s, reasoning.part}};
                put(json, "text"_L1, reasoning.text);
                if (reasoning.replacesContent) {
                    json[u"replaces"_s] = true;
                }
                if (reasoning.took) {
                    json[u"took_ms"_s] = qint64(reasoning.took->count());
                }
                return json;
            },
            [](const FunctionCall &call) { return writeCall(call); },
            [](const Refusal &refusal) {
                QJsonObject json{{u"is"_s, u"refusal"_s}};
                put(json, "text"_L1, refusal.text);
                return json;
            },
            [](const Citation &citation) {
                QJsonObject json{{u"is"_s, u"citation"_s}, {u"part"_s, citation.part}};
                put(json, "title"_L1, citation.title);
                put(json, "url"_L1, citation.url);
                put(json, "quote"_L1, citation.quote);
                return json;
            },
            [](const Usage &usage) { return writeUsage(usage); },
            [](const StreamFault &fault) { return writeFault(fault); },
            [](const Done &done) { return writeDone(done); },
        },
        message);
}

std::optional<StreamMessage> read(const QJsonObject &json)
{
    const QString is = json[u"is"_s].toString();
    const int part = json[u"part"_s].toInt();
    const QString text = json[u"text"_s].toString();
    if (is == "text"_L1) {
        return Content{part, text, json[u"replaces"_s].toBool()};
    }
    if (is == "reasoning"_L1) {
        return Reasoning{part, text, json[u"replaces"_s].toBool(), readTook(json)};
    }
    if (is == "call"_L1) {
        return readCall(json);
    }
    if (is == "refusal"_L1) {
        return Refusal{text};
    }
    if (is == "citation"_L1) {
        return Citation{part, json[u"title"_s].toString(), json[u"url"_s].toString(),
                        json[u"quote"_s].toString()};
    }
    if (is == "usage"_L1) {
        return readUsage(json);
    }
    if (is == "fault"_L1) {
        return readFault(json);
    }
    if (is == "done"_L1) {
        return readDone(json);
    }
    return std::nullopt;
}

} // namespace Maestro::MessageJson
