// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialvault.h"

#include <QList>

namespace Maestro {

//! What a person can do about a vault that cannot be read now.
enum class VaultRemedy {
    Unlock, //!< has the keyring ask, once
    TypePassphrase,
    TryAgain,
    UseAsIs, //!< what can still be read
    StartOver, //!< sets the file aside; asks back first
    UntilQuit, //!< goes on without it
};

//! What is said of the vault, and the ways forward, the best one first.
struct VaultNotice
{
    Error problem;
    QList<VaultRemedy> remedies;

    friend bool operator==(const VaultNotice &, const VaultNotice &) = default;
};

//! Nothing while the vault can be used, or made.
std::optional<VaultNotice> noticeOf(const CredentialVault &vault);

//! What the button of a remedy reads, and what it says to who rests on it.
QString textOf(VaultRemedy remedy);
QString explanationOf(VaultRemedy remedy);

} // namespace Maestro
