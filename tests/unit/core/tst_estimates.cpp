// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/answerclock.h"
#include "core/answermeter.h"
#include "core/contextplan.h"
#include "core/tokenrates.h"
#include "support/chatvalues.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Test::answerOf;

//! What is estimated before a provider has counted, and how it is learnt.
class tst_Estimates : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesAnAnswer();
    void hasNoSpeedWithoutTime();
    void countsAfterTheFirstTokenWhatCameAfterIt();
    void takesNoCountOfAnAnswerThatWasCutOff();
    void knowsARuleOfThumbAtFirst();
    void learnsFromWhatTheProviderCounted();
    void forgetsWhatIsLongAgo();
    void learnsNothingFrom_data();
    void learnsNothingFrom();
    void keepsWhatItLearnt();
    void takesGarbageForNothingLearnt_data();
    void takesGarbageForNothingLearnt();
    void sendsAllThatFits();
    void leavesOutTheOldestExchangesWhole();
    void alwaysSendsTheLastPrompt();
    void sendsAllWhereTheWindowIsNotKnown();
};

namespace {

Answer counted(qsizetype characters, qint64 output, std::optional<qint64> input = {},
               std::optional<qint64> reasoning = {})
{
    return answerOf({Content{0, QString(characters, u'x')},
                     Usage{.reasoning = reasoning, .inputTotal = input, .outputTotal = output},
                     Done{Done::Ending::Complete}});
}

ChatRequest question(qsizetype characters)
{
    return {.model = u"m"_s, .conversation = {{}, {Prompt{QString(characters, u'x')}}}};
}

//! So many exchanges of a prompt and an answer, of so many characters each.
ChatRequest longChat(int exchanges, qsizetype characters)
{
    ChatRequest request{.model = u"m"_s, .conversation = {u"Be brief."_s, {}}};
    for (int i = 0; i < exchanges; ++i) {
        request.conversation.turns.append(Prompt{QString(characters, u'p')});
        if (i + 1 < exchanges) {
            request.conversation.turns.append(ModelTurn{u"openai"_s, counted(characters, 1)});
        }
    }
    return request;
}

} // namespace

void tst_Estimates::timesAnAnswer()
{
    auto now = 5000ms;
    AnswerClock clock([&now] { return now; });
    QVERIFY(!clock.isRunning());
    QCOMPARE(clock.elapsed(), 0ms);
    clock.tick(); // before it was asked for nothing can come
    QVERIFY(!clock.toFirst());
    clock.start();
    now += 700ms;
    QVERIFY(clock.isRunning());
    QCOMPARE(clock.elapsed(), 700ms);
    clock.tick();
    QCOMPARE(clock.toFirst(), std::optional(700ms));
    now += 1000ms;
    clock.tick();
    now += 1000ms;
    QCOMPARE(clock.perSecond(100), std::optional(50.0));
    clock.stop();
    now += 60s;
    clock.stop();
    clock.tick();
    QCOMPARE(clock.elapsed(), 2700ms);
    // What came was over with the last piece.
    QCOMPARE(clock.perSecond(100), std::optional(100.0));
    clock.start();
    QVERIFY(!clock.toFirst());
}

void tst_Estimates::hasNoSpeedWithoutTime()
{
    AnswerClock clock([] { return 0ms; });
    clock.start();
    QVERIFY(!clock.perSecond(10));
    clock.tick();
    QVERIFY(!clock.perSecond(10));
}

void tst_Estimates::countsAfterTheFirstTokenWhatCameAfterIt()
{
    auto now = 0ms;
    AnswerMeter meter(AnswerClock([&now] { return now; }));
    meter.start(10);
    now += 5s;
    meter.take(Content{0, u"a"_s});
    now += 1s;
    meter.take(Content{0, u"b"_s});
    meter.take(Usage{.reasoning = 900, .inputTotal = 10, .outputTotal = 1000});
    meter.take(Done{Done::Ending::Complete});
    meter.stop();
    // The reasoning that nobody saw was over in the five seconds before.
    QCOMPARE(meter.reading().tokensPerSecond, 100.0);
    QCOMPARE(meter.reading().firstTokenMs, std::optional<qint64>(5000));
    QCOMPARE(meter.reading().elapsedMs, 6000);
}

void tst_Estimates::takesNoCountOfAnAnswerThatWasCutOff()
{
    AnswerMeter meter;
    meter.start(10, 2.0);
    meter.take(Content{0, QString(40, u'x')});
    meter.take(Usage{.inputTotal = 12, .outputTotal = 1});
    meter.take(Done{Done::Ending::Stopped});
    meter.stop();
    QVERIFY(meter.reading().estimated);
    QCOMPARE(meter.reading().output, std::optional<qint64>(20));
    QCOMPARE(meter.reading().input, std::optional<qint64>(10));
    QVERIFY(!billedUsage(answerOf({Usage{.outputTotal = 1}, Done{Done::Ending::Stopped}})));
    QVERIFY(billedUsage(answerOf({Usage{.outputTotal = 1}, Done{Done::Ending::Failed}})));
}

void tst_Estimates::knowsARuleOfThumbAtFirst()
{
    const TokenRates rates;
    QCOMPARE(rates.of(u"openai"_s, u"m"_s).charactersPerToken(), 4.0);
    QVERIFY(rates.of(u"openai"_s, u"m"_s).tokensPerAnswer() > 0);
}

void tst_Estimates::learnsFromWhatTheProviderCounted()
{
    TokenRates rates;
    QVERIFY(rates.learn(u"openai"_s, question(10), counted(600, 200)));
    QCOMPARE(rates.of(u"openai"_s, u"m"_s).charactersPerToken(), 3.0);
    QCOMPARE(rates.of(u"openai"_s, u"m"_s).tokensPerAnswer(), 200);
    // The question teaches, too, and tokens of reasoning are no text.
    QVERIFY(rates.learn(u"openai"_s, question(2000), counted(300, 900, 1000, 800)));
    QCOMPARE(rates.of(u"openai"_s, u"m"_s).charactersPerToken(), 2900.0 / 1300.0);
    QCOMPARE(rates.of(u"openai"_s, u"m"_s).tokensPerAnswer(), 550);
    QCOMPARE(rates.of(u"gemini"_s, u"m"_s), TokenRate());
    QCOMPARE(rates.of(u"openai"_s, u"n"_s), TokenRate());
}

void tst_Estimates::forgetsWhatIsLongAgo()
{
    TokenRates rates;
    for (int i = 0; i < 200; ++i) {
        QVERIFY(rates.learn(u"p"_s, question(1), counted(20'000, 5'000)));
    }
    for (int i = 0; i < 200; ++i) {
        QVERIFY(rates.learn(u"p"_s, question(1), counted(5'000, 5'000)));
    }
    const double perToken = rates.of(u"p"_s, u"m"_s).charactersPerToken();
    QVERIFY2(perToken < 1.05, qPrintable(QString::number(perToken)));
}

void tst_Estimates::learnsNothingFrom_data()
{
    QTest::addColumn<Answer>("answer");

    const auto text = [](qsizetype characters) { return Content{0, QString(characters, u'x')}; };
    QTest::newRow("an answer without counts")
        << answerOf({text(600), Done{Done::Ending::Complete}});
    QTest::newRow("an answer that was cut off")
        << answerOf({text(600), Usage{.outputTotal = 200}, Done{}});
    QTest::newRow("an answer that came to nothing")
        << answerOf({Usage{.outputTotal = 0}, Done{Done::Ending::Complete}});
    QTest::newRow("an absurd count") << counted(600, 1'000'000'000'000'000);
}

void tst_Estimates::learnsNothingFrom()
{
    QFETCH(Answer, answer);
    TokenRates rates;
    QVERIFY(!rates.learn(u"p"_s, question(10), answer));
    QCOMPARE(rates, TokenRates());
}

void tst_Estimates::keepsWhatItLearnt()
{
    TokenRates rates;
    QVERIFY(rates.learn(u"p"_s, question(10), counted(600, 200)));
    QVERIFY(rates.learn(u"q/r"_s, question(10), counted(1200, 200)));
    QCOMPARE(TokenRates::fromJson(rates.toJson()), rates);
}

void tst_Estimates::takesGarbageForNothingLearnt_data()
{
    QTest::addColumn<QJsonValue>("value");

    QTest::newRow("text") << QJsonValue(u"4.0"_s);
    QTest::newRow("too few") << QJsonValue(QJsonArray{1, 2});
    QTest::newRow("negative") << QJsonValue(QJsonArray{600, -200, 1, 200});
    QTest::newRow("no tokenizer") << QJsonValue(QJsonArray{600'000, 200, 1, 200});
    QTest::newRow("too heavy") << QJsonValue(QJsonArray{4e15, 1e15, 1, 200});
    QTest::newRow("answers of nothing") << QJsonValue(QJsonArray{600, 200, 0, 200});
}

void tst_Estimates::takesGarbageForNothingLearnt()
{
    QFETCH(QJsonValue, value);
    QCOMPARE(TokenRates::fromJson({{u"p/m"_s, value}}), TokenRates());
}

void tst_Estimates::sendsAllThatFits()
{
    const ChatRequest request = longChat(3, 400);
    const ContextPlan plan = planContext(request, {.window = 1000, .charactersPerToken = 4});
    QCOMPARE(plan, (ContextPlan{0, 3 + 5 * 100}));
    QVERIFY(trimmed(request.conversation, plan) == request.conversation);
}

void tst_Estimates::leavesOutTheOldestExchangesWhole()
{
    const ChatRequest request = longChat(10, 400);
    // An eighth of the window is the answer's: room for 875 tokens, which are four exchanges.
    const ContextPlan plan = planContext(request, {.window = 1000, .charactersPerToken = 4});
    QCOMPARE(plan.firstSent, 12);
    QCOMPARE(plan.tokens, 3 + 7 * 100);
    const Conversation sent = trimmed(request.conversation, plan);
    QCOMPARE(sent.system, request.conversation.system);
    QCOMPARE(sent.turns.size(), 7);
    QVERIFY(std::holds_alternative<Prompt>(sent.turns.first()));
    // What the question sets aside for its answer is kept free.
    ChatRequest brief = request;
    brief.maxOutputTokens = 500;
    QCOMPARE(planContext(brief, {.window = 1000, .charactersPerToken = 4}).firstSent, 16);
}

void tst_Estimates::alwaysSendsTheLastPrompt()
{
    ChatRequest request = longChat(3, 40'000);
    QCOMPARE(planContext(request, {.window = 1000, .charactersPerToken = 4}).firstSent, 4);
    // With the calls and results that belong to it.
    request.conversation.turns.append(ModelTurn{u"p"_s, counted(10, 1)});
    request.conversation.turns.append(FunctionResult{u"c"_s, u"f"_s, u"42"_s});
    QCOMPARE(planContext(request, {.window = 1000, .charactersPerToken = 4}).firstSent, 4);
}

void tst_Estimates::sendsAllWhereTheWindowIsNotKnown()
{
    QCOMPARE(planContext(longChat(100, 40'000), {}).firstSent, 0);
    QCOMPARE(planContext({}, {}).firstSent, 0);
    QCOMPARE(planContext({}, {.window = 10}).tokens, 0);
    // Pictures and documents take room, too.
    ChatRequest request = longChat(1, 4);
    std::get<Prompt>(request.conversation.turns[0]).attachments
        = {{u"a.png"_s, u"image/png"_s, "x"}, {u"b.txt"_s, u"text/plain"_s, QByteArray(40, 'x')}};
    QVERIFY(planContext(request, {}).tokens > 1000);
}

QTEST_GUILESS_MAIN(tst_Estimates)
#include "tst_estimates.moc"
