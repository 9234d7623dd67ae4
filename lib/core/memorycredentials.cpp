// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/memorycredentials.h"

#include <QCoreApplication>

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

void MemoryCredentials::save(const Account &account, const AccountSecrets &secrets)
{
    const auto entry = find(account.key);
    if (entry != m_entries.end()) {
        *entry = {account, secrets};
    } else {
        m_entries.append({account, secrets});
    }
}

void MemoryCredentials::remove(const AccountKey &key)
{
    const auto entry = find(key);
    if (entry != m_entries.end()) {
        m_entries.erase(entry);
    }
}

QFuture<Result<Credential>> MemoryCredentials::credentialFor(const AccountKey &key)
{
    const auto entry = find(key);
    const auto credential = entry == m_entries.end() ? std::nullopt : credentialOf(entry->secrets);
    if (!credential) {
        return QtFuture::makeReadyFuture(Result<Credential>(Error{
            Error::Kind::AuthenticationRequired,
            QCoreApplication::translate("Credentials", "There is no key for this account."),
            QCoreApplication::translate("Credentials", "Sign in again, or add an API key."),
        }));
    }
    return QtFuture::makeReadyFuture(Result<Credential>(*credential));
}

QList<MemoryCredentials::Entry>::iterator MemoryCredentials::find(const AccountKey &key)
{
    return std::find_if(m_entries.begin(), m_entries.end(),
                        [&key](const Entry &entry) { return entry.account.key == key; });
}

} // namespace Maestro
