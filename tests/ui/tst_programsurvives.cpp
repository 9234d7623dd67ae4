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
#include <QProcess>
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
};

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == u"worker"_s) {
        return runWorker(arguments.value(2), QUrl(arguments.value(3)));
    }
    tst_ProgramSurvives test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_programsurvives.moc"
