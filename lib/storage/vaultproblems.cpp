// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/vaultproblems.h"

#include <QCoreApplication>

namespace Maestro::VaultProblems {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Vault)
};

Error problem(const QString &message, const QString &advice)
{
    return Error{Error::Kind::Configuration, message, advice};
}

QString detailOf(const Error &cause)
{
    return cause.detail.isEmpty() ? cause.message : cause.detail;
}

} // namespace

Error keyringUnavailable(const Error &cause)
{
    Error error = problem(
        Tr::tr("The system keyring, which has the key to your sign-ins, cannot be reached."),
        Tr::tr("Start the keyring and try again. Your sign-ins are safe."));
    error.detail = detailOf(cause);
    return error;
}

Error keyringLocked()
{
    return problem(Tr::tr("The system keyring is locked."),
                   Tr::tr("Unlock it to use your sign-ins."));
}

Error keyLost()
{
    return problem(
        Tr::tr("The key to your saved sign-ins is not in the system keyring."),
        Tr::tr("Restore the keyring, or set the saved sign-ins aside and sign in again."));
}

Error tampered()
{
    return problem(Tr::tr("The saved sign-ins were changed outside of Maestro, and are not used."),
                   Tr::tr("Restore the file from a backup, or set it aside and sign in again."));
}

Error olderCopy()
{
    return problem(
        Tr::tr("The saved sign-ins are an older copy than the last that was written."),
        Tr::tr(
            "If you restored a backup, go on with it. Otherwise set it aside and sign in again."));
}

Error needsPassphrase()
{
    return problem(Tr::tr("Your sign-ins are locked with your passphrase."),
                   Tr::tr("Type it to unlock them."));
}

Error wrongPassphrase()
{
    return problem(Tr::tr("The passphrase is not the right one."),
                   Tr::tr("Check the keyboard layout and capital letters."));
}

Error shortPassphrase()
{
    return problem(Tr::tr("The passphrase is too short."),
                   Tr::tr("Use at least eight characters; several words are best."));
}

Error tooManyTries(std::chrono::milliseconds pause)
{
    Error error = problem(Tr::tr("There were too many wrong passphrases."),
                          Tr::tr("Wait half a minute, and try again."));
    error.retryAfter = pause;
    return error;
}

Error noKeyring(const Error &cause)
{
    Error error = problem(Tr::tr("The system keyring cannot keep the key to your sign-ins."),
                          Tr::tr("Choose a passphrase, or stay signed in until you quit."));
    error.detail = detailOf(cause);
    return error;
}

Error noVault()
{
    return problem(
        Tr::tr("There is no place to keep sign-ins yet."),
        Tr::tr("Use the system keyring, choose a passphrase, or stay signed in until you quit."));
}

Error replaced()
{
    return problem(Tr::tr("Another file was put in the place of the saved sign-ins."),
                   Tr::tr("Try again: it is looked at anew."));
}

} // namespace Maestro::VaultProblems
