// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scriptedchat.h"
#include "support/chatstoredouble.h"
#include "transcriptreader.h"
#include "ui/chat/accountbutton.h"
#include "ui/chat/chatpage.h"
#include "ui/chat/chatwindow.h"
#include "ui/chat/composer.h"
#include "ui/chat/modelpicker.h"
#include "ui/chat/modelpopup.h"
#include "ui/common/errorbanner.h"
#include "ui/transcript/findbar.h"
#include "ui/usage/usagestrip.h"
#include "widgetwalk.h"

#include <QApplication>
#include <QClipboard>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPointer>
#include <QSignalSpy>
#include <QStatusBar>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

const QString FirstExample
    = u"How would you write a FastAPI application that handles Stripe-based subscriptions?"_s;
const QString PracticeText
    = u"Practice provider – answers come from this computer, not from a model"_s;

ChatTarget target(const QString &provider, const QStringList &models)
{
    return {.account
            = {.key = {provider, AccountKey::Type::OAuth, u"1"_s}, .email = u"ada@example.org"_s},
            .api = u"responses"_s,
            .providerName = provider,
            .models = models};
}

struct Fixture
{
    ScriptedChat chat;
    ChatStoreDouble store;
    OpenChats chats{chat, store};
    ChatWindow window{chats, store};
    ChatSession &session = chats.shown().session; //!< of the conversation it begins with
    QSignalSpy chosen{&window, &ChatWindow::targetChosen};

    Fixture()
    {
        window.show();
        if (!QTest::qWaitForWindowActive(&window)) {
            qFatal("the window does not show");
        }
    }
    void signIn()
    {
        window.setTargets(
            {target(u"openai"_s, {u"gpt-a"_s, u"gpt-b"_s}), target(u"gemini"_s, {u"gem-a"_s})});
    }
    ComposerEdit *edit() { return window.findChild<ComposerEdit *>(); }
    Composer *composer() { return window.findChild<Composer *>(); }
    ErrorBanner *banner() { return window.findChild<ErrorBanner *>(); }
    QString transcript() { return window.findChild<TranscriptView *>()->toPlainText(); }
    void ask(const QString &text)
    {
        edit()->setPlainText(text);
        QTest::keyClick(edit(), Qt::Key_Return);
    }
    void click(const QString &name)
    {
        QAbstractButton *button = findButton(window, name);
        QVERIFY2(button, qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
};

} // namespace

class tst_ChatWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offersTheWaysIn_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<QByteArray>("signal");
        QTest::newRow("OpenAI") << u"Sign in with OpenAI"_s
                                << QByteArray(SIGNAL(openAiSignInRequested()));
        QTest::newRow("key") << u"Use an API key"_s << QByteArray(SIGNAL(apiKeyRequested()));
        QTest::newRow("practice") << u"Try the practice provider"_s
                                  << QByteArray(SIGNAL(practiceRequested()));
    }
    void offersTheWaysIn()
    {
        QFETCH(QString, button);
        QFETCH(QByteArray, signal);
        Fixture f;
        QSignalSpy spy(&f.window, signal.constData());
        f.click(button);
        QCOMPARE(spy.size(), 1);
    }

    void holdsAQuestionUntilTheSignInsAreOpen()
    {
        Fixture f;
        QSignalSpy unlock(&f.window, &ChatWindow::unlockRequested);
        f.window.showOpening();
        f.ask(u"early"_s);
        QCOMPARE(f.edit()->toPlainText(), u"early"_s);
        QVERIFY(!f.banner()->isVisible());
        ChatTarget locked = target(u"openai"_s, {u"gpt-a"_s});
        locked.isLocked = true;
        f.window.setTargets({locked});
        QCOMPARE(unlock.size(), 1); // one prompt
        f.window.setTargets({locked});
        QCOMPARE(unlock.size(), 1);
        QVERIFY(f.chat.requests.isEmpty());
        locked.isLocked = false;
        f.window.setTargets({locked});
        QCOMPARE(f.chat.requests.size(), 1);
        QVERIFY(f.edit()->toPlainText().isEmpty());
    }

    void sendsNoDraftThatWasChangedWhileItWaited()
    {
        Fixture f;
        ChatTarget locked = target(u"openai"_s, {u"gpt-a"_s});
        locked.isLocked = true;
        f.window.setTargets({locked});
        f.ask(u"first"_s);
        f.edit()->setPlainText(u"first, but"_s);
        locked.isLocked = false;
        f.window.setTargets({locked});
        QVERIFY(f.chat.requests.isEmpty());
        QCOMPARE(f.edit()->toPlainText(), u"first, but"_s);
    }

    void saysThatAnswersRunOnThePlan()
    {
        Fixture f;
        ChatTarget plan = target(u"chatgpt"_s, {u"gpt-a"_s});
        plan.usagePage = QUrl(u"https://provider.example/usage"_s);
        f.window.setTargets({plan});
        auto *account = f.window.findChild<AccountButton *>();
        QVERIFY(account->text().contains(u"Using ChatGPT plan"_s));
        QSignalSpy usage(&f.window, &ChatWindow::usagePageRequested);
        for (QAction *action : account->menu()->actions()) {
            if (action->text() == u"Manage usage…"_s) {
                action->trigger();
            }
        }
        QCOMPARE(usage.size(), 1);
        QCOMPARE(usage[0][0].toUrl(), plan.usagePage);
    }

    void beginsWithThePreferredAccount()
    {
        Fixture f;
        const ChatTarget second = target(u"gemini"_s, {u"gem-a"_s});
        f.window.setTargets({target(u"openai"_s, {u"gpt-a"_s}), second}, second.account.key);
        QCOMPARE(f.window.chosenTarget()->account, second.account.key);
        QCOMPARE(f.chosen.size(), 1);
    }

    void takesTheFirstModelOfAServerOnceItIsKnown()
    {
        Fixture f;
        f.window.setTargets({target(u"compatible"_s, {})});
        QCOMPARE(f.window.findChild<ModelPicker *>()->text(), u"No model yet"_s);
        f.window.setTargets({target(u"compatible"_s, {u"local-a"_s, u"local-b"_s})});
        QCOMPARE(f.window.chosenTarget()->model, u"local-a"_s);
        f.window.setTargets({target(u"compatible"_s, {u"local-b"_s, u"local-a"_s})});
        QCOMPARE(f.window.chosenTarget()->model, u"local-a"_s);
        QCOMPARE(f.chosen.size(), 2);
    }

    void marksWhatIsNotSentAnyMore()
    {
        Fixture f;
        f.signIn();
        f.session.setContextLimit({.window = 2000, .charactersPerToken = 1});
        const auto *view = f.window.findChild<TranscriptView *>();
        for (const QChar letter : {u'a', u'b', u'c', u'd'}) {
            f.ask(QString(700, letter));
            const qsizetype sent = f.chat.requests.last().conversation.turns.size();
            QCOMPARE(view->firstSent(), f.session.conversation().turns.size() - sent);
            f.chat.stream->say({Content{0, u"Yes."_s}});
            f.chat.stream->end(Done{Done::Ending::Complete, Done::Stop::End});
        }
        QVERIFY(view->firstSent() > 0);
        f.session.clear();
        QCOMPARE(view->firstSent(), 0);
    }

    void signsInAgainInPlace()
    {
        Fixture f;
        f.signIn();
        const AccountKey account = f.window.chosenTarget()->account;
        f.ask(u"Who am I?"_s);
        f.chat.stream->say({Content{0, u"You are"_s}});
        f.chat.stream->end(Done{},
                           Error{Error::Kind::AuthenticationRequired, u"The sign-in has ended."_s,
                                 u"Sign in again."_s});
        f.edit()->setPlainText(u"a draft"_s);
        QSignalSpy again(&f.window, &ChatWindow::signInAgainRequested);
        QVERIFY(!findButton(f.window, u"Try again"_s));
        f.click(u"Sign in again"_s);
        QCOMPARE(again.size(), 1);
        QCOMPARE(again[0][0].value<AccountKey>(), account);
        // As it is done after a sign-in.
        f.window.setTargets(
            {target(u"openai"_s, {u"gpt-a"_s, u"gpt-b"_s}), target(u"gemini"_s, {u"gem-a"_s})});
        f.window.chooseTarget(account);
        QVERIFY(isShown(f.window, u"You are signed in again."_s));
        QVERIFY(f.transcript().contains(u"You are"_s));
        QCOMPARE(f.edit()->toPlainText(), u"a draft"_s);
        QCOMPARE(f.chat.requests.size(), 1);
        f.click(u"Try again"_s);
        QCOMPARE(f.chat.requests.size(), 2);
        QCOMPARE(f.edit()->toPlainText(), u"a draft"_s);
        QVERIFY(!f.banner()->isVisible());
    }

    void keepsTextThatCannotBeSentYet()
    {
        Fixture f;
        QTest::keyClicks(f.edit(), u"before sign-in"_s);
        QTest::keyClick(f.edit(), Qt::Key_Return);
        QCOMPARE(f.edit()->toPlainText(), u"before sign-in"_s);
        QVERIFY(f.banner()->isVisible());
        QVERIFY(f.chat.requests.isEmpty());
        QSignalSpy signIn(&f.window, &ChatWindow::signInRequested);
        f.click(u"Sign in"_s);
        QCOMPARE(signIn.size(), 1);
        f.signIn();
        QCOMPARE(f.edit()->toPlainText(), u"before sign-in"_s);
    }

    void saysWhyAnAccountCannotAsk()
    {
        Fixture f;
        ChatTarget noKey = target(u"openai"_s, {u"gpt-a"_s});
        noKey.unavailable
            = Error{Error::Kind::NoOrganization, u"There is no key for this account."_s};
        f.window.setTargets({noKey});
        f.ask(u"hello"_s);
        QVERIFY(isShown(f.window, u"There is no key for this account."_s));
        QCOMPARE(f.edit()->toPlainText(), u"hello"_s);
        QVERIFY(f.chat.requests.isEmpty());
    }

    void fillsTheComposerFromAnExample()
    {
        Fixture f;
        f.signIn();
        f.click(u"Design a service"_s);
        QCOMPARE(f.edit()->toPlainText(), FirstExample);
        QVERIFY(f.chat.requests.isEmpty());
        QTRY_VERIFY(f.edit()->hasFocus());
    }

    void choosesTheFirstTargetAndKeepsAChoice()
    {
        Fixture f;
        f.signIn();
        QCOMPARE(f.chosen.size(), 1);
        QCOMPARE(f.chosen[0][2].toString(), u"gpt-a"_s);
        f.window.chooseTarget({u"gemini"_s, AccountKey::Type::OAuth, u"1"_s});
        QCOMPARE(f.chosen[1][2].toString(), u"gem-a"_s);
        f.signIn();
        QCOMPARE(f.chosen.size(), 2);
        f.window.setTargets({});
        QVERIFY(!f.window.chosenTarget());
    }

    void streamsAnAnswer()
    {
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        QCOMPARE(f.chat.requests.size(), 1);
        QVERIFY(f.edit()->toPlainText().isEmpty());
        QVERIFY(findButton(f.window, u"Stop"_s));
        f.chat.stream->say({Content{0, u"because"_s}});
        QTRY_VERIFY(f.transcript().contains(u"because"_s));
        f.chat.stream->say({Usage{.input = 7, .output = 5, .inputTotal = 7, .outputTotal = 5}});
        f.chat.stream->end(complete());
        QVERIFY(findButton(f.window, u"Send"_s));
        QVERIFY(!f.banner()->isVisible());
        QVERIFY(isShown(f.window, u"7"_s));
        QVERIFY(isShown(f.window, u"5"_s));
        QTest::keyClick(&f.window, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"because"_s);
    }

    void marksEstimatesUntilTheProviderCounts()
    {
        Fixture f;
        f.signIn();
        f.ask(u"12345678"_s);
        f.chat.stream->say({Content{0, u"1234567890123456"_s}});
        QTRY_VERIFY(isShown(f.window, u"~4"_s));
        QVERIFY(isShown(f.window, u"~2"_s));
        f.chat.stream->say({Usage{.input = 9,
                                  .output = 6,
                                  .cached = 3,
                                  .reasoning = 1,
                                  .inputTotal = 9,
                                  .outputTotal = 6}});
        f.chat.stream->end(complete());
        for (const QString &count : {u"9"_s, u"6"_s, u"3"_s, u"1"_s}) {
            QVERIFY2(isShown(f.window, count), qPrintable(count));
        }
    }

    void stops_data()
    {
        QTest::addColumn<bool>("byKey");
        QTest::newRow("with the button") << false;
        QTest::newRow("with Escape") << true;
    }
    void stops()
    {
        QFETCH(bool, byKey);
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        const QRect send = findButton(f.window, u"Stop"_s)->geometry();
        f.chat.stream->say({Content{0, u"beca"_s}});
        byKey ? QTest::keyClick(f.edit(), Qt::Key_Escape) : f.click(u"Stop"_s);
        QVERIFY(!f.session.isAnswering());
        QVERIFY(f.transcript().contains(u"beca"_s));
        QVERIFY(f.transcript().contains(u"You stopped"_s));
        QVERIFY(!f.banner()->isVisible());
        QCOMPARE(findButton(f.window, u"Send"_s)->geometry(), send);
    }

    void sendsWhatIsWrittenMeanwhileWhenTheAnswerIsWhole()
    {
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        QTest::keyClicks(f.edit(), u"and then"_s);
        QVERIFY(findButton(f.window, u"Send after this answer"_s));
        QTest::keyClick(f.edit(), Qt::Key_Return);
        f.ask(u"and after that"_s);
        QVERIFY(f.edit()->toPlainText().isEmpty());
        QTRY_VERIFY(isShown(f.window, u"and then"_s));
        QTRY_VERIFY(isShown(f.window, u"and after that"_s));
        QCOMPARE(namelessWidgets(f.window), QStringList());
        QCOMPARE(f.chat.requests.size(), 1);
        f.chat.stream->say({Content{0, u"because"_s}});
        f.chat.stream->end(complete());
        QTRY_COMPARE(f.chat.requests.size(), 2);
        QCOMPARE(std::get<Prompt>(f.session.conversation().turns.last()).text, u"and then"_s);
        QVERIFY(!isShown(f.window, u"and then"_s));
        f.chat.stream->end(complete());
        QTRY_COMPARE(f.chat.requests.size(), 3);
        QCOMPARE(std::get<Prompt>(f.session.conversation().turns.last()).text, u"and after that"_s);
    }

    void takesBackWhatWaits()
    {
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.ask(u"one"_s);
        f.ask(u"two"_s);
        QTest::keyClicks(f.edit(), u"three"_s);
        QTRY_VERIFY(findButton(f.window, u"Change the message that waits"_s));
        f.click(u"Change the message that waits"_s);
        QCOMPARE(f.edit()->toPlainText(), u"one\n\nthree"_s);
        QVERIFY(f.edit()->hasFocus());
        QTRY_VERIFY(findButton(f.window, u"Withdraw the message"_s));
        f.click(u"Withdraw the message"_s);
        QVERIFY(!findButton(f.window, u"Withdraw the message"_s));
        f.chat.stream->end(complete());
        QCoreApplication::processEvents();
        QCOMPARE(f.chat.requests.size(), 1);
    }

    void sendsNothingByItselfAfterAnAnswerThatIsNotWhole_data()
    {
        QTest::addColumn<bool>("stopped");
        QTest::newRow("stopped by the person") << true;
        QTest::newRow("broken off") << false;
    }
    void sendsNothingByItselfAfterAnAnswerThatIsNotWhole()
    {
        QFETCH(bool, stopped);
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.ask(u"and then"_s);
        QVERIFY(!findButton(f.window, u"Send the next one now"_s));
        if (stopped) {
            f.click(u"Stop"_s);
        } else {
            f.chat.stream->end(Done{}, Error{Error::Kind::Network, u"It broke."_s});
        }
        QCoreApplication::processEvents();
        QCOMPARE(f.chat.requests.size(), 1);
        QVERIFY(isShown(f.window, u"and then"_s));
        f.click(u"Send the next one now"_s);
        QCOMPARE(f.chat.requests.size(), 2);
        QVERIFY(!isShown(f.window, u"and then"_s));
    }

    void offersToAskAgainInEveryConversationOnceThereIsANetwork()
    {
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.ask(u"and then"_s); // which keeps it open
        f.chat.stream->fail({Error::Kind::Offline, u"You are offline."_s});
        const ChatId first = f.chats.shown().record.conversation();
        f.chats.begin();
        f.ask(u"how?"_s);
        f.chat.stream->fail({Error::Kind::Offline, u"You are offline."_s});
        f.window.showOnline();
        QVERIFY(isShown(f.window, u"You are online again."_s));
        f.chats.open(first);
        QTRY_VERIFY(isShown(f.window, u"and then"_s));
        QVERIFY(isShown(f.window, u"You are online again."_s));
        QVERIFY(!isShown(f.window, u"You are offline."_s));
        QCOMPARE(f.chat.requests.size(), 2); // nobody was asked by it
        f.click(u"Try again"_s);
        QCOMPARE(f.chat.requests.size(), 3);
        QVERIFY(!isShown(f.window, u"You are online again."_s));
    }

    void offersALargePasteAsAFile()
    {
        Fixture f;
        f.signIn();
        const QString large = u"line of a log\n"_s.repeated(80'000);
        QGuiApplication::clipboard()->setText(large);
        f.edit()->paste();
        QVERIFY(f.edit()->toPlainText().isEmpty());
        QVERIFY(isShown(f.window, u"The text you are pasting has 1.1 MB."_s));
        QCOMPARE(namelessWidgets(f.window), QStringList());
        f.click(u"Attach as a file"_s);
        QCOMPARE(f.composer()->attachments().size(), 1);
        QCOMPARE(f.composer()->attachments().first().bytes, large.toUtf8());
        QVERIFY(f.edit()->hasFocus());
        f.edit()->paste();
        f.click(u"Insert as text"_s);
        QCOMPARE(f.edit()->toPlainText(), large);
        f.edit()->clear();
        f.edit()->paste();
        f.click(u"Do not paste"_s);
        QVERIFY(f.edit()->toPlainText().isEmpty());
        QGuiApplication::clipboard()->setText(u"small"_s);
        f.edit()->paste();
        QCOMPARE(f.edit()->toPlainText(), u"small"_s);
    }

    void showsAnErrorOverWhatCame_data()
    {
        QTest::addColumn<Error::Kind>("kind");
        QTest::addColumn<bool>("retry");
        QTest::addColumn<bool>("signIn");
        QTest::newRow("interrupted") << Error::Kind::Interrupted << true << false;
        QTest::newRow("rate limit") << Error::Kind::RateLimited << true << false;
        QTest::newRow("session ended") << Error::Kind::AuthenticationRequired << false << true;
        QTest::newRow("no credit") << Error::Kind::QuotaExceeded << false << false;
    }
    void showsAnErrorOverWhatCame()
    {
        QFETCH(Error::Kind, kind);
        QFETCH(bool, retry);
        QFETCH(bool, signIn);
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.chat.stream->say({Content{0, u"what came"_s}});
        QTest::keyClicks(f.edit(), u"next"_s);
        f.chat.stream->end(Done{.ending = Done::Ending::Failed},
                           Error{kind, u"It broke."_s, u"Do this."_s, u"detail"_s});
        QVERIFY(isShown(f.window, u"It broke."_s));
        QVERIFY(isShown(f.window, u"Do this."_s));
        QVERIFY(f.transcript().contains(u"what came"_s));
        QVERIFY(!f.transcript().contains(u"It broke."_s));
        QCOMPARE(f.edit()->toPlainText(), u"next"_s);
        QCOMPARE(findButton(f.window, u"Try again"_s) != nullptr, retry);
        const QString signInName = signIn ? u"Sign in again"_s : u"Sign in"_s;
        QCOMPARE(findButton(f.window, signInName) != nullptr, signIn);
        f.click(u"Dismiss the error"_s);
        QVERIFY(!f.banner()->isVisible());
    }

    void asksAgain()
    {
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.chat.stream->say({Content{0, u"half"_s}});
        f.chat.stream->end(Done{}, Error{Error::Kind::Network, u"It broke."_s});
        f.click(u"Try again"_s);
        QCOMPARE(f.chat.requests.size(), 2);
        QVERIFY(!f.banner()->isVisible());
        f.chat.stream->say({Content{0, u"whole"_s}});
        f.chat.stream->end(complete());
        QVERIFY(!f.transcript().contains(u"half"_s));
        QCOMPARE(f.transcript().count(u"why?"_s), 1);
        QVERIFY(f.transcript().contains(u"whole"_s));
    }

    void offersToAskAnotherModel_data()
    {
        QTest::addColumn<Error::Kind>("kind");
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("model");
        const QString openai = u"openai"_s;
        QTest::newRow("it refused the request")
            << Error::Kind::InvalidRequest << openai << u"gpt-b"_s;
        QTest::newRow("it is not known") << Error::Kind::ModelNotFound << openai << u"gpt-b"_s;
        QTest::newRow("it takes less") << Error::Kind::ContextTooLong << openai << u"gpt-b"_s;
        QTest::newRow("its account has no credit")
            << Error::Kind::QuotaExceeded << u"gemini"_s << u"gem-a"_s;
        QTest::newRow("its account is signed out")
            << Error::Kind::AuthenticationRequired << u"gemini"_s << u"gem-a"_s;
    }
    void offersToAskAnotherModel()
    {
        QFETCH(Error::Kind, kind);
        QFETCH(QString, provider);
        QFETCH(QString, model);
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.chat.stream->end(Done{.ending = Done::Ending::Failed},
                           Error{kind, u"It broke."_s, u"Choose another model."_s});
        QTest::keyClicks(f.edit(), u"next"_s);
        f.window.chooseTarget({provider, AccountKey::Type::OAuth, u"1"_s}, {}, model);
        QVERIFY(!isShown(f.window, u"It broke."_s));
        QVERIFY(isShown(f.window, u"%1 is asked from now on."_s.arg(model)));
        QVERIFY(!findButton(f.window, u"Sign in again"_s));
        QVERIFY(f.edit()->hasFocus());
        QCOMPARE(f.chat.requests.size(), 1); // not before the person says so
        f.click(u"Try again"_s);
        QCOMPARE(f.chat.requests.size(), 2);
        QCOMPARE(f.chat.requests.last().conversation.turns, QList<Turn>{Prompt{u"why?"_s}});
        QVERIFY(!f.banner()->isVisible());
        QCOMPARE(f.edit()->toPlainText(), u"next"_s);
        QCOMPARE(f.chosen.last()[2].toString(), model);
    }

    void offersNothingToAskAgainWhereAllIsAnswered()
    {
        Fixture f;
        f.signIn();
        f.window.showError({Error::Kind::InvalidRequest, u"It broke."_s}); // nothing was asked
        f.window.chooseTarget({u"openai"_s, AccountKey::Type::OAuth, u"1"_s}, {}, u"gpt-b"_s);
        QVERIFY(!f.banner()->isVisible());
        f.ask(u"why?"_s);
        f.chat.stream->say({Content{0, u"because"_s}});
        f.chat.stream->end(complete());
        f.window.chooseTarget({u"openai"_s, AccountKey::Type::OAuth, u"1"_s}, {}, u"gpt-a"_s);
        QVERIFY(!f.banner()->isVisible()); // nothing was wrong
        f.window.showError({Error::Kind::TooLarge, u"It is too large."_s});
        f.window.chooseTarget({u"openai"_s, AccountKey::Type::OAuth, u"1"_s}, {}, u"gpt-b"_s);
        QVERIFY(!f.banner()->isVisible());
    }

    void offersToAskAgainOnlyWhereSomebodyCanBeAsked()
    {
        Fixture f;
        f.ask(u"why?"_s);
        QVERIFY(f.banner()->isVisible());
        QVERIFY(!findButton(f.window, u"Try again"_s));
        f.signIn();
        f.ask(u"why?"_s);
        f.chat.stream->end(Done{}, Error{Error::Kind::Network, u"It broke."_s});
        QVERIFY(findButton(f.window, u"Try again"_s));
        f.window.setTargets({});
        QVERIFY(f.banner()->isVisible());
        QVERIFY(!findButton(f.window, u"Try again"_s));
        QCOMPARE(f.chat.requests.size(), 1);
    }

    void breaksLinesAndSendsByKey()
    {
        Fixture f;
        f.signIn();
        QTest::keyClicks(f.edit(), u"one"_s);
        QTest::keyClick(f.edit(), Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(f.edit(), u"two"_s);
        QVERIFY(f.chat.requests.isEmpty());
        QTest::keyClick(f.edit(), Qt::Key_Enter);
        QCOMPARE(std::get<Prompt>(f.session.conversation().turns.first()).text, u"one\ntwo"_s);
    }

    void leavesEnterToAnInputMethod()
    {
        Fixture f;
        f.signIn();
        QInputMethodEvent preedit(u"にほん"_s, {});
        QCoreApplication::sendEvent(f.edit(), &preedit);
        QTest::keyClick(f.edit(), Qt::Key_Return);
        QVERIFY(f.chat.requests.isEmpty());
        QInputMethodEvent commit;
        commit.setCommitString(u"日本"_s);
        QCoreApplication::sendEvent(f.edit(), &commit);
        QVERIFY(f.chat.requests.isEmpty());
        QTest::keyClick(f.edit(), Qt::Key_Return);
        QCOMPARE(f.chat.requests.size(), 1);
    }

    void growsWithItsTextToALimit()
    {
        Fixture f;
        const int one = f.edit()->height();
        f.edit()->setPlainText(u"a\nb\nc"_s);
        const int three = f.edit()->height();
        QVERIFY(three > one);
        f.edit()->setPlainText(u"a\n"_s.repeated(500));
        QVERIFY(f.edit()->height() > three);
        QVERIFY(f.edit()->height() < f.window.height() / 2);
        f.edit()->clear();
        QCOMPARE(f.edit()->height(), one);
    }

    void beginsANewConversation()
    {
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.chat.stream->say({Content{0, u"because"_s}});
        QTest::keyClick(&f.window, Qt::Key_N, Qt::ControlModifier);
        QVERIFY(f.session.isAnswering()); // it goes on, and is kept
        QVERIFY(&f.chats.shown().session != &f.session);
        QVERIFY(f.window.shownPage().isEmpty());
        QVERIFY(findButton(f.window, u"Design a service"_s));
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Your message"_s);
    }

    void asksWhomTheConversationAskedLast()
    {
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.chat.stream->end(complete());
        const OpenChat *first = &f.chats.shown();
        QCOMPARE(first->record.setup().model, u"gpt-a"_s);
        QTest::keyClick(&f.window, Qt::Key_N, Qt::ControlModifier);
        f.window.chooseTarget({u"gemini"_s, AccountKey::Type::OAuth, u"1"_s});
        QCOMPARE(f.window.chosenTarget()->model, u"gem-a"_s);
        QCOMPARE(first->record.setup().model, u"gpt-a"_s);
    }

    void picksAModelByKeyboard()
    {
        Fixture f;
        f.signIn();
        QTest::keyClick(&f.window, Qt::Key_M, Qt::ControlModifier);
        QPointer<ModelPopup> popup = f.window.findChild<ModelPopup *>();
        QVERIFY(popup);
        QCOMPARE(namelessWidgets(*popup), QStringList());
        auto *filter = popup->findChild<QLineEdit *>();
        QTest::keyClicks(filter, u"gem"_s);
        QTest::keyClick(filter, Qt::Key_Down);
        QTest::keyClick(filter, Qt::Key_Down);
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(f.window.chosenTarget()->account.provider, u"gemini"_s);
        QTRY_VERIFY(!popup);
    }

    void takesAModelThatIsInNoList()
    {
        Fixture f;
        f.signIn();
        f.window.findChild<ModelPicker *>()->openList();
        auto *filter = f.window.findChild<ModelPopup *>()->findChild<QLineEdit *>();
        QTest::keyClicks(filter, u"brand-new"_s);
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(f.window.chosenTarget()->model, u"brand-new"_s);
    }

    void marksThePracticeProvider()
    {
        Fixture f;
        f.signIn();
        QVERIFY(!isShown(f.window, PracticeText));
        ChatTarget practice = target(u"practice"_s, {u"practice"_s});
        practice.isPractice = true;
        f.window.setTargets({practice});
        QVERIFY(isShown(f.window, PracticeText));
        f.ask(u"why?"_s);
        QVERIFY(isShown(f.window, PracticeText));
        f.signIn();
        QVERIFY(!isShown(f.window, PracticeText));
    }

    void signsOutFromTheAccountMenu()
    {
        Fixture f;
        f.signIn();
        QSignalSpy signOut(&f.window, &ChatWindow::signOutRequested);
        for (QAction *action : f.window.findChild<AccountButton *>()->menu()->actions()) {
            if (action->text().startsWith(u"Sign out"_s)) {
                action->trigger();
            }
        }
        QCOMPARE(signOut.size(), 1);
    }

    void offersTheConnectionCheckInTheHelpMenu()
    {
        Fixture f;
        QSignalSpy requested(&f.window, &ChatWindow::connectionCheckRequested);
        QMenu *help = f.window.menuBar()->actions().last()->menu();
        for (QAction *action : help->actions()) {
            if (action->text() == u"&Connection check…"_s) {
                action->trigger();
            }
        }
        QCOMPARE(requested.size(), 1);
    }

    void findsInTheConversation()
    {
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.chat.stream->say({Content{0, u"because of the apple"_s}});
        f.chat.stream->end(complete());
        QTest::keyClick(&f.window, Qt::Key_F, Qt::ControlModifier);
        auto *bar = f.window.findChild<FindBar *>();
        QVERIFY(bar->isVisible());
        QCOMPARE(namelessWidgets(f.window), QStringList());
        auto *words = bar->findChild<QLineEdit *>();
        QTest::keyClicks(words, u"APPLE"_s);
        auto *view = f.window.findChild<TranscriptView *>();
        QCOMPARE(view->selectedText(), u"apple"_s);
        QTest::keyClicks(words, u"s"_s);
        QVERIFY(isShown(f.window, u"Not found"_s));
        QTest::keyClick(words, Qt::Key_Escape);
        QVERIFY(!bar->isVisible());
        QVERIFY(view->hasFocus());
    }

    void opensALinkThatLeadsWhereItSays()
    {
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.chat.stream->say({Content{
            0,
            u"[page](https://x.example/a) [openai.com](https://evil.example) [f](file:///a)"_s}});
        f.chat.stream->end(complete());
        QSignalSpy opened(&f.window, &ChatWindow::linkOpened);
        auto *view = f.window.findChild<TranscriptView *>();
        QVERIFY(chooseTarget(*view, u"page"_s));
        QCOMPARE(opened.size(), 1);
        QVERIFY(chooseTarget(*view, u"openai.com"_s));
        QCOMPARE(opened.size(), 1);
        auto *question = f.window.findChild<QMessageBox *>();
        QVERIFY(question && question->informativeText().contains(u"https://evil.example"_s));
        QTest::keyClick(question, Qt::Key_Escape);
        QTRY_VERIFY(!f.window.findChild<QMessageBox *>());
        QVERIFY(chooseTarget(*view, u"f"_s));
        QVERIFY(f.window.findChild<QMessageBox *>());
        QCOMPARE(opened.size(), 1);
    }

    void showsWhereALinkLeads()
    {
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.chat.stream->say({Content{0, u"[page](https://x.example/a) and words"_s}});
        f.chat.stream->end(complete());
        auto *view = f.window.findChild<TranscriptView *>();
        const auto pointAt = [view](QPoint point) {
            QMouseEvent move(QEvent::MouseMove, point, view->viewport()->mapToGlobal(point),
                             Qt::NoButton, Qt::NoButton, {});
            QApplication::sendEvent(view->viewport(), &move);
        };
        const auto shown = [&f] { return f.window.statusBar()->currentMessage(); };
        QCOMPARE(shown(), QString());
        const FoundTarget found = targetsIn(*view).value(1); // under the prompt is another
        QCOMPARE(found.target.text, u"page"_s);
        const QRect link = view->targetRect({found.place, found.index});
        pointAt(link.center());
        QCOMPARE(shown(), u"https://x.example/a"_s);
        pointAt(link.center() + QPoint(link.width(), 0));
        QCOMPARE(shown(), QString());
        view->setFocus();
        for (const QString &address : {QString(), u"https://x.example/a"_s, QString()}) {
            QTest::keyClick(view, Qt::Key_Tab);
            QCOMPARE(shown(), address);
        }
        QTest::keyClick(view, Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(shown(), u"https://x.example/a"_s);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, link.bottomRight() + QPoint(60, 0));
        QCOMPARE(shown(), QString());
    }

    void zooms()
    {
        Fixture f;
        const double usual = f.edit()->font().pointSizeF();
        QTest::keyClick(&f.window, Qt::Key_Equal, Qt::ControlModifier);
        QVERIFY(f.edit()->font().pointSizeF() > usual);
        QTest::keyClick(&f.window, Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(f.edit()->font().pointSizeF(), usual);
    }

    void namesEveryControlAndAction()
    {
        Fixture f;
        QCOMPARE(namelessWidgets(f.window), QStringList());
        f.signIn();
        f.ask(u"why?"_s);
        f.chat.stream->end(Done{},
                           Error{Error::Kind::AuthenticationRequired, u"<b>no</b>"_s,
                                 u"<i>no</i>"_s, u"detail"_s});
        QCOMPARE(namelessWidgets(f.window), QStringList());
        QCOMPARE(richLabels(f.window), QStringList());
        QVERIFY(isShown(f.window, u"<b>no</b>"_s));
        for (const QAction *action : f.window.actions()) {
            QVERIFY(!action->text().isEmpty());
            QVERIFY(!action->toolTip().isEmpty());
        }
    }

    void reachesEveryButtonWithTab()
    {
        Fixture f;
        f.signIn();
        f.ask(u"why?"_s);
        f.chat.stream->say({Content{0, u"```\ncode\n```\n"_s}});
        f.chat.stream->end(Done{},
                           Error{Error::Kind::AuthenticationRequired, u"no"_s, {}, u"detail"_s});
        QTest::keyClicks(f.edit(), u"more"_s);
        QStringList reached;
        for (int i = 0; i < 30; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            reached.append(QApplication::focusWidget()->accessibleName());
        }
        for (const QString &name :
             {u"Sign in again"_s, u"Dismiss the error"_s, u"Details"_s, u"Send"_s,
              u"Conversation"_s, u"Your message"_s, u"Model: gpt-a"_s, u"New conversation"_s}) {
            QVERIFY2(reached.contains(name),
                     qPrintable(name + u" not in "_s + reached.join(u", "_s)));
        }
    }
};

QTEST_MAIN(tst_ChatWindow)
#include "tst_chatwindow.moc"
