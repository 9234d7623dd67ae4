// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/oauthprofile.h"
#include "auth/tokenreply.h"

namespace Maestro::OAuth {

//! What a code was exchanged for, held against the profile that asked for it.

//! That the person did not allow what the tokens are good for; nothing if all is well.
std::optional<Error> findMissingScope(const OAuthProfile &profile, const Tokens &tokens);

//! Who signed in, from an id_token that is taken at its word, or from beside the tokens. An error
//! if the profile asks who it is and there is no answer.
Result<Identity> readIdentity(const OAuthProfile &profile, const Tokens &tokens);

Account toAccount(const OAuthProfile &profile, const Identity &identity);

} // namespace Maestro::OAuth
