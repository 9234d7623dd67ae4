// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/idtokensignature.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Maestro::OAuth {

namespace {

//! What OpenAI asks for; clocks on the network are closer than that, and a token is read the moment
//! it was made.
constexpr double ToleranceSeconds = 5;

QString tr(const char *text) { return QCoreApplication::translate("IdTokenSignature", text); }

Error disbelieved(const QString &rule)
{
    return {Error::Kind::InvalidResponse,
            tr("The sign-in server's word on who signed in is not to be believed."),
            tr("Start the sign-in again. If it stays so, something between this computer and the "
               "sign-in server changes what it says."),
            rule};
}

Error outOfTime(const QString &rule)
{
    return {Error::Kind::InvalidResponse,
            tr("By this computer's clock, the sign-in server's answer is from another time."),
            tr("Set this computer's clock, then start the sign-in again."), rule};
}

std::optional<QByteArray> decode(const QByteArray &part)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        part,
        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
            | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(decoded.decoded) : std::nullopt;
}

std::optional<QJsonObject> decodeObject(const QByteArray &part)
{
    const QJsonDocument document = QJsonDocument::fromJson(decode(part).value_or(QByteArray()));
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

//! A token in its compact form (RFC 7515 §7.1), taken apart and not believed.
struct SignedToken
{
    QJsonObject header;
    QJsonObject claims;
    QByteArray signedBytes;
    QByteArray signature;
};

std::optional<SignedToken> takeApart(const Secret &token)
{
    const QByteArray &bytes = token.reveal();
    if (bytes.size() > LongestIdToken) {
        return std::nullopt;
    }
    const QList<QByteArray> parts = bytes.split('.');
    if (parts.size() != 3) {
        return std::nullopt;
    }
    const auto header = decodeObject(parts[0]);
    const auto claims = decodeObject(parts[1]);
    const auto signature = decode(parts[2]);
    if (!header || !claims || !signature) {
        return std::nullopt;
    }
    return SignedToken{*header, *claims, bytes.first(bytes.lastIndexOf('.')), *signature};
}

//! The keys that may have signed it: those of its name, or the only one for a token without.
KeySet keysFor(const SignedToken &token, const KeySet &keys)
{
    if (!token.header.contains("kid"_L1)) {
        return keys.size() == 1 ? keys : KeySet();
    }
    const QString id = token.header.value("kid"_L1).toString();
    KeySet named;
    std::copy_if(keys.begin(), keys.end(), std::back_inserter(named),
                 [&id](const SigningKey &key) { return !id.isEmpty() && key.id == id; });
    return named;
}

std::optional<Error> findFaultInSignature(const SignedToken &token, const KeySet &keys)
{
    // The algorithm is ours to say, never the token's: "none", or a public key taken for a shared
    // secret, are how tokens are forged (RFC 8725 §2.1).
    if (token.header.value("alg"_L1) != "RS256"_L1) {
        return disbelieved(u"alg"_s);
    }
    if (token.header.contains("crit"_L1)) { // RFC 7515 §4.1.11: we understand none of them
        return disbelieved(u"crit"_s);
    }
    const KeySet candidates = keysFor(token, keys);
    if (candidates.isEmpty()) {
        return disbelieved(u"kid"_s);
    }
    const bool isSigned
        = std::any_of(candidates.begin(), candidates.end(), [&token](const SigningKey &key) {
              return verifyRs256(key.key, token.signedBytes, token.signature);
          });
    return isSigned ? std::nullopt : std::optional(disbelieved(u"signature"_s));
}

std::optional<double> seconds(const QJsonObject &claims, QLatin1StringView name)
{
    const QJsonValue value = claims.value(name);
    const double number = value.toDouble();
    return value.isDouble() && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<Error> findFaultInTimes(const QJsonObject &claims, const QDateTime &when)
{
    const auto now = static_cast<double>(when.toSecsSinceEpoch());
    const auto expiry = seconds(claims, "exp"_L1);
    const auto issued = seconds(claims, "iat"_L1);
    if (!expiry || !issued || (claims.contains("nbf"_L1) && !seconds(claims, "nbf"_L1))) {
        return disbelieved(!expiry ? u"exp"_s : !issued ? u"iat"_s : u"nbf"_s);
    }
    if (now > *expiry + ToleranceSeconds) {
        return outOfTime(u"exp"_s);
    }
    if (*issued > now + ToleranceSeconds) {
        return outOfTime(u"iat"_s);
    }
    if (seconds(claims, "nbf"_L1).value_or(now) > now + ToleranceSeconds) {
        return outOfTime(u"nbf"_s);
    }
    return std::nullopt;
}

bool isFor(const QJsonValue &audience, const QString &clientId)
{
    return audience.isArray() ? audience.toArray().contains(clientId) : audience == clientId;
}

std::optional<Error> findFaultInClaims(const QJsonObject &claims,
                                       const IdTokenExpectation &expected)
{
    const QJsonValue audience = claims.value("aud"_L1);
    const QJsonValue party = claims.value("azp"_L1);
    if (expected.issuer.isEmpty() || claims.value("iss"_L1) != expected.issuer) {
        return disbelieved(u"iss"_s);
    }
    if (expected.clientId.isEmpty() || !isFor(audience, expected.clientId)) {
        return disbelieved(u"aud"_s);
    }
    // §3.1.3.7, 4 and 5: with several audiences, the one it was made for must be named.
    const bool needsParty = audience.toArray().size() > 1;
    if ((needsParty || !party.isUndefined()) && party != expected.clientId) {
        return disbelieved(u"azp"_s);
    }
    if (claims.value("sub"_L1).toString().isEmpty()) {
        return disbelieved(u"sub"_s);
    }
    const QByteArray nonce = claims.value("nonce"_L1).toString().toUtf8();
    if (!expected.nonce.isEmpty() && !equalInConstantTime(nonce, expected.nonce.reveal())) {
        return disbelieved(u"nonce"_s);
    }
    return std::nullopt;
}

} // namespace

bool hasKeyOf(const Secret &idToken, const KeySet &keys)
{
    const auto token = takeApart(idToken);
    return token && !keysFor(*token, keys).isEmpty();
}

Result<IdTokenClaims> verifyIdToken(const Secret &idToken, const KeySet &keys,
                                    const IdTokenExpectation &expected)
{
    const auto token = takeApart(idToken);
    if (!token) {
        return disbelieved(u"format"_s);
    }
    if (const auto fault = findFaultInSignature(*token, keys)) {
        return *fault;
    }
    if (const auto fault = findFaultInClaims(token->claims, expected)) {
        return *fault;
    }
    if (const auto fault = findFaultInTimes(token->claims, expected.now)) {
        return *fault;
    }
    return toIdTokenClaims(token->claims);
}

} // namespace Maestro::OAuth
