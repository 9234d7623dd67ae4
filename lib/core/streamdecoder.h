// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/sseparser.h"
#include "core/streamhandler.h"

#include <memory>

namespace Maestro {

struct Provider;

struct DecoderOptions
{
    //! What the whole of the text is when it is a JSON object that holds nothing but reasoning.
    enum class JsonReasoning {
        Recognize, //!< reasoning, said so before Done
        KeepAsText,
    };
    JsonReasoning jsonReasoning = JsonReasoning::Recognize;
    SseParser::AtEnd atEnd = SseParser::AtEnd::Flush;
};

//! The one way from bytes to messages, for every provider and every authentication: the window, the
//! terminal, the tests and the check all go through it. One object per answer.
class StreamDecoder
{
public:
    explicit StreamDecoder(const Provider &provider, DecoderOptions options = {});
    explicit StreamDecoder(std::unique_ptr<StreamHandler> handler, DecoderOptions options = {});

    //! Any split of the bytes gives the same messages.
    StreamMessages feed(QByteArrayView bytes);
    //! The bytes have ended. The last message is Done, unless feed() returned it already.
    StreamMessages finish();

    bool isDone() const { return m_done; }
    //! Server-sent events so far.
    qint64 eventCount() const { return m_eventCount; }

private:
    void take(const SseParser::Item &item, StreamMessages &messages);
    //! Looks at the messages from `first` on.
    void review(StreamMessages &messages, qsizetype first);

    DecoderOptions m_options;
    SseParser m_parser;
    std::unique_ptr<StreamHandler> m_handler;
    //! The answer's text so far, as long as it may still be a JSON object; bounded.
    QString m_jsonText;
    bool m_mayBeJson = true;
    bool m_done = false;
    qint64 m_eventCount = 0;
};

//! The reasoning in a text that as a whole is a JSON object of nothing but reasoning, as o3 models
//! sent it: {"reasoning": "…"}, {"type": "reasoning", "summary": [{"text": "…"}]} and their kin.
//! Empty for every other text.
QString reasoningOfJsonText(const QString &text);

} // namespace Maestro
