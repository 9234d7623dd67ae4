// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "maestroapp.h"
#include "practice/practiceperson.h"
#include "practice/practicequestion.h"
#include "practice/practicetext.h"
#include "ui/chat/composer.h"
#include "ui/chat/modelpopup.h"
#include "ui/common/errorbanner.h"
#include "ui/common/themestyle.h"
#include "ui/signin/signinwizard.h"
#include "ui/transcript/transcriptview.h"
#include "widgetwalk.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QLineEdit>
#include <QScrollBar>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Question
    = u"How would you write a FastAPI application that handles Stripe-based subscriptions?"_s;
//! Fast, and yet slow enough for an answer to be seen while it comes.
constexpr PracticeProvider::Pace Fast{40, 2ms};

//! The person's browser, and the person in front of it.
class Browser : public QObject
{
    Q_OBJECT

public:
    enum class Person { Allows, Denies, IsAway };

    Browser() { QDesktopServices::setUrlHandler(u"http"_s, this, "open"); }
    ~Browser() override { QDesktopServices::unsetUrlHandler(u"http"_s); }

    Person person = Person::Allows;
    int opened = 0;

    Q_INVOKABLE void open(const QUrl &address)
    {
        ++opened;
        if (person != Person::IsAway) {
            auto *visitor = new PracticePerson(this);
            visitor->visit(address,
                           person == Person::Allows ? PracticePerson::Decision::Allow
                                                    : PracticePerson::Decision::Deny);
        }
    }
};

ChatWindow *theWindow()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<ChatWindow *>(widget)) {
            return window;
        }
    }
    qFatal("the program has no window");
}

//! The texts of all labels that can be seen.
QStringList shownTexts(QWidget &root)
{
    QStringList texts;
    for (const QLabel *label : root.findChildren<QLabel *>()) {
        if (label->isVisible()) {
            texts.append(label->text());
        }
    }
    return texts;
}

bool showsEstimates(QWidget &root)
{
    const QStringList texts = shownTexts(root);
    return std::any_of(texts.begin(), texts.end(),
                       [](const QString &text) { return text.startsWith(u'~'); });
}

//! The whole program, and the person at it.
struct Fixture
{
    Browser browser;
    MaestroApp app{Configuration(), std::nullopt, Fast};
    ChatWindow &window = *theWindow();

    Fixture()
    {
        app.show();
        if (!QTest::qWaitForWindowActive(&window)) {
            qFatal("the window does not show");
        }
    }

    ComposerEdit *edit() { return window.findChild<ComposerEdit *>(); }
    ErrorBanner *banner() { return window.findChild<ErrorBanner *>(); }
    TranscriptView *view() { return window.findChild<TranscriptView *>(); }
    QString transcript() { return view()->toPlainText(); }
    SignInWizard *wizard() { return window.findChild<SignInWizard *>(); }
    bool isAnswering() { return findButton(window, u"Stop"_s) != nullptr; }

    void click(QWidget &root, const QString &name)
    {
        QAbstractButton *button = findButton(root, name);
        QVERIFY2(button, qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
    //! Goes there with Tab alone.
    void tabTo(const QString &name)
    {
        QStringList reached;
        for (int i = 0; i < 40; ++i) {
            QWidget *focused = QApplication::focusWidget();
            QVERIFY(focused);
            reached.append(focused->accessibleName());
            if (focused->accessibleName() == name) {
                return;
            }
            QTest::keyClick(focused, Qt::Key_Tab);
        }
        QFAIL(qPrintable(name + u" is not among "_s + reached.join(u", "_s)));
    }
    void pressSpace() { QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); }
    void waitForWizard()
    {
        QVERIFY(wizard());
        QTRY_VERIFY(wizard()->isActiveWindow());
    }
    //! What stood before the window has closed, and the person is back in it.
    void waitForWindow()
    {
        QTRY_VERIFY(!wizard() && !window.findChild<ModelPopup *>());
        // A window manager does that; there is none here.
        window.activateWindow();
        QTRY_VERIFY(window.isActiveWindow());
    }
    void signIn()
    {
        click(window, u"Try the practice provider"_s);
        QTRY_VERIFY(wizard() && findButton(*wizard(), u"Finish"_s));
        click(*wizard(), u"Finish"_s);
        waitForWindow();
    }
    void ask(const QString &text)
    {
        edit()->setFocus();
        QTest::keyClicks(edit(), text);
        QTest::keyClick(edit(), Qt::Key_Return);
    }
    void pickModel(const QString &model)
    {
        QTest::keyClick(&window, Qt::Key_M, Qt::ControlModifier);
        auto *popup = window.findChild<ModelPopup *>();
        QVERIFY(popup);
        auto *filter = popup->findChild<QLineEdit *>();
        QTest::keyClicks(filter, model);
        QTest::keyClick(filter, Qt::Key_Return);
        waitForWindow();
        QCOMPARE(window.chosenTarget()->model, model);
    }
    void takeScreenshot(const QString &name)
    {
        const QString theme = QString::fromUtf8(QTest::currentDataTag()).section(u' ', -1);
        QDir folder(QStringLiteral(MAESTRO_SCREENSHOTS));
        QVERIFY(folder.mkpath(u"."_s));
        const QString path = folder.filePath(u"program-%1-%2.png"_s.arg(name, theme));
        QWidget &shown = wizard() ? static_cast<QWidget &>(*wizard()) : window;
        QVERIFY2(shown.grab().save(path), qPrintable(path));
    }
};

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
        Fixture f;
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
        QVERIFY2(rest.contains(u"Interrupted"_s), qPrintable(rest));
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
        Fixture f;
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

        // Another model answers the same question, in the place of the broken answer.
        f.window.chooseTarget(f.window.chosenTarget()->account);
        QCOMPARE(f.window.chosenTarget()->model, u"practice"_s);
        QVERIFY(f.banner()->isHidden());
        f.ask(u"What went wrong?"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!f.isAnswering(), 20'000);
        QVERIFY(f.banner()->isHidden());
        QVERIFY(f.transcript().contains(u"What went wrong?"_s));
    }

    void triesAgainAfterAFault()
    {
        Fixture f;
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
        Fixture f;
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

    void leavesNothingOfASignInThatIsCancelled()
    {
        Fixture f;
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
