// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/credential.h"
#include "core/result.h"

#include <QFuture>
#include <QList>

namespace Maestro {

//! Where accounts and their secrets are kept. A port: what keeps them is behind it. Whoever sends
//! requests asks a CredentialSource instead, which hands out what is valid now.
class CredentialStore
{
public:
    CredentialStore() = default;
    virtual ~CredentialStore() = default;
    Q_DISABLE_COPY_MOVE(CredentialStore)

    //! Whom there are secrets for; none of them is in it.
    virtual QList<Account> accounts() const = 0;
    //! AuthenticationRequired if there is no such account.
    virtual QFuture<Result<AccountSecrets>> secretsOf(const AccountKey &key) = 0;
    //! Adds the account, or replaces the one with its key. Ready when it is durable; an error says
    //! that it was not kept, and that what was there before still is.
    virtual QFuture<std::optional<Error>> save(const Account &account,
                                               const AccountSecrets &secrets)
        = 0;
    //! Ready when the secrets are gone; also if there were none.
    virtual QFuture<std::optional<Error>> remove(const AccountKey &key) = 0;
};

//! What the lack of an account, or of its secret, is called everywhere.
Error missingCredential();

} // namespace Maestro
