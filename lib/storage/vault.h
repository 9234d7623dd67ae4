// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/credential.h"
#include "core/credentialvault.h"
#include "core/keyring.h"
#include "storage/vaultfile.h"

#include <QElapsedTimer>

namespace Maestro {

//! Sealed sign-ins in SQLite. The key is in the keyring, or made of a passphrase.
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

    Done open() override;
    Done unlock() override;
    Done unlock(const Secret &passphrase) override;
    Done makeWithKeyring() override;
    Done makeWithPassphrase(const Secret &passphrase) override;
    Done moveToKeyring() override;
    Done moveToPassphrase(const Secret &passphrase) override;
    Done acceptAsIs() override;
    Done startOver() override;

    //! In Ready, else problem(). Each reads the file, so that another process's change is seen.
    QFuture<Result<AccountSecrets>> secretsOf(const AccountKey &key);
    Done save(const Account &account, const AccountSecrets &secrets);
    Done remove(const AccountKey &key);

Q_SIGNALS:
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
