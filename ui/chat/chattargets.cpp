// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/chattargets.h"

#include <QCoreApplication>

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ChatTarget)
};

} // namespace

QString displayName(const ChatTarget &target)
{
    const Account &account = target.account;
    if (target.isPractice) {
        return Tr::tr("Practice");
    }
    if (!account.email.isEmpty()) {
        return account.email;
    }
    if (!account.name.isEmpty()) {
        return account.name;
    }
    return account.key.type == AccountKey::Type::ApiKey
        ? Tr::tr("%1 API key").arg(target.providerName)
        : Tr::tr("%1 account").arg(target.providerName);
}

bool isOf(const ChatTarget &target, const ChosenTarget &chosen)
{
    return target.account.key == chosen.account && target.api == chosen.api;
}

} // namespace Maestro
