// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/signin.h"

namespace Maestro {

//! The stages of a sign-in, in their order, and what follows it.
enum class SignInStep {
    AuthorizationUrl,
    Listener,
    Person,
    Code,
    Tokens,
    ApiKey,
    Account, //!< who it is is known, and kept
    Models, //!< what the account may ask was listed
};

SignInStep stepOf(SignInStage stage);
//! As people read it.
QString toText(SignInStep step);
//! As a stable word for reports.
QString toWord(SignInStep step);

} // namespace Maestro
