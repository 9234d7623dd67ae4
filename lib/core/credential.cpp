// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/credential.h"

namespace Maestro {

std::optional<Credential> credentialOf(const AccountSecrets &secrets)
{
    if (secrets.signsWith == Credential::Type::None) {
        return Credential{Credential::Type::None, Secret()};
    }
    const Secret &secret
        = secrets.signsWith == Credential::Type::ApiKey ? secrets.apiKey : secrets.accessToken;
    if (secret.isEmpty()) {
        return std::nullopt;
    }
    return Credential{secrets.signsWith, secret};
}

} // namespace Maestro
