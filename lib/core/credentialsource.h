// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/credential.h"
#include "core/result.h"

#include <QFuture>

namespace Maestro {

//! Hands out what requests are signed with. A port: keeping and renewing are behind it. Secrets
//! leave it in the moment of sending and go nowhere but to the network.
class CredentialSource
{
public:
    CredentialSource() = default;
    virtual ~CredentialSource() = default;
    Q_DISABLE_COPY_MOVE(CredentialSource)

    //! Valid now, as far as can be known. AuthenticationRequired if there is none.
    virtual QFuture<Result<Credential>> credentialFor(const AccountKey &key) = 0;
    //! Another one than `rejected`, which the server answered with 401. An error says why there is
    //! none: AuthenticationRequired if only the person can help, by signing in again.
    virtual QFuture<Result<Credential>> renewedFor(const AccountKey &key,
                                                   const Credential &rejected)
        = 0;
};

} // namespace Maestro
