// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/memorycredentials.h"

#include <algorithm>

namespace Maestro {

QList<Account> MemoryCredentials::accounts() const
{
    QList<Account> accounts;
    accounts.reserve(m_entries.size());
    for (const Entry &entry : m_entries) {
        accounts.append(entry.account);
    }
    return accounts;
}

QFuture<Result<AccountSecrets>> MemoryCredentials::secretsOf(const AccountKey &key)
{
    const auto entry = find(key);
    return QtFuture::makeReadyFuture(entry == m_entries.end()
                                         ? Result<AccountSecrets>(missingCredential())
                                         : Result<AccountSecrets>(entry->secrets));
}

QFuture<std::optional<Error>> MemoryCredentials::save(const Account &account,
                                                      const AccountSecrets &secrets)
{
    const auto entry = find(account.key);
    Entry kept{account, secrets};
    kept.account.expiresAt = secrets.accessTokenExpiresAt;
    if (entry != m_entries.end()) {
        *entry = kept;
    } else {
        m_entries.append(kept);
    }
    return QtFuture::makeReadyFuture(std::optional<Error>());
}

QFuture<std::optional<Error>> MemoryCredentials::remove(const AccountKey &key)
{
    const auto entry = find(key);
    if (entry != m_entries.end()) {
        m_entries.erase(entry);
    }
    return QtFuture::makeReadyFuture(std::optional<Error>());
}

QList<MemoryCredentials::Entry>::iterator MemoryCredentials::find(const AccountKey &key)
{
    return std::find_if(m_entries.begin(), m_entries.end(),
                        [&key](const Entry &entry) { return entry.account.key == key; });
}

} // namespace Maestro
