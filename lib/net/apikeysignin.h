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
    //! The references must outlive the sign-in.
    ApiKeySignIn(const Provider &provider, Secret apiKey, CredentialStore &credentials,
                 QNetworkAccessManager &network, QObject *parent = nullptr);

    void start() override;
    std::optional<Error> submitAddress(const QString &address) override;
    SignInStage stage() const override { return SignInStage::ApiKey; }
    QUrl authorizationUrl() const override { return {}; }

private:
    void onModels(const Result<QStringList> &models);
    void onKept(const Account &account, const QString &detail, const std::optional<Error> &error);

    Provider m_provider;
    Secret m_apiKey;
    CredentialStore &m_credentials;
    QNetworkAccessManager &m_network;
};

} // namespace Maestro
