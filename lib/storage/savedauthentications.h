// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/credential.h"
#include "storage/keyslot.h"

namespace Maestro {

class Transaction;

//! The table saved_authentications, and the seal over it: which rows there are, in which revision,
//! and how often anything was changed. So a row that is changed, swapped, taken away or put back
//! does not pass. Used on the database's thread.
class SavedAuthentications
{
public:
    //! What the seal and the rows say about themselves.
    struct Proof
    {
        qint64 generation = 0; //!< counts changes
        bool isIntact = false;
        bool isKeyOld = false;
    };

    //! Both outlive this.
    SavedAuthentications(QSqlDatabase &database, const DataKey &key);

    //! Who is signed in, as the file says; nothing is proven without the key.
    static Result<QList<Account>> listed(QSqlDatabase &database);

    //! The first seal, in an empty vault.
    std::optional<Error> begin(qint64 now);
    Result<Proof> prove();
    //! Whether the vault is sealed with a key that is not ours (any more).
    bool isUnderOtherKey();
    Result<AccountSecrets> secretsOf(const AccountKey &key);
    //! The generation after it. In a transaction of its own, as is remove(). Both refuse to write
    //! to a vault that is not intact, which would make it look intact.
    Result<qint64> save(const Account &account, const AccountSecrets &secrets);
    Result<qint64> remove(const AccountKey &key);
    //! Seals all under another key, to which the slot is the only way. In the caller's transaction.
    Result<qint64> sealUnder(const DataKey &key, const KeySlot &slot);
    //! Deletes the rows that do not open and seals the rest, at a generation above the given one:
    //! for a person who knows that the file is an older copy, or has lost something.
    Result<qint64> acceptAsIs(qint64 generation);

private:
    struct Seal;

    Result<Seal> readSeal();
    std::optional<Error> writeSeal(const Seal &seal);
    Result<QByteArray> sealedFacts(const Seal &seal);
    Result<Seal> intactSeal();
    Result<qint64> commitNext(Seal seal, Transaction &transaction);

    QSqlDatabase &m_database;
    const DataKey &m_key;
};

} // namespace Maestro
