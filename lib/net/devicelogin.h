// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/devicecode.h"
#include "core/credentialstore.h"
#include "core/signin.h"
#include "net/coderedemption.h"
#include "net/tokenendpoint.h"

#include <QElapsedTimer>
#include <QTimer>

#include <chrono>

namespace Maestro {

//! Signs in with a code that is typed into a browser, here or on any other machine: for computers
//! that have none. See SignIn for the contract; codeOffered() comes instead of browserRequested(),
//! and there is neither a listener nor an address to paste. It asks the server whether the code was
//! typed, no more often than the server wants, until the code is too old.
class DeviceLogin final : public SignIn
{
    Q_OBJECT

public:
    struct Limits
    {
        TokenEndpoint::Limits endpoint = {.time = std::chrono::seconds(30)};
        //! OpenAI's codes live so long.
        std::chrono::milliseconds lifetime = std::chrono::minutes(15);
        //! Between two questions, whatever the server asks for.
        std::chrono::milliseconds longestPause = std::chrono::minutes(15);
    };

    //! The profile has DeviceEndpoints. The references must outlive the sign-in.
    DeviceLogin(OAuth::OAuthProfile profile, CredentialStore &store, QNetworkAccessManager &network,
                QObject *parent = nullptr);
    DeviceLogin(OAuth::OAuthProfile profile, CredentialStore &store, QNetworkAccessManager &network,
                Limits limits, QObject *parent = nullptr);

    void start() override;
    std::optional<Error> submitAddress(const QString &address) override;
    SignInStage stage() const override { return m_stage; }
    //! Where the code is typed.
    QUrl authorizationUrl() const override;
    void expect(const AccountKey &account) override { m_redemption.expect(account); }
    void keepOther() override { m_redemption.keepOther(); }
    bool canRetry() const override { return m_redemption.canRetry(); }
    void retry() override { m_redemption.retry(); }

private:
    void requestCode();
    void onCode(const Result<HttpReply> &reply);
    void ask();
    void onAnswer(const Result<HttpReply> &reply);
    void wait(const OAuth::DevicePending &pending);
    void redeem(const OAuth::DeviceGrant &grant);
    void post(const OAuth::TokenRequest &request,
              void (DeviceLogin::*read)(const Result<HttpReply> &));

    //! False if whoever listens dropped the sign-in: then nothing of it may be touched any more.
    bool reach(SignInStage reached, SignInStage next, const QString &detail);
    void conclude(const Result<SignedIn> &result);

    OAuth::OAuthProfile m_profile;
    Limits m_limits;
    SignInStage m_stage = SignInStage::AuthorizationUrl;
    QElapsedTimer m_clock; // since the last stage
    std::optional<OAuth::DeviceCode> m_device;
    std::chrono::seconds m_interval{0};
    std::optional<Error> m_lastTrouble; // why the last question was not answered
    QTimer m_pause;
    QTimer m_expiry;
    bool m_isOver = false;

    // Destroyed from the last to the first: whoever uses another comes after it.
    TokenEndpoint m_endpoint;
    CodeRedemption m_redemption;
};

} // namespace Maestro
