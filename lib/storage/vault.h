// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/credential.h"
#include "core/keyring.h"
#include "storage/vaultfile.h"

#include <QElapsedTimer>

namespace Maestro {

//! Sealed sign-ins on disk. Their key is in the system keyring or made of a passphrase, and made
//! once: when it has been proven that there is nothing yet that another key would open. What cannot
//! be told (a locked keyring reads as an empty one) is asked again, never guessed.
//!
//! Nothing here prompts but unlock(), and makeWithKeyring() on a locked keyring.
class Vault : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Closed, //!< before open()
        FirstRun, //!< nothing is there; the person's choice, or the keyring if there is one
        Ready,
        NeedsPassphrase,
        KeyringLocked,
        KeyringUnavailable, //!< there is none, or it does not answer; the key may be safe in it
        KeyLost, //!< the keyring is open, and the key is not in it
        Tampered, //!< the key is right, and the file was changed
        OlderCopy, //!< the file is sound, and an older one than the last we wrote
        Unusable, //!< the file cannot be used now; see problem()
    };
    Q_ENUM(State)

    using Done = QFuture<std::optional<Error>>;

    //! Both outlive this. The database has vaultSchema().
    Vault(Database &database, Keyring &keyring, QObject *parent = nullptr);

    State state() const { return m_state; }
    //! Why nothing can be read now, and the ways forward; nothing in FirstRun and Ready.
    const std::optional<Error> &problem() const { return m_problem; }
    //! A file that was foreign or damaged, and where it is now.
    const std::optional<Error> &setAside() const { return m_setAside; }
    //! Who is saved; before Ready as the file says, unproven.
    const QList<Account> &accounts() const { return m_accounts; }

    //! Finds out the state. No error in FirstRun and Ready.
    Done open();
    //! Asks the person to unlock the keyring, once, then as open(). Also tries again after
    //! KeyringUnavailable.
    Done unlock();
    //! After five wrong ones, each takes half a minute.
    Done unlock(const Secret &passphrase);
    //! In FirstRun.
    Done makeWithKeyring();
    Done makeWithPassphrase(const Secret &passphrase); //!< eight characters, at least
    //! In Ready: seals the data key anew and forgets the way in that was used before.
    Done moveToKeyring();
    Done moveToPassphrase(const Secret &passphrase);
    //! In Tampered and OlderCopy: goes on with those sign-ins that open. An error if none can.
    Done acceptAsIs();
    //! Sets the file aside and begins anew, in FirstRun. Deletes neither file nor key.
    Done startOver();

    //! In Ready, else problem(). Each reads the file, so that another process's change is seen.
    QFuture<Result<AccountSecrets>> secretsOf(const AccountKey &key);
    Done save(const Account &account, const AccountSecrets &secrets);
    Done remove(const AccountKey &key);

Q_SIGNALS:
    void stateChanged();
    void accountsChanged();

private:
    using Key = std::shared_ptr<const LockedKey>;

    Done examine(const Result<Database::Opened> &opened);
    Done choose(const Result<VaultContents> &contents);
    Done askKeyring(const KeySlot &slot);
    Done readKey(const KeySlot &slot);
    Done withoutKey(const KeySlot &slot);
    Done openSlot(const KeySlot &slot, const Key &key, qint64 notedGeneration);
    Done openWithPassphrase(const KeySlot &slot, const Secret &passphrase);
    std::optional<Error> judge(const KeySlot &slot,
                               const Result<std::optional<OpenedVault>> &opened,
                               qint64 notedGeneration);

    QFuture<Result<Key>> newKeyInKeyring(const QString &slotId);
    QFuture<Result<Key>> writeAndReadBack(const QString &slotId);
    Done begin(const KeySlot &slot, const Key &key);
    Done moveTo(const KeySlot &slot, const Key &key);
    Done changed(const QFuture<Result<qint64>> &generation);
    Done listAgain();
    void noteGeneration(qint64 generation);

    std::optional<Error> enter(State state, const std::optional<Error> &problem = {});
    std::optional<KeySlot> slotOf(KeySlot::Kind kind) const;
    Error notNow() const;
    void setAccounts(QList<Account> accounts);

    Database &m_database;
    Keyring &m_keyring;
    State m_state = State::Closed;
    std::optional<Error> m_problem;
    std::optional<Error> m_setAside;
    QList<KeySlot> m_keySlots;
    std::optional<KeySlot> m_usedSlot; // the one that opened
    std::optional<DataKey> m_key;
    qint64 m_generation = 0; // the highest that was seen
    bool m_isNoting = false;
    QList<Account> m_accounts;
    int m_wrongPassphrases = 0;
    QElapsedTimer m_lastWrongPassphrase;
};

} // namespace Maestro
