// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"
#include "storage/chatcodec.h"

#include <QSqlDatabase>
#include <QVariantList>

// The messages of the conversations' database; all of it for the database's thread.
namespace Maestro::ChatMessages {

//! Adds or replaces the message with its attachments, and forgets the pieces it was written in.
std::optional<Error> save(QSqlDatabase &database, ChatId conversation,
                          const ConversationNode &message);
std::optional<Error> append(QSqlDatabase &database, ChatId message, int piece,
                            const StreamMessages &messages);

//! All messages, without what was said in them.
Result<ConversationTree> readTree(QSqlDatabase &database, ChatId conversation);
Result<QHash<ChatId, Turn>> readTurns(QSqlDatabase &database, const QList<ChatId> &messages);

//! Deletes the messages of these conversations, which a query finds; the bytes of files stay.
std::optional<Error> remove(QSqlDatabase &database, const QString &conversations,
                            const QVariantList &values);

} // namespace Maestro::ChatMessages
