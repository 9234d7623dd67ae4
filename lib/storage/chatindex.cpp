// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chatindex.h"

#include "storage/statement.h"

#include <QSqlError>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Maestro::ChatIndex {

std::optional<Error> add(QSqlDatabase &database, ChatId message)
{
    const auto done = use(database,
                          u"INSERT INTO messages_search (rowid, text) "
                          "SELECT id, text FROM messages WHERE id = ? AND text <> ''"_s,
                          {message});
    return done ? std::nullopt : std::optional(done.error());
}

std::optional<Error> remove(QSqlDatabase &database, const QString &which,
                            const QVariantList &values)
{
    const auto done = use(database,
                          u"INSERT INTO messages_search (messages_search, rowid, text) "
                          "SELECT 'delete', id, text FROM messages WHERE text <> '' AND "_s
                              + which,
                          values);
    return done ? std::nullopt : std::optional(done.error());
}

Result<QSqlQuery> use(QSqlDatabase &database, const QString &statement, const QVariantList &values)
{
    QSqlQuery query(database);
    query.setForwardOnly(true);
    bool isDone = query.prepare(statement);
    for (const QVariant &value : values) {
        query.addBindValue(value);
    }
    isDone = isDone && query.exec();
    if (isDone) {
        return Result<QSqlQuery>(std::move(query));
    }
    const QSqlError problem = query.lastError();
    query.finish();
    if (!saysDamaged(problem)) {
        return databaseError(database, problem);
    }
    if (auto error
        = change(database, u"INSERT INTO messages_search (messages_search) VALUES ('rebuild')"_s)) {
        return *error;
    }
    return execute(database, statement, values);
}

} // namespace Maestro::ChatIndex
