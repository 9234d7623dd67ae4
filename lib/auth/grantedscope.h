// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/oauthprofile.h"
#include "auth/tokenreply.h"

namespace Maestro::OAuth {

//! That the person did not allow what the tokens are good for; nothing if all is well.
std::optional<Error> findMissingScope(const OAuthProfile &profile, const Tokens &tokens);

} // namespace Maestro::OAuth
