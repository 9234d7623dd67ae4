// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceauthorization.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Maestro::Practice {

namespace {

//! Of tickets, codes, grants, keys and spent refresh tokens, each: more than a day of practising,
//! and a bound for somebody who only wants to fill the memory.
constexpr qsizetype MaxKept = 64;
constexpr qsizetype MaxAccessTokensOfGrant = 4;
constexpr std::chrono::seconds CodeLifetime = 10min;
constexpr std::chrono::seconds AccessTokenLifetime = 1h;
constexpr std::chrono::seconds RefreshTokenLifetime = 30 * 24h;

QByteArray digestOf(QByteArrayView secret)
{
    return QCryptographicHash::hash(secret.toByteArray(), QCryptographicHash::Sha256);
}

QDateTime later(const QDateTime &now, std::chrono::seconds lifetime)
{
    return now.addSecs(lifetime.count());
}

template <typename T>
void appendBounded(QList<T> &list, T value, qsizetype limit = MaxKept)
{
    if (list.size() >= limit) {
        list.removeFirst();
    }
    list.append(std::move(value));
}

HttpReply invalidGrant(const QString &description)
{
    return oauthError(400, u"invalid_grant"_s, description);
}

HttpReply refreshRefused(const QString &code, const QString &message)
{
    return apiError(401, u"invalid_request_error"_s, code, message);
}

HttpReply subjectTokenRefused(const QString &message)
{
    return apiError(401, u"invalid_request_error"_s, u"invalid_subject_token"_s, message);
}

//! RFC 7636 §4.6
bool verifierMatches(const QString &verifier, const QString &challenge)
{
    const QByteArray hashed
        = QCryptographicHash::hash(verifier.toUtf8(), QCryptographicHash::Sha256)
              .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return equalInConstantTime(hashed, challenge.toLatin1());
}

QByteArray redirectTo(const AuthorizationRequest &request, const QList<Parameter> &parameters)
{
    return request.redirectUri.toLatin1() + '?' + writeForm(parameters);
}

} // namespace

QList<Outcome> outcomes()
{
    return {Outcome::Success,          Outcome::AdministratorDenied, Outcome::CodeRefused,
            Outcome::TokenServerError, Outcome::NoOrganization,      Outcome::WrongState};
}

QString toString(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Success:
        return u"success"_s;
    case Outcome::AdministratorDenied:
        return u"administrator_denied"_s;
    case Outcome::CodeRefused:
        return u"code_refused"_s;
    case Outcome::TokenServerError:
        return u"token_server_error"_s;
    case Outcome::NoOrganization:
        return u"no_organization"_s;
    case Outcome::WrongState:
        return u"wrong_state"_s;
    }
    Q_UNREACHABLE();
}

Authorization::Authorization(Clock clock)
    : m_clock(std::move(clock))
{ }

QString Authorization::begin(const AuthorizationRequest &request)
{
    const QString id = QString::fromLatin1(makePracticeSecret("request"));
    appendBounded(m_tickets, Ticket{id, request});
    return id;
}

std::optional<QByteArray> Authorization::decide(const QString &ticket, Decision decision,
                                                Outcome outcome)
{
    const auto found
        = std::find_if(m_tickets.begin(), m_tickets.end(), [&ticket](const Ticket &candidate) {
              return equalInConstantTime(candidate.id.toLatin1(), ticket.toUtf8());
          });
    if (found == m_tickets.end()) {
        return std::nullopt;
    }
    const AuthorizationRequest request = found->request;
    // A client goes on waiting after a wrong state, so the person can go back and decide again.
    if (outcome != Outcome::WrongState) {
        m_tickets.erase(found);
    }

    if (decision == Decision::Deny) {
        return redirectTo(request,
                          {{u"error"_s, u"access_denied"_s},
                           {u"error_description"_s, u"The person pressed Deny."_s},
                           {u"state"_s, request.state}});
    }
    if (outcome == Outcome::AdministratorDenied) {
        return redirectTo(request,
                          {{u"error"_s, u"access_denied"_s},
                           {u"error_description"_s, u"missing_codex_entitlement"_s},
                           {u"state"_s, request.state}});
    }
    const QByteArray code = makePracticeSecret("ac");
    appendBounded(m_codes, Code{digestOf(code), request, outcome, later(m_clock(), CodeLifetime)});
    const QString state = outcome == Outcome::WrongState
        ? QString::fromLatin1(makePracticeSecret("state"))
        : request.state;
    return redirectTo(
        request,
        {{u"code"_s, QString::fromLatin1(code)}, {u"scope"_s, request.scope}, {u"state"_s, state}});
}

HttpReply Authorization::exchange(const Parameters &parameters)
{
    const QString grantType = parameters.value(u"grant_type"_s);
    if (grantType == "authorization_code"_L1) {
        return redeemCode(parameters);
    }
    if (grantType == "refresh_token"_L1) {
        return refresh(parameters);
    }
    if (grantType == "urn:ietf:params:oauth:grant-type:token-exchange"_L1) {
        return exchangeForKey(parameters);
    }
    return oauthError(400, u"unsupported_grant_type"_s,
                      u"The grant type is missing or not supported."_s);
}

HttpReply Authorization::redeemCode(const Parameters &parameters)
{
    const QByteArray digest = digestOf(parameters.value(u"code"_s).toUtf8());
    const auto code
        = std::find_if(m_codes.begin(), m_codes.end(),
                       [&digest](const Code &candidate) { return candidate.digest == digest; });
    if (code == m_codes.end()) {
        return invalidGrant(u"The authorization code is not known."_s);
    }
    if (code->used) {
        revokeGrant(code->grant); // RFC 6749 §4.1.2: somebody else has the code, too
        return invalidGrant(u"The authorization code was used before."_s);
    }
    // Used from the first attempt on, or a stolen code could be tried with many verifiers.
    code->used = true;
    if (m_clock() >= code->expiresAt) {
        return invalidGrant(u"The authorization code has expired."_s);
    }
    if (parameters.value(u"client_id"_s) != code->request.clientId) {
        return invalidGrant(u"The authorization code was issued to another client."_s);
    }
    if (parameters.value(u"redirect_uri"_s) != code->request.redirectUri) {
        return invalidGrant(u"The redirect_uri is not the one of the authorization request."_s);
    }
    if (!verifierMatches(parameters.value(u"code_verifier"_s), code->request.codeChallenge)) {
        return invalidGrant(u"The code_verifier does not match the code_challenge."_s);
    }
    if (code->outcome == Outcome::CodeRefused) {
        return invalidGrant(
            u"The authorization code is refused, as chosen on the practice page."_s);
    }
    if (code->outcome == Outcome::TokenServerError) {
        return apiError(500, u"server_error"_s, u"server_error"_s,
                        u"The server had an error, as chosen on the practice page."_s);
    }
    code->grant = ++m_lastGrant;
    appendBounded(m_grants,
                  Grant{.id = code->grant,
                        .request = code->request,
                        .hasOrganization = code->outcome != Outcome::NoOrganization});
    return issueTokens(m_grants.last());
}

HttpReply Authorization::refresh(const Parameters &parameters)
{
    const QByteArray digest = digestOf(parameters.value(u"refresh_token"_s).toUtf8());
    const auto grant
        = std::find_if(m_grants.begin(), m_grants.end(), [&digest](const Grant &candidate) {
              return candidate.refreshDigest == digest
                  || candidate.usedRefreshDigests.contains(digest);
          });
    if (grant == m_grants.end()) {
        return refreshRefused(u"invalid_refresh_token"_s,
                              u"Your refresh token is not known. Please sign in again."_s);
    }
    if (grant->refreshDigest != digest) {
        grant->revoked = true; // RFC 9700 §4.14.2: one of the two who have it stole it
        return refreshRefused(
            u"refresh_token_reused"_s,
            u"Your refresh token has already been used to generate a new access token. "
            "Please try signing in again."_s);
    }
    if (grant->revoked) {
        return refreshRefused(u"refresh_token_invalidated"_s,
                              u"Your refresh token was revoked. Please sign in again."_s);
    }
    if (m_clock() >= grant->refreshExpiresAt) {
        return refreshRefused(u"refresh_token_expired"_s,
                              u"Your refresh token has expired. Please sign in again."_s);
    }
    if (parameters.value(u"client_id"_s) != grant->request.clientId) {
        return oauthError(401, u"invalid_client"_s,
                          u"The refresh token was issued to another client."_s);
    }
    appendBounded(grant->usedRefreshDigests, digest);
    return issueTokens(*grant);
}

HttpReply Authorization::exchangeForKey(const Parameters &parameters)
{
    if (parameters.value(u"requested_token"_s) != "openai-api-key"_L1
        || parameters.value(u"subject_token_type"_s)
            != "urn:ietf:params:oauth:token-type:id_token"_L1) {
        return oauthError(400, u"invalid_request"_s,
                          u"requested_token or subject_token_type is missing or not supported."_s);
    }
    const auto claims = m_signer.verify(parameters.value(u"subject_token"_s).toUtf8());
    if (!claims
        || claims->value("aud"_L1).toArray() != QJsonArray{parameters.value(u"client_id"_s)}) {
        return subjectTokenRefused(u"Invalid ID token"_s);
    }
    if (m_clock().toSecsSinceEpoch() >= claims->value("exp"_L1).toInteger()) {
        return subjectTokenRefused(u"Invalid ID token: expired"_s);
    }
    if (!hasOrganization(*claims)) {
        return subjectTokenRefused(u"Invalid ID token: missing organization_id"_s);
    }
    const QByteArray key = makePracticeSecret("sk");
    appendBounded(m_keyDigests, digestOf(key));
    return jsonReply(200,
                     {{u"access_token"_s, QString::fromLatin1(key)},
                      {u"issued_token_type"_s, u"urn:ietf:params:oauth:token-type:access_token"_s},
                      {u"token_type"_s, u"Bearer"_s}});
}

HttpReply Authorization::issueTokens(Grant &grant)
{
    const QDateTime now = m_clock();
    const QByteArray access = makePracticeSecret("at");
    const QByteArray refresh = makePracticeSecret("rt");
    appendBounded(grant.accessTokens,
                  AccessToken{digestOf(access), later(now, AccessTokenLifetime)},
                  MaxAccessTokensOfGrant);
    grant.refreshDigest = digestOf(refresh);
    grant.refreshExpiresAt = later(now, RefreshTokenLifetime);
    const QByteArray idToken
        = m_signer.sign(makeIdTokenClaims({.issuer = m_issuer,
                                           .clientId = grant.request.clientId,
                                           .issuedAt = now,
                                           .hasOrganization = grant.hasOrganization}));
    return jsonReply(200,
                     {{u"id_token"_s, QString::fromLatin1(idToken)},
                      {u"access_token"_s, QString::fromLatin1(access)},
                      {u"refresh_token"_s, QString::fromLatin1(refresh)},
                      {u"token_type"_s, u"Bearer"_s},
                      {u"expires_in"_s, qint64(AccessTokenLifetime.count())},
                      {u"scope"_s, grant.request.scope}});
}

void Authorization::revoke(const QString &token)
{
    const QByteArray digest = digestOf(token.toUtf8());
    for (Grant &grant : m_grants) {
        const bool isAccess
            = std::any_of(grant.accessTokens.begin(), grant.accessTokens.end(),
                          [&digest](const AccessToken &own) { return own.digest == digest; });
        if (isAccess || grant.refreshDigest == digest) {
            grant.revoked = true;
        }
    }
}

void Authorization::revokeGrant(qint64 id)
{
    for (Grant &grant : m_grants) {
        grant.revoked = grant.revoked || grant.id == id;
    }
}

bool Authorization::accepts(const QByteArray &bearer) const
{
    const QByteArray digest = digestOf(bearer);
    if (bearer == "practice" || m_keyDigests.contains(digest)) {
        return true;
    }
    const QDateTime now = m_clock();
    return std::any_of(m_grants.begin(), m_grants.end(), [&](const Grant &grant) {
        return !grant.revoked
            && std::any_of(grant.accessTokens.begin(), grant.accessTokens.end(),
                           [&](const AccessToken &own) {
                               return own.digest == digest && now < own.expiresAt;
                           });
    });
}

} // namespace Maestro::Practice
