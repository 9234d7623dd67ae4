// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QDateTime>
#include <QJsonObject>
#include <QStringList>

namespace Maestro::OAuth {

//! OpenAI's are 2 to 4 KiB.
constexpr qsizetype LongestIdToken = 16 * 1024;

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

//! The claims of an id_token (OpenID Connect Core §2, and OpenAI's own).
struct IdTokenClaims
{
    QString issuer;
    QStringList audience;
    std::optional<QDateTime> issuedAt = {};
    std::optional<QDateTime> expiresAt = {};
    Identity identity;

    friend bool operator==(const IdTokenClaims &, const IdTokenClaims &) = default;
};

//! Without a look at the signature: the token came over TLS from the token endpoint (§3.1.3.7, 6),
//! and is for display alone. No decision is made by it; where one is, see verifyIdToken().
Result<IdTokenClaims> readIdToken(const Secret &idToken);

IdTokenClaims toIdTokenClaims(const QJsonObject &claims);

//! What does not fit about the claims, in words for a report. Nothing fails for it.
QStringList findDoubts(const IdTokenClaims &claims, const QString &issuer, const QString &clientId,
                       const QDateTime &now);

//! When a token that is a JWT says it expires; nothing if it is no JWT, or says nothing.
std::optional<QDateTime> expiryOf(const Secret &token);

} // namespace Maestro::OAuth
