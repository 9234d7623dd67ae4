// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/idtokensignature.h"
#include "auth/oauthprofile.h"

#include <QObject>

#include <variant>

class QNetworkAccessManager;

namespace Maestro {

//! Checks one id_token with the keys that its issuer publishes. Make, connect, start(); then
//! `finished` exactly once, never before start() returns. Dropping it ends it silently.
class IdTokenCheck final : public QObject
{
    Q_OBJECT

public:
    //! The token is not to be believed.
    struct Rejected
    {
        Error error;
    };
    //! The keys could not be had, which says nothing about the token.
    struct Unchecked
    {
        Error error;
    };
    using Outcome = std::variant<Rejected, Unchecked, OAuth::IdTokenClaims>;

    //! `nonce` is empty where none was sent. The network must outlive it.
    IdTokenCheck(const OAuth::OAuthProfile &profile, Secret idToken, Secret nonce,
                 QNetworkAccessManager &network, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void finished(const Maestro::IdTokenCheck::Outcome &outcome);

private:
    void askForKeys();
    void onKeys(const Result<OAuth::KeySet> &keys);

    OAuth::OAuthProfile m_profile;
    Secret m_idToken;
    Secret m_nonce;
    QNetworkAccessManager &m_network;
    bool m_askedAgain = false;
};

} // namespace Maestro
