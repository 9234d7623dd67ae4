// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceidtoken.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

namespace {

constexpr auto Base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr int IdTokenSeconds = 3600;
constexpr auto AuthClaim = "https://api.openai.com/auth"_L1;

QByteArray randomBytes()
{
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->fillRange(words.data(), qsizetype(words.size()));
    return {reinterpret_cast<const char *>(words.data()), qsizetype(sizeof(words))};
}

QByteArray jsonSegment(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(Base64Url);
}

} // namespace

IdTokenSigner::IdTokenSigner()
    : m_key(randomBytes())
{ }

QByteArray IdTokenSigner::sign(const QJsonObject &claims) const
{
    const QByteArray content
        = jsonSegment({{u"alg"_s, u"HS256"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, u"practice"_s}})
        + '.' + jsonSegment(claims);
    return content + '.' + signature(content);
}

std::optional<QJsonObject> IdTokenSigner::verify(const QByteArray &token) const
{
    const QByteArrayList segments = token.split('.');
    if (segments.size() != 3) {
        return std::nullopt;
    }
    // What we signed has our header, so its algorithm need not be read, and cannot be chosen.
    if (!equalInConstantTime(signature(QByteArray(segments[0] + '.' + segments[1])), segments[2])) {
        return std::nullopt;
    }
    return QJsonDocument::fromJson(QByteArray::fromBase64(segments[1], Base64Url)).object();
}

QByteArray IdTokenSigner::signature(QByteArrayView content) const
{
    return QMessageAuthenticationCode::hash(content.toByteArray(), m_key.reveal(),
                                            QCryptographicHash::Sha256)
        .toBase64(Base64Url);
}

QJsonObject makeIdTokenClaims(const IdTokenFacts &facts)
{
    QJsonObject auth{
        {u"chatgpt_plan_type"_s, u"practice"_s},
        {u"chatgpt_user_id"_s, u"user-practice"_s},
        {u"chatgpt_account_id"_s, u"acct-practice"_s},
        {u"user_id"_s, u"user-practice"_s},
        {u"completed_platform_onboarding"_s, facts.hasOrganization},
        {u"is_org_owner"_s, true},
    };
    if (facts.hasOrganization) {
        auth.insert(u"organization_id"_s, u"org-practice"_s);
        auth.insert(u"project_id"_s, u"proj_practice"_s);
        auth.insert(u"organizations"_s,
                    QJsonArray{QJsonObject{{u"id"_s, u"org-practice"_s},
                                           {u"title"_s, u"Practice"_s},
                                           {u"role"_s, u"owner"_s},
                                           {u"is_default"_s, true}}});
    }
    const qint64 issuedAt = facts.issuedAt.toSecsSinceEpoch();
    return {
        {u"iss"_s, facts.issuer},
        {u"aud"_s, QJsonArray{facts.clientId}},
        {u"sub"_s, u"practice|person"_s},
        {u"iat"_s, issuedAt},
        {u"exp"_s, issuedAt + IdTokenSeconds},
        {u"auth_time"_s, issuedAt},
        {u"email"_s, u"practice@maestro.invalid"_s},
        {u"email_verified"_s, true},
        {u"name"_s, u"Practice Person"_s},
        {AuthClaim, auth},
    };
}

bool hasOrganization(const QJsonObject &claims)
{
    const QJsonObject auth = claims.value(AuthClaim).toObject();
    return !auth.value("organization_id"_L1).toString().isEmpty();
}

QByteArray makePracticeSecret(QByteArrayView kind)
{
    return "practice-" + kind.toByteArray() + '-' + randomBytes().toBase64(Base64Url);
}

} // namespace Maestro::Practice
