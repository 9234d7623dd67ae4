// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret.h"

namespace Maestro::OAuth {

//! Proof Key for Code Exchange (RFC 7636), S256. One per attempt.
struct Pkce
{
    Secret verifier;
    QByteArray challenge;

    friend bool operator==(const Pkce &, const Pkce &) = default;
};

//! From 64 bytes of the system's randomness: 86 characters.
Pkce makePkce();
//! RFC 7636 §4.2: base64url(SHA-256(verifier)).
QByteArray challengeOf(const Secret &verifier);
//! 256 bits from the system's randomness: 43 characters. One per attempt.
Secret makeState();

} // namespace Maestro::OAuth
