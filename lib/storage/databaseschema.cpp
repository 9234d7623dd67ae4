// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/databaseschema.h"

#include "storage/statement.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! The first column of all rows, as lines; or why not.
std::optional<QString> read(QSqlDatabase &database, const QString &statement,
                            DatabaseFinding &finding)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    QStringList lines;
    if (!query.exec(statement)) {
        finding = findingOf(database, query.lastError());
        return std::nullopt;
    }
    while (query.next()) {
        lines.append(query.value(0).toString());
    }
    if (query.lastError().isValid()) {
        finding = findingOf(database, query.lastError());
        return std::nullopt;
    }
    return lines.join(u'\n');
}

//! Without the tables in which a full-text index keeps itself: how they are made is the business of
//! SQLite's version.
const QString SchemaText
    = u"SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') "
      "FROM sqlite_schema WHERE NOT (type = 'table' AND tbl_name GLOB '*_search_*') "
      "ORDER BY type, name"_s;

//! Newer versions of SQLite look at full-text indexes, too. Those are made anew when they are used:
//! nothing is lost with them.
bool isIntact(const QString &findings)
{
    const QStringList lines = findings.split(u'\n');
    return std::all_of(lines.begin(), lines.end(), [](const QString &line) {
        return line == "ok"_L1 || line.contains("FTS5 table"_L1);
    });
}

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

//! What the schema of this version reads as, in an empty database in memory; or why there is none.
std::optional<QString> schemaTextOf(const DatabaseSchema &schema, qsizetype version,
                                    DatabaseFinding &finding)
{
    const QString name = QUuid::createUuid().toString();
    std::optional<QString> text;
    {
        QSqlDatabase memory = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        memory.setDatabaseName(u":memory:"_s);
        setContents(memory, schema.words.contents);
        const bool isOpen = memory.open();
        const std::optional<Error> error = isOpen
            ? migrate(memory, schema, 0, version)
            : std::optional(databaseError(memory, memory.lastError()));
        if (error) {
            finding = {DatabaseFinding::Condition::Unreadable, error};
        } else {
            text = read(memory, SchemaText, finding);
        }
    }
    QSqlDatabase::removeDatabase(name);
    return text;
}

//! Whether full-text indexes can at least be opened: only then can they be made anew.
bool canOpenIndexes(QSqlDatabase &database, DatabaseFinding &finding)
{
    const auto names = read(
        database, u"SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%'"_s, finding);
    const QStringList tables = names.value_or(QString()).split(u'\n', Qt::SkipEmptyParts);
    return names && std::all_of(tables.begin(), tables.end(), [&](const QString &table) {
               return read(database, u"SELECT 1 FROM %1 LIMIT 1"_s.arg(table), finding).has_value();
           });
}

} // namespace

DatabaseFinding findingOf(const QSqlDatabase &database, const QSqlError &error)
{
    return {saysDamaged(error) ? DatabaseFinding::Condition::Damaged
                               : DatabaseFinding::Condition::Unreadable,
            databaseError(database, error)};
}

DatabaseFinding examine(QSqlDatabase &database, const DatabaseSchema &schema)
{
    DatabaseFinding finding;
    const auto applicationId = read(database, u"PRAGMA application_id"_s, finding);
    const auto version
        = applicationId ? read(database, u"PRAGMA user_version"_s, finding) : std::nullopt;
    if (!version) {
        return finding;
    }
    if (static_cast<quint32>(applicationId->toLongLong()) != schema.applicationId) {
        return {DatabaseFinding::Condition::Foreign};
    }
    if (version->toInt() > schema.migrations.size()) {
        return {DatabaseFinding::Condition::Newer};
    }
    if (version->toInt() < 1) {
        return {DatabaseFinding::Condition::Damaged};
    }
    const auto integrity
        = read(database,
               schema.check == DatabaseSchema::Check::Whole ? u"PRAGMA integrity_check(1)"_s
                                                            : u"PRAGMA quick_check(1)"_s,
               finding);
    const auto text = integrity ? read(database, SchemaText, finding) : std::nullopt;
    const auto expected = text ? schemaTextOf(schema, version->toInt(), finding) : std::nullopt;
    if (!expected) {
        return finding;
    }
    // A schema that differs by a trigger or a view runs code that is not ours.
    const bool isSound = isIntact(*integrity) && *text == *expected;
    if (isSound && !canOpenIndexes(database, finding)) {
        return finding;
    }
    return {.condition
            = isSound ? DatabaseFinding::Condition::Sound : DatabaseFinding::Condition::Damaged,
            .version = version->toInt()};
}

std::optional<Error> bringUpToDate(QSqlDatabase &database, const DatabaseSchema &schema)
{
    DatabaseFinding finding;
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

} // namespace Maestro
