// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/vaultcredentials.h"

#include <algorithm>

namespace Maestro {

namespace {

bool hasAccount(const QList<Account> &accounts, const AccountKey &key)
{
    return std::any_of(accounts.begin(), accounts.end(),
                       [&key](const Account &account) { return account.key == key; });
}

} // namespace

VaultCredentials::VaultCredentials(Vault &vault, QObject *parent)
    : QObject(parent)
    , m_vault(vault)
{
    connect(&m_vault, &Vault::accountsChanged, this, &VaultCredentials::accountsChanged);
}

QFuture<std::optional<Error>> VaultCredentials::prepare()
{
    if (m_keep == Keep::UntilQuit || m_vault.state() == Vault::State::Ready) {
        return QtFuture::makeReadyFuture(std::optional<Error>());
    }
    switch (m_vault.state()) {
    case Vault::State::FirstRun:
        return m_vault.makeWithKeyring();
    case Vault::State::KeyringLocked:
        return m_vault.unlock();
    default:
        return QtFuture::makeReadyFuture(m_vault.problem());
    }
}

QList<Account> VaultCredentials::accounts() const
{
    QList<Account> accounts = m_memory.accounts();
    for (const Account &account : m_vault.accounts()) {
        if (!isInMemory(account.key)) {
            accounts.append(account);
        }
    }
    return accounts;
}

QFuture<Result<AccountSecrets>> VaultCredentials::secretsOf(const AccountKey &key)
{
    return isInMemory(key) ? m_memory.secretsOf(key) : m_vault.secretsOf(key);
}

QFuture<std::optional<Error>> VaultCredentials::save(const Account &account,
                                                     const AccountSecrets &secrets)
{
    const bool isFromEnvironment = account.keeping == Account::Keeping::Environment;
    // An account stays where it is: renewed tokens are no new choice.
    if (isFromEnvironment || m_fleeting.contains(account.key.provider) || isInMemory(account.key)
        || (m_keep == Keep::UntilQuit && !isInVault(account.key))) {
        Account kept = account;
        if (!isFromEnvironment) {
            kept.keeping = Account::Keeping::Memory;
        }
        const auto saved = m_memory.save(kept, secrets);
        Q_EMIT accountsChanged();
        return saved;
    }
    return m_vault.save(account, secrets);
}

QFuture<std::optional<Error>> VaultCredentials::remove(const AccountKey &key)
{
    if (isInMemory(key)) {
        const auto removed = m_memory.remove(key);
        Q_EMIT accountsChanged();
        return removed;
    }
    return m_vault.remove(key);
}

bool VaultCredentials::isInVault(const AccountKey &key) const
{
    return m_vault.state() == Vault::State::Ready && hasAccount(m_vault.accounts(), key);
}

bool VaultCredentials::isInMemory(const AccountKey &key) const
{
    return hasAccount(m_memory.accounts(), key);
}

} // namespace Maestro
