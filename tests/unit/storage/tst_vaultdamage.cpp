// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/vault.h"
#include "support/await.h"
#include "support/keyringdouble.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace Maestro;
using namespace Qt::StringLiterals;

//! Damages a vault's files in 2000 ways: nothing stops the program or keeps it waiting, and nothing
//! is lost in silence.
class tst_VaultDamage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void losesNothingInSilence_data();
    void losesNothingInSilence();
    void cleanupTestCase();

private:
    struct Files
    {
        QByteArray file;
        QByteArray log;

        friend bool operator==(const Files &, const Files &) = default;
    };

    Files damaged(const QByteArray &how, QRandomGenerator &random) const;
    QByteArray endOf(const Files &files, int number);

    QString m_place; // where a sync costs nothing, if there is such a place
    std::unique_ptr<QTemporaryDir> m_folder;
    KeyringDouble m_keyring;
    Files m_closed; // as a program leaves them that ended well
    Files m_killed; // and one that did not
    std::map<QByteArray, int> m_ends;
};

namespace {

constexpr quint32 Seed = 20240607;
constexpr int CasesOfAKind = 200;
constexpr qint64 LongestCase = 5000;
constexpr qsizetype PageSize = 4096;
constexpr qsizetype LogHeader = 32;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        qFatal("The test's own file could not be written");
    }
}

qsizetype somewhere(const QByteArray &bytes, QRandomGenerator &random)
{
    return random.bounded(static_cast<int>(bytes.size()));
}

void scramble(QByteArray &bytes, qsizetype from, qsizetype to, int count, QRandomGenerator &random)
{
    const int range = static_cast<int>(std::min(to, bytes.size()) - from);
    for (int i = 0; i < count && range > 0; ++i) {
        bytes[from + random.bounded(range)] = static_cast<char>(random.bounded(256));
    }
}

void zero(QByteArray &bytes, QRandomGenerator &random)
{
    const qsizetype from = somewhere(bytes, random);
    const qsizetype size
        = std::min<qsizetype>(1 + random.bounded(2 * int(PageSize)), bytes.size() - from);
    bytes.replace(from, size, QByteArray(size, '\0'));
}

void swapPages(QByteArray &bytes, QRandomGenerator &random)
{
    const int pages = static_cast<int>(bytes.size() / PageSize);
    const qsizetype a = random.bounded(pages) * PageSize;
    const qsizetype b = random.bounded(pages) * PageSize;
    const QByteArray first = bytes.mid(a, PageSize);
    bytes.replace(a, PageSize, bytes.mid(b, PageSize));
    bytes.replace(b, PageSize, first);
}

Account accountOf(int number)
{
    return {.key = {u"openai"_s, AccountKey::Type::OAuth, QString::number(number)},
            .email = u"%1@example.org"_s.arg(number)};
}

AccountSecrets secretsOf(int number)
{
    return {.accessToken = Secret(QByteArray(1500, 'a') + QByteArray::number(number)),
            .refreshToken = Secret("refresh " + QByteArray::number(number))};
}

constexpr int Accounts = 5;

} // namespace

void tst_VaultDamage::initTestCase()
{
    qInfo("Seed %u", Seed);
    const QFileInfo memory(u"/dev/shm"_s);
    m_place = (memory.isWritable() ? memory.filePath() : QDir::tempPath()) + u"/maestro-XXXXXX"_s;
    QTemporaryDir folder(m_place);
    const QString path = folder.filePath(u"data/vault.db"_s);
    {
        Database database(path, vaultSchema());
        Vault vault(database, m_keyring);
        QCOMPARE(await(vault.open()), std::nullopt);
        QCOMPARE(await(vault.makeWithKeyring()), std::nullopt);
        for (int i = 0; i < Accounts - 1; ++i) {
            QCOMPARE(await(vault.save(accountOf(i), secretsOf(i))), std::nullopt);
        }
    }
    {
        Database database(path, vaultSchema());
        Vault vault(database, m_keyring);
        QCOMPARE(await(vault.open()), std::nullopt);
        QCOMPARE(await(vault.save(accountOf(Accounts - 1), secretsOf(Accounts - 1))), std::nullopt);
        m_killed = {contents(path), contents(path + u"-wal"_s)};
        QVERIFY(m_killed.log.size() > PageSize);
    }
    m_closed = {contents(path), {}};
    QVERIFY(m_closed.file.size() >= 5 * PageSize);
}

void tst_VaultDamage::losesNothingInSilence_data()
{
    QTest::addColumn<QByteArray>("how");
    for (const char *how :
         {"a byte", "a hundred bytes", "the header", "zeros", "the end missing", "pages swapped",
          "bytes added", "the log", "the log's end missing", "the file under its log"}) {
        QTest::newRow(how) << QByteArray(how);
    }
}

tst_VaultDamage::Files tst_VaultDamage::damaged(const QByteArray &how,
                                                QRandomGenerator &random) const
{
    Files files = how.contains("log") ? m_killed : m_closed;
    if (how == "a byte") {
        const qsizetype at = somewhere(files.file, random);
        files.file[at] = static_cast<char>(files.file[at] ^ (1 << random.bounded(8)));
    } else if (how == "a hundred bytes") {
        scramble(files.file, 0, files.file.size(), 100, random);
    } else if (how == "the header") {
        scramble(files.file, 16, 100, 1 + random.bounded(8), random);
    } else if (how == "zeros") {
        zero(files.file, random);
    } else if (how == "the end missing") {
        files.file.truncate(somewhere(files.file, random));
    } else if (how == "pages swapped") {
        swapPages(files.file, random);
    } else if (how == "bytes added") {
        files.file.insert(somewhere(files.file, random),
                          QByteArray(1 + random.bounded(300), char(random.bounded(256))));
    } else if (how == "the log") {
        const bool isHeader = random.bounded(4) == 0;
        scramble(files.log, 0, isHeader ? LogHeader : files.log.size(), 1 + random.bounded(20),
                 random);
    } else if (how == "the log's end missing") {
        files.log.truncate(somewhere(files.log, random));
    } else {
        scramble(files.file, 0, files.file.size(), 1 + random.bounded(200), random);
    }
    return files;
}

//! How it ends for these files, in a word. Fails the test if something was lost in silence.
QByteArray tst_VaultDamage::endOf(const Files &files, int number)
{
    const QString path = m_folder->filePath(u"%1/vault.db"_s.arg(number));
    QDir().mkpath(QFileInfo(path).path());
    write(path, files.file);
    if (!files.log.isEmpty()) {
        write(path + u"-wal"_s, files.log);
    }
    KeyringDouble keyring;
    keyring.items = m_keyring.items;
    Database database(path, vaultSchema());
    Vault vault(database, keyring);
    const auto error = await(vault.open());
    if (const auto aside = vault.setAside()) {
        const Files kept{contents(aside->detail), contents(aside->detail + u"-wal"_s)};
        const bool isTold = !aside->message.isEmpty() && !aside->advice.isEmpty();
        return kept == files && isTold && vault.state() == Vault::State::FirstRun ? "set aside"
                                                                                  : "NOT KEPT";
    }
    if (error) {
        const bool isTold = vault.problem() == error && !error->message.isEmpty()
            && !error->advice.isEmpty() && vault.state() != Vault::State::Ready;
        return isTold ? "a problem" : "A PROBLEM UNTOLD";
    }
    if (vault.state() != Vault::State::Ready || vault.accounts().size() != Accounts) {
        return "LOST";
    }
    for (int i = 0; i < Accounts; ++i) {
        const auto secrets = await(vault.secretsOf(accountOf(i).key));
        if (!secrets || !(*secrets == secretsOf(i))) {
            return "LOST AN ACCOUNT";
        }
    }
    return "intact";
}

void tst_VaultDamage::losesNothingInSilence()
{
    QFETCH(QByteArray, how);
    QRandomGenerator random(Seed);
    m_folder = std::make_unique<QTemporaryDir>(m_place);
    for (int i = 0; i < CasesOfAKind; ++i) {
        const Files files = damaged(how, random);
        QElapsedTimer timer;
        timer.start();
        const QByteArray end = endOf(files, i);
        QVERIFY2(end == end.toLower(),
                 (how + ", case " + QByteArray::number(i) + ": " + end).constData());
        QVERIFY2(timer.elapsed() < LongestCase, QByteArray::number(i).constData());
        QDir(m_folder->filePath(QString::number(i))).removeRecursively();
        ++m_ends[how + ": " + end];
    }
}

void tst_VaultDamage::cleanupTestCase()
{
    for (const auto &[end, count] : m_ends) {
        qInfo("%s: %d", end.constData(), count);
    }
}

QTEST_GUILESS_MAIN(tst_VaultDamage)
#include "tst_vaultdamage.moc"
