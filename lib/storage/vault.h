// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/credential.h"
#include "core/credentialvault.h"
#include "storage/keyringkeys.h"
#include "storage/passphrasetries.h"
#include "storage/vaultfile.h"
#include "storage/vaultuse.h"

namespace Maestro {

//! Sealed sign-ins in SQLite. The key is in the keyring, or made of a passphrase. Several processes
//! may use one file; each catches up with what another did to accounts and keys.
class Vault : public CredentialVault
{
    Q_OBJECT

public:
    //! Both outlive this. The database has vaultSchema().
    Vault(Database &database, Keyring &keyring, QObject *parent = nullptr);

    //! Who is saved; before Ready as the file says, unproven.
    const QList<Account> &accounts() const { return m_accounts; }

    State state() const override { return m_state; }
    std::optional<Error> problem() const override { return m_problem; }
    std::optional<Error> setAside() const override { return m_setAside; }
    QString keyringName() const override { return m_keyring.name(); }

    Done open() override;
    Done refresh() override;
    Done unlock() override;
    Done unlock(const Secret &passphrase) override;
    Done makeWithKeyring() override;
    Done makeWithPassphrase(const Secret &passphrase) override;
    Done moveToKeyring() override;
    Done moveToPassphrase(const Secret &passphrase) override;
    Done lockOutCopies() override;
    Done acceptAsIs() override;
    Done startOver() override;

    //! In Ready, else problem(). Each reads the file, so that another process's change is seen.
    QFuture<Result<AccountSecrets>> secretsOf(const AccountKey &key);
    Done save(const Account &account, const AccountSecrets &secrets);
    Done remove(const AccountKey &key);

Q_SIGNALS:
    void accountsChanged();

private:
    using Key = KeyringKeys::Key;

    //! What opened the vault.
    struct Opening
    {
        KeySlot slot;
        Key wrappingKey;
        DataKey dataKey;
    };

    static Done ready(const std::optional<Error> &error);

    Done examine(const Result<Database::Opened> &opened);
    Done choose(const VaultContents &contents);
    Done catchUp(const Result<VaultContents> &contents);
    Done readKey(const KeySlot &slot);
    Done openSlot(const KeySlot &slot, const Key &key, qint64 notedGeneration);
    Done openWithPassphrase(const KeySlot &slot, const Secret &passphrase);
    std::optional<Error> judge(const Key &key, const Result<std::optional<OpenedVault>> &opened,
                               qint64 notedGeneration);

    //! What is done with a new key: begin() or renew().
    using UseKey = Done (Vault::*)(const KeySlot &slot, const Result<Key> &key);
    Done giveKeyringKey(State needed, UseKey useKey);
    Done givePassphraseKey(State needed, const Secret &passphrase, UseKey useKey);
    Done begin(const KeySlot &slot, const Result<Key> &key);
    Done renew(const KeySlot &slot, const Result<Key> &key);
    std::optional<Error> renewed(const Key &key, const Result<OpenedVault> &vault);

    template <typename Value>
    QFuture<Result<Value>> use(const VaultWork<Value> &work);
    template <typename Value>
    Result<Value> settled(const VaultUse<Value> &use);
    Done change(const VaultWork<qint64> &work);
    void noteGeneration(qint64 generation);

    std::optional<Error> enter(State state, const std::optional<Error> &problem = {});
    std::optional<KeySlot> slotOf(KeySlot::Kind kind) const;
    Error notNow() const;
    void setAccounts(QList<Account> accounts);

    Database &m_database;
    Keyring &m_keyring;
    KeyringKeys m_keyringKeys;
    State m_state = State::Closed;
    std::optional<Error> m_problem;
    std::optional<Error> m_setAside;
    QList<KeySlot> m_keySlots;
    std::optional<Opening> m_opening;
    qint64 m_generation = 0; // the highest that was seen
    QList<Account> m_accounts;
    PassphraseTries m_tries;
};

} // namespace Maestro
