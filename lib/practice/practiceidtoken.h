// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret.h"

#include <QDateTime>
#include <QJsonObject>

#include <optional>

namespace Maestro::Practice {

//! Signs and checks id tokens: JWTs with HS256, since Qt Core has no RSA. The key never leaves the
//! process, so nobody else can check them, and nobody can make one for the second exchange either.
class IdTokenSigner
{
public:
    //! With a random key of its own.
    IdTokenSigner();

    QByteArray sign(const QJsonObject &claims) const;
    //! The claims, if the token is one of ours and unchanged. Says nothing about its times.
    std::optional<QJsonObject> verify(const QByteArray &token) const;

private:
    QByteArray signature(QByteArrayView content) const;

    Secret m_key;
};

struct IdTokenFacts
{
    QString issuer;
    QString clientId;
    QDateTime issuedAt;
    bool hasOrganization = true;
};
//! The claims that OpenAI's id tokens have, for the one person there is.
QJsonObject makeIdTokenClaims(const IdTokenFacts &facts);
//! Whether the account these claims are about has an organization, so that a key can be made.
bool hasOrganization(const QJsonObject &claims);

//! Random text of 43 characters, prefixed with `practice-` and the kind of secret it is.
QByteArray makePracticeSecret(QByteArrayView kind);

} // namespace Maestro::Practice
