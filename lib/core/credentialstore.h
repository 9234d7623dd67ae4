// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/credential.h"
#include "core/result.h"

#include <QFuture>
#include <QList>

namespace Maestro {

//! Where accounts and their secrets are kept. A port: what keeps them is behind it. Secrets leave
//! it only through credentialFor(), which the network layer calls in the moment of sending.
class CredentialStore
{
public:
    CredentialStore() = default;
    virtual ~CredentialStore() = default;
    Q_DISABLE_COPY_MOVE(CredentialStore)

    virtual QList<Account> accounts() const = 0;
    //! Adds the account, or replaces the one with its key.
    virtual void save(const Account &account, const AccountSecrets &secrets) = 0;
    virtual void remove(const AccountKey &key) = 0;
    //! What a request of this account is signed with now. AuthenticationRequired if there is none.
    virtual QFuture<Result<Credential>> credentialFor(const AccountKey &key) = 0;
};

} // namespace Maestro
