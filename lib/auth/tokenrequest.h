// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/fields.h"
#include "auth/oauthprofile.h"

namespace Maestro::OAuth {

//! What is posted to a token endpoint.
struct TokenRequest
{
    QUrl url;
    QByteArray contentType;
    Secret body;

    friend bool operator==(const TokenRequest &, const TokenRequest &) = default;
};

//! The parameters that turn a code into tokens (RFC 6749 §4.1.3, RFC 7636 §4.5), in order.
Fields codeExchangeFields(const OAuthProfile &profile, const QString &redirectUri,
                          const Secret &code, const Secret &verifier, const Secret &state);

//! Those parameters as the profile's endpoint takes them, form or JSON.
TokenRequest makeCodeExchange(const OAuthProfile &profile, const QString &redirectUri,
                              const Secret &code, const Secret &verifier, const Secret &state);

//! Turns an id_token into an API key (RFC 8693 with OpenAI's `requested_token`). Always a form.
TokenRequest makeKeyExchange(const OAuthProfile &profile, const Secret &idToken);

//! Asks for new tokens (RFC 6749 §6), as the profile's renewalBody says.
TokenRequest makeRefresh(const OAuthProfile &profile, const Secret &refreshToken);

//! Ends a sign-in at the provider (RFC 7009 §2.1): by its refresh token, which takes the whole
//! grant along, or by its access token if there is no other. Nothing if there is no token, or no
//! address.
std::optional<TokenRequest> makeRevocation(const OAuthProfile &profile,
                                           const AccountSecrets &secrets);

} // namespace Maestro::OAuth
