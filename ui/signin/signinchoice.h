// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/secret.h"
#include "core/signin.h"

#include <functional>
#include <memory>

namespace Maestro {

//! A way in, as the wizard offers it.
struct SignInChoice
{
    enum class Kind { Browser, ApiKey, Practice };

    QString id;
    QString title; //!< "Sign in with OpenAI"
    QString description;
    Kind kind = Kind::Browser;
    QString providerName;
    //! What a key of this provider looks like: "sk-…". For Kind::ApiKey.
    QString keyHint = {};
    //! What the button reads, where that is not the title.
    QString buttonText = {};

    friend bool operator==(const SignInChoice &, const SignInChoice &) = default;
};

//! Makes the sign-in for a choice. `apiKey` is what was typed, for Kind::ApiKey.
using MakeSignIn
    = std::function<std::unique_ptr<SignIn>(const SignInChoice &choice, const Secret &apiKey)>;
//! Opens an address in the person's browser; false if that did not work.
using OpenBrowser = std::function<bool(const QUrl &address)>;

} // namespace Maestro
