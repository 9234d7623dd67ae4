// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "command.h"
#include "commandline.h"
#include "commands.h"
#include "keeping.h"
#include "providers/registry.h"
#include "signingin.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

//! The way in that the words mean: a new account's, or the one of an account that signs in again.
Result<OAuth::OAuthProfile> findProfile(const Composition &composition, const QString &providerId,
                                        const CommandLine &line)
{
    Result<OAuth::OAuthProfile> profile = composition.profile(providerId);
    if (profile && line.isSet(u"account"_s)) {
        const Result<Account> account
            = composition.accountFor(providerId, line.value(u"account"_s));
        profile = account ? composition.profileOf(account->key)
                          : Result<OAuth::OAuthProfile>(account.error());
    }
    return profile && line.isSet(u"consent"_s)
        ? Result<OAuth::OAuthProfile>(OAuth::askingForConsent(*profile))
        : profile;
}

} // namespace

int runLogin(const QStringList &arguments)
{
    CommandLine line(
        u"login"_s, u"[--provider P] [--keep WHERE] [--no-browser] [--then PROMPT [--model M]]"_s,
        u"Signs in with the browser. Waits for you without a time limit; Ctrl-C "
        u"cancels. The sign-in is kept\n"
        "encrypted, with its key in the system keyring; with --then it asks at once."_s,
        {u"maestro-cli login --provider openai --then \"Why is the sky blue?\""_s,
         u"maestro-cli login --provider openai --no-browser"_s,
         u"maestro-cli login --profile chatgpt"_s});
    line.addOption(
        {u"provider"_s,
         u"openai (the usual one), chatgpt (on the plan of a ChatGPT account) or anthropic."_s,
         u"P"_s, u"openai"_s});
    line.addOption({u"profile"_s, u"Another word for --provider."_s, u"P"_s});
    line.addOption(
        {u"account"_s,
         u"Sign in to this account again, as the list of accounts names it; without it, to a new one."_s,
         u"ID"_s});
    line.addOption({u"consent"_s, u"Be asked in the browser again what Maestro may do."_s});
    line.addOption({u"keep"_s,
                    u"keyring (the usual one), passphrase, or memory: until the program ends."_s,
                    u"WHERE"_s, u"keyring"_s});
    line.addOption({u"no-browser"_s, u"Print the address and open nothing."_s});
    line.addOption({u"then"_s, u"What to ask after the sign-in."_s, u"PROMPT"_s});
    line.addOption(
        {u"model"_s, u"The model to ask; without it the provider's usual one."_s, u"M"_s});
    if (const auto code = line.parse(arguments, 0, 0)) {
        return *code;
    }
    const std::unique_ptr<Composition> composition = compose();
    if (!composition) {
        return WrongUsage;
    }
    const auto provider
        = findProvider(composition->providers(),
                       line.value(line.isSet(u"profile"_s) ? u"profile"_s : u"provider"_s));
    if (!provider) {
        return misused(line.command(), u"--provider must be openai, chatgpt or anthropic."_s);
    }
    const auto keep = keepFrom(line.value(u"keep"_s));
    if (!keep) {
        return misused(line.command(), u"--keep must be keyring, passphrase or memory."_s);
    }
    const Result<OAuth::OAuthProfile> profile = findProfile(*composition, provider->id, line);
    if (!profile) {
        return fail(profile.error());
    }
    if (const auto problem = prepareKeeping(*composition, *keep)) {
        return fail(*problem);
    }
    SigningIn signingIn(
        *composition,
        {*provider, line.isSet(u"no-browser"_s) ? Browser::LeaveClosed : Browser::Open,
         line.value(u"then"_s),
         line.isSet(u"model"_s) ? line.value(u"model"_s) : provider->models.value(0)},
        composition->makeSignIn(*profile));
    QObject::connect(&signingIn, &SigningIn::finished, qApp, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    signingIn.start();
    return QCoreApplication::exec();
}

} // namespace Maestro::Cli
