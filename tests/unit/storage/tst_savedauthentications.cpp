// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/savedauthentications.h"
#include "storage/vaultfile.h"

#include <QSqlQuery>
#include <QSqlRecord>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <limits>

using namespace Maestro;
using namespace Qt::StringLiterals;

//! On a connection of its own thread: the table and its seal, without the vault around.
class tst_SavedAuthentications : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void provesOneMomentWhileAnotherWrites();
    void givesBackWhatWasSaved();
    void givesBackWhateverAPersonIsCalled();
    void replacesAnAccount();
    void tellsAccountsApart();
    void removes();
    void listsWithoutAKey();
    void refusesEveryChangedByte();
    void refusesEveryOlderRow();
    void refusesRows_data();
    void refusesRows();
    void refusesEveryChangedByteOfTheSlotAndTheSeal();
    void sealsEverythingUnderAnotherKey();
    void knowsWhenTheKeyIsOld_data();
    void knowsWhenTheKeyIsOld();
    void goesOnWithWhatIsIntact();
    void countsOnFromNoNumberThatNobodyCountedTo_data();
    void countsOnFromNoNumberThatNobodyCountedTo();
    void writesNothingIntoAChangedVault();
    void hasNoSecretInItsFile();

private:
    SavedAuthentications table() { return SavedAuthentications(m_database, m_key); }
    bool accepted();
    QVariantList rowOf(qint64 id);
    bool writeRow(const QVariantList &row);
    bool run(const QString &statement, const QVariantList &values = {})
    {
        return bool(execute(m_database, statement, values));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QSqlDatabase m_database;
    std::unique_ptr<LockedKey> m_wrapping;
    DataKey m_key;
};

namespace {

const QDateTime Expiry = QDateTime::fromMSecsSinceEpoch(1800000000000, Qt::UTC);

Account accountOf(const QString &id, const QString &provider = u"openai"_s)
{
    return {.key = {provider, AccountKey::Type::OAuth, id},
            .email = id + u"@example.org"_s,
            .name = u"Somebody"_s,
            .plan = u"plus"_s,
            .organization = u"org-1"_s,
            .project = u"proj-1"_s,
            .clientId = u"client-1"_s,
            .expiresAt = Expiry};
}

AccountSecrets secretsOf(const QByteArray &rotation)
{
    return {.signsWith = Credential::Type::OAuthToken,
            .accessToken = Secret("SECRET-access-" + rotation),
            .refreshToken = Secret("SECRET-refresh-" + rotation),
            .accessTokenExpiresAt = Expiry};
}

const QString Columns = u"id, provider, auth_type, account, email, name, plan, organization, "
                        u"project, client_id, data_key, credentials, "
                        "expires_at, created_at, updated_at, rev"_s;

} // namespace

void tst_SavedAuthentications::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
    m_database.setDatabaseName(m_folder->filePath(u"vault.db"_s));
    QVERIFY(m_database.open());
    // Thousands of changes, none of which need survive a power cut.
    QVERIFY(run(u"PRAGMA synchronous = OFF"_s));
    QVERIFY(run(u"PRAGMA journal_mode = MEMORY"_s));
    const DatabaseSchema schema = vaultSchema();
    for (const QString &statement : schema.migrations.first()) {
        QVERIFY(run(statement));
    }
    m_wrapping = std::make_unique<LockedKey>(*LockedKey::random());
    const auto opened = beginVault(m_database, {.id = u"slot"_s}, *m_wrapping);
    QVERIFY(bool(opened));
    m_key = opened->key;
    QVERIFY(bool(table().save(accountOf(u"one"_s), secretsOf("1"))));
    QVERIFY(bool(table().save(accountOf(u"two"_s), secretsOf("2"))));
}

void tst_SavedAuthentications::cleanup()
{
    m_database.close();
    m_database = QSqlDatabase();
    QSqlDatabase::removeDatabase(u"test"_s);
}

//! What the vault asks before it uses anything, and what it asks at every use.
bool tst_SavedAuthentications::accepted()
{
    const auto proof = table().prove();
    if (proof && proof->isIntact) {
        return true;
    }
    // One untouched account must not be had from a vault that was touched, if the seal is what
    // broke.
    const auto one = table().secretsOf(accountOf(u"one"_s).key);
    return one && !(*one == secretsOf("1"));
}

QVariantList tst_SavedAuthentications::rowOf(qint64 id)
{
    Result<QSqlQuery> query = execute(
        m_database, u"SELECT %1 FROM saved_authentications WHERE id = ?"_s.arg(Columns), {id});
    QVariantList row;
    if (query && query->next()) {
        for (int i = 0; i < query->record().count(); ++i) {
            row.append(query->value(i));
        }
    }
    return row;
}

bool tst_SavedAuthentications::writeRow(const QVariantList &row)
{
    QStringList marks(row.size(), u"?"_s);
    return run(
        u"REPLACE INTO saved_authentications (%1) VALUES (%2)"_s.arg(Columns, marks.join(u", "_s)),
        row);
}

void tst_SavedAuthentications::givesBackWhatWasSaved()
{
    QCOMPARE(*table().secretsOf(accountOf(u"one"_s).key), secretsOf("1"));
    QCOMPARE(*table().secretsOf(accountOf(u"two"_s).key), secretsOf("2"));
    const auto listed = SavedAuthentications::listed(m_database);
    QCOMPARE(*listed, (QList<Account>{accountOf(u"one"_s), accountOf(u"two"_s)}));
    QVERIFY(table().prove()->isIntact);
    QCOMPARE(table().prove()->generation, 3);
}

// What SQLite would not give back as it was must not look like a row that somebody changed.
void tst_SavedAuthentications::givesBackWhateverAPersonIsCalled()
{
    const QString name = u"Zoë 😀"_s;
    for (const QChar odd :
         {QChar(0xFEFF), QChar(0xFFFE), QChar(0xD800), QChar(0xDC00), QChar(0), QChar(0xFFFF)}) {
        for (const QString &text : {odd + name, odd + (odd + name), name + odd, QString(odd)}) {
            Account account = accountOf(u"one"_s);
            account.name = account.email = text;
            QVERIFY(bool(table().save(account, secretsOf("odd"))));
            QVERIFY(table().prove()->isIntact);
            QCOMPARE(*table().secretsOf(account.key), secretsOf("odd"));
        }
    }
    const Account odd = accountOf(QChar(0xFFFE) + u"odd"_s);
    QVERIFY(bool(table().save(odd, secretsOf("odd"))));
    QCOMPARE(*table().secretsOf(odd.key), secretsOf("odd"));
    QVERIFY(bool(table().remove(odd.key)));
    QVERIFY(!table().secretsOf(odd.key));
}

void tst_SavedAuthentications::replacesAnAccount()
{
    Account renamed = accountOf(u"one"_s);
    renamed.plan = u"team"_s;
    QCOMPARE(*table().save(renamed, secretsOf("3")), 4);
    QCOMPARE(*table().secretsOf(renamed.key), secretsOf("3"));
    QCOMPARE(*SavedAuthentications::listed(m_database),
             (QList<Account>{renamed, accountOf(u"two"_s)}));
    QCOMPARE(rowOf(1).last().toLongLong(), 2);
}

void tst_SavedAuthentications::tellsAccountsApart()
{
    Account key = accountOf(u"one"_s);
    key.key.type = AccountKey::Type::ApiKey;
    Account elsewhere = accountOf(u"one"_s, u"anthropic"_s);
    Account unnamed = accountOf(u""_s, u"gemini"_s);
    QVERIFY(bool(table().save(key, {.apiKey = Secret("key")})));
    QVERIFY(bool(table().save(elsewhere, secretsOf("4"))));
    QVERIFY(bool(table().save({.key = {u"gemini"_s}}, {.apiKey = Secret("empty everywhere")})));
    QCOMPARE(SavedAuthentications::listed(m_database)->size(), 5);
    QCOMPARE(*table().secretsOf(accountOf(u"one"_s).key), secretsOf("1"));
    QCOMPARE(table().secretsOf(key.key)->apiKey.reveal(), "key");
    QCOMPARE(table().secretsOf({u"gemini"_s})->apiKey.reveal(), "empty everywhere");
}

void tst_SavedAuthentications::removes()
{
    QVERIFY(bool(table().remove(accountOf(u"one"_s).key)));
    const auto gone = table().secretsOf(accountOf(u"one"_s).key);
    QVERIFY(!gone);
    QCOMPARE(gone.error().kind, Error::Kind::AuthenticationRequired);
    QCOMPARE(*table().secretsOf(accountOf(u"two"_s).key), secretsOf("2"));
    QVERIFY(bool(table().remove(accountOf(u"never there"_s).key)));
    QVERIFY(table().prove()->isIntact);
}

void tst_SavedAuthentications::listsWithoutAKey()
{
    const DataKey other{m_key.id, std::make_shared<const LockedKey>(*LockedKey::random())};
    SavedAuthentications stranger(m_database, other);
    QVERIFY(!stranger.prove()->isIntact);
    QVERIFY(!stranger.secretsOf(accountOf(u"one"_s).key));
    QCOMPARE(SavedAuthentications::listed(m_database)->size(), 2);
}

void tst_SavedAuthentications::refusesEveryChangedByte()
{
    QVERIFY(bool(table().save(accountOf(u"one"_s),
                              {.accessToken = Secret(QByteArray(9000, 'a')),
                               .refreshToken = Secret(QByteArray(2600, 'r'))})));
    int cases = 0;
    for (const qint64 id : {1, 2}) {
        const QVariantList row = rowOf(id);
        for (qsizetype column = 1; column < row.size(); ++column) {
            const bool isNumber = row[column].typeId() == QMetaType::LongLong;
            const bool isText = row[column].typeId() == QMetaType::QString;
            QByteArray bytes = row[column].toByteArray();
            if (isNumber) {
                const qint64 number = row[column].toLongLong();
                bytes = QByteArray(reinterpret_cast<const char *>(&number), sizeof number);
            }
            for (qsizetype i = 0; i < bytes.size(); ++i) {
                for (const int bit : {1, 64}) {
                    QByteArray changed = bytes;
                    changed[i] = static_cast<char>(changed[i] ^ bit);
                    qint64 number = 0;
                    memcpy(&number, changed.constData(),
                           std::min<size_t>(sizeof number, size_t(changed.size())));
                    QVariantList tampered = row;
                    tampered[column] = isNumber ? QVariant(number)
                        : isText                ? QVariant(QString::fromLatin1(changed))
                                                : QVariant(changed);
                    QVERIFY(writeRow(tampered));
                    const auto proof = table().prove();
                    QVERIFY2(proof && !proof->isIntact,
                             qPrintable(u"column %1, byte %2"_s.arg(column).arg(i)));
                    const auto secrets = table().secretsOf(
                        {tampered[1].toString(), AccountKey::Type::OAuth, tampered[3].toString()});
                    QVERIFY2(!secrets, qPrintable(u"column %1, byte %2"_s.arg(column).arg(i)));
                    QVERIFY(run(u"DELETE FROM saved_authentications WHERE id = ?"_s, {id}));
                    ++cases;
                }
            }
        }
        QVERIFY(writeRow(row));
        QVERIFY(table().prove()->isIntact);
    }
    QVERIFY2(cases >= 24000, qPrintable(QString::number(cases)));
}

void tst_SavedAuthentications::refusesEveryOlderRow()
{
    QList<QVariantList> older;
    for (int i = 0; i < 20; ++i) {
        older.append(rowOf(1));
        QVERIFY(
            bool(table().save(accountOf(u"one"_s), secretsOf("later " + QByteArray::number(i)))));
    }
    const QVariantList latest = rowOf(1);
    for (const QVariantList &row : older) {
        QVERIFY(writeRow(row));
        QVERIFY(!table().prove()->isIntact);
        QVERIFY(!table().secretsOf(accountOf(u"one"_s).key));
    }
    QVERIFY(writeRow(latest));
    QVERIFY(table().prove()->isIntact);
}

void tst_SavedAuthentications::refusesRows_data()
{
    QTest::addColumn<QStringList>("statements");
    QTest::newRow("swapped") << QStringList{
        u"UPDATE saved_authentications SET id = 9 WHERE id = 1"_s,
        u"UPDATE saved_authentications SET id = 1 WHERE id = 2"_s,
        u"UPDATE saved_authentications SET id = 2 WHERE id = 9"_s};
    QTest::newRow("credentials swapped") << QStringList{
        u"UPDATE saved_authentications SET credentials = (SELECT credentials FROM saved_authentications WHERE id = 2) WHERE id = 1"_s};
    QTest::newRow("names swapped")
        << QStringList{u"UPDATE saved_authentications SET account = 'x' WHERE id = 1"_s,
                       u"UPDATE saved_authentications SET account = 'one' WHERE id = 2"_s,
                       u"UPDATE saved_authentications SET account = 'two' WHERE id = 1"_s};
    QTest::newRow("a row taken away")
        << QStringList{u"DELETE FROM saved_authentications WHERE id = 2"_s};
    QTest::newRow("all rows taken away") << QStringList{u"DELETE FROM saved_authentications"_s};
    QTest::newRow("a row doubled") << QStringList{
        u"INSERT INTO saved_authentications SELECT 3, 'other', auth_type, account, email, name, "
        u"plan, organization, project, "
        "client_id, data_key, credentials, expires_at, created_at, updated_at, rev FROM saved_authentications WHERE id = 1"_s};
    QTest::newRow("rev") << QStringList{
        u"UPDATE saved_authentications SET rev = rev + 1 WHERE id = 1"_s};
    QTest::newRow("key id") << QStringList{
        u"UPDATE saved_authentications SET data_key = 'other' WHERE id = 1"_s};
    QTest::newRow("expiry to nothing")
        << QStringList{u"UPDATE saved_authentications SET expires_at = NULL WHERE id = 1"_s};
    QTest::newRow("the seal taken away") << QStringList{u"DELETE FROM vault_seal"_s};
    QTest::newRow("the generation")
        << QStringList{u"UPDATE vault_seal SET generation = generation + 1"_s};
    QTest::newRow("the age of the key")
        << QStringList{u"UPDATE vault_seal SET key_made_at = key_made_at + 1"_s};
    QTest::newRow("the generation of the key")
        << QStringList{u"UPDATE vault_seal SET key_made_in = key_made_in - 1"_s};
    QTest::newRow("the seal's key") << QStringList{u"UPDATE vault_seal SET data_key = 'other'"_s};
    QTest::newRow("a way in added") << QStringList{
        u"INSERT INTO key_slots SELECT 'new', kind, parameters, data_key, wrapped FROM key_slots"_s};
    QTest::newRow("all ways in taken away") << QStringList{u"DELETE FROM key_slots"_s};
}

void tst_SavedAuthentications::refusesRows()
{
    QFETCH(QStringList, statements);
    QVERIFY(accepted());
    for (const QString &statement : statements) {
        QVERIFY(run(statement));
    }
    QVERIFY(!accepted());
    QVERIFY(!table().secretsOf(accountOf(u"one"_s).key));
}

void tst_SavedAuthentications::refusesEveryChangedByteOfTheSlotAndTheSeal()
{
    const KeySlot slot = readSlots(m_database)->first();
    QVERIFY(unwrap(slot, *m_wrapping).has_value());
    for (QByteArray KeySlot::*member : {&KeySlot::wrapped, &KeySlot::parameters}) {
        for (qsizetype i = 0; i <= (slot.*member).size(); ++i) {
            KeySlot changed = slot;
            if (i < (slot.*member).size()) {
                (changed.*member)[i] = static_cast<char>((slot.*member)[i] ^ 1);
            } else {
                (changed.*member).append('x');
            }
            QVERIFY(!unwrap(changed, *m_wrapping));
        }
    }
    for (QString KeySlot::*member : {&KeySlot::id, &KeySlot::dataKeyId}) {
        KeySlot changed = slot;
        (changed.*member)[0] = u'x';
        QVERIFY(!unwrap(changed, *m_wrapping));
    }
    KeySlot otherKind = slot;
    otherKind.kind = KeySlot::Kind::Passphrase;
    QVERIFY(!unwrap(otherKind, *m_wrapping));
    QVERIFY(!unwrap(slot, *LockedKey::random()));

    auto query = execute(m_database, u"SELECT seal FROM vault_seal"_s);
    QVERIFY(query && query->next());
    const QByteArray seal = query->value(0).toByteArray();
    query->finish();
    for (qsizetype i = 0; i < seal.size(); ++i) {
        QByteArray changed = seal;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        QVERIFY(run(u"UPDATE vault_seal SET seal = ?"_s, {changed}));
        QVERIFY(!accepted());
    }
}

void tst_SavedAuthentications::sealsEverythingUnderAnotherKey()
{
    const QVariantList before = rowOf(1);
    const KeySlot slot{.id = u"another"_s};
    const LockedKey wrapping = *LockedKey::random();
    const auto renewed = renewVault(m_database, m_key, slot, wrapping);
    QVERIFY(bool(renewed));
    QCOMPARE(renewed->generation, 4);
    QCOMPARE(*readSlots(m_database), QList<KeySlot>{renewed->slot});

    // The old key opens nothing of the new file, and the new key nothing of the old one.
    QVERIFY(table().isUnderOtherKey());
    QVERIFY(!table().secretsOf(accountOf(u"one"_s).key));
    QVERIFY(!renewVault(m_database, m_key, {.id = u"third"_s}, wrapping));
    SavedAuthentications now(m_database, renewed->key);
    QVERIFY(now.prove()->isIntact);
    QCOMPARE(*now.secretsOf(accountOf(u"one"_s).key), secretsOf("1"));
    QCOMPARE(*now.secretsOf(accountOf(u"two"_s).key), secretsOf("2"));
    QCOMPARE(unwrap(readSlots(m_database)->first(), wrapping)->id, renewed->key.id);
    QVERIFY(writeRow(before));
    QVERIFY(!now.prove()->isIntact);
    QVERIFY(!now.secretsOf(accountOf(u"one"_s).key));
}

void tst_SavedAuthentications::knowsWhenTheKeyIsOld_data()
{
    QTest::addColumn<qint64>("days");
    QTest::addColumn<qint64>("changes");
    QTest::addColumn<bool>("isOld");
    QTest::newRow("new") << 0LL << 0LL << false;
    QTest::newRow("a year less a day") << 364LL << 1000LL << false;
    QTest::newRow("a year and a day") << 366LL << 0LL << true;
    QTest::newRow("almost a million changes") << 0LL << (1LL << 20) - 10 << false;
    QTest::newRow("more than a million changes") << 0LL << (1LL << 20) << true;
}

void tst_SavedAuthentications::knowsWhenTheKeyIsOld()
{
    QFETCH(qint64, days);
    QFETCH(qint64, changes);
    QFETCH(bool, isOld);
    for (const QString &name : {u"key_slots"_s, u"saved_authentications"_s, u"vault_seal"_s}) {
        QVERIFY(run(u"DELETE FROM "_s + name));
    }
    const qint64 madeAt = QDateTime::currentMSecsSinceEpoch() - days * 24 * 60 * 60 * 1000;
    const auto opened = beginVault(m_database, {.id = u"slot"_s}, *m_wrapping, madeAt);
    QVERIFY(bool(opened));
    m_key = opened->key;
    QVERIFY(bool(table().acceptAsIs(changes)));
    QCOMPARE(table().prove()->isKeyOld, isOld);
    QVERIFY(bool(renewVault(m_database, m_key, {.id = u"slot"_s}, *m_wrapping)));
    const auto again = openVault(m_database, readSlots(m_database)->first(), *m_wrapping);
    QVERIFY(again && *again);
    QVERIFY(!(*again)->isKeyOld);
}

void tst_SavedAuthentications::goesOnWithWhatIsIntact()
{
    QVERIFY(run(u"UPDATE saved_authentications SET email = 'somebody@else' WHERE id = 1"_s));
    QVERIFY(!accepted());
    QCOMPARE(*table().acceptAsIs(40), 41);
    QVERIFY(table().prove()->isIntact);
    QCOMPARE(*SavedAuthentications::listed(m_database), QList<Account>{accountOf(u"two"_s)});
    QCOMPARE(*table().secretsOf(accountOf(u"two"_s).key), secretsOf("2"));
}

void tst_SavedAuthentications::countsOnFromNoNumberThatNobodyCountedTo_data()
{
    QTest::addColumn<qint64>("number");
    QTest::newRow("the largest") << std::numeric_limits<qint64>::max();
    QTest::newRow("the smallest") << std::numeric_limits<qint64>::min();
    QTest::newRow("negative") << -1LL;
}

void tst_SavedAuthentications::countsOnFromNoNumberThatNobodyCountedTo()
{
    QFETCH(qint64, number);
    QVERIFY(run(u"UPDATE vault_seal SET generation = ?, key_made_at = ?, key_made_in = ?"_s,
                {number, number, number}));
    const auto proof = table().prove();
    QVERIFY(!proof->isIntact);
    QCOMPARE(proof->generation, 0);
    QVERIFY(!proof->isKeyOld);
    QCOMPARE(*table().acceptAsIs(40), 41);
    QVERIFY(table().prove()->isIntact);
    QVERIFY(bool(table().save(accountOf(u"three"_s), secretsOf("3"))));
    QCOMPARE(table().prove()->generation, 42);
}

void tst_SavedAuthentications::writesNothingIntoAChangedVault()
{
    QVERIFY(run(u"DELETE FROM saved_authentications WHERE id = 2"_s));
    const QVariantList before = rowOf(1);
    QVERIFY(!table().save(accountOf(u"one"_s), secretsOf("9")));
    QVERIFY(!table().remove(accountOf(u"one"_s).key));
    QCOMPARE(rowOf(1), before);
    QVERIFY(!table().prove()->isIntact);
}

void tst_SavedAuthentications::hasNoSecretInItsFile()
{
    m_database.close();
    QFile file(m_folder->filePath(u"vault.db"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.contains("one@example.org"));
    QVERIFY(!bytes.contains("SECRET"));
    QVERIFY(!bytes.contains(m_key.key->bytes().toByteArray()));
}

//! As another process does it: on a connection of its own.
class Writer final : public QThread
{
public:
    Writer(QString path, DataKey key)
        : m_path(std::move(path))
        , m_key(std::move(key))
    { }
    ~Writer() override
    {
        requestInterruption();
        wait();
    }

    std::atomic<int> saved = 0;

private:
    void run() override
    {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"writer"_s);
            database.setDatabaseName(m_path);
            if (!database.open()) {
                return;
            }
            (void)execute(database, u"PRAGMA synchronous = OFF"_s);
            SavedAuthentications table(database, m_key);
            for (int i = 0; !isInterruptionRequested(); ++i) {
                saved += table.save(accountOf(u"one"_s), secretsOf(QByteArray::number(i))) ? 1 : 0;
            }
        }
        QSqlDatabase::removeDatabase(u"writer"_s);
    }

    QString m_path;
    DataKey m_key;
};

void tst_SavedAuthentications::provesOneMomentWhileAnotherWrites()
{
    QVERIFY(run(u"PRAGMA journal_mode = WAL"_s));
    Writer writer(m_database.databaseName(), m_key);
    writer.start();
    QTRY_VERIFY(writer.saved > 0);
    for (int i = 0; i < 1000; ++i) {
        const auto proof = table().prove();
        QVERIFY(bool(proof));
        QVERIFY2(proof->isIntact, qPrintable(QString::number(i)));
        QVERIFY(bool(table().secretsOf(accountOf(u"one"_s).key)));
    }
    QVERIFY(writer.saved > 10);
}

QTEST_GUILESS_MAIN(tst_SavedAuthentications)
#include "tst_savedauthentications.moc"
