// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "composition.h"

namespace Maestro::Cli {

//! Where a sign-in is to be kept, as `--keep` says it.
enum class Keep {
    Keyring, //!< in the vault: its key is in the keyring, or made of a passphrase already
    Passphrase, //!< in the vault, which is made with a passphrase if there is none
    Memory, //!< until the program ends
};

std::optional<Keep> keepFrom(const QString &word);

//! Makes sure that a sign-in has a place before it begins. May ask: the keyring for its password,
//! or the terminal for a passphrase. The error says what the person can choose.
std::optional<Error> prepareKeeping(Composition &composition, Keep keep);

//! Opens what this account's secrets are in, if they are in something that is shut. May ask.
std::optional<Error> unlockFor(Composition &composition, const Account &account);

//! "system keyring", "environment variable OPENAI_API_KEY".
QString whereKept(const Account &account);
//! The same as a stable word for JSON.
QString keepingWord(Account::Keeping keeping);

} // namespace Maestro::Cli
