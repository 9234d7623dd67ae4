// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "storage/database.h"
#include "storage/lockedkey.h"

namespace Maestro {

//! The key that seals the rows, and what it is called.
struct DataKey
{
    QString id;
    std::shared_ptr<const LockedKey> key;
};

//! One way to the data key: sealed under a key from the keyring, or made of a passphrase.
struct KeySlot
{
    enum class Kind { Keyring, Passphrase };

    QString id; //!< also what the key in the keyring is called
    Kind kind = Kind::Keyring;
    QByteArray parameters = {}; //!< of the passphrase key; empty for the keyring
    QString dataKeyId = {};
    QByteArray wrapped = {}; //!< the data key, sealed

    friend bool operator==(const KeySlot &, const KeySlot &) = default;
};

Result<QList<KeySlot>> readSlots(QSqlDatabase &database);
std::optional<Error> insertSlot(QSqlDatabase &database, const KeySlot &slot);

//! Seals the data key into the slot, whose other members are set.
std::optional<Error> wrap(KeySlot &slot, const LockedKey &wrappingKey, const DataKey &dataKey);
//! Nothing, if this is not the key or anything in the slot was changed.
std::optional<DataKey> unwrap(const KeySlot &slot, const LockedKey &wrappingKey);

//! A slot, and the key that is to open it.
struct PassphraseSlot
{
    KeySlot slot;
    std::shared_ptr<const LockedKey> key;
};

//! Makes the key on the database's thread, since it takes half a second. An error if the passphrase
//! is too short.
QFuture<Result<PassphraseSlot>> keyOfNewPassphrase(Database &database, const Secret &passphrase);

//! The key that this passphrase makes for the slot, or nothing if the slot's parameters are none.
//! On the database's thread, as it takes half a second.
Result<std::optional<LockedKey>> keyForSlot(const KeySlot &slot, const Secret &passphrase);

//! A new random name for a slot or key.
QString newKeyId();

} // namespace Maestro
