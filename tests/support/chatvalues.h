// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QJsonObject>

namespace Maestro::Test {

inline Answer answerOf(const StreamMessages &messages)
{
    Answer answer;
    for (const StreamMessage &message : messages) {
        answer.fold(message);
    }
    return answer;
}

//! One with everything that an answer can have.
inline Answer fullAnswer()
{
    using Qt::StringLiterals::operator""_s;
    using Call = FunctionCall;
    const QJsonArray items{QJsonObject{{u"type"_s, u"reasoning"_s},
                                       {u"encrypted_content"_s, u"gAAAA+/=\u0000\"\\"_s},
                                       {u"big"_s, qint64(9007199254740993)},
                                       {u"small"_s, 0.1},
                                       {u"nothing"_s, QJsonValue::Null},
                                       {u"summary"_s, QJsonArray{}}},
                           QJsonObject{{u"text"_s, u"日本語 😀 \u202Eabc"_s}}};
    return answerOf({
        Reasoning{.part = 3, .text = u"Let me see."_s, .took = std::chrono::milliseconds(1250)},
        Content{1, u"The answer"_s},
        Call{Call::Phase::Begin, 7, u"call_7"_s, u"cut_off"_s, u"{\"a"_s},
        Call{Call::Phase::Complete, 2, u"call_2"_s, u"look"_s, u"{\"q\":1}"_s,
             Call::Executor::Provider},
        Call{Call::Phase::Complete,
             4,
             {},
             u"free"_s,
             u"any text"_s,
             Call::Executor::Client,
             Call::Format::Text},
        Content{0, u" is 42. 😀\n日本語"_s},
        Refusal{u"But not that."_s},
        Citation{1, u"A book"_s, u"https://example.org/a?b=c"_s, u"forty-two"_s},
        Citation{0, {}, {}, {}},
        StreamFault{},
        StreamFault{},
        Usage{.input = 10,
              .output = 0,
              .cached = 3,
              .reasoning = 5,
              .inputTotal = 13,
              .outputTotal = 15},
        StreamFault{.fatal = true,
                    .error = {Error::Kind::Overloaded, u"It is busy."_s, u"Wait."_s, u"529"_s,
                              std::chrono::milliseconds(1500), u"Overloaded by \"x\" – 日本."_s},
                    .type = u"overloaded_error"_s,
                    .code = 529,
                    .words = u"Overloaded"_s},
        Done{Done::Ending::Failed, Done::Stop::Other, u"odd"_s, u"resp_1"_s, u"gpt"_s, items},
    });
}

} // namespace Maestro::Test
