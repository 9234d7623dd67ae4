// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/tokenrequest.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Maestro::OAuth {

namespace {

//! A JSON string with its quotes. QJsonObject would sort the names, so the object is written here,
//! and the escaping left to Qt.
QByteArray jsonString(const QByteArray &value)
{
    const QJsonObject wrapped{{QString(), QString::fromUtf8(value)}};
    const QByteArray object = QJsonDocument(wrapped).toJson(QJsonDocument::Compact);
    constexpr qsizetype Before = 4; // {"":
    return object.sliced(Before, object.size() - Before - 1);
}

QByteArray toJson(const Fields &fields)
{
    QByteArray json;
    for (const Field &field : fields) {
        json += (json.isEmpty() ? '{' : ',') + jsonString(field.name) + ':'
            + jsonString(field.value);
    }
    return json + '}';
}

TokenRequest makeForm(const QUrl &url, const Fields &fields)
{
    return {url, "application/x-www-form-urlencoded", Secret(encodeFields(fields))};
}

TokenRequest makeRequest(const QUrl &url, OAuthProfile::TokenBody body, const Fields &fields)
{
    switch (body) {
    case OAuthProfile::TokenBody::Form:
        return makeForm(url, fields);
    case OAuthProfile::TokenBody::Json:
        return {url, "application/json", Secret(toJson(fields))};
    }
    Q_UNREACHABLE();
}

void appendClientSecret(Fields &fields, const OAuthProfile &profile)
{
    if (!profile.clientSecret.isEmpty()) { // RFC 6749 §2.3.1
        fields.append({"client_secret", profile.clientSecret.reveal()});
    }
}

void appendResource(Fields &fields, const OAuthProfile &profile)
{
    if (!profile.resource.isEmpty()) { // RFC 8707 §2.2
        fields.append({"resource", profile.resource.toUtf8()});
    }
}

} // namespace

Fields codeExchangeFields(const OAuthProfile &profile, const QString &redirectUri,
                          const Secret &code, const Secret &verifier, const Secret &state)
{
    Fields fields{{"grant_type", "authorization_code"},
                  {"code", code.reveal()},
                  {"redirect_uri", redirectUri.toUtf8()},
                  {"client_id", profile.clientId.toUtf8()},
                  {"code_verifier", verifier.reveal()}};
    if (profile.codeFormat == OAuthProfile::CodeFormat::CodeHashState) {
        fields.append({"state", state.reveal()});
    }
    appendResource(fields, profile);
    appendClientSecret(fields, profile);
    return fields;
}

TokenRequest makeCodeExchange(const OAuthProfile &profile, const QString &redirectUri,
                              const Secret &code, const Secret &verifier, const Secret &state)
{
    const Fields fields = codeExchangeFields(profile, redirectUri, code, verifier, state);
    return makeRequest(profile.tokenUrl, profile.tokenBody, fields);
}

TokenRequest makeKeyExchange(const OAuthProfile &profile, const Secret &idToken)
{
    Fields fields{{"grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"},
                  {"client_id", profile.clientId.toUtf8()},
                  {"requested_token", "openai-api-key"},
                  {"subject_token", idToken.reveal()},
                  {"subject_token_type", "urn:ietf:params:oauth:token-type:id_token"}};
    appendClientSecret(fields, profile);
    return makeForm(profile.tokenUrl, fields);
}

TokenRequest makeRefresh(const OAuthProfile &profile, const Secret &refreshToken)
{
    Fields fields{{"client_id", profile.clientId.toUtf8()},
                  {"grant_type", "refresh_token"},
                  {"refresh_token", refreshToken.reveal()}};
    appendResource(fields, profile);
    appendClientSecret(fields, profile);
    return makeRequest(profile.tokenUrl, profile.renewalBody, fields);
}

std::optional<TokenRequest> makeRevocation(const OAuthProfile &profile,
                                           const AccountSecrets &secrets)
{
    const bool hasRefresh = !secrets.refreshToken.isEmpty();
    const Secret &token = hasRefresh ? secrets.refreshToken : secrets.accessToken;
    if (token.isEmpty() || profile.revokeUrl.isEmpty()) {
        return std::nullopt;
    }
    Fields fields{{"token", token.reveal()},
                  {"token_type_hint", hasRefresh ? "refresh_token" : "access_token"}};
    // OpenAI's own client sends an access token without the client id; an issued client never.
    if (hasRefresh || profile.issuedClient) {
        fields.append({"client_id", profile.clientId.toUtf8()});
        appendClientSecret(fields, profile);
    }
    return makeRequest(profile.revokeUrl, profile.renewalBody, fields);
}

} // namespace Maestro::OAuth
