// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recordedchat.h"
#include "storage/chats.h"
#include "support/await.h"
#include "support/chatvalues.h"
#include "support/scriptedchat.h"
#include "ui/usage/contextmeter.h"
#include "ui/usage/planlimitrow.h"
#include "ui/usage/planlimittext.h"
#include "ui/usage/usagebar.h"
#include "ui/usage/usagedetails.h"
#include "ui/usage/usagestrip.h"
#include "ui/usage/usagetext.h"
#include "ui/usage/usagetotals.h"
#include "widgetwalk.h"

#include <QPointer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Test::ScriptedClient;

namespace {

Billing billingOf(const QString &provider)
{
    return provider == u"chatgpt"_s ? Billing::OnPlan
        : provider == u"practice"_s ? Billing::Practice
                                    : Billing::ByToken;
}

PriceTable table()
{
    const ModelFacts gpt{.contextTokens = 10'000,
                         .prices = {.input = Dollars{1'000'000}, .output = Dollars{10'000'000}}};
    const ProviderPrices prices{.source = u"https://example.org/prices"_s,
                                .date = QDate(2026, 11, 22),
                                .models = {{u"gpt"_s, gpt}}};
    return {{{u"openai"_s, prices}, {u"chatgpt"_s, prices}, {u"practice"_s, prices}}};
}

const Usage Counted{.inputTotal = 1000, .outputTotal = 100};

struct Desk
{
    ScriptedClient client;
    ChatSession session{client};
    Pricing pricing{table(), billingOf};
    TokenRates rates;
    PlanStandings plans;
    Ledger ledger{session, pricing, rates, plans};
    QWidget window;
    UsageBar bar{session.meter(), &window};
    UsageTotals totals{&window};
    ContextMeter context{&window};

    explicit Desk(const QString &provider = u"openai"_s, const QString &model = u"gpt"_s)
    {
        bar.setLedger(&ledger);
        totals.setLedger(&ledger);
        context.setLedger(&ledger);
        bar.resize(1000, 40);
        QObject::connect(&session, &ChatSession::answeringChanged, &bar,
                         [this](bool answering) { answering ? bar.start() : bar.stop(); });
        Provider row;
        row.id = provider;
        session.setTarget(row, {provider}, model);
        ledger.refresh();
        window.resize(1000, 100);
        window.show();
    }
    void ask(const QString &text = QString(4000, u'x')) { session.send(text); }
    void answer(const Usage &usage = Counted, Done::Ending ending = Done::Ending::Complete)
    {
        client.current->end({Content{0, QString(300, u'x')}, usage,
                             Done{.ending = ending, .model = session.model()}},
                            std::nullopt);
    }
    QString cost() const { return shown(u"Cost: "_s); }
    //! Of the label with that beginning of its accessible name.
    QString shown(const QString &name) const
    {
        for (const QLabel *label : bar.findChildren<QLabel *>()) {
            if (label->accessibleName().startsWith(name) && label->isVisibleTo(&bar)) {
                return label->text();
            }
        }
        return {};
    }
    QString everyText() const
    {
        QString all;
        for (const QLabel *label : window.findChildren<QLabel *>()) {
            all += label->text() + u' ' + label->toolTip() + u' ';
        }
        return all + totals.text() + totals.toolTip() + context.toolTip();
    }
};

} // namespace

class tst_Usage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void readsAsAPersonWouldSay_data()
    {
        QTest::addColumn<Spending>("spending");
        QTest::addColumn<QString>("text");

        const Dollars some{120'000'000'000};
        QTest::newRow("nothing") << Spending{} << QString();
        QTest::newRow("a sum") << Spending{.dollars = some, .priced = 2} << u"$0.120"_s;
        QTest::newRow("more than that")
            << Spending{.dollars = some, .priced = 2, .unpriced = 1} << u"≥ $0.120"_s;
        QTest::newRow("nobody knows") << Spending{.unpriced = 1} << u"price unknown"_s;
        QTest::newRow("a plan") << Spending{.onPlan = 4} << u"on your plan"_s;
        QTest::newRow("practice") << Spending{.practice = 4} << QString();
        QTest::newRow("free of charge") << Spending{.priced = 1} << u"$0.00"_s;
    }

    void readsAsAPersonWouldSay()
    {
        QFETCH(Spending, spending);
        QFETCH(QString, text);
        QCOMPARE(spendingText(spending), text);
        QCOMPARE(spendingExplanation(spending).isEmpty(),
                 spending.unpriced == 0 && spending.onPlan == 0);
    }

    void shortensCounts_data()
    {
        QTest::addColumn<qint64>("count");
        QTest::addColumn<QString>("text");
        QTest::newRow("few") << qint64(999) << u"999"_s;
        QTest::newRow("a thousand") << qint64(1000) << u"1k"_s;
        QTest::newRow("some thousands") << qint64(12'340) << u"12.3k"_s;
        QTest::newRow("many thousands") << qint64(272'400) << u"272k"_s;
        QTest::newRow("a million and some") << qint64(1'047'576) << u"1.05M"_s;
        QTest::newRow("more") << qint64(2'000'000) << u"2M"_s;
    }

    void shortensCounts()
    {
        QFETCH(qint64, count);
        QFETCH(QString, text);
        QCOMPARE(shortCountText(count), text);
    }

    void showsWhatTheAnswerCostsLive()
    {
        Desk desk;
        QCOMPARE(desk.cost(), QString());
        desk.ask();
        desk.client.current->say({Content{0, QString(400, u'x')}});
        QTRY_COMPARE(desk.cost(), u"~$0.0020"_s);
        desk.answer({.inputTotal = 2000, .outputTotal = 1000});
        QTRY_COMPARE(desk.cost(), u"$0.012"_s);
        QTRY_COMPARE(desk.totals.text(), u"$0.012"_s);
        QVERIFY(desk.totals.isVisible());
        desk.session.clear();
        desk.bar.clear();
        QTRY_VERIFY(!desk.totals.isVisible());
        QCOMPARE(desk.cost(), QString());
    }

    void showsHowFastTheAnswerComes()
    {
        Desk desk;
        QCOMPARE(desk.shown(u"Speed: "_s), u"–"_s);
        QCOMPARE(desk.shown(u"First token: "_s), u"–"_s);
        desk.ask();
        QCOMPARE(desk.shown(u"First token: "_s), u"–"_s); // nothing has come
        const QRegularExpression seconds(u"^[0-9]+\\.[0-9] s$"_s);
        const auto haveSome = [&seconds](const QString &text) {
            return seconds.match(text).hasMatch() && text != u"0.0 s"_s;
        };
        QTRY_VERIFY(haveSome(desk.shown(u"Elapsed: "_s)));
        desk.client.current->say({Content{0, QString(400, u'x')}});
        // What is estimated says so; the time is measured.
        const QRegularExpression estimate(u"^~[0-9,]+(\\.[0-9])? tok/s$"_s);
        QTRY_VERIFY(estimate.match(desk.shown(u"Speed: "_s)).hasMatch());
        const QString first = desk.shown(u"First token: "_s);
        QVERIFY2(haveSome(first), qPrintable(first));
        desk.answer();
        const QString speed = desk.shown(u"Speed: "_s);
        QVERIFY2(QRegularExpression(u"^[0-9,]+(\\.[0-9])? tok/s$"_s).match(speed).hasMatch(),
                 qPrintable(speed));
        QCOMPARE(desk.shown(u"First token: "_s), first);
    }

    void showsWhatTheDayHasCost()
    {
        const QTemporaryDir folder;
        Chats store(folder.filePath(u"conversations.db"_s));
        QVERIFY(bool(await(store.open())));
        Desk desk;
        RecordedChat chat(desk.session, store);
        chat.setSetup({.account = desk.session.account(), .model = u"gpt"_s});
        desk.ledger.follow(chat, store);
        desk.ask();
        desk.answer();
        QTRY_COMPARE(desk.totals.text(), u"$0.0020  ·  $0.0020 today"_s);
        // Another conversation is of the same day.
        chat.begin();
        QTRY_COMPARE(desk.totals.text(), u"$0.0020 today"_s);
        desk.ask();
        desk.answer();
        QTRY_COMPARE(desk.totals.text(), u"$0.0020  ·  $0.0040 today"_s);
        QCOMPARE(desk.totals.accessibleName(), u"Cost: $0.0020, $0.0040 today"_s);
        QVERIFY(!await(chat.flush()));
    }

    void saysThatAPriceIsNotKnown()
    {
        Desk desk(u"openai"_s, u"gpt-new"_s);
        desk.bar.setDraft(u"Hello"_s);
        desk.ask();
        QCOMPARE(desk.cost(), QString());
        desk.answer();
        QTRY_COMPARE(desk.cost(), u"price unknown"_s);
        QTRY_COMPARE(desk.totals.text(), u"price unknown"_s);
        QVERIFY(!desk.everyText().contains(u'$'));
    }

    void showsNoDollarsOnAPlanAndInPractice_data()
    {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("text");
        QTest::newRow("plan") << u"chatgpt"_s << u"on your plan"_s;
        QTest::newRow("practice") << u"practice"_s << QString();
    }

    void showsNoDollarsOnAPlanAndInPractice()
    {
        QFETCH(QString, provider);
        QFETCH(QString, text);
        Desk desk(provider);
        desk.bar.setDraft(QString(40'000, u'x'));
        desk.ask();
        desk.answer();
        QTRY_VERIFY(desk.ledger.conversation() != Spending());
        QCOMPARE(desk.cost(), QString());
        QCOMPARE(desk.totals.text(), text);
        QVERIFY(!desk.everyText().contains(u'$'));
        desk.totals.openDetails();
        QVERIFY(!desk.everyText().contains(u'$'));
        desk.totals.findChild<UsageDetails *>()->close();
    }

    void showsTheLimitsOfAPlan()
    {
        using std::chrono::minutes;
        const QDateTime soon = QDateTime::currentDateTimeUtc().addSecs(60);
        const QString time = soon.toLocalTime().time().toString(u"HH:mm"_s);
        Desk desk(u"chatgpt"_s);
        QVERIFY(!desk.totals.isVisible());
        desk.ask();
        desk.client.current->planLimits
            = {{37.4, minutes(300), soon}, {12, minutes(10080), soon.addDays(30)}};
        desk.answer();
        QTRY_COMPARE(desk.totals.text(), u"5-hour limit: 37% used"_s);
        QCOMPARE(desk.totals.accessibleName(), u"Usage: 5-hour limit: 37% used"_s);
        const QStringList lines = desk.totals.toolTip().split(u'\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines.at(1).section(u',', 0, 0), u"5-hour limit: 37% used"_s);
        QVERIFY(lines.at(1).endsWith(time));
        QVERIFY(lines.at(2).startsWith(u"weekly limit: 12% used, resets on "_s));
        desk.totals.openDetails();
        QPointer<UsageDetails> details = desk.totals.findChild<UsageDetails *>();
        QCOMPARE(namelessWidgets(*details), QStringList());
        const auto rows = details->findChildren<PlanLimitRow *>();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0]->accessibleName(), lines.at(1));
        QVERIFY(!desk.everyText().contains(u'$'));
        details->close();
        // Whoever has the same account knows it before anything was asked; nobody else does.
        ChatSession session(desk.client);
        TokenRates rates;
        Ledger other(session, desk.pricing, rates, desk.plans);
        desk.totals.setLedger(&other);
        QVERIFY(!desk.totals.isVisible());
        Provider row;
        row.id = u"chatgpt"_s;
        session.setTarget(row, {u"chatgpt"_s}, u"gpt"_s);
        other.refresh();
        QTRY_COMPARE(desk.totals.text(), u"5-hour limit: 37% used"_s);
        session.setTarget(row, {u"chatgpt"_s, AccountKey::Type::OAuth, u"else"_s}, u"gpt"_s);
        other.refresh();
        QTRY_VERIFY(!desk.totals.isVisible());
    }

    void saysThatALimitIsNearlyUsedUp_data()
    {
        QTest::addColumn<double>("used");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0.0 << u"plan limit: 0% used"_s;
        QTest::newRow("a good part") << 80.0 << u"plan limit: 80% used"_s;
        QTest::newRow("more") << 80.6 << u"plan limit: 81% used, nearly all of it"_s;
        QTest::newRow("very nearly") << 99.9 << u"plan limit: 99% used, nearly all of it"_s;
        QTest::newRow("all") << 100.0 << u"plan limit: used up"_s;
    }

    void saysThatALimitIsNearlyUsedUp()
    {
        QFETCH(double, used);
        QFETCH(QString, text);
        Desk desk(u"chatgpt"_s);
        desk.plans.set({u"chatgpt"_s}, {{1, std::chrono::minutes(300)}, {used}});
        QTRY_VERIFY(desk.totals.isVisible());
        QCOMPARE(desk.totals.text(), used < 1 ? u"5-hour limit: 1% used"_s : text);
        QVERIFY(desk.totals.toolTip().endsWith(text));
    }

    void namesALimitByItsLength_data()
    {
        QTest::addColumn<int>("minutes");
        QTest::addColumn<QString>("name");
        QTest::newRow("a quarter") << 15 << u"15-minute limit"_s;
        QTest::newRow("five hours") << 300 << u"5-hour limit"_s;
        QTest::newRow("a minute short") << 299 << u"5-hour limit"_s;
        QTest::newRow("a day") << 1440 << u"daily limit"_s;
        QTest::newRow("a week") << 10080 << u"weekly limit"_s;
        QTest::newRow("nearly a week") << 10079 << u"weekly limit"_s;
        QTest::newRow("a month") << 43200 << u"30-day limit"_s;
    }

    void namesALimitByItsLength()
    {
        QFETCH(int, minutes);
        QTEST(limitName({1, std::chrono::minutes(minutes)}), "name");
    }

    void saysWhenALimitIsReset_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("today") << qint64(8400) << u"resets 14:20"_s;
        QTest::newRow("tomorrow") << qint64(86400) << u"resets tomorrow at 12:00"_s;
        QTest::newRow("this week") << qint64(3 * 86400) << u"resets Wednesday at 12:00"_s;
        QTest::newRow("later") << qint64(9 * 86400) << u"resets on 1 Dec 2026"_s;
    }

    void saysWhenALimitIsReset()
    {
        QFETCH(qint64, seconds);
        const QDateTime sunday(QDate(2026, 11, 22), QTime(12, 0));
        QTEST(limitResetText({1, {}, sunday.addSecs(seconds).toUTC()}, sunday), "text");
        QCOMPARE(limitResetText({1}, sunday), QString());
    }

    void forgetsWhatWasUsedBeforeAReset()
    {
        Desk desk(u"chatgpt"_s);
        const QDateTime past = QDateTime::currentDateTimeUtc().addSecs(-1);
        const QDateTime soon = QDateTime::currentDateTimeUtc().addMSecs(300);
        desk.plans.set({u"chatgpt"_s}, {{90, std::chrono::minutes(300), past}});
        QVERIFY(!desk.totals.isVisible());
        desk.plans.set({u"chatgpt"_s}, {{90, std::chrono::minutes(300), soon}});
        QVERIFY(desk.totals.isVisible());
        QTRY_VERIFY(!desk.totals.isVisible());
    }

    void estimatesWhatSendingCosts()
    {
        Desk desk;
        QCOMPARE(desk.shown(u"Sending"_s), QString());
        desk.bar.setDraft(QString(64'000, u'x'));
        // 16,000 tokens of input, and an answer of 400: two cents.
        QTRY_COMPARE(desk.shown(u"Sending"_s), u"≈ $0.02"_s);
        desk.bar.setDraft(u"  "_s);
        QCOMPARE(desk.shown(u"Sending"_s), QString());
        desk.bar.setDraft({}, {{u"a.png"_s, u"image/png"_s, "x"}});
        QTRY_COMPARE(desk.shown(u"Sending"_s), u"≈ $0.006"_s);
    }

    void showsHowFullTheContextIs()
    {
        Desk desk;
        QVERIFY(!desk.context.isVisible());
        desk.ask();
        QTRY_COMPARE(desk.context.accessibleName(), u"Context: ~1k of 10k"_s);
        desk.answer({.inputTotal = 1200, .outputTotal = 300});
        QTRY_COMPARE(desk.context.accessibleName(), u"Context: 1.5k of 10k"_s);
        QVERIFY(!desk.context.toolTip().contains(u"not sent"_s));
        for (int i = 0; i < 9; ++i) {
            desk.ask();
            desk.answer();
        }
        QTRY_VERIFY(desk.context.toolTip().contains(u"not sent any more"_s));
    }

    void hidesTheContextThatNobodyKnows()
    {
        Desk desk(u"openai"_s, u"gpt-new"_s);
        desk.ask();
        desk.answer();
        QTRY_VERIFY(desk.ledger.conversation().unpriced == 1);
        QVERIFY(!desk.context.isVisible());
    }

    void showsWhereTheMoneyWent()
    {
        Desk desk;
        desk.ask();
        desk.answer();
        desk.ask();
        desk.answer(Counted, Done::Ending::Stopped);
        QTRY_COMPARE(desk.totals.text(), u"≥ $0.0020"_s);
        QTest::mouseClick(&desk.totals, Qt::LeftButton);
        QPointer<UsageDetails> details = desk.totals.findChild<UsageDetails *>();
        QVERIFY(details);
        QCOMPARE(namelessWidgets(*details), QStringList());
        QStringList texts;
        for (const QLabel *label : details->findChildren<QLabel *>()) {
            texts.append(label->text());
        }
        QVERIFY(texts.contains(u"price unknown"_s)); // of the answer that was cut off
        QVERIFY(texts.contains(u"≥ $0.0020"_s));
        QVERIFY(texts.join(u' ').contains(u"example.org on 22 Nov 2026"_s));
        QTest::keyClick(details, Qt::Key_Escape);
        QTRY_VERIFY(!details);
    }

    void followsAnotherConversation()
    {
        Desk desk;
        desk.ask();
        desk.answer();
        QTRY_COMPARE(desk.totals.text(), u"$0.0020"_s);
        {
            ScriptedClient client;
            ChatSession session(client);
            TokenRates rates;
            Ledger other(session, desk.pricing, rates, desk.plans);
            desk.totals.setLedger(&other);
            desk.context.setLedger(&other);
            QVERIFY(!desk.totals.isVisible());
            QVERIFY(!desk.context.isVisible());
            desk.ask();
            desk.answer();
            QTRY_VERIFY(desk.ledger.conversation().priced == 2);
            QVERIFY(!desk.totals.isVisible());
        }
        // It went, and so did what it said.
        desk.context.refresh();
        QVERIFY(!desk.context.isVisible());
        desk.totals.setLedger(&desk.ledger);
        QCOMPARE(desk.totals.text(), u"$0.0040"_s);
        desk.totals.setLedger(nullptr);
        QVERIFY(!desk.totals.isVisible());
    }

    void givesWayInANarrowWindow()
    {
        Desk desk;
        desk.ask();
        desk.answer();
        QTRY_VERIFY(!desk.cost().isEmpty());
        desk.bar.resize(260, 40);
        // What matters most is there to the last.
        QTRY_VERIFY(desk.shown(u"Input"_s).isEmpty());
        QVERIFY(!desk.cost().isEmpty());
        QVERIFY(!desk.shown(u"Output"_s).isEmpty());
    }
};

QTEST_MAIN(tst_Usage)
#include "tst_usage.moc"
