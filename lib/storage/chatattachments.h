// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/attachment.h"
#include "core/chatid.h"

#include <QSqlDatabase>

// The files of the conversations' database, each kept once, however many have it; all of it for the
// database's thread.
namespace Maestro::ChatAttachments {

//! What a file goes along with, and whose id says which: a message, or a conversation's draft.
enum class Of { Message, Draft };

//! In place of those that it has; what nothing has then is forgotten.
std::optional<Error> set(QSqlDatabase &database, Of of, ChatId id,
                         const QList<Attachment> &attachments);
Result<QList<Attachment>> read(QSqlDatabase &database, Of of, ChatId id);
//! Forgets all that nothing has.
std::optional<Error> collect(QSqlDatabase &database);

} // namespace Maestro::ChatAttachments
