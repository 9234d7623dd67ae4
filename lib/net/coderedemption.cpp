// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/coderedemption.h"

#include "auth/authorizationerror.h"
#include "auth/grantedscope.h"
#include "core/after.h"
#include "core/overloaded.h"
#include "net/tokenendpoint.h"

#include <QNetworkReply>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! The provider said no, not "something broke": trying again gives no key.
bool isRefusal(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::AccessDenied:
    case Error::Kind::AuthenticationRequired:
    case Error::Kind::InvalidClient: // it got the tokens, but has no right to keys
    case Error::Kind::InvalidGrant:
    case Error::Kind::InvalidRequest:
    case Error::Kind::NoOrganization:
    case Error::Kind::PermissionDenied:
    case Error::Kind::Unsupported:
        return true;
    default:
        return false;
    }
}

//! Neither the person's doing nor the provider's last word.
bool mayPass(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Network:
    case Error::Kind::Offline:
    case Error::Kind::Timeout:
    case Error::Kind::Tls:
    case Error::Kind::Proxy:
    case Error::Kind::RateLimited:
    case Error::Kind::Overloaded:
    case Error::Kind::ServerFailure:
    case Error::Kind::InvalidResponse: // of a proxy's page, for one
        return true;
    default:
        return false;
    }
}

} // namespace

CodeRedemption::CodeRedemption(const OAuth::OAuthProfile &profile, CredentialStore &store,
                               TokenEndpoint &endpoint, QObject *parent)
    : QObject(parent)
    , m_profile(profile)
    , m_store(store)
    , m_endpoint(endpoint)
{ }

void CodeRedemption::start(const OAuth::TokenRequest &exchange)
{
    startWithFlow(exchange);
    post(exchange, &CodeRedemption::readTokensReply);
}

void CodeRedemption::startWithFlow(const OAuth::TokenRequest &exchange)
{
    m_exchange = exchange;
    m_clock.start();
}

void CodeRedemption::retry()
{
    m_clock.start();
    if (const auto again = std::exchange(m_again, {})) {
        again();
    }
}

void CodeRedemption::fail(const Error &error, std::function<void()> again)
{
    m_again = std::move(again);
    Q_EMIT finished(error);
}

void CodeRedemption::post(const OAuth::TokenRequest &request,
                          void (CodeRedemption::*read)(const Result<HttpReply> &))
{
    QNetworkReply *reply = m_endpoint.post(request);
    connect(
        reply, &QNetworkReply::finished, this,
        [this, reply, read] { (this->*read)(TokenEndpoint::take(*reply)); }, Qt::QueuedConnection);
}

void CodeRedemption::readTokensReply(const Result<HttpReply> &reply)
{
    take(reply ? OAuth::readTokens(reply->status, reply->body)
               : Result<OAuth::Tokens>(reply.error()));
}

void CodeRedemption::readKeyReply(const Result<HttpReply> &reply)
{
    onApiKey(reply ? OAuth::readApiKey(reply->status, reply->body) : Result<Secret>(reply.error()));
}

void CodeRedemption::take(const Result<OAuth::Tokens> &tokens)
{
    if (!tokens) {
        std::function<void()> again;
        if (mayPass(tokens.error())) {
            again = [this, exchange = m_exchange] { start(exchange); };
        }
        m_exchange = {};
        fail(tokens.error(), std::move(again));
        return;
    }
    m_exchange = {};
    m_tokens = *tokens;
    if (const auto missing = OAuth::findMissingScope(m_profile, m_tokens)) {
        fail(*missing);
        return;
    }
    const auto identity = readIdentity();
    if (identity && m_profile.idTokenProof == OAuth::OAuthProfile::IdTokenProof::Signature) {
        checkIdToken();
    } else {
        onIdentity(identity);
    }
}

void CodeRedemption::checkIdToken()
{
    m_idTokenCheck = std::make_unique<IdTokenCheck>(m_profile, m_tokens.idToken, m_nonce,
                                                    m_endpoint.network());
    connect(m_idTokenCheck.get(), &IdTokenCheck::finished, this, &CodeRedemption::onIdTokenChecked,
            Qt::QueuedConnection);
    m_idTokenCheck->start();
}

void CodeRedemption::onIdTokenChecked(const IdTokenCheck::Outcome &outcome)
{
    std::visit(
        Overloaded{[this](const OAuth::IdTokenClaims &claims) { onIdentity(claims.identity); },
                   [this](const IdTokenCheck::Rejected &rejected) { fail(rejected.error); },
                   [this](const IdTokenCheck::Unchecked &unchecked) {
                       fail(unchecked.error, [this] { checkIdToken(); });
                   }},
        outcome);
}

void CodeRedemption::onIdentity(const Result<OAuth::Identity> &identity)
{
    if (!identity) {
        fail(identity.error());
        return;
    }
    m_identity = *identity;
    if (m_expected && *m_expected != account().key) {
        Q_EMIT otherAccountFound(account());
        return;
    }
    goOn();
}

void CodeRedemption::keepOther()
{
    if (m_expected && !m_tokens.accessToken.isEmpty()) {
        m_expected.reset();
        goOn();
    }
}

void CodeRedemption::goOn()
{
    const bool wantsKey
        = m_profile.afterTokens == OAuth::OAuthProfile::AfterTokens::ExchangeForApiKey;
    if (!reach(SignInStage::Tokens, wantsKey ? SignInStage::ApiKey : SignInStage::Tokens,
               describeTokens())) {
        return;
    }
    if (wantsKey) {
        post(OAuth::makeKeyExchange(m_profile, m_tokens.idToken), &CodeRedemption::readKeyReply);
    } else {
        keep({}, {});
    }
}

QString CodeRedemption::describeTokens() const
{
    QStringList facts{tr("%1 ms").arg(m_clock.elapsed())};
    if (m_tokens.expiresIn) {
        facts.append(tr("valid for %1 s").arg(m_tokens.expiresIn->count()));
    }
    if (const auto claims = OAuth::readIdToken(m_tokens.idToken)) {
        facts += OAuth::findDoubts(*claims, m_profile.issuer, m_profile.clientId,
                                   QDateTime::currentDateTimeUtc());
    }
    return facts.join(u", "_s);
}

Result<OAuth::Identity> CodeRedemption::readIdentity() const
{
    const bool isOpenId = m_profile.scopes.contains(u"openid"_s);
    if (!isOpenId && m_tokens.idToken.isEmpty()) {
        return m_tokens.identity.value_or(OAuth::Identity());
    }
    if (m_tokens.idToken.isEmpty()) { // OpenID Connect Core §3.1.3.3
        return Error{Error::Kind::InvalidResponse,
                     tr("The sign-in server did not say who signed in."),
                     tr("Start the sign-in again."), u"id_token"_s};
    }
    const auto claims = OAuth::readIdToken(m_tokens.idToken);
    if (!claims) {
        return claims.error();
    }
    return claims->identity;
}

void CodeRedemption::onApiKey(const Result<Secret> &key)
{
    if (key) {
        if (reach(SignInStage::ApiKey, SignInStage::ApiKey, tr("%1 ms").arg(m_clock.elapsed()))) {
            keep(*key, {});
        }
        return;
    }
    const Error &error = key.error();
    if (!isRefusal(error)) {
        fail(error, [this] {
            post(OAuth::makeKeyExchange(m_profile, m_tokens.idToken),
                 &CodeRedemption::readKeyReply);
        });
        return;
    }
    const bool hasNoOrganization
        = m_identity.organization.isEmpty() && m_identity.project.isEmpty();
    Error noKey = hasNoOrganization || error.kind == Error::Kind::NoOrganization
        ? OAuth::describeMissingOrganization(error.detail)
        : OAuth::describeRefusedKey(error.detail);
    noKey.reason = error.reason;
    keep({}, noKey);
}

void CodeRedemption::keep(const Secret &apiKey, const std::optional<Error> &noKey)
{
    AccountSecrets secrets{
        .signsWith = m_profile.signsWith,
        .apiKey = apiKey,
        .accessToken = m_tokens.accessToken,
        .refreshToken = m_tokens.refreshToken,
        .idToken = m_tokens.idToken,
    };
    if (m_tokens.expiresIn) {
        secrets.accessTokenExpiresAt
            = QDateTime::currentDateTimeUtc().addSecs(m_tokens.expiresIn->count());
    } else {
        secrets.accessTokenExpiresAt = OAuth::expiryOf(m_tokens.accessToken);
    }
    m_tokens = {};
    save({account(), noKey, noKey ? OAuth::organizationPage() : QUrl()}, secrets);
}

void CodeRedemption::save(const SignedIn &signedIn, const AccountSecrets &secrets)
{
    after(this, m_store.save(signedIn.account, secrets),
          [this, signedIn, secrets](const std::optional<Error> &error) {
              if (error) {
                  fail(describeUnkept(*error),
                       [this, signedIn, secrets] { save(signedIn, secrets); });
              } else {
                  Q_EMIT finished(signedIn);
              }
          });
}

Account CodeRedemption::account() const
{
    return {
        .key = {m_profile.provider, AccountKey::Type::OAuth, m_identity.accountId},
        .email = m_identity.email,
        .name = m_identity.name,
        .plan = m_identity.plan,
        .organization = m_identity.organization,
        .project = m_identity.project,
        .clientId = m_profile.issuedClient ? m_profile.clientId : QString(),
    };
}

bool CodeRedemption::reach(SignInStage reached, SignInStage next, const QString &detail)
{
    const QPointer<CodeRedemption> guard(this);
    m_clock.restart();
    Q_EMIT stageReached(reached, next, detail);
    return !guard.isNull();
}

} // namespace Maestro
