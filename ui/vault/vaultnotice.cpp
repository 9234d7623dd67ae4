// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/vault/vaultnotice.h"

#include <QCoreApplication>

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(VaultNotice)
};

QList<VaultRemedy> remediesFor(CredentialVault::State state)
{
    using State = CredentialVault::State;
    switch (state) {
    case State::Closed:
    case State::FirstRun:
    case State::Ready:
        return {};
    case State::KeyringLocked:
        return {VaultRemedy::Unlock};
    case State::NeedsPassphrase:
        return {VaultRemedy::TypePassphrase, VaultRemedy::StartOver};
    case State::KeyringUnavailable:
    case State::Unusable:
        return {VaultRemedy::TryAgain, VaultRemedy::UntilQuit};
    case State::KeyLost:
        return {VaultRemedy::TryAgain, VaultRemedy::StartOver};
    case State::Tampered:
    case State::OlderCopy:
        return {VaultRemedy::UseAsIs, VaultRemedy::StartOver};
    }
    Q_UNREACHABLE();
}

} // namespace

std::optional<VaultNotice> noticeOf(const CredentialVault &vault)
{
    const QList<VaultRemedy> remedies = remediesFor(vault.state());
    if (remedies.isEmpty()) {
        return std::nullopt;
    }
    return VaultNotice{vault.problem().value_or(Error()), remedies};
}

QString textOf(VaultRemedy remedy)
{
    switch (remedy) {
    case VaultRemedy::Unlock:
    case VaultRemedy::TypePassphrase:
        return Tr::tr("Unlock");
    case VaultRemedy::TryAgain:
        return Tr::tr("Try again");
    case VaultRemedy::UseAsIs:
        return Tr::tr("Use what can still be read");
    case VaultRemedy::StartOver:
        return Tr::tr("Set aside and start over…");
    case VaultRemedy::UntilQuit:
        return Tr::tr("Stay signed in until I quit");
    }
    Q_UNREACHABLE();
}

QString explanationOf(VaultRemedy remedy)
{
    switch (remedy) {
    case VaultRemedy::Unlock:
        return Tr::tr("Your system asks for the password of the keyring");
    case VaultRemedy::TypePassphrase:
        return Tr::tr("Unlock your sign-ins with the passphrase you chose");
    case VaultRemedy::TryAgain:
        return Tr::tr("Look for the key once more");
    case VaultRemedy::UseAsIs:
        return Tr::tr("Go on with the sign-ins that still open");
    case VaultRemedy::StartOver:
        return Tr::tr("Keep the old file under another name and sign in anew");
    case VaultRemedy::UntilQuit:
        return Tr::tr("Sign in without keeping anything; it is forgotten when Maestro quits");
    }
    Q_UNREACHABLE();
}

} // namespace Maestro
