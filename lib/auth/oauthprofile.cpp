// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/oauthprofile.h"

#include "core/overloaded.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Maestro::OAuth {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("OAuthProfile", text); }

bool isLoopbackHost(const QString &host)
{
    return host == "localhost"_L1 || host == "127.0.0.1"_L1 || host == "::1"_L1;
}

Error configurationError(const QString &message)
{
    return {Error::Kind::Configuration, message,
            tr("Correct the configuration, then start Maestro again.")};
}

std::optional<Error> findFaultInEndpoint(const QString &what, const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty()) {
        return configurationError(tr("%1 is not a complete address.").arg(what));
    }
    const bool isSafe
        = url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopbackHost(url.host()));
    if (!isSafe) {
        return configurationError(
            tr("%1 must begin with https, or with http on this computer.").arg(what));
    }
    if (!url.userInfo().isEmpty()) {
        return configurationError(tr("%1 must not contain a user name or password.").arg(what));
    }
    if (url.hasFragment()) { // RFC 6749 §3.1, §3.2
        return configurationError(tr("%1 must not contain a fragment.").arg(what));
    }
    return std::nullopt;
}

std::optional<Error> findFaultInRedirect(const LoopbackRedirect &redirect)
{
    const bool isPath = redirect.path.startsWith(u'/') && redirect.path.size() > 1
        && std::all_of(redirect.path.begin(), redirect.path.end(),
                       [](QChar c) { return c > u' ' && c <= u'~' && !u"?#%\\"_s.contains(c); });
    // A browser asks for what the profile says, and the listener compares it byte for byte.
    if (!isLoopbackHost(redirect.host) || redirect.ports.isEmpty() || !isPath) {
        return configurationError(tr("The redirect must be a path on a port of this computer."));
    }
    return std::nullopt;
}

bool has(const OAuthProfile &profile, AuthorizeParameter::Value value)
{
    return std::any_of(
        profile.authorizeParameters.begin(), profile.authorizeParameters.end(),
        [value](const AuthorizeParameter &parameter) { return parameter.value == value; });
}

std::optional<Error> findFaultInParameters(const OAuthProfile &profile)
{
    using Value = AuthorizeParameter::Value;
    for (const Value required :
         {Value::ClientId, Value::RedirectUri, Value::CodeChallenge, Value::State}) {
        if (!has(profile, required)) {
            return configurationError(
                tr("The profile %1 lacks a parameter that every sign-in needs.").arg(profile.id));
        }
    }
    const bool hasNonce = has(profile, Value::Nonce);
    if (profile.idTokenProof == OAuthProfile::IdTokenProof::Signature
        && (!hasNonce || profile.issuer.isEmpty())) {
        return configurationError(
            tr("The profile %1 lacks what a signed answer is checked by.").arg(profile.id));
    }
    const auto &parameters = profile.authorizeParameters;
    for (auto one = parameters.begin(); one != parameters.end(); ++one) {
        if (std::any_of(parameters.begin(), one, [one](const AuthorizeParameter &other) {
                return other.name == one->name;
            })) {
            return configurationError(
                tr("The profile %1 sends a parameter twice.").arg(profile.id));
        }
    }
    return std::nullopt;
}

bool areOneServers(const QUrl &one, const QUrl &other)
{
    return one.scheme() == other.scheme() && one.host() == other.host()
        && one.port() == other.port();
}

struct Endpoint
{
    QString what;
    QUrl url;
    bool isNeeded = true;
};

std::optional<Error> findFaultInEndpoints(const OAuthProfile &profile)
{
    const bool isSigned = profile.idTokenProof == OAuthProfile::IdTokenProof::Signature;
    const std::array<Endpoint, 4> endpoints{{
        {tr("The authorize address"), profile.authorizeUrl},
        {tr("The token address"), profile.tokenUrl},
        {tr("The revocation address"), profile.revokeUrl, false},
        {tr("The address of the keys"), profile.keysUrl, isSigned},
    }};
    for (const Endpoint &endpoint : endpoints) {
        if (endpoint.url.isEmpty() && !endpoint.isNeeded) {
            continue;
        }
        if (const auto fault = findFaultInEndpoint(endpoint.what, endpoint.url)) {
            return fault;
        }
        if (isSigned && !areOneServers(endpoint.url, QUrl(profile.issuer))) {
            return configurationError(
                tr("%1 is another server's than the one that signs.").arg(endpoint.what));
        }
    }
    return std::nullopt;
}

std::optional<Error> findFaultInClientId(const OAuthProfile &profile)
{
    if (profile.clientId.isEmpty() && profile.issuedClient) {
        return std::nullopt;
    }
    if (profile.device) {
        for (const QUrl &url : {profile.device->userCodeUrl, profile.device->tokenUrl,
                                profile.device->verificationUrl, profile.device->redirectUrl}) {
            if (const auto fault = findFaultInEndpoint(tr("The device sign-in address"), url)) {
                return fault;
            }
        }
    }
    if (profile.clientId.isEmpty()) {
        return Error{Error::Kind::Configuration,
                     tr("There is no OAuth client id for %1.").arg(profile.name),
                     tr("Configure one that %1 gave you, or use an API key.").arg(profile.name)};
    }
    const bool isClientId = std::all_of(profile.clientId.begin(), profile.clientId.end(),
                                        [](QChar c) { return c > u' ' && c <= u'~'; });
    if (!isClientId) { // RFC 6749 appendix A.1, but no spaces
        return configurationError(tr("The client id may only hold visible ASCII characters."));
    }
    return std::nullopt;
}

} // namespace

std::optional<Error> findFault(const OAuthProfile &profile)
{
    if (profile.id.isEmpty() || profile.provider.isEmpty()) {
        return configurationError(tr("The sign-in profile has no name."));
    }
    if (const auto fault = findFaultInEndpoints(profile)) {
        return fault;
    }
    if (const auto fault = findFaultInClientId(profile)) {
        return fault;
    }
    const auto fault = std::visit(
        Overloaded{[](const LoopbackRedirect &redirect) { return findFaultInRedirect(redirect); },
                   [](const PastedRedirect &redirect) {
                       return findFaultInEndpoint(tr("The redirect address"), redirect.address);
                   }},
        profile.redirect);
    return fault ? fault : findFaultInParameters(profile);
}

QString redirectUri(const OAuthProfile &profile, quint16 port)
{
    return std::visit(Overloaded{[port](const LoopbackRedirect &redirect) -> QString {
                                     const QString host = redirect.host.contains(u':')
                                         ? u"["_s + redirect.host + u"]"_s
                                         : redirect.host;
                                     return u"http://"_s + host + u':' + QString::number(port)
                                         + redirect.path;
                                 },
                                 [](const PastedRedirect &redirect) -> QString {
                                     return QString::fromLatin1(redirect.address.toEncoded());
                                 }},
                      profile.redirect);
}

DeviceEndpoints deviceEndpointsAt(const QUrl &server)
{
    const auto at = [&server](const QString &path) {
        QUrl url = server;
        url.setPath(server.path() + path);
        return url;
    };
    return {at(u"/api/accounts/deviceauth/usercode"_s), at(u"/api/accounts/deviceauth/token"_s),
            at(u"/codex/device"_s), at(u"/deviceauth/callback"_s)};
}

OAuthProfile openAiProfile()
{
    using Value = AuthorizeParameter::Value;
    return {
        .id = u"openai"_s,
        .provider = u"openai"_s,
        .name = u"OpenAI"_s,
        .issuer = u"https://auth.openai.com"_s,
        .authorizeUrl = QUrl(u"https://auth.openai.com/oauth/authorize"_s),
        .tokenUrl = QUrl(u"https://auth.openai.com/oauth/token"_s),
        .revokeUrl = QUrl(u"https://auth.openai.com/oauth/revoke"_s),
        .clientId = u"app_EMoamEEZ73f0CkXaXp7hrann"_s,
        // Registered so, letter by letter; the second port is for when another program holds the
        // first.
        .redirect = LoopbackRedirect{u"localhost"_s, {1455, 1457}, u"/auth/callback"_s},
        .device = deviceEndpointsAt(QUrl(u"https://auth.openai.com"_s)),
        .scopes = {u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s},
        .authorizeParameters = {{"response_type", Value::Literal, u"code"_s},
                                {"client_id", Value::ClientId},
                                {"redirect_uri", Value::RedirectUri},
                                {"scope", Value::Scopes},
                                {"code_challenge", Value::CodeChallenge},
                                {"code_challenge_method", Value::Literal, u"S256"_s},
                                {"id_token_add_organizations", Value::Literal, u"true"_s},
                                {"codex_cli_simplified_flow", Value::Literal, u"true"_s},
                                {"state", Value::State},
                                {"originator", Value::Literal, u"maestro"_s}},
        .tokenBody = OAuthProfile::TokenBody::Form,
        .codeFormat = OAuthProfile::CodeFormat::Code,
        .afterTokens = OAuthProfile::AfterTokens::ExchangeForApiKey,
        .signsWith = Credential::Type::ApiKey,
    };
}

OAuthProfile chatGptProfile()
{
    using Value = AuthorizeParameter::Value;
    // The addresses are the ones that OpenAI's discovery document names, written down here: read at
    // run time, an answer from the network would decide where refresh tokens go and whose keys are
    // believed, and a sign-out would need it first. findFault() holds them to the issuer's origin.
    return {
        .id = u"chatgpt"_s,
        .provider = u"chatgpt"_s,
        .name = u"ChatGPT"_s,
        .issuer = u"https://auth.openai.com"_s,
        .authorizeUrl = QUrl(u"https://auth.openai.com/api/accounts/authorize"_s),
        .tokenUrl = QUrl(u"https://auth.openai.com/api/accounts/oauth/token"_s),
        .revokeUrl = QUrl(u"https://auth.openai.com/api/accounts/oauth/revoke"_s),
        .keysUrl = QUrl(u"https://auth.openai.com/.well-known/jwks.json"_s),
        .clientId = {},
        .issuedClient
        = IssuedClient{u"dynamic_agent_client"_s, u"oaiapp_"_s, QString(u"Maestro"_s)},
        // Any port, but the address and not the name.
        .redirect = LoopbackRedirect{u"127.0.0.1"_s, {0}, u"/auth/callback"_s},
        .scopes = {u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s, u"resource.invoke"_s,
                   u"chatgpt.tokens.use.direct"_s},
        .requiredScope = u"chatgpt.tokens.use.direct"_s,
        .resource = u"https://api.openai.com/v1"_s,
        .authorizeParameters = {{"client_id", Value::ClientId},
                                {"response_type", Value::Literal, u"code"_s},
                                {"redirect_uri", Value::RedirectUri},
                                {"scope", Value::Scopes},
                                {"resource", Value::Resource},
                                {"state", Value::State},
                                {"nonce", Value::Nonce},
                                {"code_challenge_method", Value::Literal, u"S256"_s},
                                {"code_challenge", Value::CodeChallenge},
                                {"ext_agent_host_id", Value::HostId},
                                {"agent_name_hint", Value::AgentName}},
        .tokenBody = OAuthProfile::TokenBody::Form,
        .renewalBody = OAuthProfile::TokenBody::Form,
        .idTokenProof = OAuthProfile::IdTokenProof::Signature,
        .signsWith = Credential::Type::OAuthToken,
    };
}

OAuthProfile anthropicProfile(const QString &clientId)
{
    using Value = AuthorizeParameter::Value;
    return {
        .id = u"anthropic"_s,
        .provider = u"anthropic"_s,
        .name = u"Anthropic"_s,
        .authorizeUrl = QUrl(u"https://claude.ai/oauth/authorize"_s),
        .tokenUrl = QUrl(u"https://platform.claude.com/v1/oauth/token"_s),
        .clientId = clientId,
        .redirect = PastedRedirect{QUrl(u"https://platform.claude.com/oauth/code/callback"_s)},
        .scopes = {u"org:create_api_key"_s, u"user:profile"_s, u"user:inference"_s},
        .authorizeParameters = {{"code", Value::Literal, u"true"_s},
                                {"client_id", Value::ClientId},
                                {"response_type", Value::Literal, u"code"_s},
                                {"redirect_uri", Value::RedirectUri},
                                {"scope", Value::Scopes},
                                {"code_challenge", Value::CodeChallenge},
                                {"code_challenge_method", Value::Literal, u"S256"_s},
                                {"state", Value::State}},
        .tokenBody = OAuthProfile::TokenBody::Json,
        .codeFormat = OAuthProfile::CodeFormat::CodeHashState,
        .afterTokens = OAuthProfile::AfterTokens::Nothing,
        .signsWith = Credential::Type::OAuthToken,
    };
}

Result<OAuthProfile> profileFor(OAuthProfile profile, const Account &account)
{
    if (!profile.issuedClient) {
        return profile;
    }
    if (account.clientId.isEmpty()) {
        return Error{Error::Kind::AuthenticationRequired,
                     tr("This account has lost the client that %1 made for it.").arg(profile.name),
                     tr("Sign in again.")};
    }
    profile.clientId = account.clientId;
    // An id_token_hint would say it better, but an address stays in the browser's history, and an
    // id_token is no business of it (RFC 9700 §4.3).
    if (!account.email.isEmpty()) {
        profile.authorizeParameters.append(
            {"login_hint", AuthorizeParameter::Value::Literal, account.email});
    }
    return profile;
}

OAuthProfile askingForConsent(OAuthProfile profile)
{
    profile.authorizeParameters.append(
        {"prompt", AuthorizeParameter::Value::Literal, u"consent"_s});
    return profile;
}

} // namespace Maestro::OAuth
