// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/oauthprofile.h"

#include "core/overloaded.h"

#include <QCoreApplication>

#include <algorithm>

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

} // namespace

std::optional<Error> findFault(const OAuthProfile &profile)
{
    if (profile.id.isEmpty() || profile.provider.isEmpty()) {
        return configurationError(tr("The sign-in profile has no name."));
    }
    if (const auto fault = findFaultInEndpoint(tr("The authorize address"), profile.authorizeUrl)) {
        return fault;
    }
    if (const auto fault = findFaultInEndpoint(tr("The token address"), profile.tokenUrl)) {
        return fault;
    }
    if (!profile.revokeUrl.isEmpty()) {
        if (const auto fault
            = findFaultInEndpoint(tr("The revocation address"), profile.revokeUrl)) {
            return fault;
        }
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

} // namespace Maestro::OAuth
