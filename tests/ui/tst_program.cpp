// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practicequestion.h"
#include "practice/practicetext.h"
#include "programfixture.h"
#include "ui/common/themestyle.h"

#include <QApplication>
#include <QClipboard>
#include <QListView>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

const QString Question
    = u"How would you write a FastAPI application that handles Stripe-based subscriptions?"_s;

//! Every line of code of the answer, which is shown as it was written.
QStringList codeLines(const QString &markdown)
{
    QStringList lines;
    bool inCode = false;
    for (const QString &line : markdown.split(u'\n')) {
        if (line.startsWith(u"```"_s)) {
            inCode = !inCode;
        } else if (inCode && !line.isEmpty()) {
            lines.append(line);
        }
    }
    return lines;
}

} // namespace

class tst_Program : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signsInAndStreamsAnAnswer_data()
    {
        QTest::addColumn<Appearance>("appearance");
        QTest::addColumn<bool>("byKeyboard");
        QTest::newRow("by mouse, light") << Appearance::Light << false;
        QTest::newRow("by keyboard, dark") << Appearance::Dark << true;
    }
    void signsInAndStreamsAnAnswer()
    {
        QFETCH(Appearance, appearance);
        QFETCH(bool, byKeyboard);
        QApplication::setStyle(new ThemeStyle(appearance));
        ProgramFixture f;
        f.takeScreenshot(u"1-welcome"_s);

        // The text that is written before there is anyone to ask waits in its field.
        f.ask(Question);
        QCOMPARE(f.edit()->toPlainText(), Question);
        QVERIFY(f.banner()->isVisible());
        QVERIFY(!findButton(f.window, u"Try again"_s));
        QCOMPARE(f.browser.opened, 0);

        f.browser.person = Browser::Person::IsAway;
        if (byKeyboard) {
            f.tabTo(u"Sign in"_s);
            f.pressSpace();
            f.waitForWizard();
            f.takeScreenshot(u"2-choice"_s);
            f.tabTo(u"Try without an account"_s);
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        } else {
            f.click(*f.banner(), u"Sign in"_s);
            f.waitForWizard();
            f.takeScreenshot(u"2-choice"_s);
            f.click(*f.wizard(), u"Try without an account"_s);
        }
        QTRY_COMPARE(f.browser.opened, 1);
        QTRY_VERIFY(isShown(*f.wizard(), toText(SignInStage::Person)));
        f.takeScreenshot(u"3-waiting"_s);
        QCOMPARE(namelessWidgets(*f.wizard()), QStringList());

        f.browser.person = Browser::Person::Allows;
        if (byKeyboard) {
            f.tabTo(u"Open the browser again"_s);
            f.pressSpace();
        } else {
            f.click(*f.wizard(), u"Open the browser again"_s);
        }
        QTRY_VERIFY(findButton(*f.wizard(), u"Finish"_s));
        for (const QString &fact : {u"practice@maestro.invalid"_s, u"practice"_s, u"org-practice"_s,
                                    u"Obtained"_s, u"You are signed in"_s}) {
            QVERIFY2(isShown(*f.wizard(), fact), qPrintable(shownTexts(*f.wizard()).join(u'|')));
        }
        f.takeScreenshot(u"4-result"_s);
        if (byKeyboard) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        } else {
            f.click(*f.wizard(), u"Finish"_s);
        }
        f.waitForWindow();
        QVERIFY(f.banner()->isHidden());
        QCOMPARE(f.edit()->toPlainText(), Question);
        QTRY_VERIFY(f.edit()->hasFocus());

        QTest::keyClick(f.edit(), Qt::Key_Return);
        QVERIFY(f.isAnswering());
        QVERIFY(!findButton(f.window, u"Send"_s));
        QVERIFY(f.edit()->toPlainText().isEmpty());
        QTRY_VERIFY(f.transcript().contains(u"FastAPI with Stripe subscriptions"_s));
        QVERIFY(f.isAnswering());
        QVERIFY(showsEstimates(f.window));
        f.takeScreenshot(u"5-streaming"_s);

        QTRY_VERIFY_WITH_TIMEOUT(!f.isAnswering(), 20'000);
        QVERIFY(findButton(f.window, u"Send"_s));
        QVERIFY(!showsEstimates(f.window));
        const qint64 input = Practice::tokensOf(Question.size()) + 4; // one item of the request
        QVERIFY2(isShown(f.window, QLocale().toString(input)),
                 qPrintable(shownTexts(f.window).join(u'|')));
        QVERIFY(f.banner()->isHidden());
        f.takeScreenshot(u"6-answered"_s);

        const QString answer = Practice::readText(u"answers/fastapi.md"_s).trimmed();
        const QString shown = f.transcript();
        for (const QString &line : codeLines(answer)) {
            QVERIFY2(shown.contains(line), qPrintable(line));
        }
        QVERIFY(shown.contains(u"Thought for"_s));
        QVERIFY(!shown.contains(u"Interrupted"_s));
        QTest::keyClick(&f.window, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().trimmed(), answer);

        // A second answer is stopped, and what had come of it stays.
        f.pickModel(u"practice-slow"_s);
        f.ask(u"And again?"_s);
        QTRY_VERIFY(f.transcript().mid(shown.size()).contains(u"practice"_s));
        if (byKeyboard) {
            QTest::keyClick(f.edit(), Qt::Key_Escape);
        } else {
            f.click(f.window, u"Stop"_s);
        }
        QTRY_VERIFY(!f.isAnswering());
        const QString rest = f.transcript().mid(shown.size());
        QVERIFY2(rest.contains(u"practice"_s), qPrintable(rest));
        QVERIFY2(rest.contains(u"You stopped"_s), qPrintable(rest));
        QVERIFY(f.transcript().startsWith(shown));
        QVERIFY(f.banner()->isHidden());
        f.takeScreenshot(u"7-stopped"_s);
        QCOMPARE(namelessWidgets(f.window), QStringList());
    }

    void showsWhatWentWrongOverWhatCame_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<Appearance>("appearance");
        QTest::addColumn<bool>("someCame");
        QTest::newRow("too many requests, light")
            << u"practice-429"_s << Appearance::Light << false;
        QTest::newRow("an error in mid-stream, light")
            << u"practice-error"_s << Appearance::Light << true;
        QTest::newRow("a connection that is cut, dark")
            << u"practice-drop"_s << Appearance::Dark << true;
        QTest::newRow("a stream without an end, dark")
            << u"practice-cut"_s << Appearance::Dark << true;
    }
    void showsWhatWentWrongOverWhatCame()
    {
        QFETCH(QString, model);
        QFETCH(Appearance, appearance);
        QFETCH(bool, someCame);
        QApplication::setStyle(new ThemeStyle(appearance));
        ProgramFixture f;
        f.signIn();
        f.pickModel(model);
        f.ask(Question);
        QTRY_VERIFY_WITH_TIMEOUT(f.banner()->isVisible(), 20'000);
        QVERIFY(!f.isAnswering());
        f.takeScreenshot(u"fault-"_s + model);

        const QString message = f.banner()->accessibleName().section(u": "_s, 1);
        QVERIFY(message.endsWith(u'.'));
        QVERIFY(isShown(f.window, message));
        QVERIFY(!f.transcript().contains(message));
        QVERIFY(f.transcript().startsWith(Question));
        QCOMPARE(f.transcript().contains(u"FastAPI with Stripe subscriptions"_s), someCame);
        QVERIFY(findButton(f.window, u"Try again"_s));

        // Another model is asked, and what was wrong is no longer said, but what can be done.
        f.window.chooseTarget(f.window.chosenTarget()->account);
        QCOMPARE(f.window.chosenTarget()->model, u"practice"_s);
        QVERIFY(!isShown(f.window, message));
        QVERIFY(isShown(f.window, u"practice is asked from now on."_s));
        QVERIFY(findButton(f.window, u"Try again"_s));
        f.ask(u"What went wrong?"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!f.isAnswering(), 20'000);
        QVERIFY(f.banner()->isHidden());
        QVERIFY(f.transcript().contains(u"What went wrong?"_s));
    }

    void triesAgainAfterAFault()
    {
        ProgramFixture f;
        f.signIn();
        f.pickModel(u"practice-429"_s);
        f.ask(Question);
        QTRY_VERIFY(f.banner()->isVisible());
        f.click(*f.banner(), u"Try again"_s);
        QVERIFY(f.banner()->isHidden());
        QVERIFY(f.isAnswering());
        QTRY_VERIFY(f.banner()->isVisible());
        QCOMPARE(f.transcript().count(Question), 1);
    }

    void saysThatTheSignInWasDeniedAndBeginsAnew_data()
    {
        QTest::addColumn<Appearance>("appearance");
        QTest::newRow("light") << Appearance::Light;
        QTest::newRow("dark") << Appearance::Dark;
    }
    void saysThatTheSignInWasDeniedAndBeginsAnew()
    {
        QFETCH(Appearance, appearance);
        QApplication::setStyle(new ThemeStyle(appearance));
        ProgramFixture f;
        f.browser.person = Browser::Person::Denies;
        f.click(f.window, u"Try the practice provider"_s);
        QTRY_VERIFY(f.wizard() && findButton(*f.wizard(), u"Try again"_s));
        QVERIFY(isShown(*f.wizard(), u"The sign-in was refused or cancelled in the browser."_s));
        QVERIFY(isShown(*f.wizard(), u"The sign-in ended in the browser"_s));
        QVERIFY(!findButton(*f.wizard(), u"Finish"_s));
        QVERIFY(!f.window.chosenTarget());
        f.takeScreenshot(u"denied"_s);

        f.browser.person = Browser::Person::Allows;
        QTRY_VERIFY(findButton(*f.wizard(), u"Try again"_s)->hasFocus());
        f.pressSpace();
        QTRY_VERIFY(findButton(*f.wizard(), u"Finish"_s));
        QCOMPARE(f.browser.opened, 2);
        QVERIFY(f.window.chosenTarget());
    }

    void staysSignedInBehindAPassphrase_data()
    {
        QTest::addColumn<Appearance>("appearance");
        QTest::newRow("light") << Appearance::Light;
        QTest::newRow("dark") << Appearance::Dark;
    }
    // There is no keyring here: the person chooses a passphrase, and needs it at the next start.
    void staysSignedInBehindAPassphrase()
    {
        QFETCH(Appearance, appearance);
        QApplication::setStyle(new ThemeStyle(appearance));
        QTemporaryDir directory;
        PracticeProvider server(FastPace);
        QVERIFY(server.listen());
        Configuration configuration;
        configuration.openAi.baseUrl = server.apiUrl();
        {
            ProgramFixture f(directory.path(), configuration);
            f.click(f.window, u"Use an API key"_s);
            QTRY_VERIFY(f.wizard() && isShown(*f.wizard(), u"Where shall your sign-in be kept?"_s));
            f.takeScreenshot(u"keeping"_s);
            f.type(u"correct horse battery"_s);
            f.type(u"correct horse battery"_s);
            // Making a key of a passphrase is slow, and meant to be.
            QTRY_VERIFY_WITH_TIMEOUT(findButton(*f.wizard(), u"Use this key"_s), 30'000);
            f.type(u"practice"_s);
            QTRY_VERIFY(findButton(*f.wizard(), u"Finish"_s));
            QVERIFY(
                isShown(*f.wizard(), u"Kept on this computer, encrypted with your passphrase."_s));
            f.takeScreenshot(u"kept"_s);
            f.click(*f.wizard(), u"Finish"_s);
            f.waitForWindow();
            QVERIFY(f.window.chosenTarget());
        }
        ProgramFixture f(directory.path(), configuration);
        QVERIFY(f.window.chosenTarget());
        QVERIFY(isShown(f.window, u"Your sign-ins are locked with your passphrase."_s));
        f.takeScreenshot(u"locked"_s);
        f.pickModel(u"practice"_s);
        f.ask(Question);
        QVERIFY(!f.isAnswering());
        QCOMPARE(f.edit()->toPlainText(), Question);
        QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), u"Passphrase"_s);
        f.type(u"incorrect horse"_s);
        QTRY_VERIFY_WITH_TIMEOUT(isShown(f.window, u"The passphrase is not the right one."_s),
                                 30'000);
        QVERIFY(!f.isAnswering());
        f.type(u"correct horse battery"_s);
        // What was asked goes out by itself, once.
        QTRY_VERIFY_WITH_TIMEOUT(f.edit()->toPlainText().isEmpty(), 30'000);
        QVERIFY(f.edit()->toPlainText().isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!f.isAnswering(), 20'000);
        QCOMPARE(f.transcript().count(Question), 1);
        QVERIFY(f.banner()->isHidden());
        QVERIFY(!isShown(f.window, u"Your sign-ins are locked with your passphrase."_s));
    }

    void offersTheModelsThatTheServerLists()
    {
        QApplication::setStyle(new ThemeStyle);
        PracticeProvider server(FastPace);
        QVERIFY(server.listen());
        Configuration configuration;
        configuration.openAi.baseUrl = server.apiUrl();
        configuration.openAi.apiKey = Secret("practice");
        configuration.openAi.apiKeyVariable = u"OPENAI_API_KEY"_s;
        ProgramFixture f({}, configuration);
        QTRY_VERIFY(f.window.chosenTarget());
        const auto offered = [&f] {
            QStringList models;
            QTest::keyClick(&f.window, Qt::Key_M, Qt::ControlModifier);
            if (auto *popup = f.window.findChild<ModelPopup *>()) {
                const QAbstractItemModel *rows = popup->findChild<QListView *>()->model();
                for (int row = 1; row < rows->rowCount(); ++row) { // under the heading
                    models.append(rows->index(row, 0).data().toString());
                }
                QTest::keyClick(popup->findChild<QLineEdit *>(), Qt::Key_Escape);
            }
            f.waitForWindow();
            return models;
        };
        // All of the server's, and none that the program knows and the server does not have.
        QTRY_COMPARE(offered(), PracticeProvider::models());
        f.pickModel(u"practice-tools"_s);
        // A name in no list is sent as it was typed: whether there is such a model, the server
        // says.
        f.pickModel(u"practice-tomorrow"_s);
        f.ask(Question);
        QTRY_VERIFY(f.banner()->isVisible());
        QVERIFY2(f.banner()->accessibleName().contains(u"does not know this model"_s),
                 qPrintable(f.banner()->accessibleName()));
        QVERIFY(!f.isAnswering());
        QVERIFY(f.transcript().contains(Question));
        f.pickModel(u"practice"_s);
        f.ask(Question);
        QTRY_VERIFY_WITH_TIMEOUT(f.transcript().size() > 400 && !f.isAnswering(), 20'000);
    }

    void leavesNothingOfASignInThatIsCancelled()
    {
        ProgramFixture f;
        f.browser.person = Browser::Person::IsAway;
        f.click(f.window, u"Try the practice provider"_s);
        QTRY_COMPARE(f.browser.opened, 1);
        f.waitForWizard();
        QTest::keyClick(f.wizard(), Qt::Key_Escape);
        QTRY_VERIFY(!f.wizard());
        QVERIFY(!f.window.chosenTarget());
        // The port is free again, for as many attempts as there are ports.
        for (int i = 0; i < 3; ++i) {
            f.click(f.window, u"Try the practice provider"_s);
            QTRY_COMPARE(f.browser.opened, i + 2);
            f.click(*f.wizard(), u"Cancel"_s);
            QTRY_VERIFY(!f.wizard());
        }
        f.browser.person = Browser::Person::Allows;
        f.signIn();
        QVERIFY(f.window.chosenTarget());
    }
};

QTEST_MAIN(tst_Program)
#include "tst_program.moc"
