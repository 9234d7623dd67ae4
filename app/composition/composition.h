// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/oauthprofile.h"
#include "configuration.h"
#include "core/memorycredentials.h"
#include "core/provider.h"
#include "core/signin.h"
#include "net/httpchatclient.h"
#include "net/policynam.h"
#include "net/signout.h"
#include "net/tokenkeeper.h"
#include "practice/practiceprovider.h"

#include <memory>

namespace Maestro {

//! The rooms below the user interface, made and connected: what the window and the terminal program
//! have in common. Owns everything it hands out a reference to.
class Composition
{
public:
    explicit Composition(const Configuration &configuration);

    const QList<Provider> &providers() const { return m_providers; }
    CredentialStore &credentials() { return m_credentials; }
    ChatClient &chatClient() { return m_chatClient; }

    //! Why this provider cannot be asked with an API key: the environment holds none.
    std::optional<Error> missingKey(const QString &providerId) const;

    //! The profile behind "Sign in with …". An error says why there is none for this provider.
    Result<OAuth::OAuthProfile> profile(const QString &providerId) const;
    std::unique_ptr<SignIn> makeSignIn(const OAuth::OAuthProfile &profile);
    std::unique_ptr<SignIn> makeSignIn(const Provider &provider, const Secret &apiKey);

    std::unique_ptr<SignOut> makeSignOut(const AccountKey &account, SignOut::Reach reach);

    //! Starts the practice provider in this process, if it does not run yet, and adds its row.
    Result<Provider> startPractice(PracticeProvider::Pace pace = {}, quint16 port = 0);

private:
    void keepKeyOfEnvironment(const QString &providerId,
                              const ProviderConfiguration &configuration);

    Configuration m_configuration;
    QList<Provider> m_providers;
    PolicyNam m_network;
    MemoryCredentials m_credentials;
    TokenKeeper m_keeper;
    HttpChatClient m_chatClient;
    std::unique_ptr<PracticeProvider> m_practice;
};

} // namespace Maestro
