// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/idtoken.h"
#include "auth/keyset.h"

namespace Maestro::OAuth {

//! What an id_token must say to be believed.
struct IdTokenExpectation
{
    QString issuer;
    QString clientId;
    //! As it was sent with the authorize address; empty where none was: a refresh.
    Secret nonce = {};
    QDateTime now;
};

//! Whether one of the keys is the one that the token names. If none is, the issuer may have changed
//! its keys, and they are to be read again.
bool hasKeyOf(const Secret &idToken, const KeySet &keys);

//! The claims of a token that was signed with RS256 by one of the keys, and says what is expected
//! (OpenID Connect Core §3.1.3.7), give or take five seconds. The error's detail says which of the
//! rules it breaks.
Result<IdTokenClaims> verifyIdToken(const Secret &idToken, const KeySet &keys,
                                    const IdTokenExpectation &expected);

} // namespace Maestro::OAuth
