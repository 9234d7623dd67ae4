// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/vault.h"
#include "storage/vaultcredentials.h"
#include "support/await.h"
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
    void catchesUpWithAnotherProcess();
    void seesThatAnotherProcessMadeTheVault();
    void goesOnWhenTheKeyringWasOpened();
    void goesOnWhenTheKeyringIsGone();
    void followsAnotherKeyOfTheKeyring();
    void followsAnotherKeyBehindThePassphrase();
    void asksForAPassphraseThatAnotherProcessSet();
    void writesNothingIntoAFileThatWasSetAside();
    void locksOutCopies();
    void renewsAnOldKeyByItself();
    void keepsTheOldKeyUntilTheNewOneArrived();
    void saysWhichKeyring();

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

void tst_Vault::catchesUpWithAnotherProcess()
{
    firstRun();
    const auto window = start();
    const auto terminal = start();
    const Account other{.key = {u"gemini"_s}};
    QSignalSpy changed(&window->vault, &Vault::accountsChanged);
    QCOMPARE(await(terminal->credentials.save(other, {.apiKey = Secret("key")})), std::nullopt);
    QCOMPARE(window->vault.accounts().size(), 1);
    QCOMPARE(await(window->vault.refresh()), std::nullopt);
    QCOMPARE(window->vault.accounts().size(), 2);
    QCOMPARE(changed.size(), 1);
    // And without being asked to, when it reads or writes anyway.
    QCOMPARE(await(terminal->credentials.remove(other.key)), std::nullopt);
    QVERIFY(bool(await(window->credentials.secretsOf(Someone.key))));
    QCOMPARE(window->vault.accounts().size(), 1);
    QCOMPARE(changed.size(), 2);
    QCOMPARE(await(terminal->credentials.save(other, {.apiKey = Secret("key")})), std::nullopt);
    QCOMPARE(await(window->credentials.save(Someone, Tokens)), std::nullopt);
    QCOMPARE(window->vault.accounts().size(), 2);
    QCOMPARE(changed.size(), 3);
    QCOMPARE(await(window->vault.refresh()), std::nullopt);
    QCOMPARE(changed.size(), 3);
}

void tst_Vault::seesThatAnotherProcessMadeTheVault()
{
    const auto window = start();
    QCOMPARE(window->vault.state(), Vault::State::FirstRun);
    firstRun();
    QVERIFY(await(window->vault.makeWithKeyring()).has_value()); // never a second key
    QCOMPARE(await(window->vault.refresh()), std::nullopt);
    QCOMPARE(window->vault.state(), Vault::State::Ready);
    QCOMPARE(*await(window->credentials.secretsOf(Someone.key)), Tokens);
}

void tst_Vault::goesOnWhenTheKeyringWasOpened()
{
    firstRun();
    m_keyring->current = Keyring::State::Locked;
    const auto run = start();
    QVERIFY(await(run->vault.refresh()).has_value());
    QCOMPARE(run->vault.state(), Vault::State::KeyringLocked);
    m_keyring->current = Keyring::State::Unlocked;
    QCOMPARE(await(run->vault.refresh()), std::nullopt);
    QCOMPARE(run->vault.state(), Vault::State::Ready);
    QCOMPARE(m_keyring->prompts, 0);
}

void tst_Vault::goesOnWhenTheKeyringIsGone()
{
    firstRun();
    {
        const auto run = start();
        m_keyring->answers = false;
        AccountSecrets renewed = Tokens;
        renewed.accessToken = Secret("renewed without a keyring");
        QCOMPARE(await(run->credentials.save(Someone, renewed)), std::nullopt);
        QCOMPARE(await(run->vault.refresh()), std::nullopt);
        QCOMPARE(run->vault.state(), Vault::State::Ready);
        QCOMPARE(*await(run->credentials.secretsOf(Someone.key)), renewed);
    }
    m_keyring->answers = true;
    QCOMPARE(start()->vault.state(), Vault::State::Ready);
}

void tst_Vault::followsAnotherKeyOfTheKeyring()
{
    firstRun();
    const auto window = start();
    const auto terminal = start();
    const auto before = m_keyring->items;
    QCOMPARE(await(terminal->vault.lockOutCopies()), std::nullopt);
    QTRY_COMPARE(m_keyring->keys(), 1);
    QVERIFY(m_keyring->items.keys() != before.keys());
    QCOMPARE(*await(window->credentials.secretsOf(Someone.key)), Tokens);
    QCOMPARE(await(terminal->vault.lockOutCopies()), std::nullopt);
    QCOMPARE(await(window->credentials.save(Someone, Tokens)), std::nullopt);
    QCOMPARE(await(terminal->vault.lockOutCopies()), std::nullopt);
    QCOMPARE(await(window->vault.refresh()), std::nullopt);
    QCOMPARE(window->vault.state(), Vault::State::Ready);
    QCOMPARE(*await(window->credentials.secretsOf(Someone.key)), Tokens);
    QCOMPARE(start()->vault.state(), Vault::State::Ready);
}

void tst_Vault::followsAnotherKeyBehindThePassphrase()
{
    {
        const auto run = start();
        QCOMPARE(await(run->vault.makeWithPassphrase(Secret("correct horse"))), std::nullopt);
        QCOMPARE(await(run->credentials.save(Someone, Tokens)), std::nullopt);
    }
    const auto window = start();
    const auto terminal = start();
    QCOMPARE(await(window->vault.unlock(Secret("correct horse"))), std::nullopt);
    QCOMPARE(await(terminal->vault.unlock(Secret("correct horse"))), std::nullopt);
    QCOMPARE(await(terminal->vault.lockOutCopies()), std::nullopt);
    // Without being asked for the passphrase again.
    QCOMPARE(*await(window->credentials.secretsOf(Someone.key)), Tokens);
    QCOMPARE(await(window->credentials.save(Someone, Tokens)), std::nullopt);
    const auto next = start();
    QCOMPARE(await(next->vault.unlock(Secret("correct horse"))), std::nullopt);
    QCOMPARE(*await(next->credentials.secretsOf(Someone.key)), Tokens);
}

void tst_Vault::asksForAPassphraseThatAnotherProcessSet()
{
    firstRun();
    const auto window = start();
    const auto terminal = start();
    QCOMPARE(await(terminal->vault.moveToPassphrase(Secret("correct horse"))), std::nullopt);
    const auto refused = await(window->credentials.secretsOf(Someone.key));
    QVERIFY(!refused);
    QCOMPARE(window->vault.state(), Vault::State::NeedsPassphrase);
    QCOMPARE(window->vault.accounts().first().keeping, Account::Keeping::Passphrase);
    QCOMPARE(await(window->vault.unlock(Secret("correct horse"))), std::nullopt);
    QCOMPARE(*await(window->credentials.secretsOf(Someone.key)), Tokens);
}

void tst_Vault::writesNothingIntoAFileThatWasSetAside()
{
    firstRun();
    const auto window = start();
    const auto terminal = start();
    QCOMPARE(await(terminal->vault.startOver()), std::nullopt);
    QVERIFY(await(window->credentials.save(Someone, Tokens)).has_value());
    QCOMPARE(window->vault.state(), Vault::State::FirstRun);
    QVERIFY(window->vault.accounts().isEmpty());
}

void tst_Vault::locksOutCopies()
{
    firstRun();
    QVERIFY(QFile::copy(path(), path() + u".copy"_s));
    const auto run = start();
    QCOMPARE(await(run->vault.lockOutCopies()), std::nullopt);
    QCOMPARE(run->vault.state(), Vault::State::Ready);
    QCOMPARE(*await(run->credentials.secretsOf(Someone.key)), Tokens);
    QTRY_COMPARE(m_keyring->keys(), 1);

    Database database(path() + u".copy"_s, vaultSchema());
    Vault copy(database, *m_keyring);
    QVERIFY(await(copy.open()).has_value());
    QCOMPARE(copy.state(), Vault::State::KeyLost);
}

void tst_Vault::renewsAnOldKeyByItself()
{
    {
        const LockedKey wrapping = *LockedKey::random();
        m_keyring->items.insert(u"vault-key/old"_s, wrapping.toSecret());
        Database database(path(), vaultSchema());
        QVERIFY(bool(await(database.open())));
        const qint64 longAgo = QDateTime::currentMSecsSinceEpoch() - 400LL * 24 * 60 * 60 * 1000;
        QVERIFY(await(database.run([&](QSqlDatabase &connection) {
            return bool(beginVault(connection, {.id = u"old"_s}, wrapping, longAgo));
        })));
    }
    const auto run = start();
    QCOMPARE(run->vault.state(), Vault::State::Ready);
    // At once, and whatever comes of the key.
    QCOMPARE(await(run->credentials.save(Someone, Tokens)), std::nullopt);
    QTRY_VERIFY(!m_keyring->items.contains(u"vault-key/old"_s));
    QCOMPARE(m_keyring->keys(), 1);
    QCOMPARE(*await(run->credentials.secretsOf(Someone.key)), Tokens);
    const auto items = m_keyring->items.keys();
    QCOMPARE(start()->vault.state(), Vault::State::Ready);
    QCOMPARE(m_keyring->items.keys(), items);
}

void tst_Vault::keepsTheOldKeyUntilTheNewOneArrived()
{
    firstRun();
    const auto run = start();
    m_keyring->losesWrites = true;
    QVERIFY(await(run->vault.lockOutCopies()).has_value());
    QVERIFY(await(run->vault.moveToKeyring()).has_value());
    m_keyring->losesWrites = false;
    QCOMPARE(run->vault.state(), Vault::State::Ready);
    QCOMPARE(*await(run->credentials.secretsOf(Someone.key)), Tokens);
    QCOMPARE(start()->vault.state(), Vault::State::Ready);
}

void tst_Vault::saysWhichKeyring() { QCOMPARE(start()->vault.keyringName(), u"GNOME Keyring"_s); }

QTEST_GUILESS_MAIN(tst_Vault)
#include "tst_vault.moc"
