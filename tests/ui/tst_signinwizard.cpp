// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "scriptedsignin.h"
#include "support/vaultdouble.h"
#include "ui/common/choicebutton.h"
#include "ui/signin/signinwizard.h"
#include "ui/vault/vaultpanel.h"
#include "widgetwalk.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

const QString KeyText = u"sk-test-0123456789"_s;

struct Fixture
{
    SignInScript script;
    SignInWizard wizard{script.choices, script.means()};
    QSignalSpy added{&wizard, &SignInWizard::accountAdded};

    QString lastNoKey;

    Fixture()
    {
        QObject::connect(&wizard, &SignInWizard::accountAdded, &wizard,
                         [this](const Account &, const std::optional<Error> &noKey) {
                             lastNoKey = noKey ? noKey->message : QString();
                         });
        wizard.show();
        if (!QTest::qWaitForWindowExposed(&wizard)) {
            qFatal("the wizard does not show");
        }
    }
    void click(const QString &name)
    {
        QAbstractButton *button = findButton(wizard, name);
        QVERIFY2(button, qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void pick(const QString &id)
    {
        auto *button = wizard.findChild<ChoiceButton *>(id);
        QVERIFY(button);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QLineEdit *field(const QString &name)
    {
        for (QLineEdit *edit : wizard.findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == name) {
                return edit;
            }
        }
        return nullptr;
    }
    void openPaste() { click(u"The browser is on another computer?"_s); }
};

//! With a vault that has no place yet, and the question for one.
struct KeepingFixture
{
    Test::VaultDouble vault;
    SignInScript script;
    int prepared = 0;
    int untilQuit = 0;
    std::optional<Error> problem = Test::vaultProblem(u"No keyring."_s);
    SignInWizard wizard{script.choices, means()};

    KeepingFixture()
    {
        vault.enter(CredentialVault::State::FirstRun);
        wizard.show();
        if (!QTest::qWaitForWindowActive(&wizard)) {
            qFatal("the wizard does not show");
        }
    }
    SignInMeans means()
    {
        SignInMeans means = script.means();
        means.vault = &vault;
        means.prepareKeeping = [this] {
            ++prepared;
            return QtFuture::makeReadyFuture(problem);
        };
        means.keepUntilQuit = [this] { ++untilQuit; };
        return means;
    }
    bool asksWhere() { return isShown(wizard, u"Where shall your sign-in be kept?"_s); }
    void click(const QString &name)
    {
        QAbstractButton *button = findButton(wizard, name);
        QVERIFY2(button, qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
};

const Error Refused{Error::Kind::AccessDenied, u"The provider said no."_s, u"Ask again."_s,
                    u"error=access_denied"_s};

} // namespace

class tst_SignInWizard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsNothingBeforeAChoice()
    {
        Fixture f;
        QVERIFY(f.script.made.isEmpty());
        QCOMPARE(f.wizard.findChildren<ChoiceButton *>().size(), f.script.choices.size());
    }

    void signsInWithTheBrowser()
    {
        Fixture f;
        f.pick(u"openai"_s);
        QCOMPARE(f.script.made.size(), 1);
        QVERIFY(f.script.made[0].second == SignInInput());
        QVERIFY(f.script.signIn->started);
        f.script.signIn->reachAllUntil(SignInStage::Listener);
        f.script.signIn->askForBrowser();
        QCOMPARE(f.script.opened, QList<QUrl>{f.script.signIn->authorizationUrl()});
        f.script.signIn->reach(SignInStage::Person);
        f.click(u"Open the browser again"_s);
        QCOMPARE(f.script.opened.size(), 2);
        f.script.signIn->reachAllUntil(SignInStage::ApiKey);
        QCOMPARE(f.added.size(), 0);
        f.script.signIn->finish(SignedIn{openAiAccount()});
        QCOMPARE(f.added.size(), 1);
        QCOMPARE(f.added[0][0].value<Account>(), openAiAccount());
        for (const QString &fact : {u"ada@example.org"_s, u"plus"_s, u"Analytical Engines"_s,
                                    u"Obtained"_s, u"Kept in memory until you quit Maestro."_s}) {
            QVERIFY2(isShown(f.wizard, fact), qPrintable(fact));
        }
        f.click(u"Finish"_s);
        QVERIFY(!f.wizard.isVisible());
        QCOMPARE(f.wizard.result(), static_cast<int>(QDialog::Accepted));
    }

    void neverShowsTheAddressButCopiesIt()
    {
        Fixture f;
        QGuiApplication::clipboard()->clear();
        f.pick(u"openai"_s);
        f.script.signIn->reachAllUntil(SignInStage::Person);
        f.script.browserWorks = false;
        f.script.signIn->askForBrowser();
        QVERIFY(isShown(
            f.wizard,
            u"Your browser did not open. Copy the link and open it in a browser yourself."_s));
        f.click(u"Copy the sign-in link"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 f.script.signIn->authorizationUrl().toString());
        for (QWidget *widget : f.wizard.findChildren<QWidget *>()) {
            const QString all = widget->accessibleName() + widget->toolTip()
                + widget->property("text").toString();
            QVERIFY2(!all.contains(u"st4te"_s), qPrintable(all));
        }
    }

    void testsAnApiKey_data()
    {
        QTest::addColumn<QString>("choice");
        QTest::newRow("OpenAI") << u"openai-key"_s;
        QTest::newRow("Anthropic") << u"anthropic-key"_s;
        QTest::newRow("Gemini") << u"gemini-key"_s;
    }
    void testsAnApiKey()
    {
        QFETCH(QString, choice);
        Fixture f;
        f.pick(choice);
        QVERIFY(f.script.made.isEmpty());
        QLineEdit *key = f.field(u"API key"_s);
        QCOMPARE(key->echoMode(), QLineEdit::Password);
        QVERIFY(!findButton(f.wizard, u"Use this key"_s)->isEnabled());
        key->setText(u"  \t"_s + KeyText + u" \r"_s);
        f.click(u"Use this key"_s);
        QCOMPARE(f.script.made.size(), 1);
        QCOMPARE(f.script.made[0].first.id, choice);
        QCOMPARE(f.script.made[0].second.apiKey, Secret(KeyText.toLatin1()));
        f.script.signIn->reach(SignInStage::ApiKey);
        f.script.signIn->finish(SignedIn{Account{.key = {u"p"_s}}});
        QCOMPARE(f.added.size(), 1);
        QVERIFY(key->text().isEmpty());
        for (QWidget *widget : f.wizard.findChildren<QWidget *>()) {
            QVERIFY(!widget->accessibleName().contains(KeyText));
        }
    }

    void saysWhereAKeyWillBeKept()
    {
        SignInScript script;
        SignInMeans means = script.means();
        means.describeKeeping = [] { return u"Kept in a safe."_s; };
        SignInWizard wizard(script.choices, means);
        wizard.show();
        wizard.choose(u"openai-key"_s);
        QVERIFY(
            isShown(wizard, u"Kept in a safe. It is sent to this provider and nowhere else."_s));
    }

    void refusesWhatCannotBeAKey()
    {
        Fixture f;
        f.pick(u"openai-key"_s);
        f.field(u"API key"_s)->setText(u"two words"_s);
        QVERIFY(!findButton(f.wizard, u"Use this key"_s)->isEnabled());
        f.field(u"API key"_s)->setText(u"schlüssel"_s);
        QVERIFY(!findButton(f.wizard, u"Use this key"_s)->isEnabled());
        QVERIFY(
            isShown(f.wizard,
                    u"A key has no spaces or special characters; this does not look like one."_s));
    }

    void showsAKeyOnlyWhenAsked()
    {
        Fixture f;
        f.pick(u"openai-key"_s);
        QLineEdit *key = f.field(u"API key"_s);
        key->setText(KeyText);
        f.click(u"Show what is typed"_s);
        QCOMPARE(key->echoMode(), QLineEdit::Normal);
        f.click(u"Hide what is typed"_s);
        QCOMPARE(key->echoMode(), QLineEdit::Password);
    }

    void practisesWithoutAnAccount()
    {
        Fixture f;
        f.pick(u"practice"_s);
        f.script.signIn->finish(SignedIn{Account{.key = {u"practice"_s}}});
        QCOMPARE(f.added.size(), 1);
        QVERIFY(isShown(f.wizard, u"Practice provider"_s));
    }

    void tellsAFailureOfEachStage_data()
    {
        QTest::addColumn<SignInStage>("stage");
        QTest::addColumn<QString>("text");
        QTest::newRow("address") << SignInStage::AuthorizationUrl
                                 << u"The sign-in could not be prepared"_s;
        QTest::newRow("listener") << SignInStage::Listener
                                  << u"Maestro could not wait for the browser on this computer"_s;
        QTest::newRow("person") << SignInStage::Person << u"The sign-in ended in the browser"_s;
        QTest::newRow("code") << SignInStage::Code
                              << u"What the browser brought back could not be used"_s;
        QTest::newRow("tokens") << SignInStage::Tokens
                                << u"The authorization code could not be exchanged"_s;
        QTest::newRow("key") << SignInStage::ApiKey << u"No working API key"_s;
    }
    void tellsAFailureOfEachStage()
    {
        QFETCH(SignInStage, stage);
        QFETCH(QString, text);
        Fixture f;
        f.pick(u"openai"_s);
        if (stage != SignInStage::AuthorizationUrl) {
            f.script.signIn->reachAllUntil(static_cast<SignInStage>(static_cast<int>(stage) - 1));
        }
        Error failure = Refused;
        failure.kind = Error::Kind::Unknown;
        failure.reason = u"This <b>client</b> is not known."_s;
        f.script.signIn->failAt(stage, failure);
        QVERIFY(isShown(f.wizard, text));
        QVERIFY(isShown(f.wizard, Refused.message));
        QVERIFY(isShown(f.wizard, u"“This <b>client</b> is not known.”"_s));
        QVERIFY(isShown(f.wizard, Refused.advice));
        QCOMPARE(f.added.size(), 0);
        auto *details = f.wizard.currentPage()->findChild<QPlainTextEdit *>();
        QVERIFY(!details->isVisible());
        f.click(u"Details"_s);
        QVERIFY(details->isVisible());
        f.click(u"Copy details"_s);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"stage: %1"_s.arg(toWord(stage))));
        QVERIFY(QGuiApplication::clipboard()->text().contains(Refused.detail));
    }

    void tellsThatThePersonSaidNo()
    {
        Fixture f;
        f.pick(u"openai"_s);
        f.script.signIn->reachAllUntil(SignInStage::Person);
        f.script.signIn->failAt(SignInStage::Code, Refused);
        QVERIFY(isShown(f.wizard, u"The sign-in ended in the browser"_s));
        f.click(u"Details"_s);
        f.click(u"Copy details"_s);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"stage: person"_s));
    }

    void triesAgainWithAFreshSignIn()
    {
        Fixture f;
        f.pick(u"openai"_s);
        f.script.signIn->failAt(SignInStage::Person, Refused);
        QTRY_VERIFY(!f.script.signIn);
        f.click(u"Try again"_s);
        QCOMPARE(f.script.made.size(), 2);
        QVERIFY(f.script.signIn->started);
        QVERIFY(!isShown(f.wizard, Refused.message));
    }

    void takesAnAddressThatWasPasted()
    {
        Fixture f;
        f.pick(u"openai"_s);
        f.script.signIn->reachAllUntil(SignInStage::Person);
        f.openPaste();
        QLineEdit *address = f.field(u"Address the browser ended at"_s);
        QTest::keyClicks(address, u" http://localhost:1455/auth/callback?code=c&state=s"_s);
        QTest::keyClick(address, Qt::Key_Return);
        QCOMPARE(f.script.signIn->submitted,
                 QStringList{u"http://localhost:1455/auth/callback?code=c&state=s"_s});
        QVERIFY(address->text().isEmpty());
    }

    void saysWhatIsWrongWithAnAddressAndGoesOn()
    {
        Fixture f;
        f.pick(u"openai"_s);
        f.script.signIn->reachAllUntil(SignInStage::Person);
        f.openPaste();
        f.script.signIn->answerToAddress
            = Error{Error::Kind::StateMismatch, u"This address belongs to another attempt."_s};
        QLineEdit *address = f.field(u"Address the browser ended at"_s);
        address->setText(u"http://localhost:1455/auth/callback?code=c&state=old"_s);
        f.click(u"Use this address"_s);
        QVERIFY(isShown(f.wizard, u"This address belongs to another attempt."_s));
        QVERIFY(f.script.signIn);
        QCOMPARE(f.script.made.size(), 1);
        address->setText(u"another"_s);
        QVERIFY(!isShown(f.wizard, u"This address belongs to another attempt."_s));
    }

    void dropsTheSignInWhenCancelled_data()
    {
        QTest::addColumn<SignInStage>("stage");
        QTest::newRow("before the browser") << SignInStage::Listener;
        QTest::newRow("in the browser") << SignInStage::Person;
        QTest::newRow("between code and tokens") << SignInStage::Code;
        QTest::newRow("before the key") << SignInStage::Tokens;
    }
    void dropsTheSignInWhenCancelled()
    {
        QFETCH(SignInStage, stage);
        Fixture f;
        f.pick(u"openai"_s);
        f.script.signIn->reachAllUntil(stage);
        f.click(u"Cancel"_s);
        QVERIFY(!f.wizard.isVisible());
        QTRY_VERIFY(!f.script.signIn);
        QCOMPARE(f.added.size(), 0);
    }

    void dropsTheSignInWhenOneGoesBack()
    {
        Fixture f;
        f.pick(u"openai"_s);
        f.script.signIn->reachAllUntil(SignInStage::Person);
        f.click(u"Back"_s);
        QTRY_VERIFY(!f.script.signIn);
        f.pick(u"gemini-key"_s);
        QVERIFY(f.field(u"API key"_s)->isVisible());
    }

    void tellsWhenThereIsNoKey()
    {
        Fixture f;
        Error noKey{Error::Kind::NoOrganization, u"This account has no organization."_s,
                    u"Create one."_s};
        noKey.reason = u"Missing organization_id in the token."_s;
        f.pick(u"openai"_s);
        f.script.signIn->reachAllUntil(SignInStage::Tokens);
        f.script.signIn->finish(SignedIn{openAiAccount(), noKey});
        QVERIFY(isShown(f.wizard, noKey.message));
        QVERIFY(isShown(f.wizard, u"“Missing organization_id in the token.”"_s));
        QVERIFY(isShown(f.wizard, noKey.advice));
        QVERIFY(isShown(f.wizard, u"Not obtained"_s));
        QCOMPARE(f.added.size(), 1);
        QCOMPARE(f.lastNoKey, noKey.message);
    }

    void signsInAgainWithTheOrganizationThatWasMade()
    {
        Fixture f;
        const Error noKey{Error::Kind::NoOrganization, u"This account has no organization."_s,
                          u"Create one."_s};
        const QUrl page(u"https://provider.example/organization"_s);
        f.pick(u"openai"_s);
        f.script.signIn->reachAllUntil(SignInStage::Tokens);
        f.script.signIn->finish(SignedIn{openAiAccount(), noKey, page});
        QVERIFY(!findButton(f.wizard, u"Sign in again"_s));
        f.click(u"Create an organization"_s);
        QCOMPARE(f.script.opened.last(), page);
        f.click(u"Sign in again"_s);
        QTRY_COMPARE(f.script.made.size(), 2);
        QCOMPARE(f.script.made.last().first.id, u"openai"_s);
        QCOMPARE(f.script.made.last().second.again, openAiAccount().key);
    }

    void goesOnWhereItFailedWhileTheCodeHolds()
    {
        Fixture f;
        f.pick(u"openai"_s);
        f.script.signIn->reachAllUntil(SignInStage::Code);
        f.script.signIn->retryable = true;
        f.script.signIn->failAt(SignInStage::Tokens, Refused);
        f.click(u"Try again"_s);
        QCOMPARE(f.script.made.size(), 1);
        QCOMPARE(f.script.signIn->retries, 1);
        QVERIFY(!isShown(f.wizard, Refused.message));
        f.script.signIn->failAt(SignInStage::Tokens, Refused);
        f.click(u"Start over"_s);
        QCOMPARE(f.script.made.size(), 2);
    }

    void copiesAReportWithoutASecret()
    {
        Fixture f;
        f.pick(u"openai"_s);
        f.script.signIn->reachAllUntil(SignInStage::AuthorizationUrl);
        f.script.signIn->reach(SignInStage::Listener, u"port 1455"_s);
        f.script.signIn->failAt(SignInStage::Tokens, Refused);
        QVERIFY(!findButton(f.wizard, u"Start over"_s));
        f.click(u"Copy report"_s);
        const QString report = QGuiApplication::clipboard()->text();
        for (const QString &part :
             {u"Maestro 9.9"_s, u"way in: openai"_s, u"proxy: HTTP proxy proxy.example:3128"_s,
              u"listener: done"_s, u"(port 1455)"_s, u"tokens: failed"_s, u"kind: access_denied"_s,
              Refused.detail}) {
            QVERIFY2(report.contains(part), qPrintable(part + u" in "_s + report));
        }
        QVERIFY(!report.contains(u"st4te"_s));
        QVERIFY(!report.contains(u"@"_s));
        QVERIFY(isShown(f.wizard, u"Through the HTTP proxy proxy.example:3128"_s));
    }

    void signsInWithACode()
    {
        Fixture f;
        f.pick(u"openai"_s);
        f.script.signIn->reachAllUntil(SignInStage::Person);
        f.openPaste();
        f.click(u"Use a code instead"_s);
        QCOMPARE(f.script.made.size(), 2);
        QCOMPARE(f.script.made[1].second.route, SignInInput::Route::Code);
        f.script.signIn->reach(SignInStage::AuthorizationUrl);
        f.script.signIn->offerCode();
        f.script.signIn->reach(SignInStage::Person);
        QVERIFY(isShown(f.wizard, u"WXYZ-1234"_s));
        QVERIFY(isShown(f.wizard, u"provider.example/device"_s));
        QVERIFY(!findButton(f.wizard, u"Copy the sign-in link"_s));
        f.click(u"Copy code"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"WXYZ-1234"_s);
        f.click(u"Open the page here"_s);
        QCOMPARE(f.script.opened.last(), QUrl(u"https://provider.example/device"_s));
        QCOMPARE(namelessWidgets(f.wizard), QStringList());
        f.script.signIn->reach(SignInStage::Code);
        QVERIFY(!isShown(f.wizard, u"WXYZ-1234"_s));
    }

    void showsAnotherAccountBeforeItIsKept()
    {
        Fixture f;
        const AccountKey expected{u"openai"_s, AccountKey::Type::OAuth, u"acct-9"_s};
        f.wizard.chooseAgain(u"openai"_s, expected);
        QCOMPARE(f.script.signIn->expected, expected);
        f.script.signIn->reachAllUntil(SignInStage::Tokens);
        f.script.signIn->findOther(openAiAccount());
        QVERIFY(isShown(f.wizard, u"This is another account than before"_s));
        QVERIFY(isShown(f.wizard, u"ada@example.org  ·  plus  ·  Analytical Engines"_s));
        QVERIFY(!f.script.signIn->keptOther);
        QCOMPARE(f.added.size(), 0);
        f.click(u"Add this account"_s);
        QVERIFY(f.script.signIn->keptOther);
        f.script.signIn->findOther(openAiAccount());
        f.click(u"Sign in as the other one"_s);
        QVERIFY(!f.script.signIn->keptOther); // a new one
        QCOMPARE(f.script.signIn->expected, expected);
    }

    void listsTheModelsAtTheEnd_data()
    {
        QTest::addColumn<ModelCount>("models");
        QTest::addColumn<QString>("text");
        QTest::newRow("some") << ModelCount(42) << u"42 to choose from"_s;
        QTest::newRow("none") << ModelCount(0) << u"The provider lists none for this account."_s;
        QTest::newRow("no list") << ModelCount(Refused)
                                 << u"The list could not be fetched; the usual ones are offered."_s;
    }
    void listsTheModelsAtTheEnd()
    {
        QFETCH(ModelCount, models);
        QFETCH(QString, text);
        SignInScript script;
        QPromise<ModelCount> list;
        list.start();
        SignInMeans means = script.means();
        means.fetchModels = [&list](const AccountKey &) { return list.future(); };
        SignInWizard wizard(script.choices, means);
        QSignalSpy added(&wizard, &SignInWizard::accountAdded);
        wizard.show();
        wizard.choose(u"openai"_s);
        script.signIn->reachAllUntil(SignInStage::ApiKey);
        script.signIn->finish(SignedIn{openAiAccount()});
        QCOMPARE(added.size(), 1); // nobody waits for the list
        QVERIFY(!findButton(wizard, u"Finish"_s));
        QTRY_VERIFY(isShown(wizard, u"Models listed"_s));
        list.addResult(models);
        list.finish();
        QTRY_VERIFY(findButton(wizard, u"Finish"_s));
        QVERIFY2(isShown(wizard, text), qPrintable(text));
    }

    void asksAServerByItsAddress()
    {
        Fixture f;
        f.pick(u"compatible"_s);
        QVERIFY(!findButton(f.wizard, u"Use this server"_s)->isEnabled());
        QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), u"Address of the server"_s);
        QTest::keyClicks(QApplication::focusWidget(), u" http://localhost:11434/v1"_s);
        QCOMPARE(namelessWidgets(f.wizard), QStringList());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(f.script.made.size(), 1);
        QCOMPARE(f.script.made[0].second, (SignInInput{.server = u"http://localhost:11434/v1"_s}));
        f.script.signIn->finish(SignedIn{Account{
            .key = {u"compatible"_s, AccountKey::Type::ApiKey, u"http://localhost:11434/v1"_s}}});
        QVERIFY(isShown(f.wizard, u"http://localhost:11434/v1"_s));
    }

    void saysThatAnswersRunOnThePlan()
    {
        Fixture f;
        f.pick(u"chatgpt"_s);
        f.script.signIn->finish(SignedIn{openAiAccount()});
        QVERIFY(isShown(f.wizard, u"You're using your ChatGPT plan"_s));
        QVERIFY(!isShown(f.wizard, u"API key"_s));
        f.click(u"Manage usage"_s);
        QCOMPARE(f.script.opened.last(), QUrl(u"https://chatgpt.com/settings/usage"_s));
    }

    void helpsAnAccountWithoutAKey()
    {
        Fixture f;
        const QUrl page(u"https://platform.openai.com/settings/organization/general"_s);
        const SignedIn ending{openAiAccount(),
                              Error{Error::Kind::NoOrganization, u"No organization."_s}, page};
        f.pick(u"openai"_s);
        f.script.signIn->finish(ending);
        QVERIFY(!isShown(f.wizard, u"You're using your ChatGPT plan"_s));
        f.click(u"Create an organization"_s);
        QCOMPARE(f.script.opened.last(), page);
        f.click(u"Paste an API key"_s);
        QVERIFY(findButton(f.wizard, u"Use this key"_s));
        f.click(u"Back"_s);
        f.pick(u"openai"_s);
        f.script.signIn->finish(ending);
        f.click(u"Continue with ChatGPT"_s);
        QCOMPARE(f.script.made.last().first.id, u"chatgpt"_s);
    }

    void asksForNoPlaceWhereThereIsOne()
    {
        KeepingFixture f;
        f.problem.reset();
        f.wizard.choose(u"openai"_s);
        QCOMPARE(f.prepared, 1);
        QVERIFY(f.script.signIn && f.script.signIn->started);
    }

    void asksForNoPlaceForThePracticeProvider()
    {
        KeepingFixture f;
        f.wizard.choose(u"practice"_s);
        QCOMPARE(f.prepared, 0);
        QVERIFY(f.script.signIn);
    }

    void keepsTheSignInBehindAPassphrase()
    {
        KeepingFixture f;
        f.wizard.choose(u"openai"_s);
        QVERIFY(f.asksWhere());
        QVERIFY(isShown(f.wizard, u"No keyring."_s));
        QCOMPARE(namelessWidgets(f.wizard), QStringList());
        QVERIFY(f.script.made.isEmpty());
        QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), u"Passphrase"_s);
        QTest::keyClicks(QApplication::focusWidget(), u"correct horse"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(QApplication::focusWidget()->accessibleName(), u"The same passphrase again"_s);
        QTest::keyClicks(QApplication::focusWidget(), u"correct horse"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(f.vault.asked, QStringList{u"make with passphrase"_s});
        QCOMPARE(f.vault.typed, Secret("correct horse"));
        QVERIFY(f.script.made.isEmpty());
        f.vault.enter(CredentialVault::State::Ready);
        f.vault.end();
        QVERIFY(f.script.signIn && f.script.signIn->started);
        // The question is settled: the way back leads to the ways in.
        f.click(u"Back"_s);
        QVERIFY(isShown(f.wizard, u"How do you want to sign in?"_s));
    }

    void keepsTheSignInUntilOneQuits()
    {
        KeepingFixture f;
        f.wizard.choose(u"gemini-key"_s);
        QVERIFY(f.asksWhere());
        f.click(u"Stay signed in until I quit"_s);
        QCOMPARE(f.untilQuit, 1);
        QVERIFY(findButton(f.wizard, u"Use this key"_s));
        QCOMPARE(f.vault.asked, QStringList());
    }

    void triesTheKeyringAgain()
    {
        KeepingFixture f;
        f.wizard.choose(u"openai"_s);
        f.click(u"Try the keyring again"_s);
        QCOMPARE(f.prepared, 2);
        QVERIFY(f.asksWhere());
        f.problem.reset();
        f.click(u"Try the keyring again"_s);
        QVERIFY(!f.asksWhere());
        QVERIFY(f.script.signIn);
    }

    void unlocksBeforeTheSignIn()
    {
        KeepingFixture f;
        f.problem = Test::vaultProblem(u"It wants a passphrase."_s);
        f.vault.enter(CredentialVault::State::NeedsPassphrase, f.problem);
        f.wizard.choose(u"openai"_s);
        QVERIFY(f.asksWhere());
        auto *field = f.wizard.currentPage()->findChild<VaultPanel *>()->findChild<QLineEdit *>();
        QVERIFY(field->isVisible());
        QVERIFY(!findButton(f.wizard, u"Use this passphrase"_s));
        QTest::keyClicks(field, u"correct horse"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(f.vault.typed, Secret("correct horse"));
        f.vault.enter(CredentialVault::State::Ready);
        f.vault.end();
        QVERIFY(f.script.signIn && f.script.signIn->started);
    }

    void leavesAWizardThatWasClosedWhileTheKeyringAsked()
    {
        KeepingFixture f;
        QPromise<std::optional<Error>> promise;
        promise.start();
        SignInMeans means = f.means();
        means.prepareKeeping = [&promise] { return promise.future(); };
        SignInWizard wizard(f.script.choices, means);
        wizard.show();
        wizard.choose(u"openai"_s);
        QVERIFY(!wizard.findChild<ChoiceButton *>(u"openai"_s)->isEnabled());
        wizard.reject();
        promise.addResult(std::optional<Error>());
        promise.finish();
        QCoreApplication::processEvents();
        QVERIFY(f.script.made.isEmpty());
    }

    void worksByKeyboardAlone()
    {
        Fixture f;
        QTRY_VERIFY(qobject_cast<ChoiceButton *>(QApplication::focusWidget()));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget()->objectName(), u"openai-key"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(QApplication::focusWidget(), f.field(u"API key"_s));
        QTest::keyClicks(QApplication::focusWidget(), KeyText);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(f.script.made.size(), 1);
        f.script.signIn->failAt(SignInStage::ApiKey, Refused);
        QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Try again"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QCOMPARE(f.script.made.size(), 2);
        QTest::keyClick(&f.wizard, Qt::Key_Escape);
        QVERIFY(!f.wizard.isVisible());
    }

    void namesEveryControlAndReadsNothingAsHtml()
    {
        Fixture f;
        QCOMPARE(namelessWidgets(f.wizard), QStringList());
        f.pick(u"openai"_s);
        f.script.signIn->failAt(SignInStage::Person,
                                {Error::Kind::Unknown, u"<b>bold</b>"_s, u"<img src=file:///x>"_s});
        QVERIFY(isShown(f.wizard, u"<b>bold</b>"_s));
        QCOMPARE(namelessWidgets(f.wizard), QStringList());
        QCOMPARE(richLabels(f.wizard), QStringList());
    }
};

QTEST_MAIN(tst_SignInWizard)
#include "tst_signinwizard.moc"
