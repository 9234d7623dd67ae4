// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keeping.h"

#include "await.h"
#include "command.h"
#include "hiddenline.h"

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

using State = CredentialVault::State;

constexpr int Tries = 3;

std::optional<Error> askPassphrase(CredentialVault &vault)
{
    for (int i = 0; i < Tries; ++i) {
        const Result<Secret> passphrase
            = readHiddenLine(u"The passphrase of your saved sign-ins: "_s);
        if (!passphrase) {
            return passphrase.error();
        }
        const std::optional<Error> error = await(vault.unlock(*passphrase));
        if (vault.state() != State::NeedsPassphrase) {
            return error;
        }
        note(error->message);
    }
    return vault.problem();
}

std::optional<Error> choosePassphrase(CredentialVault &vault)
{
    const Result<Secret> first
        = readHiddenLine(u"A passphrase for your saved sign-ins (eight characters at least): "_s);
    if (!first) {
        return first.error();
    }
    const Result<Secret> second = readHiddenLine(u"The same again: "_s);
    if (!second) {
        return second.error();
    }
    if (!(*first == *second)) {
        return Error{Error::Kind::InvalidRequest, u"The two are not the same."_s, u"Try again."_s};
    }
    return await(vault.makeWithPassphrase(*first));
}

std::optional<Error> unlock(CredentialVault &vault)
{
    switch (vault.state()) {
    case State::Ready:
        return std::nullopt;
    case State::NeedsPassphrase:
        return askPassphrase(vault);
    case State::KeyringLocked:
        note(u"The system keyring is locked. Unlock it in the window that opens."_s);
        return await(vault.unlock());
    case State::KeyringUnavailable:
        return await(vault.unlock());
    default:
        return vault.problem();
    }
}

Error withChoices(Error error)
{
    error.advice
        = u"Choose where to keep it: --keep passphrase asks for a passphrase, --keep memory "
          u"keeps it until the program ends."_s;
    return error;
}

} // namespace

std::optional<Keep> keepFrom(const QString &word)
{
    return word == "keyring"_L1   ? std::optional(Keep::Keyring)
        : word == "passphrase"_L1 ? std::optional(Keep::Passphrase)
        : word == "memory"_L1     ? std::optional(Keep::Memory)
                                  : std::nullopt;
}

std::optional<Error> prepareKeeping(Composition &composition, Keep keep)
{
    CredentialVault &vault = composition.vault();
    if (keep == Keep::Memory) {
        composition.credentials().setKeep(VaultCredentials::Keep::UntilQuit);
        return std::nullopt;
    }
    if (vault.state() != State::FirstRun) {
        return unlock(vault);
    }
    if (keep == Keep::Passphrase) {
        return choosePassphrase(vault);
    }
    const std::optional<Error> error = await(vault.makeWithKeyring());
    return error ? std::optional(withChoices(*error)) : std::nullopt;
}

std::optional<Error> unlockFor(Composition &composition, const Account &account)
{
    const bool isInVault = account.keeping == Account::Keeping::Keyring
        || account.keeping == Account::Keeping::Passphrase;
    return isInVault ? unlock(composition.vault()) : std::nullopt;
}

QString whereKept(const Account &account)
{
    switch (account.keeping) {
    case Account::Keeping::Memory:
        return u"memory, until the program ends"_s;
    case Account::Keeping::Environment:
        return u"environment variable "_s + account.source;
    case Account::Keeping::Keyring:
        return u"encrypted, its key in the system keyring"_s;
    case Account::Keeping::Passphrase:
        return u"encrypted with your passphrase"_s;
    }
    Q_UNREACHABLE();
}

QString keepingWord(Account::Keeping keeping)
{
    switch (keeping) {
    case Account::Keeping::Memory:
        return u"memory"_s;
    case Account::Keeping::Environment:
        return u"environment"_s;
    case Account::Keeping::Keyring:
        return u"keyring"_s;
    case Account::Keeping::Passphrase:
        return u"passphrase"_s;
    }
    Q_UNREACHABLE();
}

} // namespace Maestro::Cli
