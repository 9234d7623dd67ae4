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
    enum class Kind {
        Browser,
        ApiKey,
        Server, //!< one of the person's own, by its address; with or without a key
        Practice,
    };

    QString id;
    QString title; //!< "Sign in with OpenAI"
    QString description;
    Kind kind = Kind::Browser;
    QString providerName;
    //! What a key of this provider looks like: "sk-…". For Kind::ApiKey.
    QString keyHint = {};
    //! What the button reads, where that is not the title.
    QString buttonText = {};
    //! Answers run on the person's plan, which the wizard says; and where its usage is shown.
    QUrl usagePage = {};
    //! Whether it can be done with a code that is typed on another computer.
    bool offersCode = false;
    //! The choices that help an account of this one without a key: to paste one, or to use a plan.
    QString keyChoice = {};
    QString planChoice = {};

    friend bool operator==(const SignInChoice &, const SignInChoice &) = default;
};

} // namespace Maestro
