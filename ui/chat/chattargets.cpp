// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/chattargets.h"

#include <QCoreApplication>

#include <algorithm>

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

const ChatTarget *findTarget(const QList<ChatTarget> &targets,
                             const std::optional<ChosenTarget> &chosen)
{
    const auto it
        = std::find_if(targets.begin(), targets.end(), [&chosen](const ChatTarget &target) {
              return chosen && isOf(target, *chosen);
          });
    return it == targets.end() ? nullptr : &*it;
}

std::optional<ChosenTarget> choiceOf(const QList<ChatTarget> &targets, const AccountKey &account,
                                     const QString &api, const QString &model)
{
    const auto it = std::find_if(targets.begin(), targets.end(), [&](const ChatTarget &target) {
        return target.account.key == account && (api.isEmpty() || target.api == api);
    });
    if (it == targets.end()) {
        return std::nullopt;
    }
    return ChosenTarget{account, it->api, model.isEmpty() ? it->models.value(0) : model};
}

std::optional<ChosenTarget> choiceAmong(const QList<ChatTarget> &targets,
                                        const std::optional<ChosenTarget> &chosen,
                                        const std::optional<AccountKey> &preferred)
{
    if (findTarget(targets, chosen)) {
        // A server whose models nobody knew may have named them.
        return choiceOf(targets, chosen->account, chosen->api, chosen->model);
    }
    const auto wished = preferred ? choiceOf(targets, *preferred) : std::nullopt;
    return wished || targets.isEmpty() ? wished : choiceOf(targets, targets.first().account.key);
}

std::optional<Error> findObstacle(const ChatTarget *target, const QString &model)
{
    if (!target) {
        return Error{Error::Kind::AuthenticationRequired,
                     Tr::tr("There is no account to ask with yet."),
                     Tr::tr("Sign in or use an API key; your text stays where it is.")};
    }
    if (target->unavailable) {
        return target->unavailable;
    }
    if (model.isEmpty()) {
        return Error{Error::Kind::Configuration, Tr::tr("No model is chosen yet."),
                     Tr::tr("Choose one at the top left (Ctrl+M).")};
    }
    return std::nullopt;
}

} // namespace Maestro
