// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/storedcredentials.h"

namespace Maestro {

StoredCredentials::StoredCredentials(CredentialStore &store)
    : m_store(store)
{ }

QFuture<Result<Credential>> StoredCredentials::credentialFor(const AccountKey &key)
{
    return m_store.secretsOf(key).then(
        [](const Result<AccountSecrets> &secrets) -> Result<Credential> {
            if (!secrets) {
                return secrets.error();
            }
            const auto credential = credentialOf(*secrets);
            return credential ? Result<Credential>(*credential) : missingCredential();
        });
}

QFuture<Result<Credential>> StoredCredentials::renewedFor(const AccountKey &key,
                                                          const Credential &rejected)
{
    return credentialFor(key).then(
        [rejected](const Result<Credential> &credential) -> Result<Credential> {
            const bool isSame = credential && *credential == rejected;
            return isSame ? missingCredential() : credential;
        });
}

} // namespace Maestro
