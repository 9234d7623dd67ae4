// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decoding.h"

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;

class tst_Chat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void assemblesTextReasoningAndInterleavedCalls();
    void tellsTheCallsOfEveryDialectApart_data();
    void tellsTheCallsOfEveryDialectApart();
    void waitsForTheUsageAfterTheFinishReason();
    void keepsTheLastUsageThatIsNotNull();
    void endsWithDoneAloneWhereNoFinishReasonCame();
    void keepsReasoningDetailsAndExtraContentForTheNextTurn();
    void reportsAnErrorInsideAChunk();
    void readsTheFirstChoiceAlone();
    void completesNoCallThatTheLimitCut();

private:
    const Provider m_provider = providerOf("openai", "chat");
};

namespace {

QByteArray delta(const QByteArray &fields, const QByteArray &finish = "null")
{
    return R"({"id":"x","choices":[{"index":0,"delta":{)" + fields + R"(},"finish_reason":)"
        + finish + "}]}";
}

} // namespace

void tst_Chat::assemblesTextReasoningAndInterleavedCalls()
{
    const StreamMessages messages = decode(m_provider, recording(u"openai-chat.sse"_s));
    Usage usage;
    usage.input = usage.inputTotal = 30;
    usage.output = usage.outputTotal = 12;
    usage.total = 42;
    usage.cached = 10;
    usage.reasoning = 5;
    const QJsonArray items
        = array(R"([{"role":"assistant","content":"Ich schaue für beide nach 🌦","tool_calls":[
        {"id":"call_rome","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Rome\"}"}},
        {"id":"call_oslo","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Oslo\"}"}}]}])");
    const StreamMessages expected{
        Reasoning{0, u"Two cities."_s},
        Content{0, u"Ich schaue für "_s},
        Content{0, u"beide nach 🌦"_s},
        FunctionCall{Phase::Begin, 0, u"call_rome"_s, u"weather"_s, {}},
        FunctionCall{Phase::Begin, 1, u"call_oslo"_s, u"weather"_s, {}},
        FunctionCall{Phase::Arguments, 1, {}, {}, u"{\"city\":\"Oslo\"}"_s},
        FunctionCall{Phase::Arguments, 0, {}, {}, u"{\"city\":\"Rome\"}"_s},
        usage,
        FunctionCall{Phase::Complete, 0, u"call_rome"_s, u"weather"_s, u"{\"city\":\"Rome\"}"_s},
        FunctionCall{Phase::Complete, 1, u"call_oslo"_s, u"weather"_s, u"{\"city\":\"Oslo\"}"_s},
        Done{Done::Ending::Complete, Done::Stop::ToolUse, u"tool_calls"_s, u"chatcmpl-1"_s,
             u"gpt-5.6"_s, items},
    };
    QVERIFY(areSame(messages, expected));
}

void tst_Chat::tellsTheCallsOfEveryDialectApart_data()
{
    QTest::addColumn<QList<QByteArray>>("deltas");
    QTest::addColumn<QStringList>("calls"); // id:name:arguments
    const QStringList two{u"a:f:{\"x\":1}"_s, u"b:g:{}"_s};
    QTest::newRow("sparse indices") << QList<
        QByteArray>{R"("tool_calls":[{"index":3,"id":"a","function":{"name":"f","arguments":"{\"x\":"}}])",
                    R"("tool_calls":[{"index":3,"function":{"arguments":"1}"}}])",
                    R"("tool_calls":[{"index":7,"id":"b","function":{"name":"g","arguments":"{}"}}])"}
                                    << two;
    QTest::newRow("the same index for all") << QList<
        QByteArray>{R"("tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}}])",
                    R"("tool_calls":[{"index":0,"id":"b","function":{"name":"g","arguments":"{}"}}])"}
                                            << two;
    QTest::newRow("no index, in fragments") << QList<
        QByteArray>{R"("tool_calls":[{"id":"a","function":{"name":"f","arguments":"{\"x\":"}}])",
                    R"("tool_calls":[{"function":{"arguments":"1}"}}])",
                    R"("tool_calls":[{"id":"b","function":{"name":"g","arguments":"{}"}}])"}
                                            << two;
    QTest::newRow("no index, no id, whole")
        << QList<QByteArray>{R"("tool_calls":[{"id":"","function":{"name":"f","arguments":"{}"}}])",
                             R"("tool_calls":[{"id":"","function":{"name":"g","arguments":"{}"}}])"}
        << QStringList{u":f:{}"_s, u":g:{}"_s};
    QTest::newRow("nulls everywhere") << QList<
        QByteArray>{R"("content":null,"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":null}}])",
                    R"("tool_calls":[{"index":0,"id":null,"type":null,"function":{"name":null,"arguments":"{\"x\":1}"}}])",
                    R"("tool_calls":null)",
                    R"("tool_calls":[{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}])"}
                                      << two;
    QTest::newRow("the function_call of old")
        << QList<QByteArray>{R"("function_call":{"name":"f","arguments":"{\"x\""})",
                             R"("function_call":{"arguments":":1}"})"}
        << QStringList{u":f:{\"x\":1}"_s};
    QTest::newRow("a nameless one first") << QList<
        QByteArray>{R"("tool_calls":[{"index":0,"id":"a"}])",
                    R"("tool_calls":[{"index":1,"id":"b","function":{"name":"g","arguments":"{}"}}])",
                    R"("tool_calls":[{"index":0,"function":{"name":"f","arguments":"{\"x\":1}"}}])"}
                                          << QStringList{u"b:g:{}"_s, u"a:f:{\"x\":1}"_s};
    QTest::newRow("arguments as an object") << QList<
        QByteArray>{R"("tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":{"x":1}}}])"}
                                            << QStringList{u"a:f:{\"x\":1}"_s};
}

void tst_Chat::tellsTheCallsOfEveryDialectApart()
{
    QFETCH(QList<QByteArray>, deltas);
    QList<QByteArray> chunks;
    for (const QByteArray &fields : std::as_const(deltas)) {
        chunks.append(delta(fields));
    }
    chunks.append(delta("", R"("stop")"));
    const StreamMessages messages = decode(m_provider, events(chunks));
    QStringList calls;
    const QList<FunctionCallPart> parts = answerOf(messages).functionCalls();
    for (const FunctionCallPart &call : parts) {
        QVERIFY(call.complete);
        calls.append(call.id + u':' + call.name + u':' + call.arguments);
    }
    QTEST(calls, "calls");
    int begun = 0;
    for (const FunctionCall &call : only<FunctionCall>(messages)) {
        QVERIFY(call.phase != Phase::Begin || call.call == begun++); // in the order they began
    }
    QCOMPARE(std::get<Done>(messages.last()).stop, Done::Stop::ToolUse); // although it says "stop"
}

void tst_Chat::waitsForTheUsageAfterTheFinishReason()
{
    const StreamMessages messages
        = decode(m_provider,
                 events({delta(R"("content":"Hi")", R"("stop")"),
                         R"({"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}})"}));
    QCOMPARE(messages.size(), 3);
    QCOMPARE(std::get<Usage>(messages.at(1)).output, std::optional<qint64>(2));
    QCOMPARE(std::get<Done>(messages.at(2)).ending, Done::Ending::Complete); // without [DONE]
}

void tst_Chat::keepsTheLastUsageThatIsNotNull()
{
    const Answer answer
        = answerOf(decode(m_provider,
                          events({R"({"choices":[],"usage":{"prompt_tokens":1}})",
                                  R"({"choices":[],"usage":null,"moderation":{}})", "[DONE]"})));
    QVERIFY(answer.usage());
    QCOMPARE(answer.usage()->input, std::optional<qint64>(1));
}

void tst_Chat::endsWithDoneAloneWhereNoFinishReasonCame()
{
    const StreamMessages messages
        = decode(m_provider, events({delta(R"("content":"Hi")"), "[DONE]"}));
    const Done done = std::get<Done>(messages.last());
    QCOMPARE(done.ending, Done::Ending::Complete);
    QCOMPARE(done.stopReason, QString());
    QCOMPARE(std::get<Done>(decode(m_provider, events({delta(R"("content":"Hi")")})).last()).ending,
             Done::Ending::CutOff);
}

void tst_Chat::keepsReasoningDetailsAndExtraContentForTheNextTurn()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            delta(
                R"("reasoning":"A","reasoning_details":[{"type":"reasoning.text","text":"A","index":0,"format":null}])"),
            delta(
                R"("reasoning":"B","reasoning_details":[{"type":"reasoning.text","text":"B","index":0}])"),
            delta(R"("reasoning_details":[{"type":"reasoning.text","signature":"s","index":0}])"),
            delta(R"("reasoning_details":[{"type":"reasoning.encrypted","data":"e","index":1}])"),
            delta(
                R"("tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"t"}}}])",
                R"("tool_calls")"),
            "[DONE]",
        }));
    QCOMPARE(answerOf(messages).reasoning(), u"AB"_s);
    QCOMPARE(std::get<Done>(messages.last()).items, array(R"([{"role":"assistant","content":null,
        "reasoning_details":[{"type":"reasoning.text","text":"AB","index":0,"format":null,"signature":"s"},{"type":"reasoning.encrypted","data":"e","index":1}],
        "tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"},"extra_content":{"google":{"thought_signature":"t"}}}]}])"));
}

void tst_Chat::reportsAnErrorInsideAChunk()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            delta(R"("content":"Hi")", R"("length")"),
            R"({"id":"x","error":{"code":400,"message":"Token limit reached"},"choices":[{"index":0,"delta":{"content":"!"},"finish_reason":null}]})",
            "[DONE]",
        }));
    QCOMPARE(messages.size(), 3);
    const StreamFault fault = std::get<StreamFault>(messages.at(1));
    QVERIFY(fault.fatal);
    QCOMPARE(fault.code, QJsonValue(400));
    QCOMPARE(fault.type, QJsonValue());
    const Done done = std::get<Done>(messages.at(2));
    QCOMPARE(done.ending, Done::Ending::Failed);
    QCOMPARE(done.stopReason, u"length"_s);
}

void tst_Chat::readsTheFirstChoiceAlone()
{
    const Answer answer = answerOf(decode(
        m_provider,
        events(
            {R"({"choices":[{"index":1,"delta":{"content":"two"}},{"index":0,"delta":{"content":"one"}}]})",
             "[DONE]"})));
    QCOMPARE(answer.text(), u"one"_s);
}

void tst_Chat::completesNoCallThatTheLimitCut()
{
    const StreamMessages messages = decode(
        m_provider,
        events({
            delta(
                R"("tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}},{"index":1,"id":"b","function":{"name":"f","arguments":"{\"x\":"}}])",
                R"("length")"),
            "[DONE]",
        }));
    QCOMPARE(completedCalls(messages),
             (QList<FunctionCall>{{Phase::Complete, 0, u"a"_s, u"f"_s, u"{}"_s}}));
}

QTEST_GUILESS_MAIN(tst_Chat)
#include "tst_chat.moc"
