// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "await.h"
#include "command.h"
#include "commandline.h"
#include "commands.h"
#include "compose.h"
#include "keeping.h"
#include "providerids.h"
#include "providers/openai/compatibleprovider.h"
#include "providers/registry.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

int runModels(const QStringList &arguments)
{
    CommandLine line(u"models"_s, u"--provider P [--json]"_s,
                     u"Lists the models that an account may ask: the one that is named, or that "
                     u"maestro-cli ask would take."_s,
                     {u"maestro-cli models --provider openai"_s});
    line.addOption({u"provider"_s, providerIdsWithCompatible() + u'.', u"P"_s});
    line.addOption({u"account"_s, u"The account, as the list of accounts names it."_s, u"ID"_s});
    line.addOption({u"json"_s, u"A JSON array instead of lines."_s});
    if (const auto code = line.parse(arguments, 0, 0)) {
        return *code;
    }
    const std::unique_ptr<Composition> composition = compose();
    if (!composition) {
        return WrongUsage;
    }
    const QString id = line.value(u"provider"_s);
    if (id != OpenAi::CompatibleId && !findProvider(composition->providers(), id)) {
        return misused(line.command(), wrongProvider(providerIdsWithCompatible()));
    }
    const Result<Account> account = composition->accountFor(id, line.value(u"account"_s));
    if (!account) {
        return fail(account.error());
    }
    const auto provider = composition->providerOf(account->key);
    if (!provider) {
        return misused(line.command(), wrongProvider(providerIdsWithCompatible()));
    }
    if (const auto locked = unlockFor(*composition, *account)) {
        return fail(*locked);
    }
    const Result<QStringList> models
        = await(composition->chatClient().listModels(*provider, account->key));
    if (!models) {
        return fail(models.error());
    }
    print(line.isSet(u"json"_s)
              ? QString::fromUtf8(QJsonDocument(QJsonArray::fromStringList(*models)).toJson())
                    .trimmed()
              : models->join(u'\n'));
    return Succeeded;
}

} // namespace Maestro::Cli
