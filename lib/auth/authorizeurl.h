// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/oauthprofile.h"

namespace Maestro::OAuth {

//! The address to open in the browser: the profile's parameters in the profile's order. Spaces are
//! `%20`. It holds the state, so it is for the person's browser and for no log.
QUrl makeAuthorizeUrl(const OAuthProfile &profile, const QString &redirectUri,
                      const QByteArray &codeChallenge, const Secret &state,
                      const Secret &nonce = {});

} // namespace Maestro::OAuth
