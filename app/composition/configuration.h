// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/httpmessage.h"
#include "core/result.h"
#include "core/secret.h"

#include <QSslCertificate>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <optional>

class QProcessEnvironment;

namespace Maestro {

//! What the environment says about one provider.
struct ProviderConfiguration
{
    std::optional<QUrl> baseUrl = {};
    HttpHeaders headers = {};
    Secret apiKey = {};
    QString apiKeyVariable = {}; //!< where the key was found
};

//! What the environment changes in an OAuth profile.
struct OAuthConfiguration
{
    std::optional<QString> clientId = {};
    Secret clientSecret = {};
    std::optional<QUrl> authorizeUrl = {};
    std::optional<QUrl> tokenUrl = {};
    std::optional<QUrl> revokeUrl = {};
    //! Who signs, and with which keys, where id_tokens are signed.
    std::optional<QUrl> issuer = {};
    std::optional<QUrl> keysUrl = {};
    std::optional<QUrl> deviceUrl = {}; //!< the server below which the paths of a device code are
    QStringList scopes = {};
};

//! Everything that is configured by environment variables. Read once, at the start.
struct Configuration
{
    ProviderConfiguration openAi;
    ProviderConfiguration chatGpt;
    ProviderConfiguration anthropic;
    ProviderConfiguration gemini;
    OAuthConfiguration openAiOAuth;
    OAuthConfiguration chatGptOAuth;
    OAuthConfiguration anthropicOAuth;
    //! Who vouches for servers beside those that the system trusts.
    QList<QSslCertificate> authorities;
    //! How long a model may say nothing, if not as long as usual.
    std::optional<std::chrono::seconds> silenceLimit;
};

//! The error names the variable that is empty or malformed, and the file that cannot be used.
Result<Configuration> readConfiguration(const QProcessEnvironment &environment);

//! Takes the keys out of this process's environment, so that no program started from here (the
//! browser, for one) inherits them.
void forgetSecretsOfEnvironment();

} // namespace Maestro
