// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/database.h"

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
    Q_DECLARE_TR_FUNCTIONS(Database)
};

//! How long another process may hold the write lock; its transactions take milliseconds.
const QString Options = u"QSQLITE_BUSY_TIMEOUT=2000"_s;
const QString ReadOnly = u";QSQLITE_OPEN_READONLY"_s;

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

//! A free name for the copy that is made before the file becomes one of this version.
QString backupPath(const QString &path, qsizetype newVersion)
{
    const QString stem = path + u".before-v"_s + QString::number(newVersion);
    QString name = stem;
    for (int i = 2; QFile::exists(name); ++i) {
        name = stem + u'-' + QString::number(i);
    }
    return name;
}

} // namespace

Database::Database(QString path, DatabaseSchema schema)
    : m_path(std::move(path))
    , m_schema(std::move(schema))
    , m_connectionName(QUuid::createUuid().toString())
{ }

Database::~Database()
{
    m_jobs.run([this] {
        disconnectHere();
        return true;
    });
}

QFuture<Result<Database::Opened>> Database::open()
{
    return run([this](QSqlDatabase &) { return openHere(); });
}

QFuture<Result<Database::Opened>> Database::startOver()
{
    return run([this](QSqlDatabase &) -> Result<Opened> {
        const auto content = DatabaseFile::contentOf(m_path, m_schema.words.contents);
        if (!content || *content == DatabaseFile::Content::None) {
            return content ? openHere() : Result<Opened>(content.error());
        }
        return setAsideHere(u"old"_s,
                            Tr::tr("The old %1 were set aside.").arg(m_schema.words.contents));
    });
}

bool Database::isMoved() const { return DatabaseFile::identityOf(m_path) != m_identity; }

Result<Database::Opened> Database::openHere()
{
    const QString &contents = m_schema.words.contents;
    disconnectHere();
    if (!QSqlDatabase::isDriverAvailable(u"QSQLITE"_s)) {
        return Error{
            Error::Kind::Configuration,
            Tr::tr("Qt's SQLite driver is not installed, so the %1 cannot be kept.").arg(contents),
            Tr::tr("Install the package libqt6sql6-sqlite.")};
    }
    if (auto error = DatabaseFile::protect(m_path, contents)) {
        return *error;
    }
    const auto content = DatabaseFile::contentOf(m_path, contents);
    if (!content) {
        return content.error();
    }
    if (*content == DatabaseFile::Content::Other) {
        return setAsideHere(
            u"damaged"_s,
            Tr::tr("The file of the %1 was damaged or not ours, and was set aside.").arg(contents));
    }
    if (*content == DatabaseFile::Content::None) {
        if (auto error = makeNew()) {
            return *error;
        }
    }
    return openWhatIsThere();
}

Result<Database::Opened> Database::openWhatIsThere()
{
    using Condition = DatabaseFinding::Condition;
    const QString &contents = m_schema.words.contents;
    // Not for writing yet: closing a connection that may write puts the log into the file, and what
    // is set aside or left alone is to stay as it was found.
    const DatabaseFinding finding = connectTo(m_path, Access::Reading)
        ? examine(m_connection, m_schema)
        : findingOf(m_connection, m_connection.lastError());
    switch (finding.condition) {
    case Condition::Sound:
        break;
    case Condition::Newer:
        disconnectHere();
        return Error{Error::Kind::Unsupported,
                     Tr::tr("The %1 belong to a newer version of Maestro.").arg(contents),
                     m_schema.words.withNewer, m_path};
    case Condition::Foreign:
        return setAsideHere(
            u"foreign"_s,
            Tr::tr("The file of the %1 was not one of Maestro's, and was set aside.")
                .arg(contents));
    case Condition::Damaged:
        return setAsideHere(
            u"damaged"_s,
            Tr::tr("The file of the %1 was damaged, and was set aside.").arg(contents));
    case Condition::Unreadable:
        disconnectHere();
        return finding.error.value_or(Error{});
    }
    if (m_schema.keepsBackup && finding.version < m_schema.migrations.size()) {
        if (auto error = backUp()) {
            disconnectHere();
            return *error;
        }
    }
    disconnectHere();
    if (!connectTo(m_path, Access::Writing)) {
        return databaseError(m_connection, m_connection.lastError());
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
    const Result<QString> aside = DatabaseFile::setAside(m_path, why, m_schema.words.contents);
    if (!aside) {
        return aside.error();
    }
    Result<Opened> opened = openHere();
    if (opened) {
        opened->setAside
            = Error{Error::Kind::Configuration, message, m_schema.words.afterSettingAside, *aside};
    }
    return opened;
}

// Not a copy of the file, which would be without its log.
std::optional<Error> Database::backUp()
{
    const QString path = backupPath(m_path, m_schema.migrations.size());
    const Result<QString> draft = DatabaseFile::makeDraft(path, m_schema.words.contents);
    if (!draft) {
        return draft.error();
    }
    if (const auto copied = execute(m_connection, u"VACUUM INTO ?"_s, {*draft}); !copied) {
        DatabaseFile::discard(*draft);
        return copied.error();
    }
    const Result<bool> published = DatabaseFile::publish(*draft, path, m_schema.words.contents);
    return published ? std::nullopt : std::optional(published.error());
}

// Written under another name, and named when it is whole: so an empty or half-made file under the
// right name is always a damaged one, and never taken for a first run.
std::optional<Error> Database::makeNew()
{
    const Result<QString> draft = DatabaseFile::makeDraft(m_path, m_schema.words.contents);
    if (!draft) {
        return draft.error();
    }
    const auto fail = [this, &draft](const Error &error) {
        disconnectHere();
        DatabaseFile::discard(*draft);
        return error;
    };
    if (!connectTo(*draft, Access::Writing)) {
        return fail(databaseError(m_connection, m_connection.lastError()));
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
    const Result<bool> published = DatabaseFile::publish(*draft, m_path, m_schema.words.contents);
    return published ? std::nullopt : std::optional(published.error());
}

bool Database::connectTo(const QString &path, Access access)
{
    m_connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connectionName);
    m_connection.setConnectOptions(access == Access::Reading ? Options + ReadOnly : Options);
    m_connection.setDatabaseName(path);
    setContents(m_connection, m_schema.words.contents);
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

} // namespace Maestro
