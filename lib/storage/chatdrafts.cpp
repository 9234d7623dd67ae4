// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chatdrafts.h"

#include "storage/chatattachments.h"
#include "storage/statement.h"

#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Maestro::ChatDrafts {

Result<Prompt> read(QSqlDatabase &database, ChatId conversation)
{
    Result<QSqlQuery> query
        = execute(database, u"SELECT text FROM drafts WHERE conversation = ?"_s, {conversation});
    if (!query) {
        return query.error();
    }
    const QString text = query->next() ? query->value(0).toString() : QString();
    if (auto error = faultOf(database, *query)) {
        return *error;
    }
    const Result<QList<Attachment>> files
        = ChatAttachments::read(database, ChatAttachments::Of::Draft, conversation);
    if (!files) {
        return files.error();
    }
    return Prompt{text, *files};
}

std::optional<Error> setText(QSqlDatabase &database, ChatId conversation, const QString &text)
{
    return text.isEmpty()
        ? change(database, u"DELETE FROM drafts WHERE conversation = ?"_s, {conversation})
        : change(database, u"REPLACE INTO drafts (conversation, text) VALUES (?, ?)"_s,
                 {conversation, text});
}

std::optional<Error> remove(QSqlDatabase &database, const QString &conversations,
                            const QVariantList &values)
{
    const QString which = u" WHERE conversation IN ("_s + conversations + u')';
    if (auto error = change(database, u"DELETE FROM drafts"_s + which, values)) {
        return error;
    }
    return change(database, u"DELETE FROM draft_attachments"_s + which, values);
}

} // namespace Maestro::ChatDrafts
