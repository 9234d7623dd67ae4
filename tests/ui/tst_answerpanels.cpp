// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatfixture.h"
#include "ui/chat/permissionpanel.h"
#include "ui/chat/waitpanel.h"

#include <QPlainTextEdit>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Error Busy{Error::Kind::RateLimited, u"OpenAI takes no more questions for now."_s};

//! Its stream knows what was asked of it.
class PatientStream : public ScriptedStream
{
public:
    void retryNow() override { ++retried; }
    void keepWaiting() override { ++kept; }

    int retried = 0;
    int kept = 0;
};

class PatientChat : public ScriptedChat
{
public:
    std::unique_ptr<ChatStream> ask(const Provider &, const AccountKey &,
                                    const ChatRequest &request) override
    {
        requests.append(request);
        auto made = std::make_unique<PatientStream>();
        stream = made.get();
        patient = made.get();
        return made;
    }

    PatientStream *patient = nullptr;
};

//! Asks, and notes what it was run with.
class CarefulTool : public Tool
{
public:
    explicit CarefulTool(QStringList &ran)
        : m_ran(ran)
    { }
    FunctionDeclaration declaration() const override
    {
        return {u"open_door"_s, u"Opens a door"_s, {}};
    }
    QString question(const QJsonObject &arguments) const override
    {
        return u"May the door %1 be opened?"_s.arg(arguments[u"door"_s].toString());
    }
    QFuture<Result<ToolOutput>> run(const QJsonObject &arguments) override
    {
        m_ran.append(arguments[u"door"_s].toString());
        return QtFuture::makeReadyFuture(Result<ToolOutput>(ToolOutput{u"It is open now."_s}));
    }

private:
    QStringList &m_ran;
};

struct Tools
{
    QStringList ran;
    ToolRegistry tools;
};

//! The tools outlive the session.
struct Fixture : Tools, ChatFixture<PatientChat>
{
    Fixture()
    {
        tools.add(std::make_unique<CarefulTool>(ran));
        session.setTools(&tools);
    }
    WaitPanel *wait() { return window.findChild<WaitPanel *>(); }
    PermissionPanel *permission() { return window.findChild<PermissionPanel *>(); }
    void call(const QString &door)
    {
        chat.stream->say({FunctionCall{FunctionCall::Phase::Complete, 0, u"call_1"_s,
                                       u"open_door"_s, u"{\"door\":\"%1\"}"_s.arg(door)}});
        chat.stream->end({.ending = Done::Ending::Complete, .stop = Done::Stop::ToolUse});
    }
};

} // namespace

class tst_AnswerPanels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysADurationAsAPersonWould_data()
    {
        QTest::addColumn<int>("milliseconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << 0 << u"0 s"_s;
        QTest::newRow("a moment") << 1 << u"1 s"_s;
        QTest::newRow("almost a minute") << 59'000 << u"59 s"_s;
        QTest::newRow("a minute") << 59'001 << u"1 min"_s;
        QTest::newRow("more") << 299'000 << u"4 min 59 s"_s;
    }
    void saysADurationAsAPersonWould()
    {
        QFETCH(int, milliseconds);
        QTEST(durationText(std::chrono::milliseconds(milliseconds)), "text");
    }

    void countsAPauseDownAndEndsWithIt()
    {
        Fixture f;
        f.ask(u"hello"_s);
        QVERIFY(!f.wait()->isVisible());
        Q_EMIT f.chat.stream->pausing({Busy, 20s, 1});
        QVERIFY(f.wait()->isVisible());
        QVERIFY(isShown(f.window, Busy.message));
        QVERIFY(isShown(f.window, u"Your question is asked again in 20 s."_s));
        QTRY_VERIFY(isShown(f.window, u"Your question is asked again in 19 s."_s));
        QVERIFY(!f.banner()->isVisible());
        Q_EMIT f.chat.stream->resumed();
        QVERIFY(!f.wait()->isVisible());
    }

    void triesNowAtThePersonsWish()
    {
        Fixture f;
        f.ask(u"hello"_s);
        Q_EMIT f.chat.stream->pausing({Busy, 20s, 1});
        f.click(u"Try now"_s);
        QCOMPARE(f.chat.patient->retried, 1);
        QCOMPARE(f.chat.patient->kept, 0);
    }

    void stopsAPause_data()
    {
        QTest::addColumn<bool>("byKey");
        QTest::newRow("by the button") << false;
        QTest::newRow("by Escape") << true;
    }
    void stopsAPause()
    {
        QFETCH(bool, byKey);
        Fixture f;
        f.ask(u"hello"_s);
        Q_EMIT f.chat.stream->pausing({Busy, 20s, 1});
        if (byKey) {
            QTest::keyClick(&f.window, Qt::Key_Escape);
        } else {
            f.click(u"Stop waiting"_s);
        }
        QTRY_VERIFY(!f.session.isAnswering());
        QVERIFY(!f.wait()->isVisible());
        QVERIFY(!f.banner()->isVisible()); // it was the person's wish
    }

    void waitsOnForASilentModelAtThePersonsWish()
    {
        Fixture f;
        f.ask(u"hello"_s);
        Q_EMIT f.chat.stream->stalled(300s, 300s);
        QVERIFY(isShown(f.window, u"Nothing has come for 5 min."_s));
        QVERIFY(isShown(f.window, u"The model may be thinking. Maestro gives up in 5 min."_s));
        f.click(u"Keep waiting"_s);
        QCOMPARE(f.chat.patient->kept, 1);
        QVERIFY(!f.wait()->isVisible());
        Q_EMIT f.chat.stream->stalled(300s, 300s);
        QVERIFY(f.wait()->isVisible());
        f.chat.stream->say({Content{0, u"There"_s}});
        QVERIFY(!f.wait()->isVisible());
    }

    void runsAToolThatWasAllowedAndGoesOn()
    {
        Fixture f;
        f.ask(u"open it"_s);
        f.call(u"front"_s);
        QTRY_VERIFY(f.permission()->isVisible());
        QCOMPARE(f.ran, QStringList());
        const auto *arguments = f.permission()->findChild<QPlainTextEdit *>();
        QCOMPARE(arguments->toPlainText(), u"{\n    \"door\": \"front\"\n}"_s);
        QCOMPARE(f.permission()->accessibleName(), u"May the door front be opened?"_s);
        f.click(u"Allow once"_s);
        QVERIFY(!f.permission()->isVisible());
        QTRY_COMPARE(f.ran, QStringList(u"front"_s));
        QTRY_COMPARE(f.chat.requests.size(), 2);
        f.chat.stream->say({Content{0, u"The door is open."_s}});
        f.chat.stream->end(complete());
        QTRY_VERIFY(f.transcript().contains(u"The door is open."_s));
        // All of it stays to be read: the call, its result, the answer.
        QVERIFY(f.transcript().contains(u"\"door\":\"front\""_s)
                || f.transcript().contains(u"\"door\": \"front\""_s));
        QVERIFY(!f.transcript().contains(u"It is open now."_s));
        f.unfoldResults();
        QVERIFY(f.transcript().contains(u"It is open now."_s));
        QVERIFY(!f.session.isAnswering());
    }

    void sendsNothingThatWaitedAfterACallWasStopped()
    {
        Fixture f;
        f.ask(u"open it"_s);
        f.ask(u"and then?"_s);
        QCOMPARE(f.chats.shown().queue.prompts().size(), 1);
        f.call(u"front"_s);
        QTRY_VERIFY(f.permission()->isVisible());
        f.click(u"Stop"_s);
        QTRY_VERIFY(!f.session.isAnswering());
        QCoreApplication::processEvents();
        QCOMPARE(f.chat.requests.size(), 1);
        QCOMPARE(f.chats.shown().queue.prompts().size(), 1);
        QCOMPARE(f.ran, QStringList());
    }

    void tellsTheModelThatItMayNot()
    {
        Fixture f;
        f.ask(u"open it"_s);
        f.call(u"back"_s);
        QTRY_VERIFY(f.permission()->isVisible());
        f.click(u"Don't allow"_s);
        QTRY_COMPARE(f.chat.requests.size(), 2);
        QCOMPARE(f.ran, QStringList());
        const auto &result
            = std::get<FunctionResult>(f.chat.requests.last().conversation.turns.last());
        QVERIFY(result.failed);
    }

    void forgetsTheQuestionWhenStopped()
    {
        Fixture f;
        f.ask(u"open it"_s);
        f.call(u"back"_s);
        QTRY_VERIFY(f.permission()->isVisible());
        QTest::keyClick(&f.window, Qt::Key_Escape);
        QTRY_VERIFY(!f.permission()->isVisible());
        QVERIFY(!f.session.isAnswering());
        QCOMPARE(f.ran, QStringList());
        QCOMPARE(f.chat.requests.size(), 1);
    }

    void staysNarrowWhateverAToolIsAsked()
    {
        Fixture f;
        const int width = f.window.width();
        f.ask(u"open it"_s);
        f.call(QString(20'000, u'x'));
        QTRY_VERIFY(f.permission()->isVisible());
        QCOMPARE(f.window.width(), width);
        QVERIFY(f.permission()->height() < f.window.height() / 2);
    }

    void dropsAllRoundsOfAnAnswerThatIsAskedForAgain()
    {
        Fixture f;
        f.ask(u"open it"_s);
        f.call(u"front"_s);
        QTRY_VERIFY(f.permission()->isVisible());
        f.click(u"Allow once"_s);
        QTRY_COMPARE(f.chat.requests.size(), 2);
        f.chat.stream->say({Content{0, u"Half of"_s}});
        f.chat.stream->end({}, Error{Error::Kind::Interrupted, u"The connection ended."_s});
        QTRY_VERIFY(f.banner()->isVisible());
        QVERIFY(f.transcript().contains(u"Half of"_s));
        f.click(u"Try again"_s);
        QTRY_COMPARE(f.chat.requests.size(), 3);
        QCOMPARE(f.chat.requests.last().conversation.turns.size(), 1);
        QVERIFY(!f.transcript().contains(u"Half of"_s));
        QVERIFY(!f.transcript().contains(u"It is open now."_s));
        QVERIFY(f.transcript().contains(u"open it"_s));
    }

    void goesOnWithAnInterruptedAnswer()
    {
        Fixture f;
        f.ask(u"hello"_s);
        f.chat.stream->say({Content{0, u"Half of"_s}});
        f.chat.stream->end({}, Error{Error::Kind::Interrupted, u"The connection ended."_s});
        f.click(u"Continue"_s);
        QTRY_COMPARE(f.chat.requests.size(), 2);
        QVERIFY(!f.banner()->isVisible());
        const QList<Turn> turns = f.chat.requests.last().conversation.turns;
        QCOMPARE(turns.size(), 3);
        QCOMPARE(std::get<ModelTurn>(turns[1]).answer.text(), u"Half of"_s);
        QVERIFY(f.transcript().contains(u"Half of"_s));
    }

    void offersToGoOnOnlyWhereThereIsSomething()
    {
        Fixture f;
        f.ask(u"hello"_s);
        f.chat.stream->fail({Error::Kind::Network, u"No connection."_s});
        QTRY_VERIFY(f.banner()->isVisible());
        QVERIFY(findButton(f.window, u"Try again"_s));
        QVERIFY(!findButton(f.window, u"Continue"_s));
    }

    void hasANameForEverything()
    {
        Fixture f;
        f.ask(u"hello"_s);
        Q_EMIT f.chat.stream->pausing({Busy, 20s, 1});
        QCOMPARE(namelessWidgets(f.window), QStringList());
        QCOMPARE(richLabels(f.window), QStringList());
        f.call(u"<b>front</b>"_s);
        QTRY_VERIFY(f.permission()->isVisible());
        QCOMPARE(namelessWidgets(f.window), QStringList());
        QCOMPARE(richLabels(f.window), QStringList());
    }
};

QTEST_MAIN(tst_AnswerPanels)
#include "tst_answerpanels.moc"
