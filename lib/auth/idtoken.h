// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QDateTime>
#include <QStringList>

namespace Maestro::OAuth {

//! Who signed in, as far as it was said.
struct Identity
{
    QString accountId;
    QString email = {};
    QString name = {};
    QString plan = {};
    QString organization = {};
    QString project = {};

    friend bool operator==(const Identity &, const Identity &) = default;
};

//! The claims of an id_token (OpenID Connect Core §2, and OpenAI's own). The signature is not
//! verified: the token came over TLS from the token endpoint (§3.1.3.7, 6), and is for display
//! alone. No decision is made by it.
struct IdTokenClaims
{
    QString issuer;
    QStringList audience;
    std::optional<QDateTime> issuedAt = {};
    std::optional<QDateTime> expiresAt = {};
    Identity identity;

    friend bool operator==(const IdTokenClaims &, const IdTokenClaims &) = default;
};

Result<IdTokenClaims> readIdToken(const Secret &idToken);

//! What does not fit about the claims, in words for a report. Nothing fails for it.
QStringList findDoubts(const IdTokenClaims &claims, const QString &issuer, const QString &clientId,
                       const QDateTime &now);

//! When a token that is a JWT says it expires; nothing if it is no JWT, or says nothing.
std::optional<QDateTime> expiryOf(const Secret &token);

} // namespace Maestro::OAuth
