// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "command.h"
#include "commandline.h"
#include "commands.h"
#include "compose.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

QString wayIn(AccountKey::Type type)
{
    return type == AccountKey::Type::ApiKey ? u"API key"_s : u"signed in"_s;
}

QString whereKept(const Account &account)
{
    return account.keeping == Account::Keeping::Environment
        ? u"environment variable "_s + account.source
        : u"memory, until the program ends"_s;
}

QJsonObject toJson(const Account &account)
{
    return {{u"provider"_s, account.key.provider},
            {u"type"_s, account.key.type == AccountKey::Type::ApiKey ? u"api_key"_s : u"oauth"_s},
            {u"account"_s, account.key.accountId},
            {u"email"_s, account.email},
            {u"kept_in"_s,
             account.keeping == Account::Keeping::Environment ? u"environment"_s : u"memory"_s},
            {u"variable"_s, account.source}};
}

} // namespace

int runAccounts(const QStringList &arguments)
{
    CommandLine line(
        u"accounts"_s, u"[--json]"_s,
        u"Lists the accounts that can be asked with, and where the secret of each lives."_s,
        {u"maestro-cli accounts"_s, u"maestro-cli accounts --json"_s});
    line.addOption({u"json"_s, u"A JSON array instead of lines."_s});
    if (const auto code = line.parse(arguments, 0, 0)) {
        return *code;
    }
    const std::unique_ptr<Composition> composition = compose();
    if (!composition) {
        return WrongUsage;
    }
    const QList<Account> accounts = composition->credentials().accounts();
    if (line.isSet(u"json"_s)) {
        QJsonArray array;
        for (const Account &account : accounts) {
            array.append(toJson(account));
        }
        print(QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Indented)).trimmed());
        return Succeeded;
    }
    if (accounts.isEmpty()) {
        note(
            u"There is no account. Set a key in the environment (OPENAI_API_KEY, "
            u"ANTHROPIC_API_KEY, GEMINI_API_KEY),\n"
            "or sign in and ask in one go: maestro-cli login --provider openai --then \"PROMPT\"."_s);
    }
    for (const Account &account : accounts) {
        print(u"%1  %2  %3"_s.arg(account.key.provider, -10)
                  .arg(wayIn(account.key.type), -10)
                  .arg(whereKept(account)));
    }
    return Succeeded;
}

} // namespace Maestro::Cli
