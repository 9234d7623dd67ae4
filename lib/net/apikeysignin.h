// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialstore.h"
#include "core/provider.h"
#include "core/signin.h"

class QNetworkAccessManager;

namespace Maestro {

//! Signs in with an API key that a person has: tests it by asking for the list of models, which
//! costs nothing, and keeps it when the provider takes it.
class ApiKeySignIn final : public SignIn
{
    Q_OBJECT

public:
    struct Wish
    {
        Provider provider;
        Secret apiKey = {}; //!< as it was typed
        //! What tells the account apart; empty: what accountIdOf() makes of the key.
        QString accountId = {};
        //! The server may want no key: then none is sent where none was typed.
        bool keyIsOptional = false;
        //! Said where the key is refused, such as doubtAboutKey().
        QString doubt = {};
    };

    //! The references must outlive the sign-in.
    ApiKeySignIn(Wish wish, CredentialStore &credentials, QNetworkAccessManager &network,
                 QObject *parent = nullptr);

    void start() override;
    std::optional<Error> submitAddress(const QString &address) override;
    SignInStage stage() const override { return SignInStage::ApiKey; }
    QUrl authorizationUrl() const override { return {}; }

private:
    //! What requests are to be signed with.
    Result<Credential> readCredential() const;
    void test();
    void onModels(const Result<QStringList> &models);
    void keep(const QString &detail);
    void onKept(const Account &account, const QString &detail, const std::optional<Error> &error);

    Wish m_wish;
    Credential m_credential;
    CredentialStore &m_credentials;
    QNetworkAccessManager &m_network;
};

} // namespace Maestro
