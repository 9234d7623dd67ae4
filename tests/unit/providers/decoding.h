// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answer.h"
#include "core/streamdecoder.h"
#include "providers/registry.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

//! What the tests of the stream handlers share: bytes in, messages out.
namespace Maestro::Decoding {

inline Provider providerOf(const char *id, const char *api = "")
{
    return findProvider(allProviders(), QString::fromLatin1(id), QString::fromLatin1(api)).value();
}

inline StreamMessages decode(const Provider &provider, QByteArrayView bytes, qsizetype chunk = 0,
                             DecoderOptions options = {})
{
    StreamDecoder decoder(provider, options);
    StreamMessages messages;
    const qsizetype step = chunk > 0 ? chunk : std::max<qsizetype>(1, bytes.size());
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        messages += decoder.feed(bytes.sliced(at, std::min(step, bytes.size() - at)));
    }
    return messages + decoder.finish();
}

inline Answer answerOf(const StreamMessages &messages)
{
    Answer answer;
    for (const StreamMessage &message : messages) {
        answer.fold(message);
    }
    return answer;
}

inline QByteArray recording(const QString &name)
{
    QFile file(QStringLiteral(MAESTRO_RECORDINGS "/") + name);
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("the recording %s is missing", qPrintable(name));
    }
    return file.readAll();
}

//! Events without names from texts of JSON, as most gateways send them.
inline QByteArray events(const QList<QByteArray> &texts)
{
    QByteArray bytes;
    for (const QByteArray &text : texts) {
        bytes += "data: " + text + "\n\n";
    }
    return bytes;
}

template <typename Message>
QList<Message> only(const StreamMessages &messages)
{
    QList<Message> found;
    for (const StreamMessage &message : messages) {
        if (const auto *value = std::get_if<Message>(&message)) {
            found.append(*value);
        }
    }
    return found;
}

inline QList<FunctionCall> completedCalls(const StreamMessages &messages)
{
    QList<FunctionCall> calls = only<FunctionCall>(messages);
    calls.removeIf(
        [](const FunctionCall &call) { return call.phase != FunctionCall::Phase::Complete; });
    return calls;
}

inline QJsonArray jsonOf(const StreamMessages &messages)
{
    QJsonArray array;
    for (const StreamMessage &message : messages) {
        array.append(toJson(message));
    }
    return array;
}

//! Compares as JSON: what differs can be read in the log.
inline bool areSame(const StreamMessages &actual, const StreamMessages &expected)
{
    if (actual == expected) {
        return true;
    }
    qWarning("actual   %s",
             QJsonDocument(jsonOf(actual)).toJson(QJsonDocument::Compact).constData());
    qWarning("expected %s",
             QJsonDocument(jsonOf(expected)).toJson(QJsonDocument::Compact).constData());
    return false;
}

inline QJsonObject object(const QByteArray &text) { return QJsonDocument::fromJson(text).object(); }

inline QJsonArray array(const QByteArray &text) { return QJsonDocument::fromJson(text).array(); }

using Phase = FunctionCall::Phase;

//! The rows of a test of every wire: a recorded file, and whose it is.
inline void addRecordings()
{
    using namespace Qt::StringLiterals;
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("api");
    QTest::newRow("OpenAI Responses")
        << u"openai-responses.sse"_s << QByteArray("openai") << QByteArray("responses");
    QTest::newRow("OpenAI Chat Completions")
        << u"openai-chat.sse"_s << QByteArray("openai") << QByteArray("chat");
    QTest::newRow("Anthropic") << u"anthropic.sse"_s << QByteArray("anthropic") << QByteArray();
    QTest::newRow("Gemini, with CRLF") << u"gemini.sse"_s << QByteArray("gemini") << QByteArray();
}

} // namespace Maestro::Decoding
