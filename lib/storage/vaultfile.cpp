// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/vaultfile.h"

#include "storage/savedauthentications.h"

#include <QCoreApplication>
#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Vault)
};

//! "MSTV"
constexpr quint32 ApplicationId = 0x4d535456;

//! A random one, sealed into the slot.
Result<DataKey> newDataKey(KeySlot &slot, const LockedKey &wrappingKey)
{
    Result<LockedKey> random = LockedKey::random();
    if (!random) {
        return random.error();
    }
    const DataKey key{newKeyId(), std::make_shared<const LockedKey>(*std::move(random))};
    if (auto error = wrap(slot, wrappingKey, key)) {
        return *error;
    }
    return key;
}

} // namespace

DatabaseSchema vaultSchema()
{
    return {
        ApplicationId,
        {{
            u"CREATE TABLE key_slots (id TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, parameters "
            u"BLOB NOT NULL, "
            "data_key TEXT NOT NULL, wrapped BLOB NOT NULL) STRICT"_s,
            u"CREATE TABLE saved_authentications (id INTEGER PRIMARY KEY, provider TEXT NOT NULL, "
            u"auth_type TEXT NOT NULL, "
            "account TEXT NOT NULL, email TEXT NOT NULL, name TEXT NOT NULL, plan TEXT NOT NULL, "
            "organization TEXT NOT NULL, project TEXT NOT NULL, client_id TEXT NOT NULL, data_key "
            "TEXT NOT NULL, "
            "credentials BLOB NOT NULL, "
            "expires_at INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, rev "
            "INTEGER NOT NULL, "
            "UNIQUE (provider, auth_type, account)) STRICT"_s,
            u"CREATE TABLE vault_seal (id INTEGER PRIMARY KEY CHECK (id = 1), data_key TEXT NOT "
            u"NULL, "
            "generation INTEGER NOT NULL, key_made_at INTEGER NOT NULL, key_made_in INTEGER NOT "
            "NULL, seal BLOB NOT NULL) STRICT"_s,
        }},
        {.contents = Tr::tr("saved sign-ins"),
         .afterSettingAside
         = Tr::tr("Sign in again. If you have a backup, put it in the file's place."),
         .withNewer = Tr::tr("Use that version, or stay signed in until you quit. The file was "
                             "left as it is.")}};
}

Result<VaultContents> readVault(QSqlDatabase &database)
{
    const Snapshot snapshot(database);
    const Result<QList<KeySlot>> keySlots = readSlots(database);
    const Result<QList<Account>> accounts = SavedAuthentications::listed(database);
    Result<QSqlQuery> seals = execute(database, u"SELECT count(*) FROM vault_seal"_s);
    if (!keySlots) {
        return keySlots.error();
    }
    if (!accounts) {
        return accounts.error();
    }
    if (!seals || !seals->next()) {
        return seals ? Error{Error::Kind::Configuration,
                             Tr::tr("The file of the saved sign-ins could not be read.")}
                     : seals.error();
    }
    const bool isEmpty = keySlots->isEmpty() && accounts->isEmpty() && seals->value(0).toInt() == 0;
    return VaultContents{*keySlots, *accounts, isEmpty};
}

Result<std::optional<OpenedVault>> openVault(QSqlDatabase &database, const KeySlot &slot,
                                             const LockedKey &wrappingKey)
{
    const std::optional<DataKey> key = unwrap(slot, wrappingKey);
    if (!key) {
        return std::optional<OpenedVault>();
    }
    const Result<SavedAuthentications::Proof> proof = SavedAuthentications(database, *key).prove();
    if (!proof) {
        return proof.error();
    }
    return std::optional(
        OpenedVault{slot, *key, proof->generation, proof->isIntact, proof->isKeyOld});
}

Result<OpenedVault> beginVault(QSqlDatabase &database, KeySlot slot, const LockedKey &wrappingKey,
                               qint64 now)
{
    Transaction transaction(database);
    if (transaction.error()) {
        return *transaction.error();
    }
    const Result<VaultContents> contents = readVault(database);
    if (!contents) {
        return contents.error();
    }
    if (!contents->isEmpty) {
        return Error{Error::Kind::Configuration,
                     Tr::tr("There are saved sign-ins already, so no new key was made."),
                     Tr::tr("Start Maestro again.")};
    }
    const Result<DataKey> key = newDataKey(slot, wrappingKey);
    if (!key) {
        return key.error();
    }
    if (auto error = insertSlot(database, slot)) {
        return *error;
    }
    if (auto error = SavedAuthentications(database, *key).begin(now)) {
        return *error;
    }
    if (auto error = transaction.commit()) {
        return *error;
    }
    return OpenedVault{slot, *key, 1, true};
}

Result<OpenedVault> renewVault(QSqlDatabase &database, const DataKey &old, KeySlot slot,
                               const LockedKey &wrappingKey)
{
    Transaction transaction(database);
    if (transaction.error()) {
        return *transaction.error();
    }
    const Result<DataKey> key = newDataKey(slot, wrappingKey);
    if (!key) {
        return key.error();
    }
    const Result<qint64> generation = SavedAuthentications(database, old).sealUnder(*key, slot);
    if (!generation) {
        return generation.error();
    }
    if (auto error = transaction.commit()) {
        return *error;
    }
    // The log still holds the old slots and rows, until it is written into the file and cut.
    (void)execute(database, u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    return OpenedVault{slot, *key, *generation, true};
}

} // namespace Maestro
