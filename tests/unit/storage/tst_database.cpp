// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/database.h"
#include "support/await.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_Database : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void keepsWhatWasCommitted();
    void undoesWhatWasNot();
    void isOnlyForThisPersonWhateverTheUmask();
    void closesWhatStoodOpen();
    void setsAside_data();
    void setsAside();
    void leavesANewerOneAlone();
    void refusesALinkOrAPipe();
    void refusesAFolderThatIsALinkOrSomebodyElses();
    void closesAFolderThatStoodOpen();
    void setsTheLogAsideWithItsFile();
    void leavesTheLogOfANewerOneAlone();
    void seesThatItsFileWasMoved();
    void bringsAnOlderOneUpToDate();
    void copiesAnOlderOneFirst();
    void leavesAnOlderOneAsItWasIfAMigrationFails();
    void saysInItsWordsWhatIsWrong();
    void refusesAFolderThatCannotBeWritten();
    void leavesNoDraftBehind();
    void setsAsideTwiceUnderTwoNames();
    void hasTheSettingsThatProtect();

private:
    QString path() const { return m_folder->filePath(u"data/test.db"_s); }
    QByteArray contents(const QString &file) const;
    void write(const QByteArray &bytes) const;
    void leaveALog(const QStringList &statements) const;
    QStringList files() const
    {
        return QFileInfo(path()).dir().entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

DatabaseSchema schema()
{
    return {0x54455354, {{u"CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"_s}}};
}

Result<Database::Opened> opened(Database &database) { return await(database.open()); }

bool execOn(Database &database, const QStringList &statements)
{
    return await(database.run([statements](QSqlDatabase &connection) {
        for (const QString &statement : statements) {
            if (!execute(connection, statement)) {
                return false;
            }
        }
        return true;
    }));
}

QString scalar(Database &database, const QString &statement)
{
    return await(database.run([statement](QSqlDatabase &connection) {
        Result<QSqlQuery> query = execute(connection, statement);
        return query && query->next() ? query->value(0).toString() : u"(none)"_s;
    }));
}

} // namespace

QByteArray tst_Database::contents(const QString &file) const
{
    QFile open(file);
    return open.open(QIODevice::ReadOnly) ? open.readAll() : QByteArray("(unreadable)");
}

void tst_Database::write(const QByteArray &bytes) const
{
    QDir().mkpath(QFileInfo(path()).path());
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

void tst_Database::keepsWhatWasCommitted()
{
    {
        Database database(path(), schema());
        const auto result = opened(database);
        QVERIFY(bool(result));
        QVERIFY(!result->setAside);
        QVERIFY(execOn(database, {u"INSERT INTO notes (text) VALUES ('kept')"_s}));
    }
    Database database(path(), schema());
    QVERIFY(bool(opened(database)));
    QCOMPARE(scalar(database, u"SELECT text FROM notes"_s), u"kept"_s);
}

void tst_Database::undoesWhatWasNot()
{
    Database database(path(), schema());
    QVERIFY(bool(opened(database)));
    const bool isDone = await(database.run([](QSqlDatabase &connection) {
        Transaction transaction(connection);
        return !transaction.error()
            && bool(execute(connection, u"INSERT INTO notes (text) VALUES ('lost')"_s));
    }));
    QVERIFY(isDone);
    QCOMPARE(scalar(database, u"SELECT count(*) FROM notes"_s), u"0"_s);
}

void tst_Database::isOnlyForThisPersonWhateverTheUmask()
{
    for (const mode_t mask : {0000, 0022, 0077}) {
        init();
        const mode_t before = ::umask(mask);
        Database database(path(), schema());
        const bool isOpen = bool(opened(database))
            && execOn(database, {u"INSERT INTO notes (text) VALUES ('x')"_s});
        ::umask(before);
        QVERIFY(isOpen);
        QVERIFY(files().contains(u"test.db-wal"_s));
        for (const QString &name : files()) {
            struct stat status = {};
            QCOMPARE(::stat(QFile::encodeName(QFileInfo(path()).dir().filePath(name)).constData(),
                            &status),
                     0);
            QCOMPARE(status.st_mode & 0777, mode_t(0600));
        }
        struct stat folder = {};
        QCOMPARE(::stat(QFile::encodeName(QFileInfo(path()).path()).constData(), &folder), 0);
        QCOMPARE(folder.st_mode & 0777, mode_t(0700));
    }
}

void tst_Database::closesWhatStoodOpen()
{
    {
        Database database(path(), schema());
        QVERIFY(bool(opened(database)));
    }
    const QByteArray name = QFile::encodeName(path());
    QCOMPARE(::chmod(name.constData(), 0666), 0);
    Database database(path(), schema());
    QVERIFY(bool(opened(database)));
    struct stat status = {};
    ::stat(name.constData(), &status);
    QCOMPARE(status.st_mode & 0777, mode_t(0600));
}

void tst_Database::setsAside_data()
{
    QTest::addColumn<QStringList>("statements"); // on a sound database
    QTest::addColumn<QByteArray>("bytes"); // instead of it
    QTest::addColumn<QString>("why");

    QTest::newRow("text") << QStringList() << QByteArray("not a database") << u"damaged"_s;
    QTest::newRow("an empty file") << QStringList() << QByteArray("") << u"damaged"_s;
    QTest::newRow("a header and nothing else")
        << QStringList() << QByteArray("SQLite format 3\0", 16) << u"damaged"_s;
    QTest::newRow("zeros") << QStringList() << QByteArray(8192, '\0') << u"damaged"_s;
    QTest::newRow("another program's")
        << QStringList{u"PRAGMA application_id = 7"_s} << QByteArray() << u"foreign"_s;
    QTest::newRow("a trigger was added")
        << QStringList{u"CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END"_s}
        << QByteArray() << u"damaged"_s;
    QTest::newRow("a table was dropped")
        << QStringList{u"DROP TABLE notes"_s} << QByteArray() << u"damaged"_s;
    QTest::newRow("a version before all")
        << QStringList{u"PRAGMA user_version = 0"_s} << QByteArray() << u"damaged"_s;
    QTest::newRow("a version below nothing")
        << QStringList{u"PRAGMA user_version = -5"_s} << QByteArray() << u"damaged"_s;
}

void tst_Database::setsAside()
{
    QFETCH(QStringList, statements);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, why);

    if (statements.isEmpty()) {
        write(bytes);
    } else {
        Database database(path(), schema());
        QVERIFY(bool(opened(database)));
        QVERIFY(execOn(database, statements));
    }
    const QByteArray before = contents(path());

    Database database(path(), schema());
    const auto result = opened(database);
    QVERIFY(bool(result));
    QVERIFY(result->setAside.has_value());
    QVERIFY(result->setAside->message.contains(u"set aside"_s));
    QVERIFY(result->setAside->detail.startsWith(path() + u'.' + why));
    // Nothing of it is gone, and a new database is in its place.
    QCOMPARE(contents(result->setAside->detail), before);
    QCOMPARE(scalar(database, u"SELECT count(*) FROM notes"_s), u"0"_s);
}

void tst_Database::leavesANewerOneAlone()
{
    {
        Database database(path(), schema());
        QVERIFY(bool(opened(database)));
        QVERIFY(execOn(database,
                       {u"INSERT INTO notes (text) VALUES ('from the future')"_s,
                        u"PRAGMA user_version = 2"_s}));
    }
    const QByteArray before = contents(path());
    {
        Database database(path(), schema());
        const auto result = opened(database);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Unsupported);
        QVERIFY(!execOn(database, {u"INSERT INTO notes (text) VALUES ('x')"_s}));
    }
    QCOMPARE(contents(path()), before);
    QVERIFY(contents(path() + u"-wal"_s).isEmpty()); // reading makes one, in which nothing is
    QVERIFY(files().filter(u"test.db."_s).isEmpty());
}

void tst_Database::refusesALinkOrAPipe()
{
    const QString target = m_folder->filePath(u"target"_s);
    QFile file(target);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    QDir().mkpath(QFileInfo(path()).path());
    QVERIFY(QFile::link(target, path()));
    {
        Database database(path(), schema());
        QVERIFY(!opened(database));
    }
    QCOMPARE(contents(target), "precious");
    QVERIFY(QFile::remove(path()));

    QCOMPARE(::mkfifo(QFile::encodeName(path()).constData(), 0600), 0);
    Database database(path(), schema());
    QVERIFY(!opened(database));
}

void tst_Database::refusesAFolderThatIsALinkOrSomebodyElses()
{
    const QString elsewhere = m_folder->filePath(u"elsewhere"_s);
    QVERIFY(QDir().mkpath(elsewhere));
    QCOMPARE(::chmod(QFile::encodeName(elsewhere).constData(), 0755), 0);
    const QString folder = QFileInfo(path()).path();
    QVERIFY(QFile::link(elsewhere, folder));
    {
        Database database(path(), schema());
        const auto result = opened(database);
        QVERIFY(!result);
        QVERIFY(result.error().detail.contains(folder));
    }
    QVERIFY(QDir(elsewhere).isEmpty());
    struct stat status = {};
    QCOMPARE(::stat(QFile::encodeName(elsewhere).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t(0755));

    QVERIFY(QFile::remove(folder));
    QVERIFY(QDir().mkpath(folder));
    if (::chown(QFile::encodeName(folder).constData(), 12345, gid_t(-1)) != 0) {
        QSKIP("Only root can make a folder somebody else's.");
    }
    Database database(path(), schema());
    QVERIFY(!opened(database));
    QVERIFY(files().isEmpty());
}

void tst_Database::closesAFolderThatStoodOpen()
{
    const QByteArray folder = QFile::encodeName(QFileInfo(path()).path());
    QVERIFY(QDir().mkpath(QFileInfo(path()).path()));
    QCOMPARE(::chmod(folder.constData(), 0777), 0);
    Database database(path(), schema());
    QVERIFY(bool(opened(database)));
    struct stat status = {};
    QCOMPARE(::stat(folder.constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t(0700));
}

//! A file and a log that was never written into it, as a killed program leaves them.
void tst_Database::leaveALog(const QStringList &statements) const
{
    const QString made = m_folder->filePath(u"made/test.db"_s);
    Database database(made, schema());
    QVERIFY(bool(opened(database)));
    QVERIFY(execOn(database, statements));
    QDir().mkpath(QFileInfo(path()).path());
    for (const QString &suffix : {u""_s, u"-wal"_s}) {
        QVERIFY(QFile::copy(made + suffix, path() + suffix));
    }
    QVERIFY(QFileInfo(path() + u"-wal"_s).size() > 0);
}

void tst_Database::setsTheLogAsideWithItsFile()
{
    leaveALog({u"INSERT INTO notes (text) VALUES ('precious')"_s,
               u"CREATE TABLE other (id INTEGER PRIMARY KEY)"_s});
    const QByteArray before = contents(path());
    const QByteArray log = contents(path() + u"-wal"_s);
    Database database(path(), schema());
    const auto result = opened(database);
    QVERIFY(result && result->setAside);
    QCOMPARE(contents(result->setAside->detail), before);
    QCOMPARE(contents(result->setAside->detail + u"-wal"_s), log);
}

void tst_Database::leavesTheLogOfANewerOneAlone()
{
    leaveALog(
        {u"INSERT INTO notes (text) VALUES ('from the future')"_s, u"PRAGMA user_version = 2"_s});
    const QByteArray before = contents(path());
    const QByteArray log = contents(path() + u"-wal"_s);
    {
        Database database(path(), schema());
        const auto result = opened(database);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Unsupported);
    }
    QCOMPARE(contents(path()), before);
    QCOMPARE(contents(path() + u"-wal"_s), log);
}

void tst_Database::seesThatItsFileWasMoved()
{
    const auto isMoved = [](Database &database) {
        return await(database.run([&database](QSqlDatabase &) { return database.isMoved(); }));
    };
    Database database(path(), schema());
    QVERIFY(bool(opened(database)));
    QVERIFY(!isMoved(database));
    QVERIFY(QFile::rename(path(), path() + u".away"_s));
    QVERIFY(isMoved(database));
    QVERIFY(QFile::copy(path() + u".away"_s, path()));
    QVERIFY(isMoved(database));
}

void tst_Database::bringsAnOlderOneUpToDate()
{
    {
        Database database(path(), schema());
        QVERIFY(bool(opened(database)));
        QVERIFY(execOn(database, {u"INSERT INTO notes (text) VALUES ('old')"_s}));
    }
    DatabaseSchema newer = schema();
    newer.migrations.append(
        {u"ALTER TABLE notes ADD COLUMN author TEXT NOT NULL DEFAULT 'nobody'"_s});
    Database database(path(), newer);
    const auto result = opened(database);
    QVERIFY(bool(result));
    QVERIFY(!result->setAside);
    QCOMPARE(scalar(database, u"SELECT text || ' by ' || author FROM notes"_s), u"old by nobody"_s);
    QCOMPARE(scalar(database, u"PRAGMA user_version"_s), u"2"_s);
}

void tst_Database::copiesAnOlderOneFirst()
{
    leaveALog({u"INSERT INTO notes (text) VALUES ('in the log')"_s});
    DatabaseSchema newer = schema();
    newer.migrations.append({u"DELETE FROM notes"_s});
    newer.keepsBackup = true;
    {
        Database database(path(), newer);
        QVERIFY(bool(opened(database)));
        QCOMPARE(scalar(database, u"SELECT count(*) FROM notes"_s), u"0"_s);
    }
    QCOMPARE(files(), (QStringList{u"test.db"_s, u"test.db.before-v2"_s}));
    struct stat status = {};
    const QString backup = path() + u".before-v2"_s;
    QCOMPARE(::stat(QFile::encodeName(backup).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0777, mode_t(0600));

    // The copy is a whole database of the old version, which can be put back; a second one does not
    // take its place.
    const QByteArray before = contents(backup);
    QVERIFY(QFile::remove(path()));
    QVERIFY(QFile::copy(backup, path()));
    {
        Database database(path(), schema());
        QVERIFY(bool(opened(database)));
        QCOMPARE(scalar(database, u"SELECT text FROM notes"_s), u"in the log"_s);
    }
    Database database(path(), newer);
    QVERIFY(bool(opened(database)));
    QCOMPARE(files().filter(u"before"_s),
             (QStringList{u"test.db.before-v2"_s, u"test.db.before-v2-2"_s}));
    QCOMPARE(contents(backup), before);
}

void tst_Database::leavesAnOlderOneAsItWasIfAMigrationFails()
{
    {
        Database database(path(), schema());
        QVERIFY(bool(opened(database)));
        QVERIFY(execOn(database, {u"INSERT INTO notes (text) VALUES ('old')"_s}));
    }
    DatabaseSchema newer = schema();
    newer.migrations.append({u"DELETE FROM notes"_s, u"INSERT INTO nowhere VALUES (1)"_s});
    newer.keepsBackup = true;
    {
        Database database(path(), newer);
        QVERIFY(!opened(database));
    }
    Database database(path(), schema());
    const auto result = opened(database);
    QVERIFY(bool(result));
    QVERIFY(!result->setAside);
    QCOMPARE(scalar(database, u"SELECT text FROM notes"_s), u"old"_s);
}

void tst_Database::saysInItsWordsWhatIsWrong()
{
    DatabaseSchema named = schema();
    named.words = {u"notes"_s, u"Write them again."_s, u"Use the newer one."_s};
    write("not a database");
    {
        Database database(path(), named);
        const auto result = opened(database);
        QVERIFY(result && result->setAside);
        QCOMPARE(result->setAside->message,
                 u"The file of the notes was damaged or not ours, and was set aside."_s);
        QCOMPARE(result->setAside->advice, u"Write them again."_s);
        QVERIFY(execOn(database, {u"PRAGMA user_version = 2"_s}));
    }
    Database database(path(), named);
    const auto result = opened(database);
    QVERIFY(!result);
    QCOMPARE(result.error().message, u"The notes belong to a newer version of Maestro."_s);
    QCOMPARE(result.error().advice, u"Use the newer one."_s);
}

void tst_Database::refusesAFolderThatCannotBeWritten()
{
    Database database(u"/proc/nowhere/test.db"_s, schema());
    const auto result = opened(database);
    QVERIFY(!result);
    QVERIFY(!result.error().message.isEmpty());
}

void tst_Database::leavesNoDraftBehind()
{
    {
        Database database(path(), schema());
        QVERIFY(bool(opened(database)));
    }
    QCOMPARE(files(), QStringList{u"test.db"_s});
}

void tst_Database::setsAsideTwiceUnderTwoNames()
{
    for (const QByteArray &bytes : {QByteArray("first"), QByteArray("second")}) {
        write(bytes);
        Database database(path(), schema());
        const auto result = opened(database);
        QVERIFY(bool(result));
        QVERIFY(result->setAside.has_value());
        QCOMPARE(contents(result->setAside->detail), bytes);
    }
    QCOMPARE(files().filter(u".damaged-"_s).size(), 2);
}

void tst_Database::hasTheSettingsThatProtect()
{
    Database database(path(), schema());
    QVERIFY(bool(opened(database)));
    QCOMPARE(scalar(database, u"PRAGMA journal_mode"_s), u"wal"_s);
    QCOMPARE(scalar(database, u"PRAGMA synchronous"_s), u"2"_s);
    QCOMPARE(scalar(database, u"PRAGMA secure_delete"_s), u"1"_s);
    QCOMPARE(scalar(database, u"PRAGMA trusted_schema"_s), u"0"_s);
    QCOMPARE(scalar(database, u"PRAGMA cell_size_check"_s), u"1"_s);
}

QTEST_GUILESS_MAIN(tst_Database)
#include "tst_database.moc"
