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

int runLogin(const QStringList &arguments)
{
    CommandLine line(
        u"login"_s, u"[--provider P] [--keep WHERE] [--no-browser] [--then PROMPT [--model M]]"_s,
        u"Signs in with the browser. Waits for you without a time limit; Ctrl-C "
        u"cancels. The sign-in is kept\n"
        "encrypted, with its key in the system keyring; with --then it asks at once."_s,
        {u"maestro-cli login --provider openai --then \"Why is the sky blue?\""_s,
         u"maestro-cli login --provider openai --no-browser"_s});
    line.addOption({u"provider"_s, u"openai (the usual one) or anthropic."_s, u"P"_s, u"openai"_s});
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
    const auto provider = findProvider(composition->providers(), line.value(u"provider"_s));
    if (!provider) {
        return misused(line.command(), u"--provider must be openai or anthropic."_s);
    }
    const auto keep = keepFrom(line.value(u"keep"_s));
    if (!keep) {
        return misused(line.command(), u"--keep must be keyring, passphrase or memory."_s);
    }
    const Result<OAuth::OAuthProfile> profile = composition->profile(provider->id);
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
