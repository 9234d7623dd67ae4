// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QMetaType>

#include <optional>

namespace Maestro {

//! How far a sign-out goes.
enum class SignOutReach {
    ThisComputer,
    Provider, //!< everywhere this sign-in is used
};

//! How a sign-out ended. The secrets are gone from the store.
struct SignedOut
{
    enum class Revocation { NotAsked, Confirmed, NotConfirmed };

    Revocation revocation = Revocation::NotAsked;
    //! Why the provider did not confirm.
    std::optional<Error> doubt = {};
    //! The sign-in had given an API key, which lives on at the provider until it is deleted there.
    bool leavesKey = false;

    friend bool operator==(const SignedOut &, const SignedOut &) = default;
};

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::SignedOut)
Q_DECLARE_METATYPE(Maestro::Result<Maestro::SignedOut>)
