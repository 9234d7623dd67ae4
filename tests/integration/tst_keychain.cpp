// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/keychain.h"
#include "storage/vault.h"
#include "support/await.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusInterface>
#include <QDBusObjectPath>
#include <QDBusReply>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Maestro;
using namespace Qt::StringLiterals;

//! With the keyring that keyring.sh made; which one is in KEYRING_SCENARIO.
class tst_Keychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsSecrets();
    void saysThatItIsLocked();
    void givesUpOnAPromptThatNobodyAnswers();
    void saysThatThereIsNoService();
    void neitherAsksNorWaitsForAWalletAlone();
    void saysThatThereIsNoBus();
    void answersWhenTheServiceDies();
    void answersWhenTheServiceHangs();
    void carriesTheVault();

private:
    bool isScenario(const char *name) const { return qgetenv("KEYRING_SCENARIO") == name; }
};

namespace {

const SecretService::Limits Limits{.answer = std::chrono::milliseconds(3000),
                                   .person = std::chrono::milliseconds(1000)};
constexpr qint64 Slack = 500; // of a busy machine

void lockKeyring()
{
    QDBusInterface service(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s,
                           u"org.freedesktop.Secret.Service"_s);
    const QDBusMessage reply
        = service.call(u"Lock"_s,
                       QVariant::fromValue(QList<QDBusObjectPath>{
                           QDBusObjectPath(u"/org/freedesktop/secrets/collection/login"_s)}));
    QVERIFY2(reply.type() == QDBusMessage::ReplyMessage, qPrintable(reply.errorMessage()));
}

pid_t servicePid()
{
    return static_cast<pid_t>(QDBusConnection::sessionBus()
                                  .interface()
                                  ->servicePid(u"org.freedesktop.secrets"_s)
                                  .value());
}

} // namespace

void tst_Keychain::keepsSecrets()
{
    if (!isScenario("unlocked")) {
        QSKIP("Another scenario.");
    }
    Keychain keychain(u"org.example.MaestroTest"_s, Limits);
    QCOMPARE(keychain.name(), QString());
    QCOMPARE(*await(keychain.state()), Keyring::State::Unlocked);
    QCOMPARE(keychain.name(), u"GNOME Keyring"_s);
    QCOMPARE(*await(keychain.read(u"key"_s)), std::nullopt);
    for (const QByteArray &bytes :
         {QByteArray("first"), QByteArray("a\0b\xff", 4), QByteArray(5000, 'x')}) {
        QCOMPARE(await(keychain.write(u"key"_s, Secret(bytes))), std::nullopt);
        const auto read = await(keychain.read(u"key"_s));
        QVERIFY(read && *read);
        QCOMPARE((*read)->reveal(), bytes);
    }
    QCOMPARE(*await(keychain.read(u"other"_s)), std::nullopt);
    QCOMPARE(await(keychain.remove(u"key"_s)), std::nullopt);
    QCOMPARE(await(keychain.remove(u"key"_s)), std::nullopt);
    QCOMPARE(*await(keychain.read(u"key"_s)), std::nullopt);
    QCOMPARE(*await(keychain.unlock()), Keyring::State::Unlocked);
}

void tst_Keychain::saysThatItIsLocked()
{
    if (!isScenario("locked")) {
        QSKIP("Another scenario.");
    }
    Keychain keychain(u"org.example.MaestroTest"_s, Limits);
    QCOMPARE(await(keychain.write(u"key"_s, Secret("safe"))), std::nullopt);
    lockKeyring();

    QElapsedTimer timer;
    timer.start();
    QCOMPARE(*await(keychain.state()), Keyring::State::Locked);
    QVERIFY(!await(keychain.read(u"key"_s))); // an error, and never "there is none"
    QVERIFY(await(keychain.write(u"key"_s, Secret("other"))).has_value());
    QVERIFY(await(keychain.remove(u"key"_s)).has_value());
    QVERIFY(timer.elapsed() < Limits.answer.count() + Slack);
    // There is no prompter here: the prompt dismisses itself.
    QCOMPARE(*await(keychain.unlock()), Keyring::State::Locked);

    QProcess unlock;
    unlock.start(u"gnome-keyring-daemon"_s,
                 {u"--replace"_s, u"--unlock"_s, u"--components=secrets"_s});
    QVERIFY(unlock.waitForStarted());
    unlock.write("password");
    unlock.closeWriteChannel();
    QVERIFY(unlock.waitForFinished(10000));
    QTRY_VERIFY(*await(keychain.state()) == Keyring::State::Unlocked);
    // That was another daemon, with which libsecret's session is worth nothing.
    const auto read = await(keychain.read(u"key"_s));
    QVERIFY2(bool(read), read ? "" : qPrintable(read.error().detail));
    QVERIFY(read->has_value());
    QCOMPARE((*read)->reveal(), "safe");
    QCOMPARE(await(keychain.write(u"key"_s, Secret("other"))), std::nullopt);
    QCOMPARE((*await(keychain.read(u"key"_s)))->reveal(), "other");
}

void tst_Keychain::givesUpOnAPromptThatNobodyAnswers()
{
    if (!isScenario("ignored")) {
        QSKIP("Another scenario.");
    }
    Keychain keychain(u"org.example.MaestroTest"_s, Limits);
    QCOMPARE(await(keychain.write(u"key"_s, Secret("safe"))), std::nullopt);
    lockKeyring();
    // Owned, and never answered: a prompt that stands on the screen.
    QVERIFY(QDBusConnection::sessionBus().registerService(u"org.gnome.keyring.SystemPrompter"_s));
    QElapsedTimer timer;
    timer.start();
    const auto state = await(keychain.unlock());
    QVERIFY(!state || *state == Keyring::State::Locked);
    QVERIFY(timer.elapsed() < Limits.answer.count() + Limits.person.count() + Slack);
    QCOMPARE(*await(keychain.state()), Keyring::State::Locked);
}

void tst_Keychain::saysThatThereIsNoService()
{
    if (!isScenario("no-service")) {
        QSKIP("Another scenario.");
    }
    Keychain keychain(u"org.example.MaestroTest"_s, Limits);
    QCOMPARE(*await(keychain.state()), Keyring::State::NoService);
    QCOMPARE(*await(keychain.unlock()), Keyring::State::NoService);
    QVERIFY(!await(keychain.read(u"key"_s)));
    QVERIFY(await(keychain.write(u"key"_s, Secret("x"))).has_value());
    QVERIFY(await(keychain.remove(u"key"_s)).has_value());
}

void tst_Keychain::neitherAsksNorWaitsForAWalletAlone()
{
    if (!isScenario("kde")) {
        QSKIP("Another scenario.");
    }
    // An old KWallet, which is no Secret Service; and one that does not answer.
    for (const QString &name : {u"org.kde.kwalletd5"_s, u"org.kde.kwalletd6"_s}) {
        QVERIFY(QDBusConnection::sessionBus().registerService(name));
    }
    Keychain keychain(u"org.example.MaestroTest"_s, Limits);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(*await(keychain.state()), Keyring::State::NoService);
    const auto read = await(keychain.read(u"key"_s));
    QVERIFY(!read);
    QVERIFY(!read.error().advice.isEmpty());
    QVERIFY(await(keychain.write(u"key"_s, Secret("x"))).has_value());
    QCOMPARE(keychain.name(), QString());
    // QtKeychain would have waited for half a second, and stopped the window meanwhile.
    QVERIFY2(timer.elapsed() < 400, qPrintable(QString::number(timer.elapsed())));
}

void tst_Keychain::saysThatThereIsNoBus()
{
    if (!isScenario("no-bus") && !isScenario("dead-bus")) {
        QSKIP("Another scenario.");
    }
    Keychain keychain(u"org.example.MaestroTest"_s, Limits);
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(*await(keychain.state()), Keyring::State::NoBus);
    QCOMPARE(*await(keychain.unlock()), Keyring::State::NoBus);
    QVERIFY(!await(keychain.read(u"key"_s)));
    QVERIFY(timer.elapsed() < Limits.answer.count() + Slack);
}

void tst_Keychain::answersWhenTheServiceDies()
{
    if (!isScenario("dies")) {
        QSKIP("Another scenario.");
    }
    Keychain keychain(u"org.example.MaestroTest"_s, Limits);
    QCOMPARE(await(keychain.write(u"key"_s, Secret("safe"))), std::nullopt);
    const pid_t pid = servicePid();
    QVERIFY(pid > 1);
    QCOMPARE(::kill(pid, SIGKILL), 0);
    QElapsedTimer timer;
    timer.start();
    const auto read = await(keychain.read(u"key"_s));
    QVERIFY(timer.elapsed() < Limits.answer.count() * 2 + Slack);
    // The bus starts another, which is locked: an error, and never "there is none".
    QVERIFY(!read || (*read && (*read)->reveal() == "safe"));
    const auto state = await(keychain.state());
    QVERIFY(!state || *state != Keyring::State::Unlocked);
}

void tst_Keychain::answersWhenTheServiceHangs()
{
    if (!isScenario("hangs")) {
        QSKIP("Another scenario.");
    }
    Keychain keychain(u"org.example.MaestroTest"_s, Limits);
    QCOMPARE(await(keychain.write(u"key"_s, Secret("safe"))), std::nullopt);
    const pid_t pid = servicePid();
    QVERIFY(pid > 1);
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    QElapsedTimer timer;
    timer.start();
    const auto state = await(keychain.state());
    const qint64 elapsed = timer.elapsed();
    ::kill(pid, SIGCONT);
    QVERIFY(!state || *state != Keyring::State::Unlocked);
    QVERIFY2(elapsed < Limits.answer.count() + Slack, qPrintable(QString::number(elapsed)));
    QTRY_VERIFY(*await(keychain.state()) == Keyring::State::Unlocked);
    QCOMPARE((*await(keychain.read(u"key"_s)))->reveal(), "safe");
}

void tst_Keychain::carriesTheVault()
{
    if (!isScenario("unlocked")) {
        QSKIP("Another scenario.");
    }
    QTemporaryDir folder;
    const Account account{.key = {u"openai"_s, AccountKey::Type::OAuth, u"acc"_s}};
    const AccountSecrets secrets{.signsWith = Credential::Type::OAuthToken,
                                 .accessToken = Secret("access")};
    const QString path = folder.filePath(u"data/vault.db"_s);
    Keychain keychain(u"org.example.MaestroTest"_s, Limits);
    {
        Database database(path, vaultSchema());
        Vault vault(database, keychain);
        QCOMPARE(await(vault.open()), std::nullopt);
        QCOMPARE(vault.state(), Vault::State::FirstRun);
        QCOMPARE(await(vault.makeWithKeyring()), std::nullopt);
        QCOMPARE(await(vault.save(account, secrets)), std::nullopt);
    }
    {
        Database database(path, vaultSchema());
        Vault vault(database, keychain);
        QCOMPARE(await(vault.open()), std::nullopt);
        QCOMPARE(vault.state(), Vault::State::Ready);
        QVERIFY(*await(vault.secretsOf(account.key)) == secrets);
    }
    lockKeyring();
    Database database(path, vaultSchema());
    Vault vault(database, keychain);
    QVERIFY(await(vault.open()).has_value());
    QCOMPARE(vault.state(), Vault::State::KeyringLocked);
}

QTEST_GUILESS_MAIN(tst_Keychain)
#include "tst_keychain.moc"
