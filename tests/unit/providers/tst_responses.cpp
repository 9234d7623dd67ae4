// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decoding.h"

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;

class tst_Responses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void assemblesReasoningTextCitationsAndParallelCalls();
    void takesWhatOnlyTheDoneEventsSay();
    void letsTheWholeTextWinOverItsDeltas();
    void tellsWhatOnlyTheFinalResponseHolds();
    void keysOnTheOutputIndexWhenIdsRotate();
    void completesNoCallOfAResponseThatWasCutShort();
    void showsToolsThatTheProviderRuns();
    void takesNothingIntoACallThatWasRun();
    void marksTheArgumentsOfCustomToolsAsText();
    void reportsAnErrorOnce_data();
    void reportsAnErrorOnce();
    void passesARefusalOn();

private:
    const Provider m_provider = providerOf("openai", "responses");
};

void tst_Responses::assemblesReasoningTextCitationsAndParallelCalls()
{
    const QByteArray bytes = recording(u"openai-responses.sse"_s);
    Usage usage;
    usage.input = usage.inputTotal = 30;
    usage.output = usage.outputTotal = 12;
    usage.total = 42;
    usage.cached = 10;
    usage.reasoning = 5;
    const StreamMessages messages = decode(m_provider, bytes);
    const QJsonArray items = std::get<Done>(messages.last()).items;
    const StreamMessages expected{
        Reasoning{0, u"Two cities, "_s},
        Reasoning{0, u"two calls."_s},
        Content{0, u"Ich schaue für "_s},
        Content{0, u"beide nach 🌦"_s},
        Citation{0, u"Weather"_s, u"https://weather.example/"_s, {}},
        FunctionCall{Phase::Begin, 0, u"call_rome"_s, u"weather"_s, {}},
        FunctionCall{Phase::Begin, 1, u"call_oslo"_s, u"weather"_s, {}},
        FunctionCall{Phase::Arguments, 0, {}, {}, u"{\"city\":"_s},
        FunctionCall{Phase::Arguments, 1, {}, {}, u"{\"city\":\"Oslo\"}"_s},
        FunctionCall{Phase::Arguments, 0, {}, {}, u"\"Rome\"}"_s},
        usage,
        FunctionCall{Phase::Complete, 0, u"call_rome"_s, u"weather"_s, u"{\"city\":\"Rome\"}"_s},
        FunctionCall{Phase::Complete, 1, u"call_oslo"_s, u"weather"_s, u"{\"city\":\"Oslo\"}"_s},
        Done{Done::Ending::Complete, Done::Stop::ToolUse, u"completed"_s, u"resp_1"_s, u"gpt-5.6"_s,
             items},
    };
    QVERIFY(areSame(messages, expected));
    QCOMPARE(items.size(), 4);
    QCOMPARE(items.at(0)["encrypted_content"_L1], QJsonValue(u"whole"_s));
    QCOMPARE(items.at(2)["call_id"_L1],
             QJsonValue(u"call_rome"_s)); // by output_index, not by arrival
}

void tst_Responses::takesWhatOnlyTheDoneEventsSay()
{
    const Answer answer = answerOf(decode(
        m_provider,
        events({
            R"({"type":"response.output_item.done","output_index":0,"item":{"id":"rs","type":"reasoning","summary":[{"text":"Hm."}]}})",
            R"({"type":"response.output_text.done","output_index":1,"content_index":0,"text":"Hello"})",
            R"({"type":"response.output_item.done","output_index":1,"item":{"id":"m","type":"message","content":[{"type":"output_text","text":"Hello"}]}})",
            R"({"type":"response.output_item.done","output_index":2,"item":{"id":"f","type":"function_call","call_id":"c","name":"now","arguments":"{}"}})",
            R"({"type":"response.completed","response":{"status":"completed"}})",
        })));
    QCOMPARE(answer.reasoning(), u"Hm."_s);
    QCOMPARE(answer.text(), u"Hello"_s);
    QCOMPARE(answer.functionCalls(),
             (QList<FunctionCallPart>{
                 {u"c"_s, u"now"_s, u"{}"_s, FunctionCall::Executor::Client, true}}));
}

void tst_Responses::letsTheWholeTextWinOverItsDeltas()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Once"})",
            R"({"type":"response.output_text.done","output_index":0,"content_index":0,"text":"Once upon a time"})",
            R"({"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"The end?"})",
            R"({"type":"response.output_text.done","output_index":1,"content_index":0,"text":"The end."})",
        }));
    const QList<Content> expected{
        {0, u"Once"_s}, {0, u" upon a time"_s}, {1, u"The end?"_s}, {1, u"The end."_s, true}};
    QCOMPARE(only<Content>(messages), expected);
    QCOMPARE(answerOf(messages).text(), u"Once upon a timeThe end."_s);
}

void tst_Responses::tellsWhatOnlyTheFinalResponseHolds()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"response.output_item.added","output_index":0,"item":{"id":"l","type":"mcp_list_tools","server_label":"wiki"}})",
            R"({"type":"response.output_text.delta","output_index":1,"item_id":"m","content_index":0,"delta":"Hi"})",
            R"({"type":"response.completed","response":{"status":"completed","output":[{"id":"l","type":"mcp_list_tools","server_label":"wiki","tools":[]},)"
            R"({"id":"m","type":"message","content":[{"type":"output_text","text":"Hi"}]}]}})",
        }));
    QCOMPARE(completedCalls(messages),
             (QList<FunctionCall>{{Phase::Complete, 0, u"l"_s, u"mcp_list_tools"_s,
                                   u"{\"server_label\":\"wiki\"}"_s,
                                   FunctionCall::Executor::Provider}}));
    QCOMPARE(answerOf(messages).text(), u"Hi"_s); // not twice
    QCOMPARE(std::get<Done>(messages.last()).items.size(), 2);
}

void tst_Responses::keysOnTheOutputIndexWhenIdsRotate()
{
    const Answer answer = answerOf(decode(
        m_provider,
        events({
            R"({"type":"response.output_item.added","output_index":4,"item":{"id":"a","type":"function_call","call_id":"c1","name":"f","arguments":""}})",
            R"({"type":"response.output_item.added","output_index":9,"item":{"id":"b","type":"function_call","call_id":"c2","name":"g","arguments":""}})",
            R"({"type":"response.function_call_arguments.delta","output_index":4,"item_id":"b","delta":"{\"x\":"})",
            R"({"type":"response.function_call_arguments.delta","output_index":9,"item_id":"q","delta":"{}"})",
            R"({"type":"response.function_call_arguments.delta","output_index":4,"item_id":"z","delta":"1}"})",
            R"({"type":"response.output_item.done","output_index":4,"item":{"id":"y","type":"function_call","call_id":"c1-final","name":"f","arguments":"{\"x\":1}"}})",
            R"({"type":"response.output_item.done","output_index":9,"item":{"id":"x","type":"function_call","call_id":"c2","name":"g","arguments":"{}"}})",
            R"({"type":"response.completed","response":{"status":"completed"}})",
        })));
    const QList<FunctionCallPart> expected{
        {u"c1-final"_s, u"f"_s, u"{\"x\":1}"_s, FunctionCall::Executor::Client, true},
        {u"c2"_s, u"g"_s, u"{}"_s, FunctionCall::Executor::Client, true}};
    QCOMPARE(answer.functionCalls(), expected);
}

void tst_Responses::completesNoCallOfAResponseThatWasCutShort()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","call_id":"c1","name":"f","arguments":"{\"a\":","status":"incomplete"}})",
            R"({"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}})",
        }));
    QCOMPARE(completedCalls(messages), QList<FunctionCall>());
    const Done done = std::get<Done>(messages.last());
    QCOMPARE(done.stopReason, u"incomplete:max_output_tokens"_s);
    QCOMPARE(done.stop, Done::Stop::Length);
    QCOMPARE(done.items, QJsonArray());
}

void tst_Responses::showsToolsThatTheProviderRuns()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"response.output_item.added","output_index":0,"item":{"id":"ws","type":"web_search_call","status":"in_progress"}})",
            R"({"type":"response.web_search_call.searching","output_index":0,"item_id":"ws"})",
            R"({"type":"response.output_item.done","output_index":0,"item":{"id":"ws","type":"web_search_call","status":"completed","action":{"query":"qt"}}})",
            R"({"type":"response.completed","response":{"status":"completed"}})",
        }));
    const QList<FunctionCall> expected{
        {Phase::Begin, 0, u"ws"_s, u"web_search"_s, {}, FunctionCall::Executor::Provider},
        {Phase::Complete, 0, u"ws"_s, u"web_search"_s, u"{\"action\":{\"query\":\"qt\"}}"_s,
         FunctionCall::Executor::Provider}};
    QCOMPARE(only<FunctionCall>(messages), expected);
    QCOMPARE(answerOf(messages).functionCalls(),
             QList<FunctionCallPart>()); // nothing for us to run
    QCOMPARE(std::get<Done>(messages.last()).stop, Done::Stop::End);
}

void tst_Responses::takesNothingIntoACallThatWasRun()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"response.output_item.added","output_index":0,"item":{"id":"m","type":"mcp_call","name":"f"}})",
            R"({"type":"response.output_item.done","output_index":0,"item":{"id":"m","type":"mcp_call","name":"f","arguments":"{}"}})",
            R"({"type":"response.mcp_call_arguments.delta","output_index":0,"delta":"!"})",
            R"({"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","call_id":"c","name":"g"}})",
            R"({"type":"response.function_call_arguments.done","output_index":0,"arguments":"{}"})",
            R"({"type":"response.completed","response":{"status":"completed"}})",
        }));
    const QList<FunctionCall> expected{
        {Phase::Begin, 0, u"m"_s, u"f"_s, {}, FunctionCall::Executor::Provider},
        {Phase::Complete, 0, u"m"_s, u"f"_s, u"{}"_s, FunctionCall::Executor::Provider}};
    QCOMPARE(only<FunctionCall>(messages), expected);
}

void tst_Responses::marksTheArgumentsOfCustomToolsAsText()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"response.output_item.added","output_index":0,"item":{"type":"custom_tool_call","call_id":"c","name":"sql","input":""}})",
            R"({"type":"response.custom_tool_call_input.delta","output_index":0,"delta":"SELECT 1"})",
            R"({"type":"response.output_item.done","output_index":0,"item":{"type":"custom_tool_call","call_id":"c","name":"sql","input":"SELECT 1"}})",
            R"({"type":"response.completed","response":{"status":"completed"}})",
        }));
    QCOMPARE(completedCalls(messages),
             (QList<FunctionCall>{{Phase::Complete, 0, u"c"_s, u"sql"_s, u"SELECT 1"_s,
                                   FunctionCall::Executor::Client, FunctionCall::Format::Text}}));
}

void tst_Responses::reportsAnErrorOnce_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("stopReason");
    const QByteArray failed
        = R"({"type":"response.failed","response":{"status":"failed","error":{"code":"insufficient_quota","message":"No credit."}}})";
    const QByteArray nested
        = R"({"type":"error","error":{"type":"insufficient_quota","code":"insufficient_quota","message":"No credit."}})";
    QTest::newRow("flat") << events(
        {R"({"type":"error","code":"insufficient_quota","message":"No credit.","param":null})"})
                          << QString();
    QTest::newRow("nested") << events({nested}) << QString();
    QTest::newRow("failed alone") << events({failed}) << u"failed"_s;
    QTest::newRow("failed after the error") << events({nested, failed}) << u"failed"_s;
    QTest::newRow("named by the event alone") << QByteArray(
        "event: error\ndata: {\"error\":{\"code\":\"insufficient_quota\",\"message\":\"No "
        "credit.\"}}\n\n") << QString();
    QTest::newRow("a body without events")
        << QByteArray("{\n  \"error\": {\n    \"code\": \"insufficient_quota\",\n    \"message\": "
                      "\"No credit.\"\n  }\n}\n")
        << QString();
}

void tst_Responses::reportsAnErrorOnce()
{
    QFETCH(QByteArray, bytes);
    const StreamMessages messages = decode(m_provider, bytes);
    const QList<StreamFault> faults = only<StreamFault>(messages);
    QCOMPARE(faults.size(), 1);
    QVERIFY(faults.first().fatal);
    QCOMPARE(faults.first().error.kind, Error::Kind::QuotaExceeded);
    QCOMPARE(faults.first().code, QJsonValue(u"insufficient_quota"_s));
    QCOMPARE(faults.first().words, u"No credit."_s);
    const Done done = std::get<Done>(messages.last());
    QCOMPARE(done.ending, Done::Ending::Failed);
    QTEST(done.stopReason, "stopReason");
}

void tst_Responses::passesARefusalOn()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            R"({"type":"response.refusal.delta","output_index":0,"content_index":0,"delta":"I will "})",
            R"({"type":"response.refusal.delta","output_index":0,"content_index":0,"delta":"not."})",
            R"({"type":"response.refusal.done","output_index":0,"content_index":0,"refusal":"I will not."})",
            R"({"type":"response.completed","response":{"status":"completed"}})",
        }));
    QCOMPARE(answerOf(messages).refusal(), u"I will not."_s);
    QCOMPARE(std::get<Done>(messages.last()).stop, Done::Stop::Refused);
}

QTEST_GUILESS_MAIN(tst_Responses)
#include "tst_responses.moc"
