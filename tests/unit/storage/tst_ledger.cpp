// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/ledger.h"
#include "core/recordedchat.h"
#include "storage/chats.h"
#include "support/await.h"
#include "support/chatvalues.h"
#include "support/scriptedchat.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Test::answerOf;
using Test::ScriptedClient;

//! What a session's answers cost, in the real store and without one.
class tst_Ledger : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void addsUpAnswerAndConversation();
    void addsUpTheRoundsOfOneAnswer();
    void saysThatItDoesNotKnow_data();
    void saysThatItDoesNotKnow();
    void countsAnAnswerThatWasCutOffAsUnknown();
    void namesTheModelThatAnswered();
    void countsBranchesAndToday();
    void doesNotTakeALongAnswerForAShortOneInASum();
    void learnsAndSaysSo();
    void estimatesBeforeSending();
    void showsTheProvidersCountOfTheContext();
    void leavesOutWhatDoesNotFit();
    void startsAnewWithTheConversation();

private:
    void setTarget(const QString &provider, const QString &model = u"gpt"_s);
    void say(const QString &prompt, const Usage &usage = {.inputTotal = 1000, .outputTotal = 100},
             const Done &done = {Done::Ending::Complete});

    std::unique_ptr<ScriptedClient> m_client;
    std::unique_ptr<ChatSession> m_session;
    std::unique_ptr<Pricing> m_pricing;
    TokenRates m_rates;
    PlanStandings m_plans;
    std::unique_ptr<Ledger> m_ledger;
};

namespace {

//! A dollar for a million tokens of input, ten for output; so 1000 and 100 cost $0.002.
PriceTable table()
{
    const ModelFacts gpt{.contextTokens = 10'000,
                         .prices = {.input = Dollars{1'000'000}, .output = Dollars{10'000'000}},
                         .longAbove = 5000,
                         .longPrices
                         = {.input = Dollars{2'000'000}, .output = Dollars{20'000'000}}};
    ProviderPrices prices{.models = {{u"gpt"_s, gpt}, {u"unpriced"_s, {.contextTokens = 5}}}};
    return {{{u"openai"_s, prices}, {u"chatgpt"_s, prices}, {u"practice"_s, prices}}};
}

Billing billingOf(const QString &provider)
{
    return provider == u"chatgpt"_s  ? Billing::OnPlan
        : provider == u"practice"_s  ? Billing::Practice
        : provider == u"elsewhere"_s ? Billing::Unknown
                                     : Billing::ByToken;
}

constexpr Dollars Usual{2'000'000'000};

} // namespace

void tst_Ledger::init()
{
    m_ledger.reset();
    m_session.reset();
    m_client = std::make_unique<ScriptedClient>();
    m_session = std::make_unique<ChatSession>(*m_client);
    m_pricing = std::make_unique<Pricing>(table(), billingOf);
    m_ledger = std::make_unique<Ledger>(*m_session, *m_pricing, m_rates, m_plans);
    m_rates = {};
    setTarget(u"openai"_s);
}

void tst_Ledger::setTarget(const QString &id, const QString &model)
{
    Provider provider;
    provider.id = id;
    m_session->setTarget(provider, {id}, model);
    m_ledger->refresh();
}

void tst_Ledger::say(const QString &prompt, const Usage &usage, const Done &done)
{
    m_session->send(prompt);
    m_client->current->end({Content{0, QString(300, u'x')}, usage, done}, std::nullopt);
}

void tst_Ledger::addsUpAnswerAndConversation()
{
    QSignalSpy changed(m_ledger.get(), &Ledger::changed);
    say(u"One"_s);
    QTRY_COMPARE(m_ledger->conversation().priced, 0); // of turns alone the model is not known
    QCOMPARE(m_ledger->answer(), (Spending{.dollars = Usual, .priced = 1}));
    say(u"Two"_s, {.inputTotal = 0, .outputTotal = 1});
    QCOMPARE(m_ledger->answer().dollars, Dollars{10'000'000});
    QTRY_VERIFY(!changed.isEmpty());
    QVERIFY(!m_ledger->today());
}

void tst_Ledger::addsUpTheRoundsOfOneAnswer()
{
    m_session->setConversation(
        {{},
         {Prompt{u"One"_s}, ModelTurn{u"openai"_s, {}}, Prompt{u"Two"_s},
          ModelTurn{
              u"openai"_s,
              answerOf({Usage{.inputTotal = 1000, .outputTotal = 100},
                        Done{.ending = Done::Ending::Complete, .model = u"gpt-2026-01-01"_s}})},
          FunctionResult{u"c"_s, u"f"_s, u"42"_s},
          ModelTurn{u"openai"_s,
                    answerOf({Usage{.inputTotal = 1000, .outputTotal = 100},
                              Done{.ending = Done::Ending::Complete, .model = u"gpt"_s}})}}});
    QCOMPARE(m_ledger->answer(), (Spending{.dollars = Dollars{2 * Usual.pico}, .priced = 2}));
    QTRY_COMPARE(m_ledger->conversation(),
                 (Spending{.dollars = Dollars{2 * Usual.pico}, .priced = 2, .unpriced = 1}));
}

void tst_Ledger::saysThatItDoesNotKnow_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("model");
    QTest::addColumn<Spending>("spending");

    QTest::newRow("a model without a price")
        << u"openai"_s << u"unpriced"_s << Spending{.unpriced = 1};
    QTest::newRow("a model nobody knows") << u"openai"_s << u"new"_s << Spending{.unpriced = 1};
    QTest::newRow("another server") << u"elsewhere"_s << u"gpt"_s << Spending{.unpriced = 1};
    QTest::newRow("a plan") << u"chatgpt"_s << u"gpt"_s << Spending{.onPlan = 1};
    QTest::newRow("practice") << u"practice"_s << u"gpt"_s << Spending{.practice = 1};
}

void tst_Ledger::saysThatItDoesNotKnow()
{
    QFETCH(QString, provider);
    QFETCH(QString, model);
    QFETCH(Spending, spending);
    setTarget(provider, model);
    QVERIFY(!m_ledger->estimate({u"Hello"_s}).cost);
    m_session->send(u"Hello"_s);
    m_client->current->say({Content{0, u"Hi"_s}});
    QVERIFY(!m_ledger->answerSoFar());
    m_client->current->end({Usage{.inputTotal = 1, .outputTotal = 1}, Done{Done::Ending::Complete}},
                           std::nullopt);
    QCOMPARE(m_ledger->answer(), spending);
    QVERIFY(!m_ledger->answer().hasSum());
    QCOMPARE(m_ledger->answer().isOnPlan(), provider == u"chatgpt"_s);
}

void tst_Ledger::countsAnAnswerThatWasCutOffAsUnknown()
{
    say(u"One"_s, {.inputTotal = 1000, .outputTotal = 1}, {Done::Ending::Stopped});
    QCOMPARE(m_ledger->answer(), (Spending{.unpriced = 1}));
}

void tst_Ledger::namesTheModelThatAnswered()
{
    // An alias has no price of its own; what answers to it has.
    setTarget(u"openai"_s, u"gpt-latest"_s);
    say(u"One"_s, {.inputTotal = 1000, .outputTotal = 100},
        {.ending = Done::Ending::Complete, .model = u"gpt"_s});
    QCOMPARE(m_ledger->answer(), (Spending{.dollars = Usual, .priced = 1}));
}

void tst_Ledger::countsBranchesAndToday()
{
    const QTemporaryDir folder;
    Chats store(folder.filePath(u"conversations.db"_s));
    QVERIFY(bool(await(store.open())));
    RecordedChat chat(*m_session, store);
    chat.setSetup({.account = {u"openai"_s}, .model = u"gpt"_s});
    m_ledger->follow(chat, store);
    QTRY_VERIFY(m_ledger->today());
    QCOMPARE(*m_ledger->today(), Spending());
    say(u"One"_s);
    QTRY_COMPARE(m_ledger->conversation(), (Spending{.dollars = Usual, .priced = 1}));
    m_session->retry();
    m_client->current->end({Content{0, u"x"_s}, Usage{.inputTotal = 1000, .outputTotal = 100},
                            Done{Done::Ending::Complete}},
                           std::nullopt);
    // What was asked again was paid for, too.
    const Spending both{.dollars = Dollars{2 * Usual.pico}, .priced = 2};
    QTRY_COMPARE(m_ledger->conversation(), both);
    QTRY_COMPARE(m_ledger->today(), std::optional(both));
    chat.begin();
    QTRY_COMPARE(m_ledger->conversation(), Spending());
    QCOMPARE(m_ledger->today(), std::optional(both));
}

void tst_Ledger::doesNotTakeALongAnswerForAShortOneInASum()
{
    UsageTotal total{.account = {u"openai"_s},
                     .model = u"gpt"_s,
                     .answers = 3,
                     .input = 2000,
                     .output = 200,
                     .uncounted = 1,
                     .largestInput = 1500};
    QCOMPARE(spendingOf({total}, *m_pricing),
             (Spending{.dollars = Dollars{2 * Usual.pico}, .priced = 2, .unpriced = 1}));
    total.largestInput = 6000;
    QCOMPARE(spendingOf({total}, *m_pricing).unpriced, 2);
    total.account.provider = u"chatgpt"_s;
    QCOMPARE(spendingOf({total}, *m_pricing), (Spending{.onPlan = 3}));
    QCOMPARE(
        spendingOf({{.account = {u"openai"_s}, .model = u"gpt"_s, .answers = 1, .uncounted = 1}},
                   *m_pricing),
        (Spending{.unpriced = 1}));
}

void tst_Ledger::learnsAndSaysSo()
{
    QSignalSpy learnt(m_ledger.get(), &Ledger::learnt);
    say(u"One"_s);
    QCOMPARE(learnt.size(), 1);
    QCOMPARE(m_rates.of(u"openai"_s, u"gpt"_s).charactersPerToken(), 3.0);
    // The next estimate is by it, and the provider's figures still replace it.
    m_session->send(u"Two"_s);
    m_client->current->say({Content{0, QString(300, u'x')}});
    QCOMPARE(m_session->meter().reading().output, std::optional<qint64>(100));
    QVERIFY(m_session->meter().reading().estimated);
    m_client->current->end(
        {Usage{.inputTotal = 7, .outputTotal = 99}, Done{Done::Ending::Complete}}, std::nullopt);
    QCOMPARE(m_session->meter().reading().output, std::optional<qint64>(99));
    QVERIFY(!m_session->meter().reading().estimated);
    const auto count = learnt.size();
    say(u"Three"_s, {}, {Done::Ending::Stopped});
    QCOMPARE(learnt.size(), count);
}

void tst_Ledger::estimatesBeforeSending()
{
    const QuestionEstimate estimate = m_ledger->estimate({QString(4000, u'x')});
    QCOMPARE(estimate.input, 1000);
    QVERIFY(estimate.output > 0);
    QCOMPARE(estimate.cost, (Dollars{1000 * 1'000'000 + estimate.output * 10'000'000}));
    m_session->send(QString(4000, u'x'));
    m_client->current->say({Content{0, QString(400, u'x')}});
    QCOMPARE(m_ledger->answerSoFar(), Usual);
}

void tst_Ledger::showsTheProvidersCountOfTheContext()
{
    QCOMPARE(m_ledger->context(), (ContextUse{0, false, 10'000, 0}));
    m_session->send(QString(4000, u'x'));
    QCOMPARE(m_ledger->context(), (ContextUse{1000, true, 10'000, 0}));
    m_client->current->end({Content{0, u"x"_s}, Usage{.inputTotal = 1234, .outputTotal = 66},
                            Done{Done::Ending::Complete}},
                           std::nullopt);
    QCOMPARE(m_ledger->context(), (ContextUse{1300, false, 10'000, 0}));
    setTarget(u"openai"_s, u"new"_s);
    QCOMPARE(m_ledger->context().window, std::optional<qint64>());
}

void tst_Ledger::leavesOutWhatDoesNotFit()
{
    Conversation conversation;
    for (int i = 0; i < 10; ++i) {
        conversation.turns.append(Prompt{QString(4000, u'x')});
        conversation.turns.append(
            ModelTurn{u"openai"_s,
                      answerOf({Content{0, QString(4000, u'x')}, Done{Done::Ending::Complete}})});
    }
    m_session->setConversation(conversation);
    m_session->send(u"And now?"_s);
    // Four exchanges of 2,000 tokens and the new prompt, of 10,000 less an eighth.
    QCOMPARE(m_session->plan().firstSent, 12);
    QCOMPARE(m_client->requests.last().conversation.turns.size(), 9);
    QCOMPARE(m_ledger->context().outside, 12);
    // The conversation itself is whole.
    QCOMPARE(m_session->conversation().turns.size(), 21);
}

void tst_Ledger::startsAnewWithTheConversation()
{
    say(u"One"_s);
    m_session->clear();
    QCOMPARE(m_ledger->answer(), Spending());
    QTRY_COMPARE(m_ledger->conversation(), Spending());
    QVERIFY(m_session->asked().request.model.isEmpty());
    QCOMPARE(m_session->plan(), ContextPlan());
}

QTEST_GUILESS_MAIN(tst_Ledger)
#include "tst_ledger.moc"
