// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/oauthprofile.h"
#include "boundcredentials.h"
#include "configuration.h"
#include "core/networkpresence.h"
#include "core/provider.h"
#include "core/signin.h"
#include "core/spending.h"
#include "core/toolregistry.h"
#include "net/httpchatclient.h"
#include "net/keychain.h"
#include "net/policynam.h"
#include "net/signout.h"
#include "net/tokenkeeper.h"
#include "practice/practiceprovider.h"
#include "storage/chats.h"
#include "storage/database.h"
#include "storage/settings.h"
#include "storage/vaultcredentials.h"

#include <functional>
#include <memory>

namespace Maestro {

//! The rooms below the user interface, made and connected: what the window and the terminal program
//! have in common. Owns everything it hands out a reference to.
class Composition
{
public:
    //! Accounts and settings are in this directory, which is made when there is something to keep.
    explicit Composition(const Configuration &configuration,
                         const QString &dataDirectory = defaultDataDirectory());

    //! Where both programs keep what they keep.
    static QString defaultDataDirectory();

    //! Opens the vault; call it once, before anything else. Prompts for nothing. The error is the
    //! vault's problem(): accounts from the environment can be used all the same.
    QFuture<std::optional<Error>> open() { return m_vault.open(); }

    //! Of what it is told, whoever has asked the system tells.
    NetworkPresence &networkPresence() { return m_networkPresence; }
    const QList<Provider> &providers() const { return m_providers; }
    //! The row an account is asked by: a compatible server's is made from its address. Nothing if
    //! there is none, or none with this interface.
    std::optional<Provider> providerOf(const AccountKey &account, const QString &api = {}) const;
    CredentialVault &vault() { return m_vault; }
    VaultCredentials &credentials() { return m_credentials; }
    Settings &settings() { return m_settings; }
    const QList<QSslCertificate> &authorities() const { return m_configuration.authorities; }
    const QString &dataDirectory() const { return m_dataDirectory; }
    ChatClient &chatClient() { return m_chatClient; }
    //! Not open yet: who shows conversations opens it, and says what came of that.
    ChatStore &chats() { return m_chats; }
    //! What answers cost. A table of the person's own is prices.json in the data directory.
    const Pricing &pricing() const { return m_pricing; }
    //! Why the person's own table of prices is not taken; nothing if there is none, or it is.
    const std::optional<Error> &pricesProblem() const { return m_pricesProblem; }
    //! The tools that come with Maestro; `attachments` tells what the person attached. The registry
    //! must not outlive the composition.
    void addTools(ToolRegistry &registry, std::function<QList<Attachment>()> attachments);

    //! Whom a provider is asked as: the account with this id; without one, the key from the
    //! environment, else the default account, else the first. The error says how to get one.
    Result<Account> accountFor(const QString &providerId, const QString &accountId = {}) const;

    //! The account as the store lists it now; as it was given, if the store has no such one.
    Account asKept(const Account &account) const;

    //! The profile behind "Sign in with …". An error says why there is none for this provider.
    Result<OAuth::OAuthProfile> profile(const QString &providerId) const;
    //! The same for an account that signs in again: with the client that was issued to it.
    Result<OAuth::OAuthProfile> profileOf(const AccountKey &key) const;
    std::unique_ptr<SignIn> makeSignIn(const OAuth::OAuthProfile &profile);
    //! With a code that is typed into a browser on any machine. Unsupported ends it at once.
    std::unique_ptr<SignIn> makeDeviceSignIn(const OAuth::OAuthProfile &profile);
    //! With an API key, which a compatible server may not want: then it may be empty.
    std::unique_ptr<SignIn> makeSignIn(const Provider &provider, const Secret &apiKey);

    std::unique_ptr<SignOut> makeSignOut(const AccountKey &account, SignOut::Reach reach);

    //! Starts the practice provider in this process, if it does not run yet, and adds its row.
    Result<Provider> startPractice(PracticeProvider::Pace pace = {}, quint16 port = 0);

private:
    Billing billingOf(const QString &providerId) const;
    QStringList serversOf(const AccountKey &account) const;
    void keepKeyOfEnvironment(const QString &providerId,
                              const ProviderConfiguration &configuration);

    Configuration m_configuration;
    QString m_dataDirectory;
    Settings m_settings;
    QList<Provider> m_providers;
    NetworkPresence m_networkPresence;
    PolicyNam m_network;
    Database m_database;
    Keychain m_keychain;
    Vault m_vault;
    VaultCredentials m_credentials;
    BoundCredentials m_boundCredentials;
    TokenKeeper m_keeper;
    HttpChatClient m_chatClient;
    Chats m_chats;
    std::optional<Error> m_pricesProblem;
    Pricing m_pricing;
    std::unique_ptr<PracticeProvider> m_practice;
};

} // namespace Maestro
