// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/database.h"

#include "core/utf8.h"

#include <QCoreApplication>
#include <QFile>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Vault)
};

//! How long another process may hold the write lock; its transactions take milliseconds.
const QString Options = u"QSQLITE_BUSY_TIMEOUT=2000"_s;
const QString ReadOnly = u";QSQLITE_OPEN_READONLY"_s;

enum class Condition { Sound, Newer, Foreign, Damaged, Unreadable };

struct Finding
{
    Condition condition = Condition::Sound;
    std::optional<Error> error = {};
};

Error sqlError(const QSqlError &error)
{
    return Error{Error::Kind::Configuration,
                 Tr::tr("The file of the saved sign-ins could not be used."),
                 Tr::tr("Check that the disk is neither full nor write-protected, and try again."),
                 error.driverText() + u": "_s + error.databaseText() + u" ("_s
                     + error.nativeErrorCode() + u')'};
}

//! SQLITE_CORRUPT, SQLITE_FORMAT and SQLITE_NOTADB: what the file holds is wrong. All else (busy,
//! full, I/O) says nothing about the file.
bool saysDamaged(const QSqlError &error)
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    return code == 11 || code == 24 || code == 26;
}

Finding findingOf(const QSqlError &error)
{
    return {saysDamaged(error) ? Condition::Damaged : Condition::Unreadable, sqlError(error)};
}

//! The first column of all rows, as lines; or why not.
std::optional<QString> read(QSqlDatabase &database, const QString &statement, Finding &finding)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    QStringList lines;
    if (!query.exec(statement)) {
        finding = findingOf(query.lastError());
        return std::nullopt;
    }
    while (query.next()) {
        lines.append(query.value(0).toString());
    }
    if (query.lastError().isValid()) {
        finding = findingOf(query.lastError());
        return std::nullopt;
    }
    return lines.join(u'\n');
}

const QString SchemaText
    = u"SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') "
      "FROM sqlite_schema ORDER BY type, name"_s;

std::optional<Error> migrate(QSqlDatabase &database, const DatabaseSchema &schema, qsizetype from,
                             qsizetype to)
{
    for (qsizetype version = from; version < to; ++version) {
        for (const QString &statement : schema.migrations[version]) {
            if (const Result<QSqlQuery> done = execute(database, statement); !done) {
                return done.error();
            }
        }
    }
    const Result<QSqlQuery> done = execute(database, u"PRAGMA user_version = %1"_s.arg(to));
    return done ? std::nullopt : std::optional(done.error());
}

//! What the schema of this version reads as, in an empty database in memory.
QString schemaTextOf(const DatabaseSchema &schema, qsizetype version)
{
    const QString name = QUuid::createUuid().toString();
    QString text;
    {
        QSqlDatabase memory = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        memory.setDatabaseName(u":memory:"_s);
        Finding finding;
        if (memory.open() && !migrate(memory, schema, 0, version)) {
            text = read(memory, SchemaText, finding).value_or(QString());
        }
    }
    QSqlDatabase::removeDatabase(name);
    return text;
}

//! A setting per statement, for this connection.
std::optional<Error> protectConnection(QSqlDatabase &database)
{
    for (const QString &pragma :
         {u"trusted_schema = OFF"_s, u"cell_size_check = ON"_s, u"secure_delete = ON"_s,
          u"synchronous = FULL"_s, u"foreign_keys = ON"_s, u"temp_store = MEMORY"_s}) {
        if (const auto done = execute(database, u"PRAGMA "_s + pragma); !done) {
            return done.error();
        }
    }
    return std::nullopt;
}

Finding examine(QSqlDatabase &database, const DatabaseSchema &schema)
{
    Finding finding;
    const auto applicationId = read(database, u"PRAGMA application_id"_s, finding);
    const auto version
        = applicationId ? read(database, u"PRAGMA user_version"_s, finding) : std::nullopt;
    if (!version) {
        return finding;
    }
    if (static_cast<quint32>(applicationId->toLongLong()) != schema.applicationId) {
        return {Condition::Foreign};
    }
    if (version->toInt() > schema.migrations.size()) {
        return {Condition::Newer};
    }
    const auto integrity = read(database, u"PRAGMA integrity_check(1)"_s, finding);
    const auto text = integrity ? read(database, SchemaText, finding) : std::nullopt;
    if (!text) {
        return finding;
    }
    // A schema that differs by a trigger or a view runs code that is not ours.
    const bool isSound = *integrity == "ok"_L1 && version->toInt() >= 1
        && *text == schemaTextOf(schema, version->toInt());
    return {isSound ? Condition::Sound : Condition::Damaged};
}

std::optional<Error> bringUpToDate(QSqlDatabase &database, const DatabaseSchema &schema)
{
    Finding finding;
    const auto version = read(database, u"PRAGMA user_version"_s, finding);
    if (!version) {
        return finding.error;
    }
    if (version->toInt() == schema.migrations.size()) {
        return std::nullopt;
    }
    Transaction transaction(database);
    if (transaction.error()) {
        return transaction.error();
    }
    if (auto error = migrate(database, schema, version->toInt(), schema.migrations.size())) {
        return error;
    }
    return transaction.commit();
}

Error newerError(const QString &path)
{
    return Error{
        Error::Kind::Unsupported,
        Tr::tr("The saved sign-ins belong to a newer version of Maestro."),
        Tr::tr("Use that version, or stay signed in until you quit. The file was left as it is."),
        path};
}

} // namespace

Database::Database(QString path, DatabaseSchema schema)
    : m_path(std::move(path))
    , m_schema(std::move(schema))
    , m_connectionName(QUuid::createUuid().toString())
{
    m_worker.moveToThread(&m_thread);
    m_thread.setObjectName(u"database"_s);
    m_thread.start();
}

Database::~Database()
{
    QMetaObject::invokeMethod(
        &m_worker,
        [this] {
            disconnectHere();
            m_thread.quit();
        },
        Qt::QueuedConnection);
    m_thread.wait(); // the end of a thread, not a result: nothing else may outlive the connection
}

QFuture<Result<Database::Opened>> Database::open()
{
    return run([this](QSqlDatabase &) { return openHere(); });
}

QFuture<Result<Database::Opened>> Database::startOver()
{
    return run([this](QSqlDatabase &) -> Result<Opened> {
        const auto content = DatabaseFile::contentOf(m_path);
        if (!content || *content == DatabaseFile::Content::None) {
            return content ? openHere() : Result<Opened>(content.error());
        }
        return setAsideHere(u"old"_s, Tr::tr("The old sign-ins were set aside."));
    });
}

bool Database::isMoved() const { return DatabaseFile::identityOf(m_path) != m_identity; }

Result<Database::Opened> Database::openHere()
{
    disconnectHere();
    if (!QSqlDatabase::isDriverAvailable(u"QSQLITE"_s)) {
        return Error{Error::Kind::Configuration,
                     Tr::tr("Qt's SQLite driver is not installed, so sign-ins cannot be saved."),
                     Tr::tr("Install the package libqt6sql6-sqlite.")};
    }
    if (auto error = DatabaseFile::protect(m_path)) {
        return *error;
    }
    const auto content = DatabaseFile::contentOf(m_path);
    if (!content) {
        return content.error();
    }
    if (*content == DatabaseFile::Content::Other) {
        return setAsideHere(
            u"damaged"_s,
            Tr::tr("The file of the saved sign-ins was damaged or not ours, and was set aside."));
    }
    if (*content == DatabaseFile::Content::None) {
        if (auto error = makeNew()) {
            return *error;
        }
    }
    // Not for writing yet: closing a connection that may write puts the log into the file, and what
    // is set aside or left alone is to stay as it was found.
    Finding finding;
    if (connectTo(m_path, Access::Reading)) {
        finding = examine(m_connection, m_schema);
    } else {
        finding = findingOf(m_connection.lastError());
    }
    switch (finding.condition) {
    case Condition::Sound:
        break;
    case Condition::Newer:
        disconnectHere();
        return newerError(m_path);
    case Condition::Foreign:
        return setAsideHere(
            u"foreign"_s,
            Tr::tr("The file of the saved sign-ins was not one of Maestro's, and was set aside."));
    case Condition::Damaged:
        return setAsideHere(
            u"damaged"_s, Tr::tr("The file of the saved sign-ins was damaged, and was set aside."));
    case Condition::Unreadable:
        disconnectHere();
        return finding.error.value_or(Error{});
    }
    disconnectHere();
    if (!connectTo(m_path, Access::Writing)) {
        return sqlError(m_connection.lastError());
    }
    if (auto error = protectConnection(m_connection)) {
        return *error;
    }
    if (auto error = bringUpToDate(m_connection, m_schema)) {
        return *error;
    }
    m_identity = DatabaseFile::identityOf(m_path);
    return Opened{};
}

Result<Database::Opened> Database::setAsideHere(const QString &why, const QString &message)
{
    disconnectHere();
    const Result<QString> aside = DatabaseFile::setAside(m_path, why);
    if (!aside) {
        return aside.error();
    }
    Result<Opened> opened = openHere();
    if (opened) {
        opened->setAside = Error{
            Error::Kind::Configuration, message,
            Tr::tr("Sign in again. If you have a backup, put it in the file's place."), *aside};
    }
    return opened;
}

// Written under another name, and named when it is whole: so an empty or half-made file under the
// right name is always a damaged one, and never taken for a first run.
std::optional<Error> Database::makeNew()
{
    const Result<QString> draft = DatabaseFile::makeDraft(m_path);
    if (!draft) {
        return draft.error();
    }
    const auto fail = [this, &draft](const Error &error) {
        disconnectHere();
        for (const QString &suffix : {u""_s, u"-journal"_s, u"-wal"_s, u"-shm"_s}) {
            QFile::remove(*draft + suffix);
        }
        return error;
    };
    if (!connectTo(*draft, Access::Writing)) {
        return fail(sqlError(m_connection.lastError()));
    }
    if (auto error = protectConnection(m_connection)) {
        return fail(*error);
    }
    const auto isOurs
        = execute(m_connection, u"PRAGMA application_id = %1"_s.arg(m_schema.applicationId));
    if (!isOurs) {
        return fail(isOurs.error());
    }
    if (auto error = bringUpToDate(m_connection, m_schema)) {
        return fail(*error);
    }
    // The log comes last: what is in it gets into the file when it is closed, and closing does not
    // say whether that failed.
    if (const auto hasLog = execute(m_connection, u"PRAGMA journal_mode = WAL"_s); !hasLog) {
        return fail(hasLog.error());
    }
    disconnectHere();
    const Result<bool> published = DatabaseFile::publish(*draft, m_path);
    return published ? std::nullopt : std::optional(published.error());
}

bool Database::connectTo(const QString &path, Access access)
{
    m_connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connectionName);
    m_connection.setConnectOptions(access == Access::Reading ? Options + ReadOnly : Options);
    m_connection.setDatabaseName(path);
    return m_connection.open();
}

void Database::disconnectHere()
{
    if (m_connection.isValid()) {
        m_connection.close();
        m_connection = QSqlDatabase();
        QSqlDatabase::removeDatabase(m_connectionName);
    }
}

Transaction::Transaction(QSqlDatabase &database)
    : m_database(database)
{
    // Not QSqlDatabase::transaction(), which reads first and can then be refused the write lock.
    if (const auto begun = execute(database, u"BEGIN IMMEDIATE"_s); begun) {
        m_isOpen = true;
    } else {
        m_error = begun.error();
    }
}

Transaction::~Transaction()
{
    if (m_isOpen) {
        (void)execute(m_database, u"ROLLBACK"_s);
    }
}

std::optional<Error> Transaction::commit()
{
    if (const auto done = execute(m_database, u"COMMIT"_s); !done) {
        return done.error();
    }
    m_isOpen = false;
    return std::nullopt;
}

// If it cannot begin, the questions that follow fail, too, and say why.
Snapshot::Snapshot(QSqlDatabase &database)
    : m_database(database)
{
    (void)execute(m_database, u"SAVEPOINT snapshot"_s);
}

Snapshot::~Snapshot() { (void)execute(m_database, u"RELEASE snapshot"_s); }

Result<QSqlQuery> execute(QSqlDatabase &database, const QString &statement,
                          const QVariantList &values)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    bool done = false;
    if (values.isEmpty()) {
        done = query.exec(statement);
    } else if (query.prepare(statement)) {
        for (const QVariant &value : values) {
            query.addBindValue(value);
        }
        done = query.exec();
    }
    if (!done) {
        return sqlError(query.lastError());
    }
    return Result<QSqlQuery>(std::move(query));
}

QString storable(const QString &text)
{
    QString kept = repairUtf16(text);
    for (const QChar lost : {QChar(0xFFFE), QChar(0xFFFF)}) {
        kept.replace(lost, QChar(QChar::ReplacementCharacter));
    }
    while (kept.startsWith(QChar(QChar::ByteOrderMark))) {
        kept.remove(0, 1);
    }
    return kept;
}

QVariant columnText(const QString &text) { return text.isNull() ? u""_s : storable(text); }

} // namespace Maestro
