// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "composition.h"

#include "core/apikey.h"
#include "core/attachedfiletool.h"
#include "core/currenttimetool.h"
#include "net/apikeysignin.h"
#include "net/devicelogin.h"
#include "net/fetchurltool.h"
#include "net/oauthlogin.h"
#include "providers/openai/compatibleprovider.h"
#include "providers/registry.h"
#include "storage/vaultfile.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

const QString PracticeId = u"practice"_s;
const QString ChatGptId = u"chatgpt"_s;
const QString PricesFile = u"/prices.json"_s;

QString tr(const char *text) { return QCoreApplication::translate("Composition", text); }

//! The official SDKs' variables name Anthropic's and Google's servers without the version; people
//! write them with it, too.
QUrl withoutVersion(QUrl url, const QString &providerId)
{
    const QString version = providerId == "anthropic"_L1 ? u"/v1"_s
        : providerId == "gemini"_L1                      ? u"/v1beta"_s
                                                         : QString();
    if (!version.isEmpty() && url.path().endsWith(version)) {
        url.setPath(url.path().chopped(version.size()));
    }
    return url;
}

void apply(const ProviderConfiguration &configuration, const QString &providerId,
           QList<Provider> &providers)
{
    for (Provider &provider : providers) {
        if (provider.id != providerId) {
            continue;
        }
        provider.headers += configuration.headers;
        if (configuration.baseUrl) {
            provider.baseUrl = withoutVersion(*configuration.baseUrl, providerId);
        }
    }
}

void apply(const OAuthConfiguration &configuration, OAuth::OAuthProfile &profile)
{
    profile.clientId = configuration.clientId.value_or(profile.clientId);
    profile.authorizeUrl = configuration.authorizeUrl.value_or(profile.authorizeUrl);
    profile.tokenUrl = configuration.tokenUrl.value_or(profile.tokenUrl);
    if (configuration.tokenUrl) { // OpenAI's is no business of another server
        profile.revokeUrl.clear();
    }
    profile.revokeUrl = configuration.revokeUrl.value_or(profile.revokeUrl);
    if (configuration.authorizeUrl || configuration.tokenUrl) {
        profile.issuer.clear(); // another server has another name
        profile.device.reset();
    }
    if (configuration.deviceUrl) {
        profile.device = OAuth::deviceEndpointsAt(*configuration.deviceUrl);
    }
    if (configuration.issuer) {
        profile.issuer = configuration.issuer->toString();
    }
    profile.keysUrl = configuration.keysUrl.value_or(profile.keysUrl);
    if (!configuration.clientSecret.isEmpty()) {
        profile.clientSecret = configuration.clientSecret;
    }
    if (!configuration.scopes.isEmpty()) {
        profile.scopes = configuration.scopes;
    }
}

HttpChatClient::Limits limitsOf(const Configuration &configuration)
{
    HttpChatClient::Limits limits;
    if (configuration.silenceLimit) {
        limits.stream.firstByte = *configuration.silenceLimit;
        limits.stream.betweenBytes = *configuration.silenceLimit;
    }
    return limits;
}

Error noAccountError(const QString &providerId, const QString &accountId)
{
    if (!accountId.isEmpty()) {
        return Error{Error::Kind::AuthenticationRequired,
                     tr("There is no account %1 at %2.").arg(accountId, providerId),
                     tr("The list of accounts names those that there are.")};
    }
    if (providerId == ChatGptId) {
        return Error{Error::Kind::AuthenticationRequired, tr("No ChatGPT account is signed in."),
                     tr("Sign in with Continue with ChatGPT.")};
    }
    if (providerId == OpenAi::CompatibleId) {
        return Error{Error::Kind::AuthenticationRequired,
                     tr("There is no OpenAI-compatible server yet."),
                     tr("Add one by its address.")};
    }
    return Error{Error::Kind::AuthenticationRequired,
                 tr("There is no account for %1.").arg(providerId),
                 tr("Sign in, add an API key, or set the environment variable %1_API_KEY to one.")
                     .arg(providerId.toUpper())};
}

} // namespace

QString Composition::defaultDataDirectory()
{
    // The window's QStandardPaths::AppLocalDataLocation, which the terminal program shares.
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + u"/Maestro"_s;
}

Composition::Composition(const Configuration &configuration, const QString &dataDirectory)
    : m_configuration(configuration)
    , m_dataDirectory(dataDirectory)
    , m_settings(dataDirectory + u"/settings.ini"_s)
    , m_providers(allProviders())
    , m_network(m_networkPresence, configuration.authorities)
    , m_database(dataDirectory + u"/vault.db"_s, vaultSchema())
    , m_keychain(QStringLiteral(MAESTRO_APP_ID))
    , m_vault(m_database, m_keychain)
    , m_credentials(m_vault)
    , m_boundCredentials(m_credentials,
                         [this](const AccountKey &account) { return serversOf(account); })
    , m_keeper(
          m_boundCredentials, m_network,
          [this](const AccountKey &account) { return profileOf(account); }, dataDirectory)
    , m_chatClient(m_network, m_keeper, limitsOf(configuration))
    , m_chats(dataDirectory + u"/conversations.db"_s)
{
    LoadedPrices prices = loadPrices(dataDirectory + PricesFile);
    m_pricesProblem = prices.problem;
    m_pricing = Pricing(std::move(prices.table),
                        [this](const QString &providerId) { return billingOf(providerId); });
    m_credentials.keepInMemory(PracticeId);
    for (Provider &provider : m_providers) {
        if (provider.id == "openai"_L1) {
            provider.headers.append({"version", QCoreApplication::applicationVersion().toLatin1()});
        }
    }
    for (const auto &[id, part] : {std::pair{u"openai"_s, &m_configuration.openAi},
                                   std::pair{ChatGptId, &m_configuration.chatGpt},
                                   std::pair{u"anthropic"_s, &m_configuration.anthropic},
                                   std::pair{u"gemini"_s, &m_configuration.gemini}}) {
        apply(*part, id, m_providers);
        keepKeyOfEnvironment(id, *part);
    }
}

QStringList Composition::serversOf(const AccountKey &account) const
{
    QStringList servers;
    const auto add = [&servers](const QUrl &url) {
        servers.append(url.adjusted(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
                           .toString(QUrl::FullyEncoded));
    };
    if (const auto provider = providerOf(account)) {
        add(provider->baseUrl);
    }
    if (account.type == AccountKey::Type::OAuth) {
        if (const auto profile = this->profile(account.provider)) {
            add(profile->tokenUrl);
            if (!profile->revokeUrl.isEmpty()) { // it is told the token that is to end
                add(profile->revokeUrl);
            }
        }
    }
    servers.removeDuplicates();
    return servers;
}

void Composition::keepKeyOfEnvironment(const QString &providerId,
                                       const ProviderConfiguration &configuration)
{
    if (configuration.apiKey.isEmpty()) {
        return;
    }
    const Account account{.key = {providerId, AccountKey::Type::ApiKey},
                          .keeping = Account::Keeping::Environment,
                          .source = configuration.apiKeyVariable};
    m_credentials.save(account,
                       {.signsWith = Credential::Type::ApiKey, .apiKey = configuration.apiKey});
}

void Composition::addTools(ToolRegistry &registry, std::function<QList<Attachment>()> attachments)
{
    registry.add(std::make_unique<CurrentTimeTool>());
    registry.add(std::make_unique<FetchUrlTool>(m_network));
    registry.add(std::make_unique<AttachedFileTool>(std::move(attachments)));
}

Result<Account> Composition::accountFor(const QString &providerId, const QString &accountId) const
{
    QList<Account> accounts = m_credentials.accounts();
    accounts.removeIf([&](const Account &account) {
        return account.key.provider != providerId
            || (!accountId.isEmpty() && account.key.accountId != accountId);
    });
    if (accounts.isEmpty()) {
        return noAccountError(providerId, accountId);
    }
    const auto preferred = m_settings.defaultAccountOf(providerId);
    const auto rank = [&preferred](const Account &account) {
        return account.keeping == Account::Keeping::Environment ? 0
            : account.key == preferred                          ? 1
                                                                : 2;
    };
    return *std::min_element(
        accounts.begin(), accounts.end(),
        [&rank](const Account &a, const Account &b) { return rank(a) < rank(b); });
}

Result<OAuth::OAuthProfile> Composition::profile(const QString &providerId) const
{
    OAuth::OAuthProfile profile;
    if (providerId == "openai"_L1) {
        profile = OAuth::openAiProfile();
        apply(m_configuration.openAiOAuth, profile);
    } else if (providerId == ChatGptId) {
        profile = OAuth::chatGptProfile();
        apply(m_configuration.chatGptOAuth, profile);
    } else if (providerId == "anthropic"_L1) {
        if (!m_configuration.anthropicOAuth.clientId) {
            return Error{Error::Kind::Configuration,
                         tr("Anthropic asks other applications than its own to use API keys."),
                         tr("Use an API key; or, with an OAuth client of your own, set "
                            "ANTHROPIC_OAUTH_CLIENT_ID.")};
        }
        profile = OAuth::anthropicProfile(*m_configuration.anthropicOAuth.clientId);
        apply(m_configuration.anthropicOAuth, profile);
    } else if (providerId == PracticeId && m_practice) {
        profile = OAuth::openAiProfile();
        profile.id = profile.provider = PracticeId;
        profile.name = tr("Practice provider");
        profile.issuer.clear();
        profile.authorizeUrl = m_practice->authorizeUrl();
        profile.tokenUrl = m_practice->tokenUrl();
        profile.revokeUrl = m_practice->revokeUrl();
        profile.device = OAuth::deviceEndpointsAt(m_practice->issuer());
    } else {
        return Error{Error::Kind::Unsupported,
                     tr("There is no sign-in in the browser for %1.").arg(providerId),
                     tr("Use an API key.")};
    }
    if (const auto fault = OAuth::findFault(profile)) {
        return *fault;
    }
    return profile;
}

Account Composition::asKept(const Account &account) const
{
    const QList<Account> accounts = m_credentials.accounts();
    const auto kept
        = std::find_if(accounts.begin(), accounts.end(), [&account](const Account &candidate) {
              return candidate.key == account.key;
          });
    return kept == accounts.end() ? account : *kept;
}

Result<OAuth::OAuthProfile> Composition::profileOf(const AccountKey &key) const
{
    const Result<OAuth::OAuthProfile> known = profile(key.provider);
    const QList<Account> accounts = m_credentials.accounts();
    const auto account
        = std::find_if(accounts.begin(), accounts.end(),
                       [&key](const Account &candidate) { return candidate.key == key; });
    return known && account != accounts.end() ? OAuth::profileFor(*known, *account) : known;
}

std::unique_ptr<SignIn> Composition::makeSignIn(const OAuth::OAuthProfile &profile)
{
    return std::make_unique<OAuthLogin>(profile, m_boundCredentials, m_settings, m_network);
}

std::unique_ptr<SignIn> Composition::makeSignIn(const Provider &provider, const Secret &apiKey)
{
    ApiKeySignIn::Wish wish{.provider = provider,
                            .apiKey = apiKey,
                            .doubt = doubtAboutKey(provider, m_providers, apiKey)};
    if (provider.id == OpenAi::CompatibleId) {
        // The address is the account, so that its key can go nowhere else.
        wish.accountId = QString::fromLatin1(provider.baseUrl.toEncoded());
        wish.keyIsOptional = true;
    }
    return std::make_unique<ApiKeySignIn>(std::move(wish), m_boundCredentials, m_network);
}

std::unique_ptr<SignIn> Composition::makeDeviceSignIn(const OAuth::OAuthProfile &profile)
{
    return std::make_unique<DeviceLogin>(profile, m_boundCredentials, m_network);
}

std::optional<Provider> Composition::providerOf(const AccountKey &account, const QString &api) const
{
    if (account.provider != OpenAi::CompatibleId) {
        return findProvider(m_providers, account.provider, api);
    }
    const Result<QUrl> baseUrl = OpenAi::readBaseUrl(account.accountId);
    if (!baseUrl) {
        return std::nullopt;
    }
    const Provider provider = OpenAi::compatibleProvider(*baseUrl);
    return api.isEmpty() || api == provider.api ? std::optional(provider) : std::nullopt;
}

std::unique_ptr<SignOut> Composition::makeSignOut(const AccountKey &account, SignOut::Reach reach)
{
    SignOut::Wish wish{account, reach};
    if (const auto known = profileOf(account); known && account.type == AccountKey::Type::OAuth) {
        wish.profile = *known;
    }
    return std::make_unique<SignOut>(std::move(wish), m_boundCredentials, m_network);
}

Result<Provider> Composition::startPractice(PracticeProvider::Pace pace, quint16 port)
{
    if (!m_practice) {
        auto practice = std::make_unique<PracticeProvider>(pace);
        if (const Result<quint16> listening = practice->listen(port); !listening) {
            return listening.error();
        }
        m_practice = std::move(practice);

        Provider provider = findProvider(m_providers, u"openai", u"responses").value();
        provider.id = PracticeId;
        provider.name = tr("Practice provider");
        provider.baseUrl = m_practice->apiUrl();
        provider.models = PracticeProvider::models();
        provider.isPractice = true;
        m_providers.append(provider);
    }
    return findProvider(m_providers, PracticeId).value();
}

Billing Composition::billingOf(const QString &providerId) const
{
    if (providerId == PracticeId) {
        return Billing::Practice;
    }
    const auto provider = findProvider(m_providers, providerId);
    if (!provider) {
        return Billing::Unknown;
    }
    if (!provider->usageUrl.isEmpty()) {
        return Billing::OnPlan;
    }
    // Prices are published for the provider's own server, not for what stands in for it.
    const auto published = findProvider(allProviders(), providerId);
    return published && published->baseUrl == provider->baseUrl ? Billing::ByToken
                                                                : Billing::Unknown;
}

} // namespace Maestro
