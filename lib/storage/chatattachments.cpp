// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chatattachments.h"

#include "storage/statement.h"

#include <QCryptographicHash>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Maestro::ChatAttachments {

namespace {

const QString ThatNothingHas
    = u"NOT EXISTS (SELECT 1 FROM message_attachments WHERE attachment = attachments.id) AND "
      "NOT EXISTS (SELECT 1 FROM draft_attachments WHERE attachment = attachments.id)"_s;

QString tableOf(Of of)
{
    return of == Of::Message ? u"message_attachments"_s : u"draft_attachments"_s;
}

QString ownerOf(Of of) { return of == Of::Message ? u"message"_s : u"conversation"_s; }

//! The id of the file's row, which is made if the file is new.
Result<qint64> keep(QSqlDatabase &database, const QByteArray &bytes)
{
    const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    if (auto error = change(database,
                            u"INSERT INTO attachments (hash, bytes) VALUES (?, ?) "
                            "ON CONFLICT (hash) DO NOTHING"_s,
                            {hash, bytes.isNull() ? QByteArray("") : bytes})) {
        return *error;
    }
    Result<QSqlQuery> query
        = execute(database, u"SELECT id FROM attachments WHERE hash = ?"_s, {hash});
    if (!query) {
        return query.error();
    }
    if (!query->next()) {
        return faultOf(database, *query).value_or(Error{});
    }
    return query->value(0).toLongLong();
}

Result<QList<qint64>> filesOf(QSqlDatabase &database, Of of, ChatId id)
{
    Result<QSqlQuery> query = execute(
        database,
        u"SELECT DISTINCT attachment FROM %1 WHERE %2 = ?"_s.arg(tableOf(of), ownerOf(of)), {id});
    if (!query) {
        return query.error();
    }
    QList<qint64> files;
    while (query->next()) {
        files.append(query->value(0).toLongLong());
    }
    if (auto error = faultOf(database, *query)) {
        return *error;
    }
    return files;
}

std::optional<Error> add(QSqlDatabase &database, Of of, ChatId id, qsizetype place,
                         const Attachment &attachment)
{
    const Result<qint64> kept = keep(database, attachment.bytes);
    if (!kept) {
        return kept.error();
    }
    return change(
        database,
        u"INSERT INTO %1 (%2, place, attachment, name, mime_type) VALUES (?, ?, ?, ?, ?)"_s.arg(
            tableOf(of), ownerOf(of)),
        {id, place, *kept, columnText(attachment.name), columnText(attachment.mimeType)});
}

} // namespace

std::optional<Error> set(QSqlDatabase &database, Of of, ChatId id,
                         const QList<Attachment> &attachments)
{
    const Result<QList<qint64>> before = filesOf(database, of, id);
    if (!before) {
        return before.error();
    }
    if (auto error
        = change(database, u"DELETE FROM %1 WHERE %2 = ?"_s.arg(tableOf(of), ownerOf(of)), {id})) {
        return error;
    }
    for (qsizetype place = 0; place < attachments.size(); ++place) {
        if (auto error = add(database, of, id, place, attachments[place])) {
            return error;
        }
    }
    for (const qint64 file : *before) {
        if (auto error
            = change(database, u"DELETE FROM attachments WHERE id = ? AND "_s + ThatNothingHas,
                     {file})) {
            return error;
        }
    }
    return std::nullopt;
}

Result<QList<Attachment>> read(QSqlDatabase &database, Of of, ChatId id)
{
    Result<QSqlQuery> query
        = execute(database,
                  u"SELECT name, mime_type, bytes FROM %1 JOIN attachments "
                  "ON attachments.id = attachment WHERE %2 = ? ORDER BY place"_s.arg(tableOf(of),
                                                                                     ownerOf(of)),
                  {id});
    if (!query) {
        return query.error();
    }
    QList<Attachment> attachments;
    while (query->next()) {
        attachments.append({query->value(0).toString(), query->value(1).toString(),
                            query->value(2).toByteArray()});
    }
    if (auto error = faultOf(database, *query)) {
        return *error;
    }
    return attachments;
}

std::optional<Error> collect(QSqlDatabase &database)
{
    return change(database, u"DELETE FROM attachments WHERE "_s + ThatNothingHas);
}

} // namespace Maestro::ChatAttachments
