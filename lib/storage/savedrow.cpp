// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/savedrow.h"

#include "storage/seal.h"

#include <QCoreApplication>
#include <QSqlError>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr QByteArrayView Format = "maestro-vault/1";
//! More accounts than anyone has.
constexpr int MaxRows = 1000;

const QString ApiKey = u"api_key"_s;
const QString OAuth = u"oauth"_s;

const QString Columns = u"id, provider, auth_type, account, email, name, plan, organization, "
                        u"project, client_id, data_key, credentials, "
                        "expires_at, created_at, updated_at, rev"_s;

SavedRow rowFrom(const QSqlQuery &query)
{
    SavedRow row;
    row.id = query.value(0).toLongLong();
    int i = 1;
    for (QString *text :
         {&row.provider, &row.authType, &row.account, &row.email, &row.name, &row.plan,
          &row.organization, &row.project, &row.clientId, &row.dataKeyId}) {
        *text = query.value(i++).toString();
    }
    row.credentials = query.value(11).toByteArray();
    if (!query.value(12).isNull()) {
        row.expiresAt = query.value(12).toLongLong();
    }
    row.createdAt = query.value(13).toLongLong();
    row.updatedAt = query.value(14).toLongLong();
    row.rev = query.value(15).toLongLong();
    return row;
}

//! All of the row but the sealed credentials: none of it can be changed without breaking their
//! seal.
QByteArray associatedDataOf(const SavedRow &row)
{
    QByteArray data = associatedData({Format, "saved_authentications"});
    appendNumber(data, row.id);
    for (const QString *text :
         {&row.provider, &row.authType, &row.account, &row.email, &row.name, &row.plan,
          &row.organization, &row.project, &row.clientId, &row.dataKeyId}) {
        appendField(data, text->toUtf8());
    }
    appendNumber(data, row.expiresAt ? 1 : 0);
    appendNumber(data, row.expiresAt.value_or(0));
    appendNumber(data, row.createdAt);
    appendNumber(data, row.updatedAt);
    appendNumber(data, row.rev);
    return data;
}

} // namespace

QString typeWord(AccountKey::Type type) { return type == AccountKey::Type::OAuth ? OAuth : ApiKey; }

AccountKey::Type typeOfWord(const QString &word)
{
    return word == OAuth ? AccountKey::Type::OAuth : AccountKey::Type::ApiKey;
}

Account accountOf(const SavedRow &row)
{
    return {.key = {row.provider, typeOfWord(row.authType), row.account},
            .email = row.email,
            .name = row.name,
            .plan = row.plan,
            .organization = row.organization,
            .project = row.project,
            .clientId = row.clientId,
            .expiresAt = row.expiresAt
                ? std::optional(QDateTime::fromMSecsSinceEpoch(*row.expiresAt, Qt::UTC))
                : std::nullopt};
}

Result<QList<SavedRow>> readRows(QSqlDatabase &database)
{
    Result<QSqlQuery> query = execute(
        database,
        u"SELECT %1 FROM saved_authentications ORDER BY id LIMIT %2"_s.arg(Columns).arg(MaxRows));
    if (!query) {
        return query.error();
    }
    QList<SavedRow> rows;
    while (query->next()) {
        rows.append(rowFrom(*query));
    }
    if (query->lastError().isValid()) {
        return Error{Error::Kind::Configuration,
                     QCoreApplication::translate(
                         "Vault", "The file of the saved sign-ins could not be read."),
                     {},
                     query->lastError().text()};
    }
    return rows;
}

Result<std::optional<SavedRow>> findRow(QSqlDatabase &database, const AccountKey &key)
{
    Result<QSqlQuery> query = execute(
        database,
        u"SELECT %1 FROM saved_authentications WHERE provider = ? AND auth_type = ? AND account = ?"_s
            .arg(Columns),
        {columnText(key.provider), typeWord(key.type), columnText(key.accountId)});
    if (!query) {
        return query.error();
    }
    return query->next() ? std::optional(rowFrom(*query)) : std::nullopt;
}

std::optional<Error> storeRow(QSqlDatabase &database, const SavedRow &row)
{
    QVariantList values{row.id};
    for (const QString *text :
         {&row.provider, &row.authType, &row.account, &row.email, &row.name, &row.plan,
          &row.organization, &row.project, &row.clientId, &row.dataKeyId}) {
        values.append(columnText(*text));
    }
    values << row.credentials
           << (row.expiresAt ? QVariant(*row.expiresAt) : QVariant(QMetaType::fromType<qint64>()))
           << row.createdAt << row.updatedAt << row.rev;
    const auto done = execute(
        database,
        u"REPLACE INTO saved_authentications (%1) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s
            .arg(Columns),
        values);
    return done ? std::nullopt : std::optional(done.error());
}

Result<qint64> nextRowId(QSqlDatabase &database)
{
    Result<QSqlQuery> query
        = execute(database, u"SELECT coalesce(max(id), 0) + 1 FROM saved_authentications"_s);
    if (!query) {
        return query.error();
    }
    return query->next() ? query->value(0).toLongLong() : 1;
}

std::optional<Error> deleteRow(QSqlDatabase &database, const AccountKey &key)
{
    const auto done = execute(
        database,
        u"DELETE FROM saved_authentications WHERE provider = ? AND auth_type = ? AND account = ?"_s,
        {columnText(key.provider), typeWord(key.type), columnText(key.accountId)});
    return done ? std::nullopt : std::optional(done.error());
}

std::optional<Error> sealRow(SavedRow &row, const Secret &packed, const DataKey &key)
{
    for (QString *text : {&row.provider, &row.authType, &row.account, &row.email, &row.name,
                          &row.plan, &row.organization, &row.project, &row.clientId}) {
        *text = storable(*text);
    }
    row.dataKeyId = key.id;
    const Result<QByteArray> box = seal(*key.key, packed, associatedDataOf(row));
    if (!box) {
        return box.error();
    }
    row.credentials = *box;
    return std::nullopt;
}

std::optional<Secret> unsealRow(const SavedRow &row, const DataKey &key)
{
    return row.dataKeyId == key.id ? unseal(*key.key, row.credentials, associatedDataOf(row))
                                   : std::nullopt;
}

} // namespace Maestro
