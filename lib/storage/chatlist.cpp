// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chatlist.h"

#include "storage/chatattachments.h"
#include "storage/chatcodec.h"
#include "storage/chatdrafts.h"
#include "storage/chatmessages.h"
#include "storage/savedrow.h"
#include "storage/statement.h"

#include <QCoreApplication>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Maestro::ChatList {

namespace {

qint64 now() { return QDateTime::currentMSecsSinceEpoch(); }

QDateTime timeFrom(const QVariant &column)
{
    return QDateTime::fromMSecsSinceEpoch(column.toLongLong(), Qt::UTC);
}

} // namespace

const QString EntryColumns = u"conversations.id, conversations.title, conversations.created_at, "
                             "conversations.changed_at, conversations.pinned, "
                             "conversations.showing, conversations.model"_s;

ConversationEntry entryFrom(const QSqlQuery &query)
{
    return {.id = query.value(0).toLongLong(),
            .title = query.value(1).toString(),
            .created = timeFrom(query.value(2)),
            .changed = timeFrom(query.value(3)),
            .isPinned = query.value(4).toBool(),
            .isSuspect = query.value(5).toInt() == 2,
            .model = query.value(6).toString()};
}

Result<QList<ConversationEntry>> list(QSqlDatabase &database)
{
    Result<QSqlQuery> query = execute(database,
                                      u"SELECT "_s + EntryColumns
                                          + u" FROM conversations WHERE deleted_at IS NULL "
                                            "ORDER BY pinned DESC, changed_at DESC, id DESC"_s);
    if (!query) {
        return query.error();
    }
    QList<ConversationEntry> entries;
    while (query->next()) {
        entries.append(entryFrom(*query));
    }
    if (auto error = faultOf(database, *query)) {
        return *error;
    }
    return entries;
}

Result<StoredConversation> read(QSqlDatabase &database, ChatId conversation, ChatId &leaf)
{
    Result<QSqlQuery> query
        = execute(database,
                  u"SELECT "_s + EntryColumns
                      + u", leaf, provider, auth_type, account, parameters, system "
                        "FROM conversations WHERE id = ? AND deleted_at IS NULL"_s,
                  {conversation});
    if (!query) {
        return query.error();
    }
    if (!query->next()) {
        return faultOf(database, *query)
            .value_or(Error{
                Error::Kind::InvalidRequest,
                QCoreApplication::translate("Chats", "This conversation is not there any more."),
                QCoreApplication::translate(
                    "Chats", "It was deleted, perhaps in another window of Maestro.")});
    }
    StoredConversation stored;
    stored.entry = entryFrom(*query);
    leaf = query->value(7).toLongLong();
    stored.setup.account = {query->value(8).toString(), typeOfWord(query->value(9).toString()),
                            query->value(10).toString()};
    stored.setup.model = stored.entry.model;
    ChatCodec::readParameters(query->value(11).toString(), stored.setup);
    stored.setup.system = query->value(12).toString();
    return stored;
}

std::optional<Error> save(QSqlDatabase &database, ChatId conversation, const QString &title,
                          const ChatSetup &setup)
{
    return change(
        database,
        u"INSERT INTO conversations (id, title, created_at, changed_at, pinned, showing, leaf, "
        "provider, auth_type, account, model, parameters, system) "
        "VALUES (?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET title = excluded.title, provider = excluded.provider, "
        "auth_type = excluded.auth_type, account = excluded.account, model = excluded.model, "
        "parameters = excluded.parameters, system = excluded.system"_s,
        {conversation, columnText(title), now(), now(), columnText(setup.account.provider),
         typeWord(setup.account.type), columnText(setup.account.accountId), columnText(setup.model),
         ChatCodec::saveParameters(setup), columnText(setup.system)});
}

std::optional<Error> touch(QSqlDatabase &database, ChatId conversation, ChatId leaf)
{
    return change(database, u"UPDATE conversations SET changed_at = ?, leaf = ? WHERE id = ?"_s,
                  {now(), leaf, conversation});
}

std::optional<Error> purge(QSqlDatabase &database, const QDateTime &removedBefore)
{
    const QVariantList values{removedBefore.toMSecsSinceEpoch()};
    const QString removed = u"SELECT id FROM conversations WHERE deleted_at < ?"_s;
    if (auto error = ChatDrafts::remove(database, removed, values)) {
        return error;
    }
    if (auto error = ChatMessages::remove(database, removed, values)) {
        return error;
    }
    if (auto error = ChatAttachments::collect(database)) {
        return error;
    }
    return change(database, u"DELETE FROM conversations WHERE deleted_at < ?"_s, values);
}

Result<QList<UsageTotal>> usageSince(QSqlDatabase &database, const QDateTime &time)
{
    Result<QSqlQuery> query
        = execute(database,
                  u"SELECT provider, auth_type, account, model, count(*), "
                  "coalesce(sum(input), 0), coalesce(sum(output), 0), coalesce(sum(cached), 0), "
                  "coalesce(sum(cache_write), 0), coalesce(sum(reasoning), 0), "
                  "sum(input IS NULL OR output IS NULL), coalesce(max(input), 0) "
                  "FROM messages WHERE kind = 2 AND created_at >= ? "
                  "GROUP BY provider, auth_type, account, model "
                  "ORDER BY provider, auth_type, account, model"_s,
                  {time.toMSecsSinceEpoch()});
    if (!query) {
        return query.error();
    }
    QList<UsageTotal> totals;
    while (query->next()) {
        totals.append({{query->value(0).toString(), typeOfWord(query->value(1).toString()),
                        query->value(2).toString()},
                       query->value(3).toString(),
                       query->value(4).toInt(),
                       query->value(5).toLongLong(),
                       query->value(6).toLongLong(),
                       query->value(7).toLongLong(),
                       query->value(8).toLongLong(),
                       query->value(9).toLongLong(),
                       query->value(10).toInt(),
                       query->value(11).toLongLong()});
    }
    if (auto error = faultOf(database, *query)) {
        return *error;
    }
    return totals;
}

} // namespace Maestro::ChatList
