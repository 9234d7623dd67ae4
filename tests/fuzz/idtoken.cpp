// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who signed in, as a token says: the bytes are one, or its header on a line and its claims on the
// next, which are then really signed. What was not signed is never believed, and what was, only by
// the rules of OpenID Connect Core §3.1.3.7.

#include "auth/idtokensignature.h"
#include "fuzz.h"
#include "support/tokensigner.h"

#include <cmath>

using namespace Maestro;
using namespace Maestro::Fuzz;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Now = 1'790'000'000;
constexpr double Tolerance = 5;

const TokenSigner &signer()
{
    static const TokenSigner signer;
    return signer;
}

const OAuth::KeySet &keys()
{
    static const OAuth::KeySet keys = *OAuth::readKeySet(200, signer().keySet());
    return keys;
}

OAuth::IdTokenExpectation expectation()
{
    return {.issuer = u"https://issuer"_s,
            .clientId = u"client"_s,
            .nonce = Secret("nonce"),
            .now = QDateTime::fromSecsSinceEpoch(Now, Qt::UTC)};
}

void judge(const OAuth::IdTokenClaims &claims)
{
    constexpr qsizetype LongestClaim = 256;
    const OAuth::Identity &who = claims.identity;
    for (const QString &text : {claims.issuer, who.accountId, who.email, who.name, who.plan,
                                who.organization, who.project}) {
        require(text.size() <= LongestClaim, "a claim is bounded");
        require(isShowable(text) && !text.contains(u'\n'), "a claim can be shown on a line");
    }
    (void)OAuth::findDoubts(claims, u"https://issuer"_s, u"client"_s, expectation().now);
}

void readAny(const Secret &token)
{
    if (const auto claims = OAuth::readIdToken(token)) {
        judge(*claims);
        require(claims->expiresAt == OAuth::expiryOf(token), "both readers read one expiry");
    }
    (void)OAuth::hasKeyOf(token, keys());
}

bool isNumberNear(const QJsonValue &value, bool isLate)
{
    const double seconds = value.toDouble();
    return value.isDouble() && std::isfinite(seconds)
        && (isLate ? seconds >= Now - Tolerance : seconds <= Now + Tolerance);
}

//! The rules once more, in the plainest way.
bool isToBeBelieved(const QJsonObject &header, const QJsonObject &claims)
{
    const QJsonValue audience = claims[u"aud"_s];
    const QJsonValue party = claims[u"azp"_s];
    const bool isForUs
        = audience.isArray() ? audience.toArray().contains(u"client"_s) : audience == u"client"_s;
    const bool isByUs = party.isUndefined() ? audience.toArray().size() < 2 : party == u"client"_s;
    return header[u"alg"_s] == u"RS256"_s && !header.contains(u"crit"_s)
        && (!header.contains(u"kid"_s) || header[u"kid"_s] == u"key-1"_s)
        && claims[u"iss"_s] == u"https://issuer"_s && isForUs && isByUs
        && claims[u"sub"_s].isString() && !claims[u"sub"_s].toString().isEmpty()
        && claims[u"nonce"_s] == u"nonce"_s && isNumberNear(claims[u"exp"_s], true)
        && isNumberNear(claims[u"iat"_s], false)
        && (!claims.contains(u"nbf"_s) || isNumberNear(claims[u"nbf"_s], false));
}

void readSigned(const QJsonObject &header, const QJsonObject &claims)
{
    const Secret token = signer().sign(header, claims);
    readAny(token);
    const auto verified = OAuth::verifyIdToken(token, keys(), expectation());
    require(
        bool(verified)
            == (isToBeBelieved(header, claims) && token.reveal().size() <= OAuth::LongestIdToken),
        "a token is believed if, and only if, the rules say so");
    if (verified) {
        judge(*verified);
    } else {
        require(!verified.error().detail.isEmpty(), "it is said which rule was broken");
    }
    // The same words under another signature.
    QByteArray forged = token.reveal();
    forged.replace(forged.lastIndexOf('.') + 1, 4, "AAAA");
    require(forged == token.reveal()
                || !OAuth::verifyIdToken(Secret(forged), keys(), expectation()),
            "a forged signature is not believed");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = viewOf(data, size).toByteArray();
    const qsizetype lineEnd = bytes.indexOf('\n');
    const QJsonDocument header = QJsonDocument::fromJson(bytes.left(lineEnd));
    const QJsonDocument claims = QJsonDocument::fromJson(bytes.mid(lineEnd + 1));
    if (lineEnd > 0 && header.isObject() && claims.isObject()) {
        readSigned(header.object(), claims.object());
        return 0;
    }
    readAny(Secret(bytes));
    require(!OAuth::verifyIdToken(Secret(bytes), keys(), expectation()),
            "what nobody signed is not believed");
    // Whatever key an issuer publishes, it verifies or it does not.
    const OAuth::RsaKey key{bytes.left(lineEnd), bytes.right(3)};
    require(!OAuth::verifyRs256(key, bytes, bytes.right(256)), "no key signs at random");
    return 0;
}
