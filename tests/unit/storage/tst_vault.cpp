// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/vault.h"
#include "storage/vaultcredentials.h"
#include "support/keyringdouble.h"

#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_Vault : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void makesAKeyOnTheFirstRunAndFindsItAgain();
    void makesNoKeyUnlessTheFirstOneArrived();
    void makesNoSecondKey_data();
    void makesNoSecondKey();
    void takesALockedKeyringForLocked();
    void takesAKeyringThatLocksMeanwhileForLocked();
    void unlocksOnceAndGoesOn();
    void staysLockedWhenThePersonSaysNo();
    void refusesAnOlderCopyUntilThePersonTakesIt();
    void opensWithThePassphrase();
    void makesGuessingSlow();
    void refusesAShortPassphrase();
    void movesFromKeyringToPassphraseAndBack();
    void startsOverWithoutDeleting();
    void setsADamagedFileAsideAndSaysSo();
    void keepsMemoryAndVaultApart();
    void preparesAPlaceToKeep();
    void seesWhatAnotherProcessSaved();

private:
    //! A program's life: a database and a vault on it.
    struct Run
    {
        explicit Run(const tst_Vault &test)
            : database(test.path(), vaultSchema())
            , vault(database, *test.m_keyring)
            , credentials(vault)
        { }
        Database database;
        Vault vault;
        VaultCredentials credentials;
    };

    QString path() const { return m_folder->filePath(u"data/vault.db"_s); }
    std::unique_ptr<Run> start() const;
    void firstRun() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<KeyringDouble> m_keyring;
};

namespace {

const Account Someone{.key = {u"openai"_s, AccountKey::Type::OAuth, u"acc-1"_s},
                      .email = u"a@example.org"_s};
const AccountSecrets Tokens{.signsWith = Credential::Type::OAuthToken,
                            .accessToken = Secret("access"),
                            .refreshToken = Secret("refresh")};

//! Waits as a test may: the event loop runs on.
template <typename Value>
Value await(QFuture<Value> future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 20000)
        || future.resultCount() == 0) {
        qFatal("No answer");
    }
    return future.result();
}

} // namespace

void tst_Vault::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_keyring = std::make_unique<KeyringDouble>();
}

std::unique_ptr<tst_Vault::Run> tst_Vault::start() const
{
    auto run = std::make_unique<Run>(*this);
    (void)await(run->vault.open());
    return run;
}

void tst_Vault::firstRun() const
{
    const auto run = start();
    QCOMPARE(run->vault.state(), Vault::State::FirstRun);
    QCOMPARE(await(run->vault.makeWithKeyring()), std::nullopt);
    QCOMPARE(await(run->credentials.save(Someone, Tokens)), std::nullopt);
}

void tst_Vault::makesAKeyOnTheFirstRunAndFindsItAgain()
{
    firstRun();
    QCOMPARE(m_keyring->keys(), 1);
    const auto run = start();
    QCOMPARE(run->vault.state(), Vault::State::Ready);
    QCOMPARE(run->vault.problem(), std::nullopt);
    Account kept = Someone;
    kept.keeping = Account::Keeping::Keyring;
    QCOMPARE(run->credentials.accounts(), QList<Account>{kept});
    QCOMPARE(*await(run->credentials.secretsOf(Someone.key)), Tokens);
    QCOMPARE(m_keyring->prompts, 0);
    QCOMPARE(m_keyring->keys(), 1);
}

void tst_Vault::makesNoKeyUnlessTheFirstOneArrived()
{
    m_keyring->losesWrites = true;
    const auto run = start();
    QVERIFY(await(run->vault.makeWithKeyring()).has_value());
    QCOMPARE(run->vault.state(), Vault::State::FirstRun);
    const auto again = start();
    QCOMPARE(again->vault.state(), Vault::State::FirstRun);
}

void tst_Vault::makesNoSecondKey_data()
{
    QTest::addColumn<Keyring::State>("keyring");
    QTest::addColumn<bool>("answers");
    QTest::addColumn<bool>("hasItem");
    QTest::addColumn<Vault::State>("state");
    QTest::newRow("no bus") << Keyring::State::NoBus << true << true
                            << Vault::State::KeyringUnavailable;
    QTest::newRow("no service") << Keyring::State::NoService << true << true
                                << Vault::State::KeyringUnavailable;
    QTest::newRow("no answer") << Keyring::State::Unlocked << false << true
                               << Vault::State::KeyringUnavailable;
    QTest::newRow("locked") << Keyring::State::Locked << true << true
                            << Vault::State::KeyringLocked;
    QTest::newRow("locked, key gone")
        << Keyring::State::Locked << true << false << Vault::State::KeyringLocked;
    QTest::newRow("open, key gone")
        << Keyring::State::Unlocked << true << false << Vault::State::KeyLost;
}

void tst_Vault::makesNoSecondKey()
{
    QFETCH(Keyring::State, keyring);
    QFETCH(bool, answers);
    QFETCH(bool, hasItem);
    QFETCH(Vault::State, state);

    firstRun();
    if (!hasItem) {
        m_keyring->items.clear();
    }
    const QHash<QString, Secret> items = m_keyring->items;
    m_keyring->current = keyring;
    m_keyring->answers = answers;
    m_keyring->afterUnlock = Keyring::State::Locked;
    const auto run = start();
    QCOMPARE(run->vault.state(), state);
    QVERIFY(run->vault.problem().has_value());
    QVERIFY(await(run->vault.makeWithKeyring()).has_value());
    QVERIFY(await(run->vault.makeWithPassphrase(Secret("long enough"))).has_value());
    QVERIFY(await(run->credentials.save(Someone, Tokens)).has_value());
    const auto secrets = await(run->credentials.secretsOf(Someone.key));
    QVERIFY(!secrets);
    // Nobody is told to sign in again while the keyring is only locked.
    QVERIFY(secrets.error().kind != Error::Kind::AuthenticationRequired);
    QCOMPARE(run->credentials.accounts().size(), 1);
    QCOMPARE(m_keyring->items, items);
    QCOMPARE(m_keyring->prompts, 0);
}

void tst_Vault::takesALockedKeyringForLocked()
{
    firstRun();
    m_keyring->current = Keyring::State::Locked;
    const auto run = start();
    QCOMPARE(run->vault.state(), Vault::State::KeyringLocked);
    QCOMPARE(m_keyring->prompts, 0);
}

void tst_Vault::takesAKeyringThatLocksMeanwhileForLocked()
{
    firstRun();
    m_keyring->locksBeforeReading = true;
    const auto run = start();
    QCOMPARE(run->vault.state(), Vault::State::KeyringLocked);
}

void tst_Vault::unlocksOnceAndGoesOn()
{
    firstRun();
    m_keyring->current = Keyring::State::Locked;
    const auto run = start();
    QSignalSpy changed(&run->vault, &Vault::stateChanged);
    QCOMPARE(await(run->vault.unlock()), std::nullopt);
    QCOMPARE(run->vault.state(), Vault::State::Ready);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(m_keyring->prompts, 1);
    QCOMPARE(*await(run->credentials.secretsOf(Someone.key)), Tokens);
}

void tst_Vault::staysLockedWhenThePersonSaysNo()
{
    firstRun();
    m_keyring->current = Keyring::State::Locked;
    m_keyring->afterUnlock = Keyring::State::Locked;
    const auto run = start();
    QVERIFY(await(run->vault.unlock()).has_value());
    QCOMPARE(run->vault.state(), Vault::State::KeyringLocked);
    QCOMPARE(m_keyring->prompts, 1);
}

void tst_Vault::refusesAnOlderCopyUntilThePersonTakesIt()
{
    firstRun();
    QVERIFY(QFile::copy(path(), path() + u".backup"_s));
    {
        const auto run = start();
        AccountSecrets rotated = Tokens;
        rotated.refreshToken = Secret("rotated");
        QCOMPARE(await(run->credentials.save(Someone, rotated)), std::nullopt);
    }
    QVERIFY(QFile::remove(path()));
    QVERIFY(QFile::rename(path() + u".backup"_s, path()));

    const auto run = start();
    QCOMPARE(run->vault.state(), Vault::State::OlderCopy);
    QVERIFY(!await(run->credentials.secretsOf(Someone.key)));
    QCOMPARE(await(run->vault.acceptAsIs()), std::nullopt);
    QCOMPARE(run->vault.state(), Vault::State::Ready);
    QCOMPARE(*await(run->credentials.secretsOf(Someone.key)), Tokens);
    QCOMPARE(start()->vault.state(), Vault::State::Ready);
}

void tst_Vault::opensWithThePassphrase()
{
    m_keyring->current = Keyring::State::NoService;
    {
        const auto run = start();
        QCOMPARE(run->vault.state(), Vault::State::FirstRun);
        QVERIFY(await(run->vault.makeWithKeyring()).has_value());
        QCOMPARE(await(run->vault.makeWithPassphrase(Secret("correct horse"))), std::nullopt);
        QCOMPARE(await(run->credentials.save(Someone, Tokens)), std::nullopt);
    }
    const auto run = start();
    QCOMPARE(run->vault.state(), Vault::State::NeedsPassphrase);
    QCOMPARE(run->credentials.accounts().first().keeping, Account::Keeping::Passphrase);
    QVERIFY(!await(run->credentials.secretsOf(Someone.key)));
    QVERIFY(await(run->vault.unlock(Secret("correct house"))).has_value());
    QCOMPARE(run->vault.state(), Vault::State::NeedsPassphrase);
    QCOMPARE(await(run->vault.unlock(Secret("correct horse"))), std::nullopt);
    QCOMPARE(run->vault.state(), Vault::State::Ready);
    QCOMPARE(*await(run->credentials.secretsOf(Someone.key)), Tokens);
    QVERIFY(m_keyring->items.isEmpty());
}

void tst_Vault::makesGuessingSlow()
{
    {
        const auto run = start();
        QCOMPARE(await(run->vault.makeWithPassphrase(Secret("correct horse"))), std::nullopt);
    }
    const auto run = start();
    for (int i = 0; i < 5; ++i) {
        const auto error = await(run->vault.unlock(Secret("wrong")));
        QVERIFY(error.has_value());
        QVERIFY(!error->retryAfter);
    }
    const auto error = await(run->vault.unlock(Secret("correct horse")));
    QVERIFY(error.has_value());
    QVERIFY(error->retryAfter.has_value());
    QCOMPARE(run->vault.state(), Vault::State::NeedsPassphrase);
}

void tst_Vault::refusesAShortPassphrase()
{
    const auto run = start();
    QVERIFY(await(run->vault.makeWithPassphrase(Secret("seven77"))).has_value());
    QCOMPARE(run->vault.state(), Vault::State::FirstRun);
}

void tst_Vault::movesFromKeyringToPassphraseAndBack()
{
    firstRun();
    {
        const auto run = start();
        QCOMPARE(await(run->vault.moveToPassphrase(Secret("correct horse"))), std::nullopt);
        QCOMPARE(run->vault.state(), Vault::State::Ready);
        QCOMPARE(*await(run->credentials.secretsOf(Someone.key)), Tokens);
        QTRY_VERIFY(m_keyring->items.isEmpty());
    }
    {
        const auto run = start();
        QCOMPARE(run->vault.state(), Vault::State::NeedsPassphrase);
        QCOMPARE(await(run->vault.unlock(Secret("correct horse"))), std::nullopt);
        QCOMPARE(await(run->vault.moveToKeyring()), std::nullopt);
        QCOMPARE(m_keyring->keys(), 1);
    }
    const auto run = start();
    QCOMPARE(run->vault.state(), Vault::State::Ready);
    QCOMPARE(*await(run->credentials.secretsOf(Someone.key)), Tokens);
    QCOMPARE(run->credentials.accounts().first().keeping, Account::Keeping::Keyring);
}

void tst_Vault::startsOverWithoutDeleting()
{
    firstRun();
    const auto items = m_keyring->items;
    m_keyring->items.clear();
    const auto run = start();
    QCOMPARE(run->vault.state(), Vault::State::KeyLost);
    QCOMPARE(await(run->vault.startOver()), std::nullopt);
    QCOMPARE(run->vault.state(), Vault::State::FirstRun);
    QVERIFY(run->vault.setAside().has_value());
    QVERIFY(run->credentials.accounts().isEmpty());

    // The keyring came back from a backup, and the file from where it was set aside.
    const QString aside = run->vault.setAside()->detail;
    m_keyring->items = items;
    Database database(aside, vaultSchema());
    Vault old(database, *m_keyring);
    (void)await(old.open());
    QCOMPARE(old.state(), Vault::State::Ready);
    QCOMPARE(*await(old.secretsOf(Someone.key)), Tokens);
}

void tst_Vault::setsADamagedFileAsideAndSaysSo()
{
    firstRun();
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("damage");
    file.close();
    const auto run = start();
    QCOMPARE(run->vault.state(), Vault::State::FirstRun);
    QVERIFY(run->vault.setAside().has_value());
    // The key of what was set aside stays where it is.
    QCOMPARE(m_keyring->keys(), 1);
}

void tst_Vault::keepsMemoryAndVaultApart()
{
    firstRun();
    const auto run = start();
    const Account fromEnvironment{
        .key = {u"anthropic"_s}, .keeping = Account::Keeping::Environment, .source = u"KEY"_s};
    QCOMPARE(await(run->credentials.save(fromEnvironment, {.apiKey = Secret("env")})),
             std::nullopt);
    run->credentials.setKeep(VaultCredentials::Keep::UntilQuit);
    const Account passing{.key = {u"gemini"_s}};
    QCOMPARE(await(run->credentials.save(passing, {.apiKey = Secret("passing")})), std::nullopt);
    // Renewed tokens of a saved account stay saved.
    AccountSecrets renewed = Tokens;
    renewed.accessToken = Secret("renewed");
    QCOMPARE(await(run->credentials.save(Someone, renewed)), std::nullopt);
    QCOMPARE(run->credentials.accounts().size(), 3);
    QCOMPARE(await(run->credentials.secretsOf(passing.key))->apiKey.reveal(), "passing");

    const auto next = start();
    QCOMPARE(next->credentials.accounts().size(), 1);
    QCOMPARE(*await(next->credentials.secretsOf(Someone.key)), renewed);
    QCOMPARE(await(next->credentials.remove(Someone.key)), std::nullopt);
    QVERIFY(next->credentials.accounts().isEmpty());
}

void tst_Vault::preparesAPlaceToKeep()
{
    {
        const auto run = start();
        QCOMPARE(await(run->credentials.prepare()), std::nullopt);
        QCOMPARE(run->vault.state(), Vault::State::Ready);
    }
    m_keyring->current = Keyring::State::Locked;
    const auto locked = start();
    QCOMPARE(await(locked->credentials.prepare()), std::nullopt);
    QCOMPARE(m_keyring->prompts, 1);

    init();
    m_keyring->current = Keyring::State::NoService;
    const auto none = start();
    QVERIFY(await(none->credentials.prepare()).has_value());
    QVERIFY(await(none->credentials.save(Someone, Tokens)).has_value()); // never silently in memory
    QVERIFY(none->credentials.accounts().isEmpty());
    none->credentials.setKeep(VaultCredentials::Keep::UntilQuit);
    QCOMPARE(await(none->credentials.prepare()), std::nullopt);
    QCOMPARE(await(none->credentials.save(Someone, Tokens)), std::nullopt);
    QCOMPARE(none->credentials.accounts().first().keeping, Account::Keeping::Memory);
}

void tst_Vault::seesWhatAnotherProcessSaved()
{
    firstRun();
    const auto window = start();
    const auto terminal = start();
    AccountSecrets rotated = Tokens;
    rotated.refreshToken = Secret("rotated elsewhere");
    QCOMPARE(await(terminal->credentials.save(Someone, rotated)), std::nullopt);
    QCOMPARE(*await(window->credentials.secretsOf(Someone.key)), rotated);
    QCOMPARE(await(window->credentials.save(Someone, Tokens)), std::nullopt);
    QCOMPARE(*await(terminal->credentials.secretsOf(Someone.key)), Tokens);
    QCOMPARE(start()->vault.state(), Vault::State::Ready);
}

QTEST_GUILESS_MAIN(tst_Vault)
#include "tst_vault.moc"
