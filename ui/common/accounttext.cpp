// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/accounttext.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(AccountText)
};

} // namespace

QString keepingText(const Account &account, const QString &keyringName)
{
    switch (account.keeping) {
    case Account::Keeping::Memory:
        return Tr::tr("Kept in memory until you quit Maestro.");
    case Account::Keeping::Environment:
        return account.source.isEmpty()
            ? Tr::tr("Read from the environment at the start.")
            : Tr::tr("Read from the environment variable %1.").arg(account.source);
    case Account::Keeping::Keyring:
        return keyringName.isEmpty()
            ? Tr::tr("Kept on this computer, encrypted. The key is in the system keyring.")
            : Tr::tr("Kept on this computer, encrypted. The key is in %1.").arg(keyringName);
    case Account::Keeping::Passphrase:
        return Tr::tr("Kept on this computer, encrypted with your passphrase.");
    }
    Q_UNREACHABLE();
}

QString wayInText(const Account &account)
{
    if (account.keeping == Account::Keeping::Environment) {
        return Tr::tr("API key from the environment");
    }
    if (account.key.type == AccountKey::Type::ApiKey) {
        return Tr::tr("API key");
    }
    return account.key.provider == "chatgpt"_L1 ? Tr::tr("Continue with ChatGPT")
                                                : Tr::tr("Signed in with the browser");
}

QString validityText(const Account &account)
{
    if (account.key.type != AccountKey::Type::OAuth || !account.expiresAt) {
        return {};
    }
    return Tr::tr("Renews by itself; valid until %1")
        .arg(QLocale().toString(account.expiresAt->toLocalTime(), QLocale::ShortFormat));
}

} // namespace Maestro
