// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/authorizeurl.h"

#include "auth/fields.h"

namespace Maestro::OAuth {

QUrl makeAuthorizeUrl(const OAuthProfile &profile, const QString &redirectUri,
                      const QByteArray &codeChallenge, const Secret &state, const Secret &nonce)
{
    const IssuedClient issued = profile.issuedClient.value_or(IssuedClient());
    const auto valueOf = [&](const AuthorizeParameter &parameter) -> QByteArray {
        switch (parameter.value) {
        case AuthorizeParameter::Value::Literal:
            return parameter.literal.toUtf8();
        case AuthorizeParameter::Value::ClientId:
            return profile.clientId.toUtf8();
        case AuthorizeParameter::Value::RedirectUri:
            return redirectUri.toUtf8();
        case AuthorizeParameter::Value::Scopes:
            return profile.scopes.join(u' ').toUtf8();
        case AuthorizeParameter::Value::CodeChallenge:
            return codeChallenge;
        case AuthorizeParameter::Value::State:
            return state.reveal();
        case AuthorizeParameter::Value::Nonce:
            return nonce.reveal();
        case AuthorizeParameter::Value::Resource:
            return profile.resource.toUtf8();
        case AuthorizeParameter::Value::HostId:
            return issued.hostId.toUtf8();
        case AuthorizeParameter::Value::AgentName:
            return issued.agentName.toUtf8();
        }
        Q_UNREACHABLE();
    };
    Fields fields;
    for (const AuthorizeParameter &parameter : profile.authorizeParameters) {
        const bool isForIntroduction = parameter.value == AuthorizeParameter::Value::AgentName;
        if (!isForIntroduction || profile.clientId == issued.introduction) {
            fields.append({parameter.name, valueOf(parameter)});
        }
    }
    // RFC 6749 §3.1: a query that the endpoint already has is kept.
    QByteArray encoded = profile.authorizeUrl.toEncoded();
    encoded += (profile.authorizeUrl.hasQuery() ? '&' : '?') + encodeFields(fields);
    return QUrl::fromEncoded(encoded, QUrl::StrictMode);
}

} // namespace Maestro::OAuth
