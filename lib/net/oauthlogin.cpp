// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/oauthlogin.h"

#include "auth/authorizeurl.h"
#include "auth/tokenrequest.h"
#include "core/after.h"
#include "core/overloaded.h"

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

} // namespace

OAuthLogin::OAuthLogin(OAuth::OAuthProfile profile, CredentialStore &store,
                       ClientRegistration &registration, QNetworkAccessManager &network,
                       QObject *parent)
    : OAuthLogin(std::move(profile), store, registration, network, Limits(), parent)
{ }

OAuthLogin::OAuthLogin(OAuth::OAuthProfile profile, CredentialStore &store,
                       ClientRegistration &registration, QNetworkAccessManager &network,
                       Limits limits, QObject *parent)
    : SignIn(parent)
    , m_profile(std::move(profile))
    , m_client(m_profile, registration)
    , m_limits(limits)
    , m_endpoint(network, limits.endpoint)
    , m_tokenNetwork(m_endpoint)
    , m_redemption(m_profile, store, m_endpoint)
{
    connect(&m_redemption, &CodeRedemption::stageReached, this, &OAuthLogin::reach);
    connect(&m_redemption, &CodeRedemption::otherAccountFound, this,
            &OAuthLogin::otherAccountFound);
    connect(&m_redemption, &CodeRedemption::finished, this, &OAuthLogin::onRedeemed);
}

OAuthLogin::~OAuthLogin() = default;

void OAuthLogin::start()
{
    m_clock.start();
    QMetaObject::invokeMethod(this, &OAuthLogin::prepare, Qt::QueuedConnection);
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

void OAuthLogin::retry()
{
    // The browser has been told how the first try ended, and Qt's flow is in the middle of it.
    m_flow.reset();
    m_handler.reset();
    m_redemption.retry();
}

void OAuthLogin::prepare()
{
    if (const auto fault = OAuth::findFault(m_profile)) {
        conclude(*fault);
        return;
    }
    after(this, m_client.prepare(), [this](const std::optional<Error> &error) {
        if (error) {
            conclude(*error);
        } else {
            makeUrl();
        }
    });
}

void OAuthLogin::makeUrl()
{
    m_pkce = OAuth::makePkce();
    m_state = OAuth::makeState();
    m_nonce = OAuth::makeState();
    m_redemption.expectNonce(m_nonce);
    const auto *loopback = std::get_if<OAuth::LoopbackRedirect>(&m_profile.redirect);
    m_redirectUri = OAuth::redirectUri(m_profile, loopback ? loopback->ports.first() : 0);
    m_authorizationUrl
        = OAuth::makeAuthorizeUrl(m_profile, m_redirectUri, m_pkce.challenge, m_state, m_nonce);
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
    connect(m_handler.get(), &LoopbackReplyHandler::exchanged, &m_redemption, &CodeRedemption::take,
            Qt::QueuedConnection);
    connect(m_handler.get(), &LoopbackReplyHandler::closed, this, &OAuthLogin::finish,
            Qt::QueuedConnection);
    if (const auto error = m_handler->start()) {
        conclude(*error);
        return;
    }
    m_redirectUri = m_handler->callback();
    m_authorizationUrl
        = OAuth::makeAuthorizeUrl(m_profile, m_redirectUri, m_pkce.challenge, m_state, m_nonce);
    if (m_profile.tokenBody == OAuth::OAuthProfile::TokenBody::Form && !m_profile.issuedClient) {
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
        conclude(m_client.describe(refused->error));
        return;
    }
    const auto &authorized = std::get<OAuth::AuthorizedCallback>(callback);
    m_code = authorized.code;
    constexpr double Second = 1000;
    const QString detail = tr("%1 characters, after %2 s")
                               .arg(m_code.reveal().size())
                               .arg(static_cast<double>(m_clock.elapsed()) / Second, 0, 'f', 1);
    if (!reach(SignInStage::Code, SignInStage::Tokens, detail)) {
        return;
    }
    if (m_flow) { // It has sent the request already.
        m_redemption.startWithFlow(exchange());
        forgetCode();
        return;
    }
    after(this, m_client.take(authorized), [this](const std::optional<Error> &error) {
        if (error) {
            conclude(*error);
        } else {
            redeem();
        }
    });
}

void OAuthLogin::redeem()
{
    m_redemption.start(exchange());
    forgetCode();
}

OAuth::TokenRequest OAuthLogin::exchange() const
{
    return OAuth::makeCodeExchange(m_profile, m_redirectUri, m_code, m_pkce.verifier, m_state);
}

void OAuthLogin::forgetCode()
{
    m_code = {};
    m_pkce.verifier = {};
}

OAuth::Fields OAuthLogin::exchangeFields() const
{
    return OAuth::codeExchangeFields(m_profile, m_redirectUri, m_code, m_pkce.verifier, m_state);
}

void OAuthLogin::onRedeemed(const Result<SignedIn> &result)
{
    if (!result) {
        conclude(m_client.describe(result.error()));
        return;
    }
    // That the client could not be forgotten as a pending one does no harm: the account has it.
    after(this, m_client.settle(),
          [this, result](const std::optional<Error> &) { conclude(result); });
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
