// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/oauthprofile.h"

#include <QMetaType>

#include <variant>

namespace Maestro::OAuth {

//! What a redirect brought, read in an order that lets nobody but the authorization server end an
//! attempt: the state first, then the issuer, then the error, then the code.

//! It belongs to another attempt, or to none, or cannot be read: the attempt goes on.
struct ForeignCallback
{
    Error error;
};
//! The server, or the person, said no: the attempt is over.
struct RefusedCallback
{
    Error error;
};
struct AuthorizedCallback
{
    Secret code;
    //! The client that was issued, where the redirect names one; nothing has been checked about it.
    QString clientId = {};
};
using Callback = std::variant<ForeignCallback, RefusedCallback, AuthorizedCallback>;

//! Reads the query of a redirect as it came on the wire, without the question mark. `issuer` is
//! compared with `iss` (RFC 9207) when both are there.
Callback readCallback(QByteArrayView rawQuery, const Secret &state, const QString &issuer);

//! Reads what a person pasted: the whole address the browser ended at, or `code#state` where the
//! provider shows that. The address must be `redirectUri`, apart from its query.
Callback readPastedAddress(const QString &pasted, const OAuthProfile &profile,
                           const QString &redirectUri, const Secret &state);

//! The client id that a code is to be redeemed with, for a profile whose provider issues it: the
//! one that the redirect names, or the one that the sign-in was begun with. Never the introduction,
//! and never another one than the account has.
Result<QString> readIssuedClientId(const OAuthProfile &profile, const AuthorizedCallback &callback);

} // namespace Maestro::OAuth

Q_DECLARE_METATYPE(Maestro::OAuth::Callback)
