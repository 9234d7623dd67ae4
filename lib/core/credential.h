// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret.h"

#include <QDateTime>
#include <QStringList>

#include <optional>

namespace Maestro {

//! What a request is signed with.
struct Credential
{
    enum class Type {
        ApiKey,
        OAuthToken,
        None, //!< the server wants none: one on this computer, usually
    };

    Type type = Type::ApiKey;
    Secret secret;

    friend bool operator==(const Credential &, const Credential &) = default;
};

//! Everything an account's sign-in gave us.
struct AccountSecrets
{
    //! What signs requests. A sign-in that was to end in an API key and got none has tokens, but
    //! nothing that the API takes.
    Credential::Type signsWith = Credential::Type::ApiKey;
    Secret apiKey = {};
    Secret accessToken = {};
    Secret refreshToken = {};
    Secret idToken = {};
    std::optional<QDateTime> accessTokenExpiresAt = {}; //!< UTC
    //! The origins that may see them, in the order that who keeps them gave; empty if that was not
    //! noted.
    QStringList servers = {};

    friend bool operator==(const AccountSecrets &, const AccountSecrets &) = default;
};

//! What requests of this account are signed with; nothing if there is no such secret.
std::optional<Credential> credentialOf(const AccountSecrets &secrets);

} // namespace Maestro
