// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "command.h"
#include "commandline.h"
#include "commands.h"
#include "compose.h"
#include "keeping.h"
#include "signingout.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

//! The sign-ins that the words mean. Keys in the environment are the person's own to unset.
QList<AccountKey> findAccounts(const CredentialStore &store, const CommandLine &line)
{
    QList<AccountKey> keys;
    const QList<Account> accounts = store.accounts();
    for (const Account &account : accounts) {
        const bool isMeant = account.keeping != Account::Keeping::Environment
            && (!line.isSet(u"provider"_s) || account.key.provider == line.value(u"provider"_s))
            && (!line.isSet(u"account"_s) || account.key.accountId == line.value(u"account"_s));
        if (isMeant) {
            keys.append(account.key);
        }
    }
    return keys;
}

} // namespace

int runLogout(const QStringList &arguments)
{
    CommandLine line(u"logout"_s, u"[--provider P] [--account ID] [--revoke]"_s,
                     u"Signs out: what a sign-in gave is removed from this computer. With --revoke "
                     u"the provider is told to\n"
                     "end it, too, wherever else it is used. Keys in the environment are yours to "
                     "unset."_s,
                     {u"maestro-cli logout --provider openai"_s,
                      u"maestro-cli logout --provider openai --revoke"_s});
    line.addOption({u"provider"_s, u"Only this provider."_s, u"P"_s});
    line.addOption(
        {u"account"_s, u"Only this account, as the list of accounts names it."_s, u"ID"_s});
    line.addOption({u"revoke"_s, u"Tell the provider, which ends it on every computer."_s});
    if (const auto code = line.parse(arguments, 0, 0)) {
        return *code;
    }
    const std::unique_ptr<Composition> composition = compose();
    if (!composition) {
        return WrongUsage;
    }
    const QList<AccountKey> accounts = findAccounts(composition->credentials(), line);
    if (accounts.isEmpty()) {
        note(u"Nobody is signed in, so there is nothing to remove."_s);
        return Succeeded;
    }
    const QList<Account> all = composition->credentials().accounts();
    for (const Account &account : all) {
        const auto locked
            = accounts.contains(account.key) ? unlockFor(*composition, account) : std::nullopt;
        if (locked) {
            return fail(*locked);
        }
    }
    SigningOut signingOut(*composition, accounts,
                          line.isSet(u"revoke"_s) ? SignOut::Reach::Provider
                                                  : SignOut::Reach::ThisComputer);
    QObject::connect(&signingOut, &SigningOut::finished, qApp, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    signingOut.start();
    return QCoreApplication::exec();
}

} // namespace Maestro::Cli
