// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialstore.h"
#include "core/memorycredentials.h"
#include "storage/vault.h"

#include <QSet>

namespace Maestro {

//! Accounts in the vault, and in memory those from the environment and those that the person wants
//! forgotten in the end. Nothing goes from one to the other by itself.
class VaultCredentials final : public QObject, public CredentialStore
{
    Q_OBJECT

public:
    enum class Keep { InVault, UntilQuit };

    //! The vault outlives this.
    explicit VaultCredentials(Vault &vault, QObject *parent = nullptr);

    //! Where save() puts accounts that do not come from the environment. The person's choice.
    void setKeep(Keep keep) { m_keep = keep; }
    Keep keep() const { return m_keep; }
    //! Accounts of this provider are never written: they are worth nothing after the program ends.
    void keepInMemory(const QString &providerId) { m_fleeting.insert(providerId); }
    //! Makes sure that save() will have a place, before a sign-in begins: on a first run, makes the
    //! vault with the keyring; unlocks a locked one, which prompts. The error says why there is
    //! none and what the person can choose.
    QFuture<std::optional<Error>> prepare();

    QList<Account> accounts() const override;
    QFuture<Result<AccountSecrets>> secretsOf(const AccountKey &key) override;
    QFuture<std::optional<Error>> save(const Account &account,
                                       const AccountSecrets &secrets) override;
    QFuture<std::optional<Error>> remove(const AccountKey &key) override;

Q_SIGNALS:
    void accountsChanged();

private:
    bool isInVault(const AccountKey &key) const;
    bool isInMemory(const AccountKey &key) const;

    Vault &m_vault;
    MemoryCredentials m_memory;
    Keep m_keep = Keep::InVault;
    QSet<QString> m_fleeting;
};

} // namespace Maestro
