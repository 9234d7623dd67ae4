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

Result<std::optional<PromptEdit>> readEdit(QSqlDatabase &database, ChatId conversation)
{
    Result<QSqlQuery> query
        = execute(database,
                  u"SELECT id FROM messages WHERE conversation = ? AND kind = 1 AND id IN (SELECT "
                  "conversation FROM drafts UNION SELECT conversation FROM draft_attachments) "
                  "ORDER BY id DESC LIMIT 1"_s,
                  {conversation});
    if (!query) {
        return query.error();
    }
    const ChatId message = query->next() ? query->value(0).toLongLong() : 0;
    if (auto error = faultOf(database, *query)) {
        return *error;
    }
    if (message == 0) {
        return std::optional<PromptEdit>();
    }
    Result<Prompt> words = read(database, message);
    if (!words) {
        return words.error();
    }
    return std::optional(PromptEdit{message, *std::move(words)});
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
    const QString ofThem = u" WHERE conversation IN ("_s + conversations + u')';
    const QString ofMessages = u" WHERE conversation IN (SELECT id FROM messages"_s + ofThem + u')';
    for (const QString &which : {ofThem, ofMessages}) {
        for (const QString &table : {u"drafts"_s, u"draft_attachments"_s}) {
            if (auto error = change(database, u"DELETE FROM "_s + table + which, values)) {
                return error;
            }
        }
    }
    return std::nullopt;
}

} // namespace Maestro::ChatDrafts
