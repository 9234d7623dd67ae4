// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialvault.h"
#include "ui/signin/signinchoice.h"

namespace Maestro {

//! What was typed for a choice, and how it is to be gone about.
struct SignInInput
{
    enum class Route {
        Browser, //!< on this computer, which the answer comes back to
        Code, //!< a code that is typed on any computer
    };

    Secret apiKey = {};
    QString server = {}; //!< for Kind::Server
    Route route = Route::Browser;
    //! The account that is to be signed in again.
    std::optional<AccountKey> again = {};

    friend bool operator==(const SignInInput &, const SignInInput &) = default;
};

//! How many models an account may ask, as its provider lists them.
using ModelCount = Result<int>;

//! What the wizard does its work with; whoever owns the rooms below gives it. Functions that are
//! missing are not asked for.
struct SignInMeans
{
    //! Makes the sign-in for a choice.
    std::function<std::unique_ptr<SignIn>(const SignInChoice &choice, const SignInInput &input)>
        makeSignIn;
    //! Opens an address in the person's browser; false if that did not work.
    std::function<bool(const QUrl &address)> openBrowser;
    //! Where the secrets are to be kept; it must outlive the wizard.
    CredentialVault *vault = nullptr;
    //! Makes sure of a place for them, before anything is typed; may ask for the keyring.
    std::function<QFuture<std::optional<Error>>()> prepareKeeping = {};
    //! The person wants the secrets forgotten when the program ends.
    std::function<void()> keepUntilQuit = {};
    //! The proxy that the way to the provider takes, as people read it; empty if there is none.
    std::function<QString(const SignInChoice &choice)> describeProxy = {};
    std::function<QFuture<ModelCount>(const AccountKey &account)> fetchModels = {};
    //! The account as it is kept, which the sign-in itself does not know.
    std::function<Account(const Account &account)> asKept = {};
    //! Where a secret will be kept, as a sentence.
    std::function<QString()> describeKeeping = {};
    //! Program and system, for a report.
    QString versions = {};
};

} // namespace Maestro
