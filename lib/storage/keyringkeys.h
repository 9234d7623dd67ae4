// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialvault.h"
#include "core/keyring.h"
#include "storage/lockedkey.h"

#include <memory>
#include <variant>

namespace Maestro {

//! The vault's keys in the system keyring: one for each slot, and beside it the generation of the
//! file that was last written, against which an older copy of the file is told. A key is written
//! once and never again; the note changes with every save.
class KeyringKeys final : public QObject
{
    Q_OBJECT

public:
    using Key = std::shared_ptr<const LockedKey>;

    struct Found
    {
        Key key;
        qint64 notedGeneration = 0; //!< 0 if there is no note
    };
    //! Why there is no key now, as a state of the vault.
    struct Missing
    {
        CredentialVault::State state;
        Error problem;
    };
    using Reading = std::variant<Found, Missing>;

    //! The keyring outlives this.
    explicit KeyringKeys(Keyring &keyring, QObject *parent = nullptr);

    //! KeyLost only if the keyring was open before and after it was read. Prompts nobody.
    QFuture<Reading> read(const QString &slotId);
    //! A random key that was read back and is the same: one that did not arrive must not seal
    //! anything. Unlocks the keyring first, if need be; one that was never used is locked, too.
    QFuture<Result<Key>> makeNew(const QString &slotId);
    //! For a key that opens nothing any more. In the background; what fails leaves a key behind
    //! that nothing is sealed with.
    void forget(const QString &slotId);
    //! In the background, and one at a time: a change does not wait for the keyring. A note that
    //! fails leaves an older one, against which an older file may pass; the next one mends that.
    void note(const QString &slotId, qint64 generation);

private:
    struct Note
    {
        QString slotId;
        qint64 generation = 0;
    };

    QFuture<Reading> readFromOpenKeyring(const QString &slotId);
    QFuture<Reading> whyMissing();
    QFuture<Result<Key>> writeAndReadBack(const QString &slotId);
    void writeNote();

    Keyring &m_keyring;
    std::optional<Note> m_nextNote; // the newest that is not written yet
    bool m_isNoting = false;
};

} // namespace Maestro
