// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/tokenreply.h"
#include "core/account.h"
#include "core/credential.h"

#include <variant>

namespace Maestro::OAuth {

//! A refresh that brought nothing.
struct RefreshFailure
{
    enum class Lasts {
        UntilSignIn, //!< this set of tokens is at its end: asking again is no use, and may do harm
        ForNow, //!< the tokens are as good as they were; try again later
    };

    Lasts lasts = Lasts::ForNow;
    Error error;

    friend bool operator==(const RefreshFailure &, const RefreshFailure &) = default;
};

using RefreshOutcome = std::variant<Tokens, RefreshFailure>;

//! Reads the answer to a refresh: what it brought, or how bad it is that it brought nothing.
RefreshOutcome readRefresh(int status, const QByteArray &body);

//! Why tokens must not take the place of this account's; nothing if they may. An answer that names
//! nobody is for the account that asked.
std::optional<Error> findForeigner(const AccountKey &account, const Tokens &tokens);

//! The account's secrets after a refresh: what the answer lacks keeps its old value.
AccountSecrets merged(const AccountSecrets &old, const Tokens &fresh, const QDateTime &now);

//! That the sign-in came to its end and only the person can renew it.
Error describeEndedSignIn(const QString &message, const QString &detail = {});
//! The same, for want of anything to renew it with.
Error describeUnrenewable();

} // namespace Maestro::OAuth
