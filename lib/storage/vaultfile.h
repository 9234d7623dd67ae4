// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "storage/keyslot.h"

// The vault's database as values; all of it for the database's thread.
namespace Maestro {

DatabaseSchema vaultSchema();

//! What can be read without a key.
struct VaultContents
{
    QList<KeySlot> keySlots = {};
    QList<Account> accounts = {};
    bool isEmpty = true; //!< no way to a key, and nothing that would need one: a first run
};

//! The data key, and what was found with it.
struct OpenedVault
{
    KeySlot slot; //!< that it came from
    DataKey key;
    qint64 generation = 0;
    bool isIntact = false;
    bool isKeyOld = false; //!< a year or a million changes: time for another
};

Result<VaultContents> readVault(QSqlDatabase &database);
//! Nothing, if the key does not open the slot.
Result<std::optional<OpenedVault>> openVault(QSqlDatabase &database, const KeySlot &slot,
                                             const LockedKey &wrappingKey);
//! A new data key behind the slot. An error if the vault is not empty: a key is never replaced.
Result<OpenedVault> beginVault(QSqlDatabase &database, KeySlot slot, const LockedKey &wrappingKey,
                               qint64 now = QDateTime::currentMSecsSinceEpoch());
//! Seals everything anew under a new data key, to which the slot is the only way: all or nothing.
Result<OpenedVault> renewVault(QSqlDatabase &database, const DataKey &old, KeySlot slot,
                               const LockedKey &wrappingKey);

} // namespace Maestro
