// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/vaultdouble.h"
#include "ui/accounts/accountsdialog.h"
#include "ui/accounts/signoutdialog.h"
#include "widgetwalk.h"

#include <QLineEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Maestro::Test;
using namespace Qt::StringLiterals;

namespace {

ChatTarget target(const QString &id, Account::Keeping keeping)
{
    return {.account = {.key = {u"openai"_s, AccountKey::Type::OAuth, id},
                        .keeping = keeping,
                        .email = id + u"@example.org"_s,
                        .plan = u"plus"_s,
                        .organization = u"Analytical <b>Engines</b>"_s},
            .providerName = u"OpenAI"_s};
}

ChatTarget environmentTarget()
{
    return {.account = {.key = {u"gemini"_s, AccountKey::Type::ApiKey, {}},
                        .keeping = Account::Keeping::Environment,
                        .source = u"GEMINI_API_KEY"_s},
            .providerName = u"Gemini"_s};
}

void click(QWidget &root, const QString &name)
{
    QAbstractButton *button = findButton(root, name);
    QVERIFY2(button, qPrintable(name));
    QTest::mouseClick(button, Qt::LeftButton);
}

struct AccountsFixture
{
    VaultDouble vault;
    AccountsDialog dialog{vault};
    const ChatTarget ada = target(u"ada"_s, Account::Keeping::Keyring);
    const ChatTarget eve = target(u"eve"_s, Account::Keeping::Memory);

    AccountsFixture()
    {
        dialog.showAccounts({ada, eve, environmentTarget()}, ada.account.key);
        dialog.show();
        if (!QTest::qWaitForWindowActive(&dialog)) {
            qFatal("the dialog does not show");
        }
    }
};

struct SignOutFixture
{
    SignOutDialog dialog;
    QSignalSpy confirmed{&dialog, &SignOutDialog::confirmed};

    explicit SignOutFixture(const ChatTarget &whom = target(u"ada"_s, Account::Keeping::Keyring),
                            SignOutDialog::Revocation revocation
                            = SignOutDialog::Revocation::Possible)
        : dialog(whom, revocation)
    {
        dialog.show();
        if (!QTest::qWaitForWindowActive(&dialog)) {
            qFatal("the dialog does not show");
        }
    }
};

} // namespace

class tst_Accounts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhoAndWhereTheSecretLives()
    {
        AccountsFixture f;
        for (const QString &text :
             {u"ada@example.org"_s, u"eve@example.org"_s, u"Analytical <b>Engines</b>"_s,
              u"Kept on this computer, encrypted. The key is in GNOME Keyring."_s,
              u"Kept in memory until you quit Maestro."_s,
              u"Read from the environment variable GEMINI_API_KEY."_s, u"Default"_s}) {
            QVERIFY2(isShown(f.dialog, text), qPrintable(text));
        }
        QCOMPARE(namelessWidgets(f.dialog), QStringList());
        QCOMPARE(richLabels(f.dialog), QStringList());
        QVERIFY(!findButton(f.dialog, u"Make ada@example.org the default"_s));
        // What comes from the environment is changed there.
        QVERIFY(!findButton(f.dialog, u"Sign in again as Gemini API key"_s));
    }

    void asksForWhatIsWanted()
    {
        AccountsFixture f;
        QSignalSpy standard(&f.dialog, &AccountsDialog::makeDefaultRequested);
        QSignalSpy again(&f.dialog, &AccountsDialog::signInAgainRequested);
        QSignalSpy out(&f.dialog, &AccountsDialog::signOutRequested);
        QSignalSpy add(&f.dialog, &AccountsDialog::addRequested);
        click(f.dialog, u"Make eve@example.org the default"_s);
        click(f.dialog, u"Sign in again as ada@example.org"_s);
        click(f.dialog, u"Sign out of eve@example.org"_s);
        click(f.dialog, u"Add account"_s);
        QCOMPARE(standard[0][0].value<AccountKey>(), f.eve.account.key);
        QCOMPARE(again[0][0].value<AccountKey>(), f.ada.account.key);
        QCOMPARE(out[0][0].value<AccountKey>(), f.eve.account.key);
        QCOMPARE(add.size(), 1);
    }

    void saysThatThereIsNobody()
    {
        AccountsFixture f;
        f.dialog.showAccounts({}, std::nullopt);
        QTRY_VERIFY(isShown(f.dialog, u"No account yet"_s));
        QVERIFY(!isShown(f.dialog, u"How your sign-ins are locked"_s));
    }

    void movesTheVaultToAPassphrase()
    {
        AccountsFixture f;
        click(f.dialog, u"Use a passphrase"_s);
        for (int i = 0; i < 2; ++i) {
            QTRY_VERIFY(qobject_cast<QLineEdit *>(QApplication::focusWidget()));
            QTest::keyClicks(QApplication::focusWidget(), u"correct horse"_s);
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        }
        QCOMPARE(f.vault.asked, QStringList{u"move to passphrase"_s});
        QCOMPARE(f.vault.typed, Secret("correct horse"));
        f.vault.end();
        QTRY_VERIFY(isShown(f.dialog, u"Your sign-ins are locked with your passphrase now."_s));
    }

    void saysWhyTheVaultStays()
    {
        AccountsFixture f;
        f.dialog.showAccounts({target(u"ada"_s, Account::Keeping::Passphrase)}, std::nullopt);
        click(f.dialog, u"Keep the key in the keyring"_s);
        QCOMPARE(f.vault.asked, QStringList{u"move to keyring"_s});
        QVERIFY(!findButton(f.dialog, u"Keep the key in the keyring"_s)->isEnabled());
        f.vault.end(vaultProblem(u"There is no keyring."_s));
        QTRY_VERIFY(isShown(f.dialog, u"There is no keyring. What to do about it."_s));
        QVERIFY(findButton(f.dialog, u"Keep the key in the keyring"_s)->isEnabled());
    }

    void locksOutOldCopies()
    {
        AccountsFixture f;
        click(f.dialog, u"Lock out old copies"_s);
        QCOMPARE(f.vault.asked, QStringList{u"lock out copies"_s});
    }

    void signsOutOfThisComputer()
    {
        SignOutFixture f;
        QCOMPARE(namelessWidgets(f.dialog), QStringList());
        click(f.dialog, u"Sign out"_s);
        QCOMPARE(f.confirmed.size(), 1);
        QCOMPARE(f.confirmed[0][0].value<SignOutReach>(), SignOutReach::ThisComputer);
        QVERIFY(!findButton(f.dialog, u"Sign out"_s)->isEnabled()); // not twice
        f.dialog.showResult(SignedOut{});
        QVERIFY(isShown(f.dialog, u"You are signed out"_s));
        QTRY_VERIFY(findButton(f.dialog, u"Close"_s)->hasFocus());
    }

    void revokesByKeyboardAndSaysThatTheKeyLivesOn()
    {
        SignOutFixture f;
        auto *here = f.dialog.findChild<QRadioButton *>();
        here->setFocus();
        QTest::keyClick(here, Qt::Key_Down);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(f.confirmed.size(), 1);
        QCOMPARE(f.confirmed[0][0].value<SignOutReach>(), SignOutReach::Provider);
        f.dialog.showResult(
            SignedOut{.revocation = SignedOut::Revocation::Confirmed, .leavesKey = true});
        QVERIFY(isShown(f.dialog, u"OpenAI confirmed that this sign-in has ended everywhere."_s));
        QVERIFY(isShown(f.dialog,
                        u"The API key that this sign-in gave lives on until you delete it "
                        "at\nhttps://platform.openai.com/api-keys"_s));
    }

    void saysThatNobodyConfirmed()
    {
        SignOutFixture f;
        f.dialog.showResult(SignedOut{
            .revocation = SignedOut::Revocation::NotConfirmed,
            .doubt = Error{Error::Kind::Network, u"It was not reached."_s, u"Look there."_s}});
        QVERIFY(isShown(f.dialog, u"You are signed out of this computer"_s));
        QVERIFY(isShown(f.dialog,
                        u"OpenAI did not confirm that the sign-in has ended elsewhere. "
                        "It was not reached. Look there."_s));
    }

    void staysSignedInWhenTheStoreCannotForget()
    {
        SignOutFixture f;
        click(f.dialog, u"Sign out"_s);
        f.dialog.showResult(Error{Error::Kind::Configuration, u"The disk is full."_s});
        QVERIFY(findButton(f.dialog, u"Sign out"_s)->isEnabled());
        QVERIFY(!isShown(f.dialog, u"You are signed out"_s));
    }

    void saysThatAKeyOfTheEnvironmentStays()
    {
        SignOutFixture f(environmentTarget(), SignOutDialog::Revocation::Impossible);
        QVERIFY(isShown(f.dialog, u"This key cannot be signed out"_s));
        QVERIFY(!findButton(f.dialog, u"Sign out"_s));
        click(f.dialog, u"Close"_s);
        QCOMPARE(f.confirmed.size(), 0);
    }
};

QTEST_MAIN(tst_Accounts)
#include "tst_accounts.moc"
