// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decoding.h"

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;

class tst_Anthropic : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void assemblesThinkingTextAndCalls();
    void mergesUsageFieldByField();
    void takesTheContentThatAMessageStartsWith();
    void showsToolsThatTheProviderRuns();
    void takesNothingIntoACallThatHasEnded();
    void countsNoAbsurdNumberOfTokens();
    void keepsCitationsWithTheirText();
    void keepsRedactedThinkingAndCompaction();
    void ignoresASecondMessageStart();
    void completesNoCallThatTheLimitCut();
    void reportsAnErrorEvent();
    void isNotFinishedByAStopReasonAlone();
    void numbersTextAndReasoningApartInABrokenBlock();

private:
    const Provider m_provider = providerOf("anthropic");
};

void tst_Anthropic::assemblesThinkingTextAndCalls()
{
    const StreamMessages messages = decode(m_provider, recording(u"anthropic.sse"_s));
    Usage begun;
    begun.input = 20;
    begun.output = begun.outputTotal = 1;
    begun.cached = 7;
    begun.cacheWrite = 3;
    begun.inputTotal = 30;
    Usage finished = begun;
    finished.output = finished.outputTotal = 40;
    const QJsonArray items
        = array(R"([{"type":"thinking","thinking":"Two cities, two calls.","signature":"c2lnbmVk"},
        {"type":"text","text":"Ich schaue für beide nach 🌦"},
        {"type":"tool_use","id":"toolu_rome","name":"weather","input":{"city":"Rome"}},
        {"type":"tool_use","id":"toolu_now","name":"now","input":{}}])");
    const StreamMessages expected{
        begun,
        Reasoning{0, u"Two cities, two calls."_s},
        Content{0, u"Ich schaue für "_s},
        Content{0, u"beide nach 🌦"_s},
        FunctionCall{Phase::Begin, 0, u"toolu_rome"_s, u"weather"_s, {}},
        FunctionCall{Phase::Arguments, 0, {}, {}, u"{\"city\":"_s},
        FunctionCall{Phase::Arguments, 0, {}, {}, u"\"Rome\"}"_s},
        FunctionCall{Phase::Begin, 1, u"toolu_now"_s, u"now"_s, {}},
        finished,
        FunctionCall{Phase::Complete, 0, u"toolu_rome"_s, u"weather"_s, u"{\"city\":\"Rome\"}"_s},
        FunctionCall{Phase::Complete, 1, u"toolu_now"_s, u"now"_s, {}},
        Done{Done::Ending::Complete, Done::Stop::ToolUse, u"tool_use"_s, u"msg_1"_s,
             u"claude-sonnet-5"_s, items},
    };
    QVERIFY(areSame(messages, expected));
}

void tst_Anthropic::mergesUsageFieldByField()
{
    const Answer answer = answerOf(decode(
        m_provider,
        events({
            R"({"type":"message_start","message":{"usage":{"input_tokens":5,"output_tokens":1,"cache_read_input_tokens":2}}})",
            R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"input_tokens":null,"output_tokens":9,"output_tokens_details":{"thinking_tokens":4}}})",
            R"({"type":"message_stop"})",
        })));
    Usage expected;
    expected.input = 5;
    expected.output = expected.outputTotal = 9;
    expected.cached = 2;
    expected.reasoning = 4;
    expected.inputTotal = 7;
    QCOMPARE(answer.usage(), std::optional(expected));
}

void tst_Anthropic::takesTheContentThatAMessageStartsWith()
{
    const Answer answer = answerOf(decode(
        m_provider,
        events({
            R"({"type":"message_start","message":{"content":[{"type":"tool_use","id":"t","name":"f","input":{"x":1}}],"stop_reason":"tool_use"}})",
            R"({"type":"message_stop"})",
        })));
    QCOMPARE(answer.functionCalls(),
             (QList<FunctionCallPart>{
                 {u"t"_s, u"f"_s, u"{\"x\":1}"_s, FunctionCall::Executor::Client, true}}));
    QCOMPARE(answer.done()->stopReason, u"tool_use"_s);
}

void tst_Anthropic::showsToolsThatTheProviderRuns()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s","name":"web_search","input":{}}})",
            R"({"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"query\":\"qt\"}"}})",
            R"({"type":"content_block_stop","index":0})",
            R"({"type":"content_block_start","index":1,"content_block":{"type":"web_search_tool_result","tool_use_id":"s","content":[]}})",
            R"({"type":"content_block_stop","index":1})",
            R"({"type":"message_stop"})",
        }));
    QCOMPARE(completedCalls(messages),
             (QList<FunctionCall>{{Phase::Complete, 0, u"s"_s, u"web_search"_s,
                                   u"{\"query\":\"qt\"}"_s, FunctionCall::Executor::Provider}}));
    QCOMPARE(answerOf(messages).functionCalls(), QList<FunctionCallPart>());
    QCOMPARE(
        std::get<Done>(messages.last()).items,
        array(R"([{"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"qt"}},
        {"type":"web_search_tool_result","tool_use_id":"s","content":[]}])"));
}

void tst_Anthropic::takesNothingIntoACallThatHasEnded()
{
    for (const QByteArray type : {"server_tool_use", "tool_use"}) {
        const StreamMessages messages = decode(
            m_provider,
            events({
                R"({"type":"content_block_start","index":0,"content_block":{"type":")" + type
                    + R"(","id":"s","name":"f","input":{}}})",
                R"({"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{}"}})",
                R"({"type":"content_block_stop","index":0})",
                R"({"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"!"}})",
                R"({"type":"message_stop"})",
            }));
        QCOMPARE(completedCalls(messages).size(), 1);
        QCOMPARE(completedCalls(messages).first().arguments, u"{}"_s);
        QCOMPARE(std::get<FunctionCallPart>(answerOf(messages).parts().first()).arguments, u"{}"_s);
    }
}

void tst_Anthropic::countsNoAbsurdNumberOfTokens()
{
    const Answer answer = answerOf(decode(
        m_provider,
        events({
            R"({"type":"message_start","message":{"usage":{"input_tokens":9223372036854775807,"cache_read_input_tokens":2,"output_tokens":1}}})",
            R"({"type":"message_stop"})",
        })));
    QCOMPARE(answer.usage()->input, std::nullopt);
    QCOMPARE(answer.usage()->inputTotal, std::optional<qint64>(2));
    QCOMPARE(answer.usage()->output, std::optional<qint64>(1));
}

void tst_Anthropic::keepsCitationsWithTheirText()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"content_block_start","index":0,"content_block":{"type":"text","text":"","citations":[]}})",
            R"({"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://a.example/","title":"A","cited_text":"said"}}})",
            R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"As A said."}})",
            R"({"type":"content_block_stop","index":0})",
            R"({"type":"message_stop"})",
        }));
    QCOMPARE(only<Citation>(messages),
             (QList<Citation>{{0, u"A"_s, u"https://a.example/"_s, u"said"_s}}));
    QCOMPARE(only<Content>(messages), (QList<Content>{{0, u"As A said."_s}}));
    QCOMPARE(std::get<Done>(messages.last()).items.first()["citations"_L1].toArray().size(), 1);
}

void tst_Anthropic::keepsRedactedThinkingAndCompaction()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"opaque"}})",
            R"({"type":"content_block_stop","index":0})",
            R"({"type":"content_block_start","index":1,"content_block":{"type":"compaction","content":null}})",
            R"({"type":"content_block_delta","index":1,"delta":{"type":"compaction_delta","content":"So far."}})",
            R"({"type":"content_block_stop","index":1})",
            R"({"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}})",
            R"({"type":"content_block_stop","index":2})",
            R"({"type":"message_stop"})",
        }));
    QCOMPARE(messages.size(), 1); // neither is anything to show
    QCOMPARE(
        std::get<Done>(messages.last()).items,
        array(
            R"([{"type":"redacted_thinking","data":"opaque"},{"type":"compaction","content":"So far."}])"));
}

void tst_Anthropic::ignoresASecondMessageStart()
{
    const QByteArray start
        = R"({"type":"message_start","message":{"id":"first","content":[],"usage":{"input_tokens":1}}})";
    const QByteArray second
        = R"({"type":"message_start","message":{"id":"second","content":[],"usage":{"input_tokens":9}}})";
    const Answer answer
        = answerOf(decode(m_provider, events({start, second, R"({"type":"message_stop"})"})));
    QCOMPARE(answer.done()->responseId, u"first"_s);
    QCOMPARE(answer.usage()->input, std::optional<qint64>(1));
}

void tst_Anthropic::completesNoCallThatTheLimitCut()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}})",
            R"({"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"path\":\"/tm"}})",
            R"({"type":"content_block_stop","index":0})",
            R"({"type":"message_delta","delta":{"stop_reason":"max_tokens"}})",
            R"({"type":"message_stop"})",
        }));
    QCOMPARE(completedCalls(messages), QList<FunctionCall>());
    QCOMPARE(answerOf(messages).functionCalls().first().arguments, u"{\"path\":\"/tm"_s);
}

void tst_Anthropic::reportsAnErrorEvent()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Half an"}})",
            R"({"type":"error","error":{"details":null,"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"})",
        }));
    QCOMPARE(messages.size(), 3);
    const StreamFault fault = std::get<StreamFault>(messages.at(1));
    QCOMPARE(fault.error.kind, Error::Kind::Overloaded);
    QCOMPARE(fault.type, QJsonValue(u"overloaded_error"_s));
    QVERIFY(fault.error.detail.contains(u"req_1"_s));
    QCOMPARE(std::get<Done>(messages.at(2)).ending, Done::Ending::Failed);
}

void tst_Anthropic::isNotFinishedByAStopReasonAlone()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}})",
            R"({"type":"content_block_stop","index":0})",
            R"({"type":"message_delta","delta":{"stop_reason":"tool_use"}})",
            "[DONE]",
        }));
    const Done done = std::get<Done>(messages.last());
    QCOMPARE(done.ending, Done::Ending::CutOff);
    QCOMPARE(done.stopReason, u"tool_use"_s);
    QCOMPARE(completedCalls(messages), QList<FunctionCall>());
}

void tst_Anthropic::numbersTextAndReasoningApartInABrokenBlock()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}})",
            R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"b"}})",
            R"({"type":"content_block_delta","index":1,"delta":{"type":"thinking_delta","thinking":"c"}})",
        }));
    const StreamMessages expected{Content{0, u"a"_s}, Content{1, u"b"_s}, Reasoning{0, u"c"_s}};
    QCOMPARE(messages.first(3), expected);
}

QTEST_GUILESS_MAIN(tst_Anthropic)
#include "tst_anthropic.moc"
