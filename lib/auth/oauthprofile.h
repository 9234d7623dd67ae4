// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credential.h"
#include "core/error.h"

#include <QList>
#include <QString>
#include <QUrl>

#include <optional>
#include <variant>

//! OAuth 2.0 (RFC 6749), OpenID Connect and PKCE (RFC 7636) as values and pure functions.
namespace Maestro::OAuth {

//! The browser comes back to a listener of ours (RFC 8252 §7.3).
struct LoopbackRedirect
{
    //! As the provider has it registered: a name or address of this computer.
    QString host;
    //! The registered ports, tried in this order and no other. 0, for tests, is any free port.
    QList<quint16> ports;
    QString path;

    friend bool operator==(const LoopbackRedirect &, const LoopbackRedirect &) = default;
};

//! The provider shows the person a code, to be pasted.
struct PastedRedirect
{
    QUrl address;

    friend bool operator==(const PastedRedirect &, const PastedRedirect &) = default;
};

//! Where a sign-in goes whose code is typed into a browser on any machine.
struct DeviceEndpoints
{
    QUrl userCodeUrl; //!< gives out the code
    QUrl tokenUrl; //!< is asked whether it was typed
    QUrl verificationUrl; //!< where the person types it
    QUrl redirectUrl; //!< what the server itself used as the redirect

    friend bool operator==(const DeviceEndpoints &, const DeviceEndpoints &) = default;
};

//! One parameter of the authorize address, with where its value comes from.
struct AuthorizeParameter
{
    enum class Value { Literal, ClientId, RedirectUri, Scopes, CodeChallenge, State };

    QByteArray name;
    Value value = Value::Literal;
    QString literal = {};

    friend bool operator==(const AuthorizeParameter &, const AuthorizeParameter &) = default;
};

//! How a provider does OAuth, as data: a new provider is a new value of this.
struct OAuthProfile
{
    enum class TokenBody { Form, Json };
    enum class CodeFormat {
        Code, //!< `code` and `state` in the query of the redirect
        CodeHashState, //!< `code#state`, shown to be pasted
    };
    enum class AfterTokens {
        Nothing,
        ExchangeForApiKey, //!< the id_token for an API key, by token exchange (RFC 8693)
    };

    QString id;
    QString provider; //!< Provider::id
    QString name; //!< what people call it
    //! Compared with `iss` where a redirect or an id_token carries one. Empty: not compared.
    QString issuer = {};
    QUrl authorizeUrl;
    QUrl tokenUrl;
    //! Where a sign-in is ended at the provider (RFC 7009). Empty: nowhere that is known.
    QUrl revokeUrl = {};
    QString clientId;
    //! Only for a deployment that needs one; a program on a person's computer keeps no secret.
    Secret clientSecret = {};
    std::variant<LoopbackRedirect, PastedRedirect> redirect;
    //! Nothing: this provider has no such sign-in.
    std::optional<DeviceEndpoints> device = {};
    QStringList scopes;
    QList<AuthorizeParameter> authorizeParameters; //!< in the order they are sent
    TokenBody tokenBody = TokenBody::Form;
    TokenBody renewalBody = TokenBody::Json; //!< of refresh and revocation
    CodeFormat codeFormat = CodeFormat::Code;
    AfterTokens afterTokens = AfterTokens::Nothing;
    Credential::Type signsWith = Credential::Type::OAuthToken;

    friend bool operator==(const OAuthProfile &, const OAuthProfile &) = default;
};

//! What keeps a profile from being used, naming it; nothing if it is fine.
std::optional<Error> findFault(const OAuthProfile &profile);

//! The redirect address, byte for byte as authorize and token request carry it. The port matters to
//! a loopback redirect alone.
QString redirectUri(const OAuthProfile &profile, quint16 port);

//! OpenAI's paths below a server's address.
DeviceEndpoints deviceEndpointsAt(const QUrl &server);

//! Sign in with OpenAI: the code for tokens, the id_token for an API key.
OAuthProfile openAiProfile();
//! Anthropic allows no use of its own client by other programs, so there is none to fall back to.
OAuthProfile anthropicProfile(const QString &clientId);

} // namespace Maestro::OAuth
