// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QSqlDatabase>

class QSqlQuery;

// The conversations of their database, without their messages; all of it for the database's thread.
namespace Maestro::ChatList {

//! The columns of an entry, in a query that has a table `conversations`.
extern const QString EntryColumns;
ConversationEntry entryFrom(const QSqlQuery &query);

Result<QList<ConversationEntry>> list(QSqlDatabase &database);
//! Without its messages and its draft, but with which message is the last. InvalidRequest if there
//! is none.
Result<StoredConversation> read(QSqlDatabase &database, ChatId conversation, ChatId &leaf);
std::optional<Error> save(QSqlDatabase &database, ChatId conversation, const QString &title,
                          const ChatSetup &setup);
//! Something was said in it now; the message is the last.
std::optional<Error> touch(QSqlDatabase &database, ChatId conversation, ChatId leaf);
std::optional<Error> purge(QSqlDatabase &database, const QDateTime &removedBefore);
Result<QList<UsageTotal>> usageSince(QSqlDatabase &database, const QDateTime &time);

} // namespace Maestro::ChatList
