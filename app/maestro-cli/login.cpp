// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "command.h"
#include "commandline.h"
#include "commands.h"
#include "keeping.h"
#include "providerids.h"
#include "providers/openai/compatibleprovider.h"
#include "providers/registry.h"
#include "secretinput.h"
#include "signingin.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

void addOptions(CommandLine &line)
{
    line.addOption({u"provider"_s,
                    u"%1. The usual one is openai; chatgpt is on the plan of a ChatGPT account, "
                    u"compatible is any server that speaks OpenAI's Chat Completions."_s.arg(
                        providerIdsWithCompatible()),
                    u"P"_s, u"openai"_s});
    line.addOption({u"profile"_s, u"Another word for --provider."_s, u"P"_s});
    line.addOption({u"account"_s,
                    u"Sign in to this account again, as the list of accounts names it; without it, "
                    u"to a new one."_s,
                    u"ID"_s});
    line.addOption({u"consent"_s, u"Be asked in the browser again what Maestro may do."_s});
    line.addOption({u"device"_s, u"With a code, for a machine without a browser."_s});
    line.addOption({u"api-key"_s,
                    u"With an API key. It is read from standard input, or asked for and not "
                    u"shown."_s});
    line.addOption({u"base-url"_s,
                    u"For compatible: the server's address, which usually ends in /v1. Without "
                    u"--api-key it is asked without a key."_s,
                    u"URL"_s});
    line.addOption({u"keep"_s,
                    u"keyring (the usual one), passphrase, or memory: until the program ends."_s,
                    u"WHERE"_s, u"keyring"_s});
    line.addOption({u"no-browser"_s, u"Print the address and open nothing."_s});
    line.addOption({u"then"_s, u"What to ask after the sign-in."_s, u"PROMPT"_s});
    line.addOption(
        {u"model"_s, u"The model to ask; without it the provider's usual one."_s, u"M"_s});
}

QString providerIdOf(const CommandLine &line)
{
    return line.value(line.isSet(u"profile"_s) ? u"profile"_s : u"provider"_s);
}

//! Whoever writes a key there has shown it to every program on the computer.
bool hasKeyAsArgument(const QStringList &arguments)
{
    const qsizetype option = arguments.indexOf(u"--api-key"_s);
    const QString next = option < 0 ? QString() : arguments.value(option + 1);
    return (!next.isEmpty() && !next.startsWith(u'-'))
        || !arguments.filter(u"--api-key="_s).isEmpty();
}

//! What is wrong with the words, as far as they say something together.
QString findMisuse(const CommandLine &line)
{
    const bool isCompatible = providerIdOf(line) == OpenAi::CompatibleId;
    if (line.isSet(u"device"_s) && line.isSet(u"api-key"_s)) {
        return u"--device and --api-key are two ways in; choose one."_s;
    }
    if (isCompatible && line.isSet(u"device"_s)) {
        return u"A compatible server has no sign-in with a code."_s;
    }
    if (isCompatible != line.isSet(u"base-url"_s)) {
        return isCompatible ? u"--provider compatible needs the server's address: --base-url URL."_s
                            : u"--base-url is for --provider compatible."_s;
    }
    if (isCompatible && line.isSet(u"then"_s) && !line.isSet(u"model"_s)) {
        return u"--then needs --model here: a compatible server has no usual one."_s;
    }
    return {};
}

Result<Provider> readProvider(const CommandLine &line, const Composition &composition)
{
    if (line.isSet(u"base-url"_s)) {
        const Result<QUrl> address = OpenAi::readBaseUrl(line.value(u"base-url"_s));
        if (!address) {
            return address.error();
        }
        return OpenAi::compatibleProvider(*address);
    }
    const auto provider = findProvider(composition.providers(), providerIdOf(line));
    if (!provider) {
        return Error{Error::Kind::InvalidRequest, wrongProvider(providerIdsWithCompatible())};
    }
    return *provider;
}

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

//! May ask for a key.
Result<std::unique_ptr<SignIn>> makeSignIn(const CommandLine &line, const Provider &provider,
                                           Composition &composition)
{
    if (line.isSet(u"api-key"_s)) {
        const Result<Secret> key = readSecretInput(u"The API key for %1: "_s.arg(provider.name));
        if (!key) {
            return key.error();
        }
        return composition.makeSignIn(provider, *key);
    }
    if (provider.id == OpenAi::CompatibleId) {
        return composition.makeSignIn(provider, Secret());
    }
    const Result<OAuth::OAuthProfile> profile = findProfile(composition, provider.id, line);
    if (!profile) {
        return profile.error();
    }
    return line.isSet(u"device"_s) ? composition.makeDeviceSignIn(*profile)
                                   : composition.makeSignIn(*profile);
}

} // namespace

int runLogin(const QStringList &arguments)
{
    if (hasKeyAsArgument(arguments)) {
        return misused(u"login"_s,
                       u"A key is never an argument, which every program on this computer can "
                       u"read: it comes from standard input."_s);
    }
    CommandLine line(
        u"login"_s,
        u"[--provider P] [--device | --api-key] [--base-url URL] [--keep WHERE] [--no-browser] "
        u"[--then PROMPT [--model M]]"_s,
        u"Signs in: with the browser, with a code that you type into a browser on any machine, or "
        u"with an API key. Waits\n"
        "for you; Ctrl-C cancels. The sign-in is kept encrypted, with its key in the system "
        "keyring; with --then it asks\n"
        "at once."_s,
        {u"maestro-cli login --provider openai --then \"Why is the sky blue?\""_s,
         u"maestro-cli login --provider openai --device"_s,
         u"maestro-cli login --profile chatgpt"_s,
         u"maestro-cli login --provider anthropic --api-key < key.txt"_s,
         u"maestro-cli login --provider compatible --base-url http://localhost:11434/v1"_s});
    addOptions(line);
    if (const auto code = line.parse(arguments, 0, 0)) {
        return *code;
    }
    if (const QString misuse = findMisuse(line); !misuse.isEmpty()) {
        return misused(line.command(), misuse);
    }
    const std::unique_ptr<Composition> composition = compose();
    if (!composition) {
        return WrongUsage;
    }
    const Result<Provider> provider = readProvider(line, *composition);
    if (!provider) {
        return misused(line.command(), provider.error().message);
    }
    const auto keep = keepFrom(line.value(u"keep"_s));
    if (!keep) {
        return misused(line.command(), u"--keep must be keyring, passphrase or memory."_s);
    }
    Result<std::unique_ptr<SignIn>> signIn = makeSignIn(line, *provider, *composition);
    if (!signIn) {
        return fail(signIn.error());
    }
    if (const auto problem = prepareKeeping(*composition, *keep)) {
        return fail(*problem);
    }
    SigningIn signingIn(
        *composition,
        {*provider, line.isSet(u"no-browser"_s) ? Browser::LeaveClosed : Browser::Open,
         line.value(u"then"_s),
         line.isSet(u"model"_s) ? line.value(u"model"_s) : provider->models.value(0)},
        *std::move(signIn));
    QObject::connect(&signingIn, &SigningIn::finished, qApp, &QCoreApplication::exit,
                     Qt::QueuedConnection);
    signingIn.start();
    return QCoreApplication::exec();
}

} // namespace Maestro::Cli
