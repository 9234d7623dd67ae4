// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/answer.h"
#include "core/answermeter.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Phase = FunctionCall::Phase;
using Executor = FunctionCall::Executor;

class tst_Answer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsPartsInTheOrderTheyBegan();
    void assemblesInterleavedCalls();
    void callsThatNeverCompletedStayIncomplete();
    void doesNotCountTheProvidersOwnCalls();
    void turnsJsonTextIntoReasoning();
    void tellsFatalFaultsFromSkippedEvents();
    void theLastUsageWins();
    void writesEveryMessageAsJson_data();
    void writesEveryMessageAsJson();
    void estimatesUntilTheProviderCounts();
};

void tst_Answer::keepsPartsInTheOrderTheyBegan()
{
    Answer answer;
    answer.fold(Reasoning{0, u"Hm"_s});
    answer.fold(Content{0, u"Hel"_s});
    answer.fold(Content{1, u"!"_s});
    answer.fold(Content{0, u"lo"_s});
    answer.fold(Reasoning{.part = 0, .text = u"m"_s, .took = 2s});
    answer.fold(Reasoning{.part = 0, .took = 500ms});

    const QList<AnswerPart> expected{ReasoningPart{u"Hmm"_s, 2500ms}, TextPart{u"Hello"_s},
                                     TextPart{u"!"_s}};
    QCOMPARE(answer.parts(), expected);
    QCOMPARE(answer.text(), u"Hello!"_s);
    QCOMPARE(answer.reasoning(), u"Hmm"_s);
    QVERIFY(!answer.isComplete());
}

void tst_Answer::assemblesInterleavedCalls()
{
    Answer answer;
    answer.fold(FunctionCall{Phase::Begin, 0, u"a"_s, u"add"_s, {}});
    answer.fold(FunctionCall{Phase::Begin, 1, u"b"_s, u"sub"_s, {}});
    answer.fold(FunctionCall{Phase::Arguments, 1, {}, {}, u"{\"x\""_s});
    answer.fold(FunctionCall{Phase::Arguments, 0, {}, {}, u"{}"_s});
    answer.fold(FunctionCall{Phase::Arguments, 1, {}, {}, u":1}"_s});
    answer.fold(FunctionCall{Phase::Complete, 1, u"b2"_s, u"sub"_s, u"{\"x\":1}"_s});

    const QList<FunctionCallPart> expected{
        {u"a"_s, u"add"_s, u"{}"_s, Executor::Client, false},
        {u"b2"_s, u"sub"_s, u"{\"x\":1}"_s, Executor::Client, true}};
    QCOMPARE(answer.functionCalls(), expected);
}

void tst_Answer::callsThatNeverCompletedStayIncomplete()
{
    Answer answer;
    answer.fold(FunctionCall{Phase::Begin, 0, u"a"_s, u"rm"_s, {}});
    answer.fold(Done{Done::Ending::CutOff});
    QVERIFY(!answer.functionCalls().first().complete);
    QVERIFY(!answer.isComplete());
}

void tst_Answer::doesNotCountTheProvidersOwnCalls()
{
    Answer answer;
    answer.fold(FunctionCall{Phase::Complete, 0, u"ws"_s, u"web_search"_s, {}, Executor::Provider});
    QVERIFY(answer.functionCalls().isEmpty());
    QCOMPARE(answer.parts().size(), 1);
}

void tst_Answer::turnsJsonTextIntoReasoning()
{
    Answer answer;
    answer.fold(Content{0, u"{\"reasoning\":\"x\"}"_s});
    answer.fold(Reasoning{0, u"x"_s, true});
    QCOMPARE(answer.text(), QString());
    QCOMPARE(answer.reasoning(), u"x"_s);
}

void tst_Answer::tellsFatalFaultsFromSkippedEvents()
{
    Answer answer;
    answer.fold(StreamFault{false, {Error::Kind::InvalidResponse, u"skipped"_s}});
    QCOMPARE(answer.skippedEvents(), 1);
    QVERIFY(!answer.error());
    answer.fold(StreamFault{true, {Error::Kind::Overloaded, u"busy"_s}});
    QCOMPARE(answer.error()->error.kind, Error::Kind::Overloaded);
}

void tst_Answer::theLastUsageWins()
{
    Answer answer;
    answer.fold(Usage{.input = 10, .output = 1});
    answer.fold(Usage{.input = 10, .output = 7});
    QCOMPARE(answer.usage()->output, std::optional<qint64>(7));
}

void tst_Answer::writesEveryMessageAsJson_data()
{
    QTest::addColumn<StreamMessage>("message");
    QTest::addColumn<QByteArray>("json");

    QTest::newRow("content") << StreamMessage(Content{0, u"a"_s})
                             << QByteArray(R"({"part":0,"text":"a","type":"content"})");
    QTest::newRow("reasoning") << StreamMessage(Reasoning{1, u"a"_s})
                               << QByteArray(R"({"part":1,"text":"a","type":"reasoning"})");
    QTest::newRow("the end of reasoning")
        << StreamMessage(Reasoning{.part = 1, .took = 1500ms})
        << QByteArray(R"({"part":1,"text":"","took_ms":1500,"type":"reasoning"})");
    QTest::newRow("call begins")
        << StreamMessage(FunctionCall{Phase::Begin, 0, {}, u"f"_s, {}})
        << QByteArray(
               R"({"arguments":"","call":0,"executor":"client","id":null,"name":"f","phase":"begin","type":"function_call"})");
    QTest::newRow("call arguments")
        << StreamMessage(FunctionCall{Phase::Arguments, 0, {}, {}, u"{"_s})
        << QByteArray(R"({"arguments":"{","call":0,"phase":"arguments","type":"function_call"})");
    QTest::newRow("refusal") << StreamMessage(Refusal{u"No"_s})
                             << QByteArray(R"({"text":"No","type":"refusal"})");
    QTest::newRow("citation")
        << StreamMessage(Citation{0, u"T"_s, u"https://a.example"_s, {}})
        << QByteArray(
               R"({"part":0,"quote":null,"title":"T","type":"citation","url":"https://a.example"})");
    QTest::newRow("usage")
        << StreamMessage(Usage{.input = 1, .output = 0})
        << QByteArray(
               R"({"cache_write":null,"cached":null,"input":1,"input_total":null,"output":0,"output_total":null,"reasoning":null,"total":null,"type":"usage"})");
    QTest::newRow("fault")
        << StreamMessage(
               StreamFault{true, {Error::Kind::Overloaded, u"Busy"_s}, u"overloaded_error"_s, 529})
        << QByteArray(
               R"({"code":529,"detail":null,"fatal":true,"kind":"overloaded","message":"Busy","provider_type":"overloaded_error","type":"error"})");
    QTest::newRow("done")
        << StreamMessage(Done{Done::Ending::Complete, Done::Stop::End, u"stop"_s})
        << QByteArray(
               R"({"complete":true,"ending":"complete","items":[],"model":null,"response_id":null,"stop":"end","stop_reason":"stop","type":"done"})");
}

void tst_Answer::writesEveryMessageAsJson()
{
    QFETCH(StreamMessage, message);
    QFETCH(QByteArray, json);

    QCOMPARE(QJsonDocument(toJson(message)).toJson(QJsonDocument::Compact), json);
}

void tst_Answer::estimatesUntilTheProviderCounts()
{
    AnswerMeter meter;
    meter.start(100);
    meter.take(Reasoning{.part = 0, .took = 1s}); // which is no token
    QVERIFY(!meter.reading().firstTokenMs);
    meter.take(Content{0, QString(80, u'x')});
    meter.take(Usage{.input = 90, .output = 3, .inputTotal = 90, .outputTotal = 3});
    QVERIFY(meter.reading().estimated);
    QCOMPARE(meter.reading().input, std::optional<qint64>(100));
    QCOMPARE(meter.reading().output, std::optional<qint64>(20));
    QVERIFY(meter.reading().firstTokenMs.has_value());

    meter.take(Usage{.reasoning = 8, .inputTotal = 90, .outputTotal = 33});
    meter.take(Done{Done::Ending::Complete});
    meter.stop();
    const AnswerMeter::Reading reading = meter.reading();
    QVERIFY(!reading.estimated);
    QCOMPARE(reading.input, std::optional<qint64>(90));
    QCOMPARE(reading.output, std::optional<qint64>(33));
    QCOMPARE(reading.reasoning, std::optional<qint64>(8));
    QVERIFY(!meter.isRunning());
}

QTEST_GUILESS_MAIN(tst_Answer)
#include "tst_answer.moc"
