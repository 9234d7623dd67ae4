// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/credential.h"
#include "core/result.h"

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

//! The provider makes a client for each person who signs in: the first redirect names it, and it is
//! that person's from then on.
struct IssuedClient
{
    //! The client id of a first sign-in; good for nothing else.
    QString introduction;
    //! What every issued client id begins with.
    QString prefix;
    //! What the person sees asking, at the first sign-in.
    QString agentName;
    //! ClientRegistration::hostId()
    QString hostId = {};

    friend bool operator==(const IssuedClient &, const IssuedClient &) = default;
};

//! One parameter of the authorize address, with where its value comes from.
struct AuthorizeParameter
{
    enum class Value {
        Literal,
        ClientId,
        RedirectUri,
        Scopes,
        CodeChallenge,
        State,
        Nonce,
        Resource,
        HostId,
        AgentName, //!< left out unless the client id is the introduction
    };

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

    //! What makes an id_token believed.
    enum class IdTokenProof {
        Transport, //!< that it came from the token endpoint over TLS; it is for display alone
        Signature, //!< one by the issuer's keys, and every claim checked
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
    //! The keys that id_tokens are signed with (RFC 7517), for IdTokenProof::Signature.
    QUrl keysUrl = {};
    //! For an issued client: empty until there is one.
    QString clientId;
    std::optional<IssuedClient> issuedClient = {};
    //! Only for a deployment that needs one; a program on a person's computer keeps no secret.
    Secret clientSecret = {};
    std::variant<LoopbackRedirect, PastedRedirect> redirect;
    //! Nothing: this provider has no such sign-in.
    std::optional<DeviceEndpoints> device = {};
    QStringList scopes;
    //! One of them without which the tokens are good for nothing; empty if there is none.
    QString requiredScope = {};
    //! What the tokens are for (RFC 8707): sent with the code and with every refresh. Empty: not
    //! sent.
    QString resource = {};
    QList<AuthorizeParameter> authorizeParameters; //!< in the order they are sent
    TokenBody tokenBody = TokenBody::Form;
    TokenBody renewalBody = TokenBody::Json; //!< of refresh and revocation
    CodeFormat codeFormat = CodeFormat::Code;
    AfterTokens afterTokens = AfterTokens::Nothing;
    IdTokenProof idTokenProof = IdTokenProof::Transport;
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
//! Continue with ChatGPT: requests run on the person's plan.
OAuthProfile chatGptProfile();
//! Anthropic allows no use of its own client by other programs, so there is none to fall back to.
OAuthProfile anthropicProfile(const QString &clientId);

//! The profile as an account that signed in with it uses it: with the client that was issued to it
//! and, for when it signs in again, with its e-mail address as a hint. An error if it has no
//! client.
Result<OAuthProfile> profileFor(OAuthProfile profile, const Account &account);
//! The profile of a sign-in that asks for the person's consent, even if it was given before.
OAuthProfile askingForConsent(OAuthProfile profile);

} // namespace Maestro::OAuth
