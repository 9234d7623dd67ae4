// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/authorizationerror.h"
#include "auth/idtoken.h"

#include <QMetaType>

#include <chrono>

namespace Maestro::OAuth {

//! Token endpoints answer with a few kilobytes; what is longer is not an answer.
constexpr qsizetype LongestTokenReply = 1024 * 1024;

//! What an authorization code was exchanged for.
struct Tokens
{
    Secret accessToken;
    Secret refreshToken = {};
    Secret idToken = {};
    std::optional<std::chrono::seconds> expiresIn = {};
    //! What was granted, if it was said: by RFC 6749 §5.1 silence means all that was asked for.
    std::optional<QStringList> scopes = {};
    //! For providers that name the account beside the tokens instead of in an id_token.
    std::optional<Identity> identity = {};

    friend bool operator==(const Tokens &, const Tokens &) = default;
};

//! Reads the answer to a code exchange.
Result<Tokens> readTokens(int status, const QByteArray &body);

//! Reads the answer to a refresh, in which every token may be missing: what is, stays as it was.
Result<Tokens> readRefreshedTokens(int status, const QByteArray &body);

//! The words of an answer that is an error; empty if it holds none.
ErrorWords readErrorWords(const QByteArray &body);

//! Reads the answer to a key exchange: the API key. NoOrganization if the account gives none out.
Result<Secret> readApiKey(int status, const QByteArray &body);

} // namespace Maestro::OAuth

Q_DECLARE_METATYPE(Maestro::Result<Maestro::OAuth::Tokens>)
Q_DECLARE_METATYPE(Maestro::Result<Maestro::Secret>)
