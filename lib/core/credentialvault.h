// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QFuture>
#include <QObject>

#include <optional>

namespace Maestro {

//! Sealed sign-ins at rest, as far as a person has to do with it: what keeps them from being read,
//! and the ways forward. A port; secrets do not pass through it, but for the passphrase that was
//! typed. Their key is in the system keyring or made of a passphrase, and made once: when it has
//! been proven that there is nothing yet that another key would open. What cannot be told (a locked
//! keyring reads as an empty one) is asked again, never guessed.
//!
//! Nothing here prompts but unlock(), and makeWithKeyring() on a locked keyring.
class CredentialVault : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Closed, //!< before open()
        FirstRun, //!< nothing is there; the person's choice, or the keyring if there is one
        Ready,
        NeedsPassphrase,
        KeyringLocked,
        KeyringUnavailable, //!< there is none, or it does not answer; the key may be safe in it
        KeyLost, //!< the keyring is open, and the key is not in it
        Tampered, //!< the key is right, and the file was changed
        OlderCopy, //!< the file is sound, and an older one than the last we wrote
        Unusable, //!< the file cannot be used now; see problem()
    };
    Q_ENUM(State)

    using Done = QFuture<std::optional<Error>>;

    using QObject::QObject;

    virtual State state() const = 0;
    //! Why nothing can be read now, and the ways forward; nothing in FirstRun and Ready.
    virtual std::optional<Error> problem() const = 0;
    //! A file that was foreign or damaged, and where it is now.
    virtual std::optional<Error> setAside() const = 0;

    //! Which keyring has the key, or would: "GNOME Keyring". Empty where that is not known.
    virtual QString keyringName() const { return {}; }

    //! Finds out the state. No error in FirstRun and Ready.
    virtual Done open() = 0;
    //! Looks again, cheaply: another process may have changed accounts or keys, and the keyring may
    //! have been opened. For when the window becomes active.
    virtual Done refresh() { return open(); }
    //! Asks the person to unlock the keyring, once, then as open(). Also tries again after
    //! KeyringUnavailable.
    virtual Done unlock() = 0;
    //! After five wrong ones, each takes half a minute.
    virtual Done unlock(const Secret &passphrase) = 0;
    //! In FirstRun.
    virtual Done makeWithKeyring() = 0;
    virtual Done makeWithPassphrase(const Secret &passphrase) = 0; //!< eight characters, at least
    //! In Ready: seals everything anew and forgets the way in that was used before.
    virtual Done moveToKeyring() = 0;
    virtual Done moveToPassphrase(const Secret &passphrase) = 0;
    //! In Ready: seals everything anew under new keys and forgets the old ones, so that a copy of
    //! the file from before cannot be opened with the keyring any more. A passphrase still opens
    //! such a copy: against that, choose another one. Happens by itself once a year.
    virtual Done lockOutCopies() = 0;
    //! In Tampered and OlderCopy: goes on with those sign-ins that open. An error if none can.
    virtual Done acceptAsIs() = 0;
    //! Sets the file aside and begins anew, in FirstRun. Deletes neither file nor key.
    virtual Done startOver() = 0;

Q_SIGNALS:
    void stateChanged();
};

} // namespace Maestro
