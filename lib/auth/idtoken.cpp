// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/idtoken.h"

#include "auth/redact.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Maestro::OAuth {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("IdToken", text); }

//! Clocks differ; a minute is what others allow.
constexpr qint64 LeewaySeconds = 60;
//! A claim that is shown is a name or an id, not a text.
constexpr qsizetype LongestClaim = 256;

std::optional<QJsonObject> decodeJwt(const Secret &token)
{
    if (token.isEmpty() || token.reveal().size() > LongestIdToken) {
        return std::nullopt;
    }
    const QList<QByteArray> parts = token.reveal().split('.');
    if (parts.size() != 3) {
        return std::nullopt;
    }
    const auto payload = QByteArray::fromBase64Encoding(
        parts[1],
        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
            | QByteArray::AbortOnBase64DecodingErrors);
    if (!payload) {
        return std::nullopt;
    }
    const QJsonDocument document = QJsonDocument::fromJson(payload.decoded);
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

//! Shown, so on one line and without what hides or reorders text.
QString text(const QJsonObject &object, QLatin1StringView name)
{
    return quoted(object.value(name).toString(), LongestClaim);
}

QString firstOf(const QString &one, const QString &other) { return one.isEmpty() ? other : one; }

std::optional<QDateTime> time(const QJsonObject &object, QLatin1StringView name)
{
    constexpr double Year3000 = 32503680000.0;
    const double seconds = object.value(name).toDouble(-1);
    if (!std::isfinite(seconds) || seconds < 0 || seconds > Year3000) {
        return std::nullopt;
    }
    return QDateTime::fromSecsSinceEpoch(static_cast<qint64>(seconds), Qt::UTC);
}

QStringList audienceOf(const QJsonValue &aud)
{
    QStringList audience;
    if (aud.isString()) {
        audience.append(aud.toString());
    }
    const QJsonArray array = aud.toArray();
    for (const QJsonValue &one : array) {
        audience.append(one.toString());
    }
    return audience;
}

Identity identityOf(const QJsonObject &claims)
{
    const QJsonObject auth = claims.value("https://api.openai.com/auth"_L1).toObject();
    const QJsonObject profile = claims.value("https://api.openai.com/profile"_L1).toObject();
    QJsonArray organizations = auth.value("organizations"_L1).toArray();
    if (organizations.isEmpty()) {
        organizations = claims.value("organizations"_L1).toArray();
    }
    const QString firstOrganization = text(organizations.at(0).toObject(), "id"_L1);
    return {
        .accountId = firstOf(text(auth, "chatgpt_account_id"_L1), text(claims, "sub"_L1)),
        .email = firstOf(text(claims, "email"_L1), text(profile, "email"_L1)),
        .name = firstOf(text(claims, "name"_L1), text(profile, "name"_L1)),
        .plan = text(auth, "chatgpt_plan_type"_L1),
        .organization
        = firstOf(firstOf(text(auth, "organization_id"_L1), text(claims, "organization_id"_L1)),
                  firstOrganization),
        .project = firstOf(text(auth, "project_id"_L1), text(claims, "project_id"_L1)),
    };
}

} // namespace

Result<IdTokenClaims> readIdToken(const Secret &idToken)
{
    const auto claims = decodeJwt(idToken);
    if (!claims) {
        return Error{Error::Kind::InvalidResponse,
                     tr("The sign-in server's word on who signed in cannot be read."),
                     tr("Start the sign-in again.")};
    }
    return toIdTokenClaims(*claims);
}

IdTokenClaims toIdTokenClaims(const QJsonObject &claims)
{
    return {
        .issuer = text(claims, "iss"_L1),
        .audience = audienceOf(claims.value("aud"_L1)),
        .issuedAt = time(claims, "iat"_L1),
        .expiresAt = time(claims, "exp"_L1),
        .identity = identityOf(claims),
    };
}

QStringList findDoubts(const IdTokenClaims &claims, const QString &issuer, const QString &clientId,
                       const QDateTime &now)
{
    QStringList doubts;
    if (!issuer.isEmpty() && claims.issuer != issuer) {
        doubts.append(tr("issued by another server than expected"));
    }
    if (!claims.audience.contains(clientId)) {
        doubts.append(tr("issued for another program"));
    }
    if (!claims.expiresAt || claims.expiresAt->addSecs(LeewaySeconds) < now) {
        doubts.append(claims.expiresAt ? tr("expired, or this computer's clock is ahead")
                                       : tr("without an expiry"));
    }
    if (claims.issuedAt && claims.issuedAt->addSecs(-LeewaySeconds) > now) {
        doubts.append(tr("issued in the future, or this computer's clock is behind"));
    }
    return doubts;
}

std::optional<QDateTime> expiryOf(const Secret &token)
{
    const auto claims = decodeJwt(token);
    return claims ? time(*claims, "exp"_L1) : std::nullopt;
}

} // namespace Maestro::OAuth
