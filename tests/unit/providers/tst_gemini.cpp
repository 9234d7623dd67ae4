// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decoding.h"

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;

class tst_Gemini : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void assemblesThoughtsTextAndCalls();
    void goesOnAfterAFinishReason();
    void assemblesStreamedArguments_data();
    void assemblesStreamedArguments();
    void keepsPartsWithSignaturesAsTheyCame();
    void saysWhyAPromptWasBlocked();
    void reportsErrorsInBothForms_data();
    void reportsErrorsInBothForms();
    void tellsAStreamedCallFromAToolThatTheProviderRunsMeanwhile();
    void showsToolsThatTheProviderRuns();
    void citesEachSourceOnce();

private:
    const Provider m_provider = providerOf("gemini");
};

namespace {

QByteArray parts(const QByteArray &parts, const QByteArray &rest = "")
{
    return R"({"candidates":[{"content":{"role":"model","parts":[)" + parts + "]}" + rest + "}]}";
}

const QByteArray Stop = R"(,"finishReason":"STOP")";

} // namespace

void tst_Gemini::assemblesThoughtsTextAndCalls()
{
    const StreamMessages messages = decode(m_provider, recording(u"gemini.sse"_s));
    Usage begun;
    begun.input = begun.inputTotal = 30;
    begun.total = 35;
    begun.reasoning = begun.outputTotal = 5;
    Usage finished = begun;
    finished.output = 7;
    finished.total = 42;
    finished.cached = 10;
    finished.outputTotal = 12;
    const QJsonArray items = array(
        R"([{"text":"**Planning**\n\nTwo cities.","thought":true},{"text":"Ich schaue für beide nach 🌦"},
        {"functionCall":{"name":"weather","args":{"city":"Rome"}},"thoughtSignature":"c2lnbmVk"},{"functionCall":{"name":"now"}}])");
    const StreamMessages expected{
        Reasoning{0, u"**Planning**\n\nTwo cities."_s},
        begun,
        Content{0, u"Ich schaue für "_s},
        Content{0, u"beide nach 🌦"_s},
        FunctionCall{Phase::Begin, 0, {}, u"weather"_s, u"{\"city\":\"Rome\"}"_s},
        FunctionCall{Phase::Begin, 1, {}, u"now"_s, {}},
        finished,
        FunctionCall{Phase::Complete, 0, {}, u"weather"_s, u"{\"city\":\"Rome\"}"_s},
        FunctionCall{Phase::Complete, 1, {}, u"now"_s, {}},
        Done{Done::Ending::Complete, Done::Stop::ToolUse, u"STOP"_s, u"r1"_s,
             u"gemini-3-flash-preview"_s, items},
    };
    QVERIFY(areSame(messages, expected));
}

void tst_Gemini::goesOnAfterAFinishReason()
{
    const Answer answer = answerOf(decode(
        m_provider, events({parts(R"({"text":"One "})", Stop), parts(R"({"text":"two"})", Stop)})));
    QCOMPARE(answer.text(), u"One two"_s);
    QVERIFY(answer.isComplete());
}

void tst_Gemini::assemblesStreamedArguments_data()
{
    QTest::addColumn<QList<QByteArray>>("chunks");
    QTest::addColumn<QByteArray>("arguments");
    const QByteArray open
        = parts(R"({"functionCall":{"name":"f","willContinue":true},"thoughtSignature":"s"})");
    const auto piece = [](const QByteArray &pieces) {
        return parts(R"({"functionCall":{"partialArgs":[)" + pieces + R"(],"willContinue":true}})");
    };
    const QByteArray close = parts(R"({"functionCall":{}})");
    QTest::newRow("a string in pieces") << QList<QByteArray>{
        open, piece(R"({"jsonPath":"$.city","stringValue":"Ro","willContinue":true})"),
        piece(R"({"jsonPath":"$.city","stringValue":"me","willContinue":true})"),
        piece(R"({"jsonPath":"$.city","stringValue":""})"),
        close} << QByteArray(R"({"city":"Rome"})");
    QTest::newRow("nested, of every kind") << QList<QByteArray>{
        open,
        piece(
            R"({"jsonPath":"$.a[0].b","numberValue":1},{"jsonPath":"$.a[1].b","boolValue":true})"),
        piece(R"({"jsonPath":"$['odd name']","nullValue":"NULL_VALUE"})"),
        close} << QByteArray(R"({"a":[{"b":1},{"b":true}],"odd name":null})");
    QTest::newRow("no closing mark")
        << QList<QByteArray>{open, piece(R"({"jsonPath":"$.x","numberValue":2})")}
        << QByteArray(R"({"x":2})");
    QTest::newRow("all at once") << QList<QByteArray>{parts(
        R"({"functionCall":{"name":"f","partialArgs":[{"jsonPath":"$.x","numberValue":2}]},"thoughtSignature":"s"})")}
                                 << QByteArray(R"({"x":2})");
    QTest::newRow("hostile paths") << QList<QByteArray>{
        open,
        piece(
            R"({"jsonPath":"$.a[99999999999]","numberValue":1},{"jsonPath":"x","numberValue":1},{"jsonPath":"$[","numberValue":1})"),
        piece(
            R"({"jsonPath":"$..","numberValue":1},{"jsonPath":7,"numberValue":1},{"jsonPath":"$.x","numberValue":2},5)"),
        close} << QByteArray(R"({"x":2,"a":null})");
}

void tst_Gemini::assemblesStreamedArguments()
{
    QFETCH(QList<QByteArray>, chunks);
    QFETCH(QByteArray, arguments);
    const QByteArray text = QJsonDocument(object(arguments)).toJson(QJsonDocument::Compact);
    chunks.append(parts("", Stop));
    const StreamMessages messages = decode(m_provider, events(chunks));
    QCOMPARE(answerOf(messages).functionCalls(),
             (QList<FunctionCallPart>{
                 {{}, u"f"_s, QString::fromUtf8(text), FunctionCall::Executor::Client, true}}));
    const QJsonObject part{
        {u"functionCall"_s, QJsonObject{{u"name"_s, u"f"_s}, {u"args"_s, object(arguments)}}},
        {u"thoughtSignature"_s, u"s"_s}};
    QCOMPARE(std::get<Done>(messages.last()).items, QJsonArray{part});
}

void tst_Gemini::keepsPartsWithSignaturesAsTheyCame()
{
    const StreamMessages messages = decode(
        m_provider,
        events(
            {parts(R"({"text":"A"},{"text":"B"},{"text":"C","thoughtSignature":"s"},{"text":"D"})"),
             parts(
                 R"({"text":"","thoughtSignature":"t"},{"inlineData":{"mimeType":"image/png","data":"AA=="}})",
                 Stop)}));
    QCOMPARE(
        std::get<Done>(messages.last()).items,
        array(
            R"([{"text":"AB"},{"text":"C","thoughtSignature":"s"},{"text":"D"},{"text":"","thoughtSignature":"t"},
        {"inlineData":{"mimeType":"image/png","data":"AA=="}}])"));
}

void tst_Gemini::saysWhyAPromptWasBlocked()
{
    const Done done = std::get<Done>(
        decode(m_provider, events({R"({"promptFeedback":{"blockReason":"SAFETY"}})"})).last());
    QCOMPARE(done.ending, Done::Ending::Complete);
    QCOMPARE(done.stop, Done::Stop::Filtered);
    QCOMPARE(done.stopReason, u"prompt_blocked:SAFETY"_s);
}

void tst_Gemini::reportsErrorsInBothForms_data()
{
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("an event") << QByteArray(
        "data: "
        "{\"error\":{\"code\":503,\"message\":\"Busy.\",\"status\":\"UNAVAILABLE\"}}\r\n\r\n");
    QTest::newRow("a bare body") << QByteArray(
        "{\r\n  \"error\": {\r\n    \"code\": 503,\r\n    \"message\": \"Busy.\",\r\n    "
        "\"status\": \"UNAVAILABLE\"\r\n  }\r\n}");
    QTest::newRow("in an array") << QByteArray(
        "[{\n  \"error\": {\n    \"code\": 503,\n    \"message\": \"Busy.\",\n    \"status\": "
        "\"UNAVAILABLE\"\n  }\n}]\n");
}

void tst_Gemini::reportsErrorsInBothForms()
{
    QFETCH(QByteArray, error);
    const StreamMessages messages
        = decode(m_provider, events({parts(R"({"text":"Half"})", Stop)}) + error);
    QCOMPARE(messages.size(), 3);
    const StreamFault fault = std::get<StreamFault>(messages.at(1));
    QCOMPARE(fault.error.kind, Error::Kind::Overloaded);
    QCOMPARE(fault.type, QJsonValue(u"UNAVAILABLE"_s));
    QCOMPARE(fault.code, QJsonValue(503));
    QCOMPARE(std::get<Done>(messages.at(2)).ending, Done::Ending::Failed);
}

void tst_Gemini::tellsAStreamedCallFromAToolThatTheProviderRunsMeanwhile()
{
    const QList<QByteArray> chunks{
        parts(
            R"({"functionCall":{"name":"f","willContinue":true,"partialArgs":[{"jsonPath":"$.x","numberValue":2}]}})"),
        parts(R"x({"executableCode":{"code":"print(1)"}},{"codeExecutionResult":{"output":"1"}})x"),
    };
    const QList<FunctionCallPart> expected{
        {{}, u"f"_s, u"{\"x\":2}"_s, FunctionCall::Executor::Client, true}};
    const QList<QByteArray> end{parts(R"({"functionCall":{}})", Stop)};
    const StreamMessages messages = decode(m_provider, events(chunks + end));
    QCOMPARE(answerOf(messages).functionCalls(), expected);
    QCOMPARE(completedCalls(messages).first().arguments, u"{\"code\":\"print(1)\"}"_s);
    // Cut off, what is known goes to the same call, which is not run.
    const Answer cut = answerOf(decode(m_provider, events(chunks)));
    QCOMPARE(cut.functionCalls().first().arguments, u"{\"x\":2}"_s);
    QVERIFY(!cut.functionCalls().first().complete);
}

void tst_Gemini::showsToolsThatTheProviderRuns()
{
    const StreamMessages messages = decode(
        m_provider,
        events(
            {parts(
                 R"x({"executableCode":{"language":"PYTHON","code":"print(1)"}},{"codeExecutionResult":{"outcome":"OUTCOME_OK","output":"1"}})x"),
             parts(
                 R"({"toolCall":{"id":"t","toolType":"SEARCH","args":{"q":1}}},{"toolResponse":{"id":"t"}},{"text":"1"})",
                 Stop)}));
    const QList<FunctionCall> expected{{Phase::Complete,
                                        0,
                                        {},
                                        u"code_execution"_s,
                                        u"{\"code\":\"print(1)\",\"language\":\"PYTHON\"}"_s,
                                        FunctionCall::Executor::Provider},
                                       {Phase::Complete, 1, u"t"_s, u"SEARCH"_s, u"{\"q\":1}"_s,
                                        FunctionCall::Executor::Provider}};
    QCOMPARE(completedCalls(messages), expected);
    QCOMPARE(std::get<Done>(messages.last()).stop, Done::Stop::End);
}

void tst_Gemini::citesEachSourceOnce()
{
    const QByteArray grounding
        = R"(,"groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a.example/","title":"A"}},{"web":{"uri":"https://b.example/","title":"B"}}],)"
          R"("groundingSupports":[{"segment":{"text":"said"},"groundingChunkIndices":[0,99]}]})";
    const StreamMessages messages = decode(
        m_provider,
        events({parts(R"({"text":"x"})", grounding), parts(R"({"text":"y"})", grounding + Stop)}));
    const QList<Citation> expected{{0, u"A"_s, u"https://a.example/"_s, u"said"_s},
                                   {0, u"B"_s, u"https://b.example/"_s, {}}};
    QCOMPARE(only<Citation>(messages), expected);
}

QTEST_GUILESS_MAIN(tst_Gemini)
#include "tst_gemini.moc"
