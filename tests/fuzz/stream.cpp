// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A provider's answer, through StreamDecoder as everywhere: any split of the bytes gives the same
// messages, and whatever a server sends, they keep the promises of core/streammessage.h.

#include "core/answer.h"
#include "core/overloaded.h"
#include "core/streamdecoder.h"
#include "fuzz.h"
#include "providers/registry.h"
#include "support/longevents.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Maestro;
using namespace Maestro::Fuzz;
using namespace Qt::StringLiterals;

namespace {

const Provider &provider()
{
    static const Provider row = findProvider(allProviders(), QStringLiteral(MAESTRO_FUZZ_PROVIDER),
                                             QStringLiteral(MAESTRO_FUZZ_API))
                                    .value();
    return row;
}

StreamMessages decode(QByteArrayView bytes, Cut cut)
{
    StreamDecoder decoder(provider());
    StreamMessages messages;
    forEachPiece(bytes, cut, [&](QByteArrayView piece) { messages += decoder.feed(piece); });
    messages += decoder.finish();
    require(decoder.isDone(), "after finish(), the decoder is done");
    return messages;
}

//! Looks at an answer's messages one by one.
class Judge
{
public:
    void look(const StreamMessage &message)
    {
        require(!m_done, "nothing follows Done");
        require(!m_fatal || std::holds_alternative<Done>(message),
                "only Done follows a fatal fault");
        std::visit([this](const auto &value) { lookAt(value); }, message);
        const QJsonObject json = toJson(message);
        require(!json[u"type"_s].toString().isEmpty(), "every message has a type in JSON");
    }
    void lookBack() const
    {
        require(m_done.has_value(), "the last message is Done");
        require(m_fatal == (m_done->ending == Done::Ending::Failed),
                "an answer failed if, and only if, there was a fatal fault");
        require(!m_hasCallToRun || m_done->ending == Done::Ending::Complete,
                "no call of an incomplete answer may be run");
        require(m_done->ending == Done::Ending::Complete || m_done->stop == Done::Stop::None,
                "an incomplete answer has no reason to stop");
    }

private:
    enum class CallState { Begun, Complete };

    void lookAt(const Content &content) { lookAtPart(content.part, m_textParts); }
    void lookAt(const Reasoning &reasoning) { lookAtPart(reasoning.part, m_reasoningParts); }
    void lookAt(const Citation &citation) { lookAtPart(citation.part, m_textParts); }
    void lookAt(const Refusal &refusal) { require(!refusal.text.isEmpty(), "a refusal has words"); }
    void lookAt(const FunctionCall &call)
    {
        if (call.phase == FunctionCall::Phase::Begin) {
            require(call.call == m_calls.size(), "calls are numbered in the order they began");
            m_calls.append(CallState::Begun);
            return;
        }
        require(call.call >= 0 && call.call < m_calls.size(), "a call begins before all else");
        CallState &state = m_calls[call.call];
        require(state == CallState::Begun, "nothing follows a call's completion");
        if (call.phase == FunctionCall::Phase::Complete) {
            state = CallState::Complete;
            m_hasCallToRun = m_hasCallToRun || call.executor == FunctionCall::Executor::Client;
        }
    }
    void lookAt(const Usage &usage)
    {
        for (const auto &count :
             {usage.input, usage.output, usage.total, usage.cached, usage.cacheWrite,
              usage.reasoning, usage.inputTotal, usage.outputTotal}) {
            require(count.value_or(0) >= 0, "no count is negative");
        }
    }
    void lookAt(const StreamFault &fault)
    {
        constexpr qsizetype LongestDetail = 2500;
        constexpr auto Day = std::chrono::hours(24);
        const Error &error = fault.error;
        m_fatal = fault.fatal;
        require(!error.message.isEmpty(), "an error has a sentence");
        require(error.detail.size() <= LongestDetail, "an error's detail is bounded");
        require(isShowable(error.detail), "an error's detail can be shown");
        require(!error.retryAfter || (error.retryAfter->count() >= 0 && *error.retryAfter <= Day),
                "nobody waits longer than a day");
    }
    void lookAt(const Done &done) { m_done = done; }

    static void lookAtPart(int part, int &count)
    {
        require(part >= 0 && part <= count, "parts are numbered in the order they began");
        count = std::max(count, part + 1);
    }

    int m_textParts = 0;
    int m_reasoningParts = 0;
    QList<CallState> m_calls;
    bool m_fatal = false;
    bool m_hasCallToRun = false;
    std::optional<Done> m_done;
};

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes = viewOf(data, size);
    const StreamMessages messages = decode(bytes, Cut::Whole);
    require(decode(bytes, Cut::EveryByte) == messages, "byte by byte, the messages are the same");
    require(Test::withoutDetails(decode(Test::withLongEvents(bytes), Cut::Whole))
                == Test::withoutDetails(messages),
            "the parser of short events reads what the parser of long ones does");
    require(decode(bytes, Cut::AnyPieces) == messages, "in any pieces, the messages are the same");

    Judge judge;
    Answer answer;
    for (const StreamMessage &message : messages) {
        judge.look(message);
        answer.fold(message);
    }
    judge.lookBack();
    require(answer.done().has_value(), "the answer knows its end");
    require(answer.error().has_value() == (answer.done()->ending == Done::Ending::Failed),
            "the answer knows its error");
    require(!answer.isComplete() || answer.done()->ending == Done::Ending::Complete,
            "an answer is complete only if its provider said so");
    const QList<FunctionCallPart> calls = answer.functionCalls();
    require(answer.isComplete()
                || std::none_of(calls.begin(), calls.end(),
                                [](const FunctionCallPart &call) { return call.complete; }),
            "an incomplete answer has no call to run");
    return 0;
}
