// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/oauthprofile.h"
#include "core/credentialstore.h"
#include "core/signedout.h"
#include "net/tokenendpoint.h"

#include <QObject>

#include <optional>

namespace Maestro {

//! Ends one sign-in. Make, connect, start(); then `finished` exactly once, never before start()
//! returns. The store comes first: if it cannot forget the secrets, that is the error, and nothing
//! has changed. What the provider says to a revocation (RFC 7009) keeps nobody from signing out.
class SignOut final : public QObject
{
    Q_OBJECT

public:
    using Reach = SignOutReach;
    struct Wish
    {
        AccountKey account;
        Reach reach = Reach::ThisComputer;
        //! How the account signed in; without it the provider cannot be told.
        std::optional<OAuth::OAuthProfile> profile = {};
    };
    static constexpr TokenEndpoint::Limits DefaultLimits{.time = std::chrono::seconds(10)};

    //! The references must outlive it.
    SignOut(Wish wish, CredentialStore &store, QNetworkAccessManager &network,
            TokenEndpoint::Limits limits = DefaultLimits, QObject *parent = nullptr);
    ~SignOut() override;

    void start();

Q_SIGNALS:
    void finished(const Maestro::Result<Maestro::SignedOut> &result);

private:
    void onRead(const Result<AccountSecrets> &secrets);
    void onRemoved(const std::optional<Error> &error);
    void revoke();
    void onReply(const Result<HttpReply> &reply);
    void doubt(const Error &error);

    Wish m_wish;
    CredentialStore &m_store;
    TokenEndpoint m_endpoint;
    AccountSecrets m_secrets;
    SignedOut m_signedOut;
    bool m_triedAgain = false;
};

} // namespace Maestro
