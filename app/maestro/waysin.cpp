// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "waysin.h"

#include "net/probes/systemproxy.h"
#include "providers/openai/compatibleprovider.h"
#include "providers/registry.h"
#include "refusedsignin.h"

#include <QDesktopServices>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

const QString KeySuffix = u"-key"_s;

} // namespace

QString WaysIn::openAi() { return u"openai"_s; }

QString WaysIn::openAiKey() { return openAi() + KeySuffix; }

QString WaysIn::chatGpt() { return u"chatgpt"_s; }

QString WaysIn::server() { return OpenAi::CompatibleId; }

QString WaysIn::practice() { return u"practice"_s; }

QUrl WaysIn::usagePageOf(const QString &providerId)
{
    return providerId == chatGpt() ? QUrl(u"https://chatgpt.com/settings/usage"_s) : QUrl();
}

WaysIn::WaysIn(Composition &composition, PracticeProvider::Pace practicePace)
    : m_composition(composition)
    , m_practicePace(practicePace)
{ }

QList<SignInChoice> WaysIn::choices() const
{
    using Kind = SignInChoice::Kind;
    QList<SignInChoice> choices{{.id = openAi(),
                                 .title = tr("Sign in with OpenAI"),
                                 .description = tr("In your browser, with your OpenAI account."),
                                 .kind = Kind::Browser,
                                 .providerName = u"OpenAI"_s,
                                 .offersCode = offersCode(openAi()),
                                 .keyChoice = openAiKey(),
                                 .planChoice = chatGpt()}};
    if (m_composition.profile(chatGpt())) {
        choices.append(
            {.id = chatGpt(),
             .title = tr("Continue with ChatGPT"),
             .description = tr("In your browser. Answers run on your ChatGPT Plus or Pro plan."),
             .kind = Kind::Browser,
             .providerName = u"ChatGPT"_s,
             .usagePage = usagePageOf(chatGpt())});
    }
    if (m_composition.profile(u"anthropic"_s)) { // only with a client id of one's own
        choices.append({u"anthropic"_s, tr("Sign in with Anthropic"),
                        tr("In your browser, with the client id from your configuration."),
                        Kind::Browser, u"Anthropic"_s});
    }
    const QString keyTitle = tr("API key for %1");
    choices += {
        {openAiKey(), keyTitle.arg(u"OpenAI"_s), tr("From platform.openai.com; paid by use."),
         Kind::ApiKey, u"OpenAI"_s, u"sk-…"_s},
        {u"anthropic"_s + KeySuffix, keyTitle.arg(u"Anthropic"_s),
         tr("From the Claude Console; paid by use."), Kind::ApiKey, u"Anthropic"_s, u"sk-ant-…"_s},
        {u"gemini"_s + KeySuffix, keyTitle.arg(u"Google Gemini"_s), tr("From Google AI Studio."),
         Kind::ApiKey, u"Google Gemini"_s, u"AIza…"_s},
        {server(), tr("OpenAI-compatible server"),
         tr("By its address: on this computer, in your company, or elsewhere."), Kind::Server,
         tr("Your server")},
        {practice(), tr("Try without an account"),
         tr("A practice provider on this computer. Nothing leaves it, nothing costs anything."),
         Kind::Practice, tr("Practice provider")},
    };
    return choices;
}

QString WaysIn::choiceFor(const AccountKey &account) const
{
    const QString id = account.provider == OpenAi::CompatibleId ? server()
        : account.type == AccountKey::Type::ApiKey ? QString(account.provider + KeySuffix)
                                                   : account.provider;
    const QList<SignInChoice> all = choices();
    const bool isOffered = std::any_of(
        all.begin(), all.end(), [&id](const SignInChoice &choice) { return choice.id == id; });
    return isOffered ? id : QString();
}

SignInMeans WaysIn::means()
{
    SignInMeans means;
    means.makeSignIn = [this](const SignInChoice &choice, const SignInInput &input) {
        return makeSignIn(choice, input);
    };
    means.openBrowser = [](const QUrl &address) { return QDesktopServices::openUrl(address); };
    means.vault = &m_composition.vault();
    means.prepareKeeping = [this] { return m_composition.credentials().prepare(); };
    means.keepUntilQuit
        = [this] { m_composition.credentials().setKeep(VaultCredentials::Keep::UntilQuit); };
    means.describeProxy = [this](const SignInChoice &choice) { return describeProxy(choice); };
    means.asKept = [this](const Account &account) { return m_composition.asKept(account); };
    means.describeKeeping = [this] {
        return m_composition.credentials().keep() == VaultCredentials::Keep::UntilQuit
            ? tr("Kept in memory until you quit Maestro.")
            : tr("Kept on this computer, encrypted; never as plain text.");
    };
    means.versions = u"Maestro %1, Qt %2, %3"_s.arg(QCoreApplication::applicationVersion(),
                                                    QString::fromLatin1(qVersion()),
                                                    QSysInfo::prettyProductName());
    return means;
}

std::unique_ptr<SignIn> WaysIn::makeSignIn(const SignInChoice &choice, const SignInInput &input)
{
    switch (choice.kind) {
    case SignInChoice::Kind::Browser:
        return makeBrowserSignIn(choice.id, input);
    case SignInChoice::Kind::Practice:
        if (const Result<Provider> started = m_composition.startPractice(m_practicePace);
            !started) {
            return std::make_unique<RefusedSignIn>(started.error());
        }
        return makeBrowserSignIn(practice(), {});
    case SignInChoice::Kind::Server:
        if (const Result<QUrl> address = OpenAi::readBaseUrl(input.server)) {
            return m_composition.makeSignIn(OpenAi::compatibleProvider(*address), input.apiKey);
        } else {
            return std::make_unique<RefusedSignIn>(address.error());
        }
    case SignInChoice::Kind::ApiKey:
        return m_composition.makeSignIn(
            findProvider(m_composition.providers(), QString(choice.id).remove(KeySuffix)).value(),
            input.apiKey);
    }
    Q_UNREACHABLE();
}

std::unique_ptr<SignIn> WaysIn::makeBrowserSignIn(const QString &providerId,
                                                  const SignInInput &input)
{
    // With the client that was issued to it; without one it begins like a new account.
    const auto own = input.again ? m_composition.profileOf(*input.again)
                                 : Result<OAuth::OAuthProfile>(Error{});
    const auto profile = own ? own : m_composition.profile(providerId);
    if (!profile) {
        return std::make_unique<RefusedSignIn>(profile.error());
    }
    return input.route == SignInInput::Route::Code ? m_composition.makeDeviceSignIn(*profile)
                                                   : m_composition.makeSignIn(*profile);
}

bool WaysIn::offersCode(const QString &providerId) const
{
    const auto profile = m_composition.profile(providerId);
    return profile && profile->device;
}

QString WaysIn::describeProxy(const SignInChoice &choice) const
{
    const QString providerId = QString(choice.id).remove(KeySuffix);
    const auto profile = m_composition.profile(providerId);
    const auto provider = findProvider(m_composition.providers(), providerId);
    const QUrl server = choice.kind == SignInChoice::Kind::Browser && profile ? profile->tokenUrl
        : provider                                                            ? provider->baseUrl
                                                                              : QUrl();
    const QNetworkProxy proxy = systemProxyFor(server);
    return proxy.type() == QNetworkProxy::NoProxy ? QString() : describe(proxy);
}

} // namespace Maestro
