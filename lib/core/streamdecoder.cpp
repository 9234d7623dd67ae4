// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/streamdecoder.h"

#include "core/overloaded.h"
#include "core/provider.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Longer texts are answers, whatever they look like; it also bounds what is kept twice.
constexpr qsizetype JsonReasoningLimit = 256 * 1024;

StreamFault oversizedFault(qsizetype limit)
{
    return {
        false,
        Error{Error::Kind::TooLarge,
              QCoreApplication::translate(
                  "StreamDecoder", "An event of the stream was longer than %1 MiB and was skipped.")
                  .arg(static_cast<double>(limit) / (1024.0 * 1024.0))}};
}

//! The texts below a value: a string itself, an object's "text", or all of an array's.
QString textsBelow(const QJsonValue &value)
{
    if (value.isString()) {
        return value.toString();
    }
    if (value.isObject()) {
        return value[u"text"_s].toString();
    }
    QStringList texts;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &element : array) {
        texts.append(textsBelow(element));
    }
    texts.removeAll(QString());
    return texts.join(u"\n\n"_s);
}

} // namespace

StreamDecoder::StreamDecoder(const Provider &provider, DecoderOptions options)
    : StreamDecoder(provider.makeStreamHandler(provider), options)
{ }

StreamDecoder::StreamDecoder(std::unique_ptr<StreamHandler> handler, DecoderOptions options)
    : m_options(options)
    , m_parser(options.atEnd)
    , m_handler(std::move(handler))
    , m_mayBeJson(options.jsonReasoning == DecoderOptions::JsonReasoning::Recognize)
{ }

StreamMessages StreamDecoder::feed(QByteArrayView bytes)
{
    StreamMessages messages;
    m_parser.feed(bytes, [&](const SseParser::Item &item) { take(item, messages); });
    return messages;
}

StreamMessages StreamDecoder::finish()
{
    StreamMessages messages;
    m_parser.finish([&](const SseParser::Item &item) { take(item, messages); });
    if (m_done) {
        return messages;
    }
    StreamMessages end = m_handler->finish(m_parser.stray());
    if (const auto *done = end.isEmpty() ? nullptr : std::get_if<Done>(&end.last());
        done && done->ending == Done::Ending::CutOff) {
        // Half an event at the end of a stream that was cut off is no malformed event.
        messages.removeIf([](const StreamMessage &message) {
            const auto *fault = std::get_if<StreamFault>(&message);
            return fault != nullptr && !fault->fatal;
        });
    }
    const qsizetype first = messages.size();
    messages += end;
    review(messages, first);
    return messages;
}

void StreamDecoder::take(const SseParser::Item &item, StreamMessages &messages)
{
    if (m_done) {
        return; // Nothing after the end belongs to the answer.
    }
    if (const auto *oversized = std::get_if<SseParser::Oversized>(&item)) {
        messages.append(oversizedFault(oversized->limit));
    } else {
        ++m_eventCount;
        const qsizetype first = messages.size();
        m_handler->handle(std::get<ServerSentEvent>(item), messages);
        review(messages, first);
    }
}

void StreamDecoder::review(StreamMessages &messages, qsizetype first)
{
    for (qsizetype i = first; i < messages.size(); ++i) {
        const StreamMessage &message = messages.at(i);
        if (const auto *content = std::get_if<Content>(&message); content && m_mayBeJson) {
            if (content->replacesPart) {
                m_jsonText.clear();
            }
            m_jsonText += content->text;
            const auto begin = std::find_if_not(m_jsonText.cbegin(), m_jsonText.cend(),
                                                [](QChar c) { return c.isSpace(); });
            m_mayBeJson = m_jsonText.size() <= JsonReasoningLimit
                && (begin == m_jsonText.cend() || *begin == u'{');
            if (!m_mayBeJson) {
                m_jsonText = QString();
            }
        } else if (std::holds_alternative<Done>(message)) {
            m_done = true;
            if (const QString reasoning = reasoningOfJsonText(m_jsonText); !reasoning.isEmpty()) {
                messages.insert(i++, Reasoning{0, reasoning, true});
            }
        }
    }
}

QString reasoningOfJsonText(const QString &text)
{
    if (!text.contains(u'{')) {
        return {};
    }
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    static const QSet<QString> reasoningKeys{
        u"reasoning"_s, u"reasoning_content"_s, u"reasoning_text"_s, u"thinking"_s,
        u"thoughts"_s,  u"summary"_s,           u"content"_s};
    static const QSet<QString> otherKeys{u"type"_s, u"id"_s, u"status"_s, u"encrypted_content"_s,
                                         u"effort"_s};
    // "summary" and "content" are words of many an answer; only beside their type do they say
    // reasoning.
    const bool saysReasoning = object[u"type"_s] == "reasoning"_L1;
    QStringList texts;
    for (auto member = object.begin(); member != object.end(); ++member) {
        const bool isGeneral = member.key() == "summary"_L1 || member.key() == "content"_L1;
        if (reasoningKeys.contains(member.key()) && (saysReasoning || !isGeneral)) {
            texts.append(textsBelow(member.value()));
        } else if (!otherKeys.contains(member.key())) {
            return {};
        }
    }
    texts.removeAll(QString());
    return texts.join(u"\n\n"_s);
}

} // namespace Maestro
