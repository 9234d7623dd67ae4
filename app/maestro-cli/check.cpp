// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "checking.h"
#include "command.h"
#include "commandline.h"
#include "commands.h"
#include "compose.h"
#include "keeping.h"
#include "providerids.h"
#include "providers/registry.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

//! The check after the sign-in alone, as an account that is there already.
Result<EndToEndCheck::Setup> setupWithAccount(Composition &composition, const Provider &provider,
                                              const QString &accountId)
{
    const Result<Account> account = composition.accountFor(provider.id, accountId);
    if (!account) {
        return account.error();
    }
    if (const auto locked = unlockFor(composition, *account)) {
        return *locked;
    }
    return EndToEndCheck::Setup{.provider = provider, .account = account->key};
}

//! The sign-ins of the check: the person's, and the one with an invalid code. Where the provider
//! issues clients, the latter takes the one that the former got, so that it is the code that is
//! refused.
std::function<std::unique_ptr<SignIn>()>
signInsOf(Composition &composition, const Provider &provider, const OAuth::OAuthProfile &profile)
{
    return [&composition, profile, id = provider.id, isFirst = true]() mutable {
        const Result<Account> account = composition.accountFor(id);
        if (!std::exchange(isFirst, false) && profile.issuedClient && account) {
            if (const auto again = composition.profileOf(account->key)) {
                return composition.makeSignIn(*again);
            }
        }
        return composition.makeSignIn(profile);
    };
}

Result<EndToEndCheck::Setup> setupWithSignIn(Composition &composition, const Provider &provider)
{
    const Result<OAuth::OAuthProfile> profile = composition.profile(provider.id);
    if (!profile) {
        return profile.error();
    }
    if (!provider.isPractice) {
        if (const auto problem = prepareKeeping(composition, Keep::Keyring)) {
            note(u"%1 The check keeps the sign-in in memory, until it ends."_s.arg(
                problem->message));
            std::ignore = prepareKeeping(composition, Keep::Memory);
        }
    }
    return EndToEndCheck::Setup{.provider = provider,
                                .makeSignIn = signInsOf(composition, provider, *profile)};
}

void addOptions(CommandLine &line)
{
    line.addOption(
        {u"provider"_s, u"%1; openai is the usual one."_s.arg(providerIds()), u"P"_s, u"openai"_s});
    line.addOption(
        {u"practice"_s, u"Against the practice provider, which this program starts itself."_s});
    line.addOption({u"auto"_s, u"With --practice: press Allow without a browser."_s});
    line.addOption({u"api-key"_s, u"Without the sign-in, as an account that is there already."_s});
    line.addOption({u"account"_s,
                    u"With --api-key, which account; without it as maestro-cli ask takes one."_s,
                    u"ID"_s});
    line.addOption({u"no-browser"_s, u"Print the address and open nothing."_s});
    line.addOption({u"model"_s, u"The model; without it the provider's usual one."_s, u"M"_s});
    line.addOption({u"prompt"_s, u"The question; without it the standard one."_s, u"TEXT"_s,
                    EndToEndCheck::standardPrompt()});
    line.addOption({u"report"_s,
                    u"Write the report there: JSON if the name ends so, else Markdown."_s,
                    u"FILE"_s});
    line.addOption({u"json"_s, u"Print the report as JSON, and nothing before it."_s});
}

} // namespace

int runCheck(const QStringList &arguments)
{
    CommandLine line(
        u"check"_s,
        u"[--provider P] [--practice [--auto]] [--model M] [--prompt TEXT] [--report FILE]"_s,
        u"The manual end-to-end test: sign-in, request, stream, usage and what happens when "
        u"something goes\n"
        "wrong, each stage shown as it happens. Exit code 0 says that everything passed."_s,
        {u"maestro-cli check --provider openai --report report.md"_s,
         u"maestro-cli check --provider openai --practice --auto"_s,
         u"GEMINI_API_KEY=… maestro-cli check --provider gemini"_s});
    addOptions(line);
    if (const auto code = line.parse(arguments, 0, 0)) {
        return *code;
    }
    const bool isPractice = line.isSet(u"practice"_s);
    if (line.isSet(u"auto"_s) && !isPractice) {
        return misused(
            line.command(),
            u"--auto goes with --practice alone: nobody but you presses Allow at a real provider."_s);
    }
    if (isPractice && (line.value(u"provider"_s) != "openai"_L1 || line.isSet(u"api-key"_s))) {
        return misused(line.command(),
                       u"The practice provider stands in for openai and its sign-in."_s);
    }
    const std::unique_ptr<Composition> composition = compose();
    if (!composition) {
        return WrongUsage;
    }
    auto provider = findProvider(composition->providers(), line.value(u"provider"_s));
    if (!provider) {
        return misused(line.command(), wrongProvider(providerIds()));
    }
    if (isPractice) {
        const Result<Provider> practice = composition->startPractice();
        if (!practice) {
            return fail(practice.error());
        }
        provider = *practice;
    }
    const bool withKey = line.isSet(u"api-key"_s) || provider->id == "gemini"_L1;
    Result<EndToEndCheck::Setup> setup = withKey
        ? setupWithAccount(*composition, *provider, line.value(u"account"_s))
        : setupWithSignIn(*composition, *provider);
    if (!setup) {
        return fail(setup.error());
    }
    setup->model = line.isSet(u"model"_s) ? line.value(u"model"_s) : provider->models.value(0);
    setup->prompt = line.value(u"prompt"_s);

    const auto person = line.isSet(u"auto"_s) ? Checking::Person::Practice
        : line.isSet(u"no-browser"_s)         ? Checking::Person::OpensByHand
                                              : Checking::Person::Opens;
    Checking checking(*setup, composition->chatClient(), person,
                      line.isSet(u"json"_s) ? Checking::Output::Json : Checking::Output::Text,
                      line.value(u"report"_s));
    QObject::connect(&checking, &Checking::finished, qApp, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    checking.start();
    return QCoreApplication::exec();
}

} // namespace Maestro::Cli
