// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "auth/callback.h"
#include "auth/oauthprofile.h"
#include "core/clientregistration.h"

namespace Maestro {

//! The OAuth client of one sign-in, where the provider issues it: what was issued is durable before
//! it is used, so that no client is registered that nobody knows of. Does nothing for a profile
//! that has its client. The futures are ready when what they say is so, or with why it is not.
class SignInClient final
{
public:
    using Done = ClientRegistration::Done;

    //! Both must outlive it. It fills in the profile's client id and host id.
    SignInClient(OAuth::OAuthProfile &profile, ClientRegistration &registration);

    //! The profile can be used for an authorize address.
    Done prepare();
    //! The profile has the client id that this code is to be redeemed with.
    Done take(const OAuth::AuthorizedCallback &callback);
    //! The account has the client id now, and nothing is pending.
    Done settle();

    //! What the server's refusal means for an issued client. One that the server does not know is
    //! not offered to it again.
    Error describe(const Error &refusal);

private:
    bool isPending() const;
    Done forget();

    OAuth::OAuthProfile &m_profile;
    ClientRegistration &m_registration;
};

} // namespace Maestro
