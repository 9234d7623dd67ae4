// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/credential.h"
#include "storage/keyslot.h"

namespace Maestro {

//! A row of saved_authentications, as it stands there.
struct SavedRow
{
    qint64 id = 0;
    QString provider;
    QString authType;
    QString account;
    QString email;
    QString name;
    QString plan;
    QString organization;
    QString project;
    QString clientId;
    QString dataKeyId;
    QByteArray credentials;
    std::optional<qint64> expiresAt;
    qint64 createdAt = 0;
    qint64 updatedAt = 0;
    qint64 rev = 0;
};

Result<QList<SavedRow>> readRows(QSqlDatabase &database);
Result<std::optional<SavedRow>> findRow(QSqlDatabase &database, const AccountKey &key);
//! Replaces the row with its id.
std::optional<Error> storeRow(QSqlDatabase &database, const SavedRow &row);
std::optional<Error> deleteRow(QSqlDatabase &database, const AccountKey &key);
//! For a row that is not there yet.
Result<qint64> nextRowId(QSqlDatabase &database);

Account accountOf(const SavedRow &row);
//! The table's word for it.
QString typeWord(AccountKey::Type type);
AccountKey::Type typeOfWord(const QString &word);

//! Sets the sealed credentials, over all else in the row; its texts become storable() first.
std::optional<Error> sealRow(SavedRow &row, const Secret &packed, const DataKey &key);
//! Nothing, if anything in the row was changed, or it is sealed with another key.
std::optional<Secret> unsealRow(const SavedRow &row, const DataKey &key);

} // namespace Maestro
