// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatid.h"
#include "core/conversation.h"
#include "core/result.h"

#include <QSqlDatabase>
#include <QVariantList>

// What was typed and not sent in the conversations of their database; all of it for the database's
// thread. The files of a draft are set as attachments.
namespace Maestro::ChatDrafts {

//! With its files.
Result<Prompt> read(QSqlDatabase &database, ChatId conversation);
std::optional<Error> setText(QSqlDatabase &database, ChatId conversation, const QString &text);
//! Those of these conversations, which a query finds; the bytes of files stay.
std::optional<Error> remove(QSqlDatabase &database, const QString &conversations,
                            const QVariantList &values);

} // namespace Maestro::ChatDrafts
