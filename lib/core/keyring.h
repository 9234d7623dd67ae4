// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QFuture>
#include <QString>

#include <optional>

namespace Maestro {

//! The system's keyring, for a few small secrets by name. A port. Every answer comes within
//! seconds, except unlock()'s, which waits for the person. Only unlock() may show a prompt: on a
//! keyring that is not unlocked, read(), write() and remove() answer with an error.
class Keyring
{
public:
    enum class State {
        NoBus, //!< there is nothing a keyring could be reached by
        NoService, //!< there is no keyring
        Locked, //!< or has none to keep secrets in yet; unlock() makes one
        Unlocked,
    };

    Keyring() = default;
    virtual ~Keyring() = default;
    Q_DISABLE_COPY_MOVE(Keyring)

    //! "GNOME Keyring"; empty until state() was asked, and where the system does not tell.
    virtual QString name() const { return {}; }
    virtual QFuture<Result<State>> state() = 0;
    //! Asks the person once. The state afterwards: Locked means that they did not.
    virtual QFuture<Result<State>> unlock() = 0;
    //! Nothing, only if the keyring is unlocked and has no such secret.
    virtual QFuture<Result<std::optional<Secret>>> read(const QString &name) = 0;
    virtual QFuture<std::optional<Error>> write(const QString &name, const Secret &secret) = 0;
    //! Removing what is not there is no error.
    virtual QFuture<std::optional<Error>> remove(const QString &name) = 0;
};

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::Keyring::State)
