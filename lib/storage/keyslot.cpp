// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/keyslot.h"

#include "storage/passphrasekey.h"
#include "storage/seal.h"
#include "storage/vaultproblems.h"

#include <QCoreApplication>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! More ways in than anyone has; a file that claims to have more is not ours.
constexpr qsizetype MaxSlots = 16;
constexpr qsizetype MinPassphraseLength = 8;

const QString Keyring = u"keyring"_s;
const QString Passphrase = u"passphrase"_s;

QString word(KeySlot::Kind kind) { return kind == KeySlot::Kind::Keyring ? Keyring : Passphrase; }

QByteArray associatedDataOf(const KeySlot &slot)
{
    return associatedData({"maestro-vault/1", "key_slots", slot.id.toUtf8(),
                           word(slot.kind).toUtf8(), slot.parameters, slot.dataKeyId.toUtf8()});
}

} // namespace

Result<QList<KeySlot>> readSlots(QSqlDatabase &database)
{
    Result<QSqlQuery> query = execute(
        database,
        u"SELECT id, kind, parameters, data_key, wrapped FROM key_slots ORDER BY id LIMIT %1"_s.arg(
            MaxSlots));
    if (!query) {
        return query.error();
    }
    QList<KeySlot> found;
    while (query->next()) {
        found.append({.id = query->value(0).toString(),
                      .kind = query->value(1).toString() == Passphrase ? KeySlot::Kind::Passphrase
                                                                       : KeySlot::Kind::Keyring,
                      .parameters = query->value(2).toByteArray(),
                      .dataKeyId = query->value(3).toString(),
                      .wrapped = query->value(4).toByteArray()});
    }
    if (query->lastError().isValid()) {
        return Error{Error::Kind::Configuration,
                     QCoreApplication::translate(
                         "Vault", "The file of the saved sign-ins could not be read."),
                     {},
                     query->lastError().text()};
    }
    return found;
}

std::optional<Error> insertSlot(QSqlDatabase &database, const KeySlot &slot)
{
    const auto done = execute(
        database,
        u"INSERT INTO key_slots (id, kind, parameters, data_key, wrapped) VALUES (?, ?, ?, ?, ?)"_s,
        {slot.id, word(slot.kind), slot.parameters.isNull() ? QByteArray("") : slot.parameters,
         slot.dataKeyId, slot.wrapped});
    return done ? std::nullopt : std::optional(done.error());
}

std::optional<Error> wrap(KeySlot &slot, const LockedKey &wrappingKey, const DataKey &dataKey)
{
    slot.dataKeyId = dataKey.id;
    const Result<QByteArray> wrapped
        = seal(wrappingKey, dataKey.key->toSecret(), associatedDataOf(slot));
    if (!wrapped) {
        return wrapped.error();
    }
    slot.wrapped = *wrapped;
    return std::nullopt;
}

std::optional<DataKey> unwrap(const KeySlot &slot, const LockedKey &wrappingKey)
{
    const std::optional<Secret> bytes = unseal(wrappingKey, slot.wrapped, associatedDataOf(slot));
    std::optional<LockedKey> key = bytes ? LockedKey::fromBytes(bytes->reveal()) : std::nullopt;
    if (!key) {
        return std::nullopt;
    }
    return DataKey{slot.dataKeyId, std::make_shared<const LockedKey>(*std::move(key))};
}

QFuture<Result<PassphraseSlot>> keyOfNewPassphrase(Database &database, const Secret &passphrase)
{
    return database.run([passphrase](QSqlDatabase &) -> Result<PassphraseSlot> {
        if (QString::fromUtf8(passphrase.reveal()).size() < MinPassphraseLength) {
            return VaultProblems::shortPassphrase();
        }
        const Result<PassphraseParameters> parameters = newPassphraseParameters();
        if (!parameters) {
            return parameters.error();
        }
        Result<LockedKey> key = keyOf(passphrase, *parameters);
        if (!key) {
            return key.error();
        }
        const KeySlot slot{.id = newKeyId(),
                           .kind = KeySlot::Kind::Passphrase,
                           .parameters = toBytes(*parameters)};
        return PassphraseSlot{slot, std::make_shared<const LockedKey>(*std::move(key))};
    });
}

Result<std::optional<LockedKey>> keyForSlot(const KeySlot &slot, const Secret &passphrase)
{
    const auto parameters = passphraseParametersFrom(slot.parameters);
    if (!parameters) {
        return std::optional<LockedKey>();
    }
    Result<LockedKey> key = keyOf(passphrase, *parameters);
    if (!key) {
        return key.error();
    }
    return std::optional<LockedKey>(*std::move(key));
}

QString newKeyId() { return QUuid::createUuid().toString(QUuid::Id128); }

} // namespace Maestro
