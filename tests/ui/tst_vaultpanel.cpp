// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/vaultdouble.h"
#include "ui/vault/passphraseform.h"
#include "ui/vault/passphrasestrength.h"
#include "ui/vault/vaultpanel.h"
#include "widgetwalk.h"

#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Maestro::Test;
using namespace Qt::StringLiterals;

namespace {

using State = CredentialVault::State;

struct Fixture
{
    VaultDouble vault;
    QWidget window;
    VaultPanel panel{vault, VaultPanel::UntilQuit::Offered, &window};
    QSignalSpy untilQuit{&panel, &VaultPanel::untilQuitChosen};

    Fixture()
    {
        window.resize(900, 400);
        panel.resize(900, 300);
        window.show();
        if (!QTest::qWaitForWindowActive(&window)) {
            qFatal("the window does not show");
        }
    }
    void click(const QString &name)
    {
        QAbstractButton *button = findButton(panel, name);
        QVERIFY2(button, qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }
    QLineEdit *passphrase() { return panel.findChild<QLineEdit *>(); }
    QStringList buttons()
    {
        QStringList names;
        for (QPushButton *button : panel.findChildren<QPushButton *>()) {
            if (button->isVisible()) {
                names.append(button->accessibleName());
            }
        }
        return names;
    }
};

} // namespace

class tst_VaultPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysNothingWhileAllIsWell_data()
    {
        QTest::addColumn<State>("state");
        QTest::newRow("not looked at yet") << State::Closed;
        QTest::newRow("nothing kept yet") << State::FirstRun;
        QTest::newRow("open") << State::Ready;
    }
    void saysNothingWhileAllIsWell()
    {
        QFETCH(State, state);
        Fixture f;
        f.vault.enter(state);
        QVERIFY(!f.panel.isVisible());
        f.panel.attend();
        QVERIFY(!f.panel.isVisible());
        QCOMPARE(f.vault.asked, QStringList());
    }

    void offersWhatHelps_data()
    {
        QTest::addColumn<State>("state");
        QTest::addColumn<QStringList>("buttons");
        QTest::newRow("locked keyring") << State::KeyringLocked << QStringList{u"Unlock"_s};
        QTest::newRow("no keyring")
            << State::KeyringUnavailable
            << QStringList{u"Try again"_s, u"Stay signed in until I quit"_s};
        QTest::newRow("passphrase")
            << State::NeedsPassphrase << QStringList{u"Unlock"_s, u"Set aside and start over"_s};
        QTest::newRow("lost key") << State::KeyLost
                                  << QStringList{u"Try again"_s, u"Set aside and start over"_s};
        QTest::newRow("tampered") << State::Tampered
                                  << QStringList{u"Use what can still be read"_s,
                                                 u"Set aside and start over"_s};
        QTest::newRow("older copy")
            << State::OlderCopy
            << QStringList{u"Use what can still be read"_s, u"Set aside and start over"_s};
        QTest::newRow("unusable") << State::Unusable
                                  << QStringList{u"Try again"_s, u"Stay signed in until I quit"_s};
    }
    void offersWhatHelps()
    {
        QFETCH(State, state);
        QFETCH(QStringList, buttons);
        Fixture f;
        f.vault.enter(state, vaultProblem(u"It is <b>so</b>."_s));
        QVERIFY(f.panel.isVisible());
        QVERIFY(isShown(f.panel, u"It is <b>so</b>."_s));
        QVERIFY(isShown(f.panel, u"What to do about it."_s));
        QCOMPARE(f.buttons(), buttons);
        QCOMPARE(f.passphrase()->isVisible(), state == State::NeedsPassphrase);
        QCOMPARE(namelessWidgets(f.panel), QStringList());
        QCOMPARE(richLabels(f.panel), QStringList());
        // Nothing is asked of anybody by itself.
        QCOMPARE(f.vault.asked, QStringList());
    }

    void unlocksTheKeyringOnce()
    {
        Fixture f;
        f.vault.enter(State::KeyringLocked, vaultProblem(u"It is locked."_s));
        f.panel.attend();
        QCOMPARE(f.vault.asked, QStringList{u"unlock"_s});
        f.panel.attend(); // while the prompt is open
        QVERIFY(!findButton(f.panel, u"Unlock"_s)->isEnabled());
        QCOMPARE(f.vault.asked.size(), 1);
        f.vault.enter(State::Ready);
        f.vault.end();
        QTRY_VERIFY(!f.panel.isVisible());
    }

    void staysWhenThePromptWasDismissed()
    {
        Fixture f;
        const Error locked = vaultProblem(u"It is locked."_s);
        f.vault.enter(State::KeyringLocked, locked);
        f.click(u"Unlock"_s);
        f.vault.end(locked);
        QTRY_VERIFY(findButton(f.panel, u"Unlock"_s)->isEnabled());
        QVERIFY(isShown(f.panel, locked.message));
        QCOMPARE(f.vault.asked.size(), 1);
        f.click(u"Unlock"_s);
        QCOMPARE(f.vault.asked.size(), 2);
    }

    void takesThePassphraseInPlace()
    {
        Fixture f;
        f.vault.enter(State::NeedsPassphrase, vaultProblem(u"It wants a passphrase."_s));
        f.panel.attend();
        QVERIFY(f.passphrase()->hasFocus());
        QCOMPARE(f.passphrase()->echoMode(), QLineEdit::Password);
        QTest::keyClick(f.passphrase(), Qt::Key_Return);
        QCOMPARE(f.vault.asked, QStringList()); // nothing was typed
        QTest::keyClicks(f.passphrase(), u"wrong horse"_s);
        QTest::keyClick(f.passphrase(), Qt::Key_Return);
        QCOMPARE(f.vault.typed, Secret("wrong horse"));
        f.vault.end(vaultProblem(u"That is not it."_s));
        QTRY_VERIFY(isShown(f.panel, u"That is not it."_s));
        QVERIFY(f.passphrase()->hasFocus());
        QVERIFY(f.passphrase()->text().isEmpty());
        QTest::keyClicks(f.passphrase(), u"right horse"_s);
        f.click(u"Unlock"_s);
        QCOMPARE(f.vault.typed, Secret("right horse"));
        f.vault.enter(State::Ready);
        QVERIFY(!f.panel.isVisible());
        QVERIFY(f.passphrase()->text().isEmpty());
    }

    void asksBeforeItStartsOver()
    {
        Fixture f;
        f.vault.enter(State::KeyLost, vaultProblem(u"The key is lost."_s));
        f.click(u"Set aside and start over"_s);
        QCOMPARE(f.vault.asked, QStringList());
        QVERIFY(isShown(f.panel, u"Set the saved sign-ins aside?"_s));
        QTRY_VERIFY(findButton(f.panel, u"Leave it as it is"_s)->hasFocus());
        f.click(u"Leave it as it is"_s);
        QVERIFY(isShown(f.panel, u"The key is lost."_s));
        f.click(u"Set aside and start over"_s);
        f.click(u"Set aside and start over"_s);
        QCOMPARE(f.vault.asked, QStringList{u"start over"_s});
    }

    void tellsOnceWhereTheOldFileIs()
    {
        Fixture f;
        f.vault.fileSetAside = vaultProblem(u"The file was damaged and is at /there."_s);
        f.vault.enter(State::FirstRun);
        QVERIFY(isShown(f.panel, u"The file was damaged and is at /there."_s));
        f.click(u"Hide the notice about your sign-ins"_s);
        QVERIFY(!f.panel.isVisible());
        f.vault.enter(State::Ready);
        QVERIFY(!f.panel.isVisible());
    }

    void goesOnWithoutTheVault()
    {
        Fixture f;
        f.vault.enter(State::KeyringUnavailable, vaultProblem(u"No keyring."_s));
        f.click(u"Stay signed in until I quit"_s);
        QCOMPARE(f.untilQuit.size(), 1);
        QVERIFY(!f.panel.isVisible());
        QCOMPARE(f.vault.asked, QStringList());
    }

    void measuresPassphrases_data()
    {
        QTest::addColumn<QString>("passphrase");
        QTest::addColumn<PassphraseStrength>("strength");
        QTest::newRow("nothing") << QString() << PassphraseStrength::TooShort;
        QTest::newRow("seven characters") << u"G7#kQz!"_s << PassphraseStrength::TooShort;
        QTest::newRow("one character, again and again")
            << u"aaaaaaaaaaaaaaaa"_s << PassphraseStrength::Weak;
        QTest::newRow("the digits in a row") << u"123456789"_s << PassphraseStrength::Weak;
        QTest::newRow("what everybody tries") << u"Password123"_s << PassphraseStrength::Weak;
        QTest::newRow("a word") << u"mountains"_s << PassphraseStrength::Weak;
        QTest::newRow("four words")
            << u"correct horse battery staple"_s << PassphraseStrength::Strong;
        QTest::newRow("random characters") << u"x7#Kq!2vTm9"_s << PassphraseStrength::Strong;
        QTest::newRow("not Latin") << u"кот сидит на окне"_s << PassphraseStrength::Strong;
    }
    void measuresPassphrases()
    {
        QFETCH(QString, passphrase);
        QFETCH(PassphraseStrength, strength);
        QCOMPARE(strengthOf(passphrase), strength);
    }

    void takesANewPassphraseOnlyTwiceTheSame()
    {
        PassphraseForm form;
        QSignalSpy accepted(&form, &PassphraseForm::accepted);
        form.show();
        QVERIFY(QTest::qWaitForWindowActive(&form));
        const QList<QLineEdit *> fields = form.findChildren<QLineEdit *>();
        QCOMPARE(fields.size(), 2);
        form.focusFirst();
        QTest::keyClicks(fields[0], u"correct horse"_s);
        QTest::keyClick(fields[0], Qt::Key_Return);
        QTRY_VERIFY(fields[1]->hasFocus());
        QTest::keyClicks(fields[1], u"correct"_s);
        QVERIFY(!isShown(form, u"The two are not the same."_s));
        QTest::keyClicks(fields[1], u" mule"_s);
        QVERIFY(isShown(form, u"The two are not the same."_s));
        QTest::keyClick(fields[1], Qt::Key_Return);
        QCOMPARE(accepted.size(), 0);
        fields[1]->setText(u"correct horse"_s);
        QTest::keyClick(fields[1], Qt::Key_Return);
        QCOMPARE(accepted.size(), 1);
        QCOMPARE(accepted[0][0].value<Secret>(), Secret("correct horse"));
        QCOMPARE(namelessWidgets(form), QStringList());
        form.clear();
        QVERIFY(fields[0]->text().isEmpty() && fields[1]->text().isEmpty());
    }
};

QTEST_MAIN(tst_VaultPanel)
#include "tst_vaultpanel.moc"
