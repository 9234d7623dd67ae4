// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialsource.h"
#include "core/credentialstore.h"

namespace Maestro {

//! Hands out what the store holds, as it is: nothing is renewed.
class StoredCredentials final : public CredentialSource
{
public:
    //! The store must outlive it.
    explicit StoredCredentials(CredentialStore &store);

    QFuture<Result<Credential>> credentialFor(const AccountKey &key) override;
    QFuture<Result<Credential>> renewedFor(const AccountKey &key,
                                           const Credential &rejected) override;

private:
    CredentialStore &m_store;
};

} // namespace Maestro
