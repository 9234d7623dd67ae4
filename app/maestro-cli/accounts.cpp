// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "command.h"
#include "commandline.h"
#include "commands.h"
#include "compose.h"
#include "keeping.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

QString wayIn(AccountKey::Type type)
{
    return type == AccountKey::Type::ApiKey ? u"API key"_s : u"signed in"_s;
}

QString toText(const std::optional<QDateTime> &moment)
{
    return moment ? QLocale::c().toString(moment->toLocalTime(), u"yyyy-MM-dd hh:mm"_s) : QString();
}

bool isDefault(const Settings &settings, const AccountKey &key)
{
    return settings.defaultAccountOf(key.provider) == key;
}

QJsonObject toJson(const Account &account, const Settings &settings)
{
    return {
        {u"provider"_s, account.key.provider},
        {u"type"_s, account.key.type == AccountKey::Type::ApiKey ? u"api_key"_s : u"oauth"_s},
        {u"account"_s, account.key.accountId},
        {u"email"_s, account.email},
        {u"plan"_s, account.plan},
        {u"organization"_s, account.organization},
        {u"expires_at"_s, account.expiresAt ? account.expiresAt->toString(Qt::ISODate) : QString()},
        {u"is_default"_s, isDefault(settings, account.key)},
        {u"kept_in"_s, keepingWord(account.keeping)},
        {u"variable"_s, account.source}};
}

void printAccount(const Account &account, const Settings &settings)
{
    QStringList facts{account.email, account.plan};
    if (account.expiresAt && account.key.type == AccountKey::Type::OAuth) {
        facts.append(u"renewed by "_s + toText(account.expiresAt));
    }
    facts.append(whereKept(account));
    if (isDefault(settings, account.key)) {
        facts.append(u"default"_s);
    }
    facts.removeAll(QString());
    print(u"%1  %2  %3  %4"_s.arg(account.key.provider, -10)
              .arg(wayIn(account.key.type), -9)
              .arg(account.key.accountId, -20)
              .arg(facts.join(u", "_s)));
}

int makeDefault(Composition &composition, const QString &id, const QString &providerId)
{
    const QList<Account> accounts = composition.credentials().accounts();
    QList<AccountKey> meant;
    for (const Account &account : accounts) {
        if (account.key.accountId == id
            && (providerId.isEmpty() || account.key.provider == providerId)) {
            meant.append(account.key);
        }
    }
    if (meant.size() != 1) {
        return misused(u"accounts"_s,
                       meant.isEmpty() ? u"There is no such account."_s
                                       : u"More than one account is called so; add --provider."_s);
    }
    const auto error = composition.settings().setDefaultAccount(meant.first());
    return error ? fail(*error) : Succeeded;
}

} // namespace

int runAccounts(const QStringList &arguments)
{
    CommandLine line(
        u"accounts"_s, u"[--json] [--set-default ID [--provider P]]"_s,
        u"Lists the accounts that can be asked with, and where the secret of each lives."_s,
        {u"maestro-cli accounts"_s, u"maestro-cli accounts --set-default 5f2a0c1e"_s});
    line.addOption({u"json"_s, u"A JSON array instead of lines."_s});
    line.addOption({u"set-default"_s, u"Ask as this account, if no other is named."_s, u"ID"_s});
    line.addOption({u"provider"_s, u"Whose account that is, if two are called so."_s, u"P"_s});
    if (const auto code = line.parse(arguments, 0, 0)) {
        return *code;
    }
    const std::unique_ptr<Composition> composition = compose();
    if (!composition) {
        return WrongUsage;
    }
    if (line.isSet(u"set-default"_s)) {
        return makeDefault(*composition, line.value(u"set-default"_s), line.value(u"provider"_s));
    }
    if (const auto problem = composition->vault().problem()) {
        fail(*problem);
    }
    const QList<Account> accounts = composition->credentials().accounts();
    if (line.isSet(u"json"_s)) {
        QJsonArray array;
        for (const Account &account : accounts) {
            array.append(toJson(account, composition->settings()));
        }
        print(QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Indented)).trimmed());
        return Succeeded;
    }
    if (accounts.isEmpty()) {
        note(u"There is no account. Sign in (maestro-cli login --provider openai), or set a key in "
             u"the "
             u"environment\n(OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY)."_s);
    }
    for (const Account &account : accounts) {
        printAccount(account, composition->settings());
    }
    return Succeeded;
}

} // namespace Maestro::Cli
