// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "practice/practiceauthorizationrequest.h"
#include "practice/practiceidtoken.h"
#include "practice/practicereply.h"

#include <functional>

namespace Maestro::Practice {

//! What shall go wrong with a sign-in, as the person chose it on the authorise page.
enum class Outcome {
    Success,
    AdministratorDenied, //!< redirect with access_denied and the workspace's refusal
    CodeRefused, //!< the token endpoint answers invalid_grant
    TokenServerError, //!< the token endpoint answers 500
    NoOrganization, //!< tokens, but the second exchange answers 401 invalid_subject_token
    WrongState, //!< redirect with somebody else's state
};
//! The word for it in the form.
QString toString(Outcome outcome);
QList<Outcome> outcomes();

//! The authorization server without its sockets: pending requests, codes, tokens and keys. It keeps
//! digests, never a token; the oldest of everything goes when there is too much of it.
class Authorization
{
public:
    using Clock = std::function<QDateTime()>;
    enum class Decision { Allow, Deny };

    explicit Authorization(Clock clock = QDateTime::currentDateTimeUtc);

    //! Goes into id tokens as `iss`.
    void setIssuer(const QString &issuer) { m_issuer = issuer; }

    //! Keeps the request until the person has decided; returns what the form names it by.
    QString begin(const AuthorizationRequest &request);
    //! Where the browser is to go; nothing if there is no such request, or it was decided before.
    std::optional<QByteArray> decide(const QString &ticket, Decision decision, Outcome outcome);
    //! POST /oauth/token.
    HttpReply exchange(const Parameters &parameters);
    //! POST /oauth/revoke: of any token of a grant, the whole grant.
    void revoke(const QString &token);
    //! Whether a bearer token or key may ask: what was issued here and holds, or the word
    //! `practice`.
    bool accepts(const QByteArray &bearer) const;

private:
    struct Ticket
    {
        QString id;
        AuthorizationRequest request;
    };
    struct Code
    {
        QByteArray digest;
        AuthorizationRequest request;
        Outcome outcome = Outcome::Success;
        QDateTime expiresAt;
        bool used = false;
        qint64 grant = 0; //!< what it was redeemed for; 0 for nothing yet
    };
    struct AccessToken
    {
        QByteArray digest;
        QDateTime expiresAt;
    };
    struct Grant
    {
        qint64 id = 0;
        AuthorizationRequest request;
        bool hasOrganization = true;
        bool revoked = false;
        QByteArray refreshDigest = {};
        QDateTime refreshExpiresAt = {};
        QList<QByteArray> usedRefreshDigests = {};
        QList<AccessToken> accessTokens = {};
    };

    HttpReply redeemCode(const Parameters &parameters);
    HttpReply refresh(const Parameters &parameters);
    HttpReply exchangeForKey(const Parameters &parameters);
    HttpReply issueTokens(Grant &grant);
    void revokeGrant(qint64 id);

    Clock m_clock;
    QString m_issuer;
    IdTokenSigner m_signer;
    QList<Ticket> m_tickets;
    QList<Code> m_codes;
    QList<Grant> m_grants;
    QList<QByteArray> m_keyDigests;
    qint64 m_lastGrant = 0;
};

} // namespace Maestro::Practice
