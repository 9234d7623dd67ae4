// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QSqlDatabase>
#include <QVariantList>

// What was typed and not sent in the conversations of their database; all of it for the database's
// thread. The files of a draft are set as attachments.
namespace Maestro::ChatDrafts {

//! With its files.
Result<Prompt> read(QSqlDatabase &database, ChatId conversation);
//! The newest, if there are several.
Result<std::optional<PromptEdit>> readEdit(QSqlDatabase &database, ChatId conversation);
std::optional<Error> setText(QSqlDatabase &database, ChatId conversation, const QString &text);
//! Those of these conversations and their prompts, which a query finds; the bytes of files stay.
std::optional<Error> remove(QSqlDatabase &database, const QString &conversations,
                            const QVariantList &values);

} // namespace Maestro::ChatDrafts
