// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/statement.h"

#include "core/utf8.h"

#include <QCoreApplication>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Database)
};

constexpr const char *Contents = "maestroContents";

// SQLite's primary result codes that a person can do something about.
constexpr int Busy = 5;
constexpr int ReadOnly = 8;
constexpr int Corrupt = 11;
constexpr int Full = 13;
constexpr int CannotOpen = 14;
constexpr int Format = 24;
constexpr int NotADatabase = 26;

int codeOf(const QSqlError &error) { return error.nativeErrorCode().toInt() & 0xff; }

} // namespace

void setContents(QSqlDatabase &database, const QString &contents)
{
    database.driver()->setProperty(Contents, contents);
}

bool saysDamaged(const QSqlError &error)
{
    const int code = codeOf(error);
    return code == Corrupt || code == Format || code == NotADatabase;
}

Error databaseError(const QSqlDatabase &database, const QSqlError &error)
{
    const QString contents = database.driver()->property(Contents).toString();
    Error told{Error::Kind::Configuration,
               Tr::tr("The file of the %1 could not be used.").arg(contents),
               Tr::tr("Check that the disk is neither full nor write-protected, and try again."),
               error.driverText() + u": "_s + error.databaseText() + u" ("_s
                   + error.nativeErrorCode() + u')'};
    switch (codeOf(error)) {
    case Full:
        told.message = Tr::tr("The disk with the file of the %1 is full.").arg(contents);
        told.advice = Tr::tr("Make room on it, and try again.");
        break;
    case ReadOnly:
    case CannotOpen:
        told.message = Tr::tr("The file of the %1 cannot be written.").arg(contents);
        told.advice = Tr::tr("Check that neither the disk nor the folder is write-protected.");
        break;
    case Busy:
        told.message = Tr::tr("Another program keeps the file of the %1 locked.").arg(contents);
        told.advice = Tr::tr("Close other windows of Maestro, and try again.");
        break;
    case Corrupt:
    case Format:
    case NotADatabase:
        told.message = Tr::tr("The file of the %1 is damaged.").arg(contents);
        told.advice = Tr::tr("Start Maestro again: the file is kept, and a new one begun.");
        break;
    default:
        break;
    }
    return told;
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
        return databaseError(database, query.lastError());
    }
    return Result<QSqlQuery>(std::move(query));
}

std::optional<Error> change(QSqlDatabase &database, const QString &statement,
                            const QVariantList &values)
{
    const Result<QSqlQuery> done = execute(database, statement, values);
    return done ? std::nullopt : std::optional(done.error());
}

std::optional<Error> faultOf(const QSqlDatabase &database, const QSqlQuery &query)
{
    return query.lastError().isValid() ? std::optional(databaseError(database, query.lastError()))
                                       : std::nullopt;
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
