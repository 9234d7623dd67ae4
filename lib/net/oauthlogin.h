// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/callback.h"
#include "auth/oauthprofile.h"
#include "auth/pkce.h"
#include "auth/tokenreply.h"
#include "core/credentialstore.h"
#include "core/signin.h"
#include "net/coderedemption.h"
#include "net/loopbackreplyhandler.h"
#include "net/signinclient.h"
#include "net/tokenendpoint.h"

#include <QElapsedTimer>

#include <memory>

class QOAuth2AuthorizationCodeFlow;

namespace Maestro {

//! Signs in with OAuth, as a profile says. See SignIn for the contract. A profile whose redirect
//! comes to a listener of ours and whose token endpoint takes a form is driven through
//! QOAuth2AuthorizationCodeFlow; where Qt does not speak the wire form (a JSON body, a pasted
//! code, a client that the redirect names), the same request goes to the same endpoint without it.
//! Stages that a profile does not have are left out.
class OAuthLogin final : public SignIn
{
    Q_OBJECT

public:
    struct Limits
    {
        LoopbackReplyHandler::Limits listener = {};
        TokenEndpoint::Limits endpoint = {};
    };

    //! The references must outlive the sign-in.
    OAuthLogin(OAuth::OAuthProfile profile, CredentialStore &store,
               ClientRegistration &registration, QNetworkAccessManager &network,
               QObject *parent = nullptr);
    OAuthLogin(OAuth::OAuthProfile profile, CredentialStore &store,
               ClientRegistration &registration, QNetworkAccessManager &network, Limits limits,
               QObject *parent = nullptr);
    ~OAuthLogin() override;

    void start() override;
    std::optional<Error> submitAddress(const QString &address) override;
    SignInStage stage() const override { return m_stage; }
    QUrl authorizationUrl() const override { return m_authorizationUrl; }
    void expect(const AccountKey &account) override { m_redemption.expect(account); }
    void keepOther() override { m_redemption.keepOther(); }
    bool canRetry() const override { return m_redemption.canRetry(); }
    void retry() override;

private:
    void prepare();
    void makeUrl();
    void listen();
    void askPerson();
    void onSettled(const OAuth::Callback &callback);
    void makeFlow();
    OAuth::Fields exchangeFields() const;
    OAuth::TokenRequest exchange() const;
    void redeem();
    void forgetCode();
    void onRedeemed(const Result<SignedIn> &result);

    //! False if whoever listens dropped the sign-in: then nothing of it may be touched any more.
    bool reach(SignInStage reached, SignInStage next, const QString &detail);
    void conclude(const Result<SignedIn> &result);
    void finish();

    OAuth::OAuthProfile m_profile;
    SignInClient m_client;
    Limits m_limits;
    OAuth::Pkce m_pkce;
    Secret m_state;
    Secret m_nonce;
    QString m_redirectUri;
    QUrl m_authorizationUrl;
    SignInStage m_stage = SignInStage::AuthorizationUrl;
    bool m_isWaiting = false; // for the person
    QElapsedTimer m_clock; // since the last stage
    Secret m_code;
    std::optional<Result<SignedIn>> m_result;

    // Destroyed from the last to the first: whoever uses another comes after it.
    TokenEndpoint m_endpoint;
    TokenNetwork m_tokenNetwork;
    CodeRedemption m_redemption;
    std::unique_ptr<LoopbackReplyHandler> m_handler; // only for a loopback redirect
    std::unique_ptr<QOAuth2AuthorizationCodeFlow> m_flow;
};

} // namespace Maestro
