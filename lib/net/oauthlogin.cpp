// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/oauthlogin.h"

#include "auth/authorizationerror.h"
#include "auth/authorizeurl.h"
#include "auth/tokenrequest.h"
#include "core/after.h"
#include "core/overloaded.h"

#include <QNetworkReply>
#include <QOAuth2AuthorizationCodeFlow>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! From 6.8 on Qt makes a verifier of its own; ours goes in on every Qt alike.
template <typename Flow>
void switchOffOwnPkce(Flow &flow)
{
    if constexpr (requires { flow.setPkceMethod(Flow::PkceMethod::None); }) {
        flow.setPkceMethod(Flow::PkceMethod::None);
    }
}

LoopbackReplyHandler::Outcome outcomeOf(const Result<SignedIn> &result)
{
    using Outcome = LoopbackReplyHandler::Outcome;
    if (result) {
        return result->noKey ? Outcome::SignedInWithoutKey : Outcome::SignedIn;
    }
    return result.error().kind == Error::Kind::AccessDenied ? Outcome::Denied : Outcome::Failed;
}

//! The provider said no to this account, not "something broke".
bool isRefusal(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::AccessDenied:
    case Error::Kind::AuthenticationRequired:
    case Error::Kind::InvalidGrant:
    case Error::Kind::InvalidRequest:
    case Error::Kind::NoOrganization:
    case Error::Kind::PermissionDenied:
        return true;
    default:
        return false;
    }
}

} // namespace

OAuthLogin::OAuthLogin(OAuth::OAuthProfile profile, CredentialStore &store,
                       QNetworkAccessManager &network, QObject *parent)
    : OAuthLogin(std::move(profile), store, network, Limits(), parent)
{ }

OAuthLogin::OAuthLogin(OAuth::OAuthProfile profile, CredentialStore &store,
                       QNetworkAccessManager &network, Limits limits, QObject *parent)
    : SignIn(parent)
    , m_profile(std::move(profile))
    , m_store(store)
    , m_limits(limits)
    , m_endpoint(network, limits.endpoint)
    , m_tokenNetwork(m_endpoint)
{ }

OAuthLogin::~OAuthLogin() = default;

void OAuthLogin::start()
{
    m_clock.start();
    QMetaObject::invokeMethod(this, &OAuthLogin::makeUrl, Qt::QueuedConnection);
}

std::optional<Error> OAuthLogin::submitAddress(const QString &address)
{
    if (!m_isWaiting) {
        return Error{Error::Kind::InvalidRequest, tr("The sign-in is not waiting for an address."),
                     tr("Start the sign-in again if it has ended.")};
    }
    if (m_handler) {
        return m_handler->submit(address);
    }
    const auto callback = OAuth::readPastedAddress(address, m_profile, m_redirectUri, m_state);
    if (const auto *foreign = std::get_if<OAuth::ForeignCallback>(&callback)) {
        return foreign->error;
    }
    m_isWaiting = false;
    QMetaObject::invokeMethod(
        this, [this, callback] { onSettled(callback); }, Qt::QueuedConnection);
    return std::nullopt;
}

void OAuthLogin::makeUrl()
{
    if (const auto fault = OAuth::findFault(m_profile)) {
        conclude(*fault);
        return;
    }
    m_pkce = OAuth::makePkce();
    m_state = OAuth::makeState();
    const auto *loopback = std::get_if<OAuth::LoopbackRedirect>(&m_profile.redirect);
    m_redirectUri = OAuth::redirectUri(m_profile, loopback ? loopback->ports.first() : 0);
    m_authorizationUrl
        = OAuth::makeAuthorizeUrl(m_profile, m_redirectUri, m_pkce.challenge, m_state);
    if (!m_authorizationUrl.isValid()) {
        conclude(Error{Error::Kind::Configuration,
                       tr("No sign-in address can be made from the configured values."),
                       tr("Check the configured addresses, client id and scopes.")});
        return;
    }
    const SignInStage next = loopback ? SignInStage::Listener : SignInStage::Person;
    if (!reach(SignInStage::AuthorizationUrl, next,
               tr("%1, %2 characters")
                   .arg(m_profile.authorizeUrl.host())
                   .arg(m_authorizationUrl.toEncoded().size()))) {
        return;
    }
    if (loopback) {
        listen();
    } else {
        askPerson();
    }
}

void OAuthLogin::listen()
{
    m_handler = std::make_unique<LoopbackReplyHandler>(m_profile, m_state, m_limits.listener);
    // Queued: nobody outside is told of anything from within a socket's or the flow's own call.
    connect(m_handler.get(), &LoopbackReplyHandler::settled, this, &OAuthLogin::onSettled,
            Qt::QueuedConnection);
    connect(m_handler.get(), &LoopbackReplyHandler::exchanged, this, &OAuthLogin::onTokens,
            Qt::QueuedConnection);
    connect(m_handler.get(), &LoopbackReplyHandler::closed, this, &OAuthLogin::finish,
            Qt::QueuedConnection);
    if (const auto error = m_handler->start()) {
        conclude(*error);
        return;
    }
    m_redirectUri = m_handler->callback();
    m_authorizationUrl
        = OAuth::makeAuthorizeUrl(m_profile, m_redirectUri, m_pkce.challenge, m_state);
    if (m_profile.tokenBody == OAuth::OAuthProfile::TokenBody::Form) {
        makeFlow();
    }
    if (reach(SignInStage::Listener, SignInStage::Person,
              tr("port %1 on %2").arg(m_handler->port()).arg(m_handler->addresses()))) {
        askPerson();
    }
}

void OAuthLogin::makeFlow()
{
    m_flow = std::make_unique<QOAuth2AuthorizationCodeFlow>(
        m_profile.clientId, m_profile.authorizeUrl, m_profile.tokenUrl, &m_tokenNetwork);
    switchOffOwnPkce(*m_flow);
    m_flow->setScope(m_profile.scopes.join(u' '));
    m_flow->setState(QString::fromLatin1(m_state.reveal()));
    m_flow->setReplyHandler(m_handler.get());
    // Qt percent-encodes some values, some twice, depending on its version, and knows no verifier:
    // all of them are replaced by ours.
    m_flow->setModifyParametersFunction(
        [this](QAbstractOAuth::Stage stage, QMultiMap<QString, QVariant> *parameters) {
            if (stage != QAbstractOAuth::Stage::RequestingAccessToken) {
                return;
            }
            parameters->clear();
            const OAuth::Fields fields = exchangeFields();
            for (const OAuth::Field &field : fields) {
                parameters->insert(QString::fromLatin1(field.name),
                                   QString::fromLatin1(field.value.toPercentEncoding()));
            }
        });
    // The code, before the flow asks for it above: connected earlier, called earlier.
    connect(m_handler.get(), &LoopbackReplyHandler::settled, this,
            [this](const OAuth::Callback &callback) {
                if (const auto *authorized = std::get_if<OAuth::AuthorizedCallback>(&callback)) {
                    m_code = authorized->code;
                }
            });
    // Qt's address has its parameters sorted, and some of them encoded wrongly; ours is opened.
    m_flow->grant();
}

void OAuthLogin::askPerson()
{
    m_isWaiting = true;
    const QPointer<OAuthLogin> guard(this);
    Q_EMIT browserRequested(m_authorizationUrl);
    if (guard) {
        std::ignore = reach(SignInStage::Person, SignInStage::Person, {});
    }
}

void OAuthLogin::onSettled(const OAuth::Callback &callback)
{
    m_isWaiting = false;
    m_stage = SignInStage::Code;
    if (const auto *refused = std::get_if<OAuth::RefusedCallback>(&callback)) {
        conclude(refused->error);
        return;
    }
    m_code = std::get<OAuth::AuthorizedCallback>(callback).code;
    constexpr double Second = 1000;
    const QString detail = tr("%1 characters, after %2 s")
                               .arg(m_code.reveal().size())
                               .arg(static_cast<double>(m_clock.elapsed()) / Second, 0, 'f', 1);
    if (!reach(SignInStage::Code, SignInStage::Tokens, detail)) {
        return;
    }
    if (!m_flow) { // With one, it has sent the request already.
        post(OAuth::makeCodeExchange(m_profile, m_redirectUri, m_code, m_pkce.verifier, m_state),
             &OAuthLogin::readTokensReply);
    }
}

OAuth::Fields OAuthLogin::exchangeFields() const
{
    return OAuth::codeExchangeFields(m_profile, m_redirectUri, m_code, m_pkce.verifier, m_state);
}

void OAuthLogin::post(const OAuth::TokenRequest &request,
                      void (OAuthLogin::*read)(const Result<HttpReply> &))
{
    QNetworkReply *reply = m_endpoint.post(request);
    connect(
        reply, &QNetworkReply::finished, this,
        [this, reply, read] { (this->*read)(TokenEndpoint::take(*reply)); }, Qt::QueuedConnection);
}

void OAuthLogin::readTokensReply(const Result<HttpReply> &reply)
{
    onTokens(reply ? OAuth::readTokens(reply->status, reply->body)
                   : Result<OAuth::Tokens>(reply.error()));
}

void OAuthLogin::readKeyReply(const Result<HttpReply> &reply)
{
    onApiKey(reply ? OAuth::readApiKey(reply->status, reply->body) : Result<Secret>(reply.error()));
}

void OAuthLogin::onTokens(const Result<OAuth::Tokens> &tokens)
{
    m_code = {};
    m_pkce.verifier = {};
    if (!tokens) {
        conclude(tokens.error());
        return;
    }
    m_tokens = *tokens;
    const auto identity = readIdentity();
    if (!identity) {
        conclude(identity.error());
        return;
    }
    m_identity = *identity;
    const bool wantsKey
        = m_profile.afterTokens == OAuth::OAuthProfile::AfterTokens::ExchangeForApiKey;
    QStringList facts{tr("%1 ms").arg(m_clock.elapsed())};
    if (m_tokens.expiresIn) {
        facts.append(tr("valid for %1 s").arg(m_tokens.expiresIn->count()));
    }
    if (const auto claims = OAuth::readIdToken(m_tokens.idToken)) {
        facts += OAuth::findDoubts(*claims, m_profile.issuer, m_profile.clientId,
                                   QDateTime::currentDateTimeUtc());
    }
    if (!reach(SignInStage::Tokens, wantsKey ? SignInStage::ApiKey : SignInStage::Tokens,
               facts.join(u", "_s))) {
        return;
    }
    if (wantsKey) {
        post(OAuth::makeKeyExchange(m_profile, m_tokens.idToken), &OAuthLogin::readKeyReply);
    } else {
        keep({}, {});
    }
}

Result<OAuth::Identity> OAuthLogin::readIdentity()
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

void OAuthLogin::onApiKey(const Result<Secret> &key)
{
    if (key) {
        if (reach(SignInStage::ApiKey, SignInStage::ApiKey, tr("%1 ms").arg(m_clock.elapsed()))) {
            keep(*key, {});
        }
        return;
    }
    const bool hasNoOrganization
        = m_identity.organization.isEmpty() && m_identity.project.isEmpty();
    if (key.error().kind == Error::Kind::NoOrganization
        || (hasNoOrganization && isRefusal(key.error()))) {
        keep({}, OAuth::describeMissingOrganization(key.error().detail));
        return;
    }
    conclude(key.error());
}

void OAuthLogin::keep(const Secret &apiKey, const std::optional<Error> &noKey)
{
    const Account account{
        .key = {m_profile.provider, AccountKey::Type::OAuth, m_identity.accountId},
        .email = m_identity.email,
        .name = m_identity.name,
        .plan = m_identity.plan,
        .organization = m_identity.organization,
        .project = m_identity.project,
    };
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
    after(this, m_store.save(account, secrets),
          [this, signedIn = SignedIn{account, noKey}](const std::optional<Error> &error) {
              conclude(error ? Result<SignedIn>(describeUnkept(*error))
                             : Result<SignedIn>(signedIn));
          });
}

void OAuthLogin::conclude(const Result<SignedIn> &result)
{
    m_isWaiting = false;
    m_result = result;
    if (m_handler) {
        // The browser is told first: whoever hears `finished` may drop us, and the listener with
        // us.
        m_handler->conclude(outcomeOf(result));
    } else {
        finish();
    }
}

void OAuthLogin::finish()
{
    if (const auto result = std::exchange(m_result, {})) {
        Q_EMIT finished(*result);
    }
}

bool OAuthLogin::reach(SignInStage reached, SignInStage next, const QString &detail)
{
    const QPointer<OAuthLogin> guard(this);
    m_stage = next;
    m_clock.restart();
    Q_EMIT stageReached(reached, detail);
    return !guard.isNull();
}

} // namespace Maestro
