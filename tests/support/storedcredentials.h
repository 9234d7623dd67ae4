// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialsource.h"
#include "core/credentialstore.h"

namespace Maestro {

//! Hands out what a store holds, and renews nothing.
class StoredCredentials final : public CredentialSource
{
public:
    //! The store outlives this.
    explicit StoredCredentials(CredentialStore &store)
        : m_store(store)
    { }

    QFuture<Result<Credential>> credentialFor(const AccountKey &key) override
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

    QFuture<Result<Credential>> renewedFor(const AccountKey &, const Credential &) override
    {
        return QtFuture::makeReadyFuture(Result<Credential>(missingCredential()));
    }

private:
    CredentialStore &m_store;
};

} // namespace Maestro
