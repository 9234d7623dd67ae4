// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "interrupt.h"
#include "maestroapp.h"
#include "practice/practiceprovider.h"
#include "storage/chats.h"
#include "support/await.h"
#include "ui/chat/chatpage.h"
#include "ui/chat/composer.h"
#include "ui/transcript/transcriptview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <cstdio>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

const QString Question = u"How would you write a FastAPI application?"_s;
const QString Beginning = u"I am the practice provider"_s;
constexpr const char *FunctionTimeout = "QTEST_FUNCTION_TIMEOUT"; // of Qt Test
//! Slow enough to be ended in the middle.
constexpr PracticeProvider::Pace SlowPace{24, std::chrono::milliseconds(40)};

Configuration configurationFor(const QUrl &server)
{
    Configuration configuration;
    configuration.openAi.baseUrl = server;
    configuration.openAi.apiKey = Secret("practice");
    configuration.openAi.apiKeyVariable = u"OPENAI_API_KEY"_s;
    return configuration;
}

ChatWindow &windowOfProgram()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<ChatWindow *>(widget)) {
            return *window;
        }
    }
    qFatal("the program has no window");
}

//! The whole program in a process of its own: asks, says so when the answer has begun, and goes on.
int runWorker(const QString &directory, const QUrl &server)
{
    MaestroApp maestro(configurationFor(server), std::nullopt, {}, directory);
    const Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::requested, &maestro, &MaestroApp::terminate);
    maestro.show();
    ChatWindow &window = windowOfProgram();
    if (!QTest::qWaitFor([&window] { return window.chosenTarget().has_value(); }, 20'000)) {
        return 1;
    }
    window.chooseTarget(window.chosenTarget()->account, {}, u"practice"_s);
    auto *edit = window.shownPage().findChild<ComposerEdit *>();
    edit->setPlainText(Question);
    QTest::keyClick(edit, Qt::Key_Return);
    QTest::keyClicks(edit, u"and then"_s);
    auto *view = window.shownPage().findChild<TranscriptView *>();
    if (!QTest::qWaitFor([view] { return view->toPlainText().size() > 400; }, 20'000)) {
        return 1;
    }
    // Half a second is the most that a kill may cost.
    QTimer::singleShot(600, &window, [] {
        std::puts("streaming");
        std::fflush(stdout);
    });
    return QApplication::exec();
}

void say(const QString &line)
{
    std::puts(line.toUtf8().constData());
    std::fflush(stdout);
}

//! A start of the program after it was killed: tells what it found of the conversation before,
//! begins another one, and tells how much of the answer has come until it is killed itself.
int runVictim(const QString &directory, const QUrl &server, int number)
{
    MaestroApp maestro(configurationFor(server), std::nullopt, {}, directory);
    maestro.show();
    ChatWindow &window = windowOfProgram();
    const auto isRestored = [&window, number] {
        return number == 0
            || (!window.shownPage().isEmpty() && window.shownPage().chat().record.isWhole());
    };
    if (!QTest::qWaitFor([&window] { return window.chosenTarget().has_value(); }, 60'000)) {
        return 1;
    }
    // Whoever was killed at once after the question has none to show.
    (void)QTest::qWaitFor(isRestored, 10'000);
    const ChatPage &found = window.shownPage();
    QString prompt;
    qsizetype kept = 0;
    for (const Turn &turn : found.chat().session.conversation().turns) {
        if (const auto *said = std::get_if<Prompt>(&turn)) {
            prompt = said->text;
        } else if (const auto *answered = std::get_if<ModelTurn>(&turn)) {
            kept = answered->answer.text().size();
        }
    }
    say(u"found\t%1\t%2\t%3"_s.arg(prompt, found.composer().text()).arg(kept));
    window.chooseTarget(window.chosenTarget()->account, {}, u"practice"_s);
    QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier);
    const ChatPage &page = window.shownPage();
    auto *edit = page.findChild<ComposerEdit *>();
    edit->setPlainText(u"Question %1"_s.arg(number));
    QTest::keyClick(edit, Qt::Key_Return);
    QTest::keyClicks(edit, u"draft %1"_s.arg(number));
    say(u"asked"_s);
    QObject::connect(&page.chat().session, &ChatSession::answerReceived, &window, [&page] {
        say(u"came\t%1"_s.arg(page.chat().session.answer().text().size()));
    });
    return QApplication::exec();
}

//! One life of the program, as its killer sees it.
struct Life
{
    QProcess worker;
    QByteArray unread;
    QString prompt;
    QString draft;
    qsizetype kept = 0; //!< of the answer in which the one before was killed
    bool hasFound = false;
    QElapsedTimer sinceAsked;
    QList<std::pair<qint64, qsizetype>> came; //!< when, and how much there was then

    void listen()
    {
        unread += worker.readAllStandardOutput();
        for (qsizetype end = unread.indexOf('\n'); end >= 0; end = unread.indexOf('\n')) {
            const QList<QByteArray> words = unread.left(end).split('\t');
            unread.remove(0, end + 1);
            if (words[0] == "found" && words.size() == 4) {
                prompt = QString::fromUtf8(words[1]);
                draft = QString::fromUtf8(words[2]);
                kept = words[3].toLongLong();
                hasFound = true;
            } else if (words[0] == "asked") {
                sinceAsked.start();
            } else if (words[0] == "came" && words.size() == 2) {
                came.append({sinceAsked.elapsed(), words[1].toLongLong()});
            }
        }
    }
    //! How much had come by then.
    qsizetype cameUntil(qint64 time) const
    {
        qsizetype length = 0;
        for (const auto &[when, howMuch] : came) {
            length = when <= time ? howMuch : length;
        }
        return length;
    }
};

} // namespace

//! The program is ended in the middle of an answer, in each way there is.
class tst_ProgramSurvives : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsPromptAndAnswerAtTheNextStart_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<bool>("isOrderly");
        QTest::newRow("killed") << SIGKILL << false;
        QTest::newRow("told to end, as at a logout") << SIGTERM << true;
        QTest::newRow("its terminal is gone") << SIGHUP << true;
    }
    void findsPromptAndAnswerAtTheNextStart()
    {
        QFETCH(int, number);
        QFETCH(bool, isOrderly);
        const QTemporaryDir directory;
        PracticeProvider server(SlowPace);
        QVERIFY(server.listen());
        QProcess worker;
        worker.start(QCoreApplication::applicationFilePath(),
                     {u"worker"_s, directory.path(), server.apiUrl().toString()});
        QTRY_VERIFY_WITH_TIMEOUT(
            worker.bytesAvailable() > 0 || worker.state() == QProcess::NotRunning, 60'000);
        QCOMPARE(worker.readAllStandardOutput().trimmed(), QByteArray("streaming"));
        QCOMPARE(::kill(static_cast<pid_t>(worker.processId()), number), 0);
        QTRY_COMPARE_WITH_TIMEOUT(worker.state(), QProcess::NotRunning, 20'000);
        QCOMPARE(worker.exitStatus() == QProcess::NormalExit, isOrderly);

        MaestroApp maestro(configurationFor(server.apiUrl()), std::nullopt, {}, directory.path());
        maestro.show();
        ChatWindow &window = windowOfProgram();
        const auto transcript
            = [&window] { return window.shownPage().findChild<TranscriptView *>()->toPlainText(); };
        QTRY_VERIFY_WITH_TIMEOUT(transcript().contains(Question), 20'000);
        QVERIFY2(transcript().contains(Beginning), qPrintable(transcript()));
        QVERIFY2(transcript().size() > 400, qPrintable(transcript()));
        QVERIFY2(transcript().contains(u"Interrupted"_s), qPrintable(transcript()));
        QCOMPARE(window.shownPage().composer().text(), u"and then"_s);
        QVERIFY(!window.shownPage().chat().session.isAnswering());
    }

    //! Some times by itself; as often as MAESTRO_KILLS says.
    void survivesBeingKilledAtAnyMoment()
    {
        constexpr int UsualKills = 6;
        const int kills = qEnvironmentVariableIsSet("MAESTRO_KILLS")
            ? qEnvironmentVariableIntValue("MAESTRO_KILLS")
            : UsualKills;
        constexpr int LongestLife = 2000;
        // The promise is half a second; as much again is for what this machine does besides.
        constexpr qint64 Promise = 500;
        constexpr qint64 Slack = 500;
        const QTemporaryDir directory;
        PracticeProvider server(SlowPace);
        QVERIFY(server.listen());
        QRandomGenerator random(20261122);
        qint64 mostLost = 0;
        qint64 allLost = 0;
        qint64 allCame = 0;
        int judged = 0;
        int prompts = 0;
        qint64 earliest = LongestLife;
        qint64 before = 0; // how much had come surely
        qint64 beforeInAll = 0;
        bool hadTime = false;
        bool wasAsked = false; // a prompt is written at once
        for (int number = 0; number <= kills; ++number) {
            Life life;
            life.worker.start(QCoreApplication::applicationFilePath(),
                              {u"victim"_s, directory.path(), server.apiUrl().toString(),
                               QString::number(number)});
            QTRY_VERIFY_WITH_TIMEOUT(
                (life.listen(),
                 life.sinceAsked.isValid() || life.worker.state() == QProcess::NotRunning),
                60'000);
            QVERIFY2(life.hasFound,
                     qPrintable(u"the program did not start, number %1"_s.arg(number)));
            if (wasAsked) {
                QCOMPARE(life.prompt, u"Question %1"_s.arg(number - 1));
                ++prompts;
            }
            if (hadTime) {
                QCOMPARE(life.draft, u"draft %1"_s.arg(number - 1));
                QVERIFY2(life.kept >= before,
                         qPrintable(
                             u"kept %1 of %2, number %3"_s.arg(life.kept).arg(before).arg(number)));
                mostLost = qMax<qint64>(mostLost, beforeInAll - life.kept);
                allLost += qMax<qint64>(0, beforeInAll - life.kept);
                allCame += beforeInAll;
                ++judged;
            }
            const int age = random.bounded(LongestLife);
            QTRY_VERIFY_WITH_TIMEOUT((life.listen(), life.sinceAsked.elapsed() >= age), 60'000);
            const qint64 died = life.sinceAsked.elapsed();
            earliest = qMin(earliest, died);
            QCOMPARE(::kill(static_cast<pid_t>(life.worker.processId()), SIGKILL), 0);
            QTRY_COMPARE_WITH_TIMEOUT(life.worker.state(), QProcess::NotRunning, 20'000);
            life.listen();
            before = life.cameUntil(died - Promise - Slack);
            beforeInAll = life.cameUntil(died);
            hadTime = died > Promise + Slack;
            wasAsked = died > Promise;
        }
        qInfo("%d kills, the earliest %lld ms after a question: all of %d prompts were kept that "
              "were "
              "half a second old, and all of %d drafts and answers but their last second; of %lld "
              "letters that had come, %lld were lost, at most %lld at once",
              kills, earliest, prompts, judged, allCame, allLost, mostLost);
    }
};

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"worker"_s) {
        return runWorker(arguments.value(2), QUrl(arguments.value(3)));
    }
    if (arguments.value(1) == u"victim"_s) {
        return runVictim(arguments.value(2), QUrl(arguments.value(3)), arguments.value(4).toInt());
    }
    if (qEnvironmentVariableIsSet("MAESTRO_KILLS") && !qEnvironmentVariableIsSet(FunctionTimeout)) {
        qputenv(FunctionTimeout, "3600000"); // an hour, in place of five minutes
    }
    tst_ProgramSurvives test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_programsurvives.moc"
