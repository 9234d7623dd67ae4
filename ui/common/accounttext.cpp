// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/accounttext.h"

#include <QCoreApplication>

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(AccountText)
};

} // namespace

QString keepingText(const Account &account)
{
    switch (account.keeping) {
    case Account::Keeping::Memory:
        return Tr::tr("Kept in memory until you quit Maestro.");
    case Account::Keeping::Environment:
        return account.source.isEmpty()
            ? Tr::tr("Read from the environment at the start.")
            : Tr::tr("Read from the environment variable %1.").arg(account.source);
    case Account::Keeping::Keyring:
        return Tr::tr("Kept on this computer, encrypted. The key is in the system keyring.");
    case Account::Keeping::Passphrase:
        return Tr::tr("Kept on this computer, encrypted with your passphrase.");
    }
    Q_UNREACHABLE();
}

} // namespace Maestro
