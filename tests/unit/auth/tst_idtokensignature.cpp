// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/idtokensignature.h"
#include "support/tokensigner.h"

#include <QRandomGenerator>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace Maestro;
using namespace Maestro::OAuth;

using Change = std::function<void(QJsonObject &)>;
Q_DECLARE_METATYPE(Change)
Q_DECLARE_METATYPE(Maestro::OAuth::RsaKey)

class tst_IdTokenSignature : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void believesWhatIsSignedAndFits_data();
    void believesWhatIsSignedAndFits();
    void refusesOtherClaims_data();
    void refusesOtherClaims();
    void refusesForgedTokens_data();
    void refusesForgedTokens();
    void refusesEveryChangedByte();
    void survivesNoise();
    void readsTheKeysThatSign_data();
    void readsTheKeysThatSign();
    void refusesKeysThatAreNotSafe_data();
    void refusesKeysThatAreNotSafe();
    void knowsWhenTheKeysMustBeReadAgain();
};

namespace {

const qint64 Now = 1'790'000'000;
const QString Issuer = u"https://auth.openai.com"_s;
const QString Client = u"oaiapp_1"_s;

const TokenSigner &signer()
{
    static const TokenSigner key;
    return key;
}

const TokenSigner &stranger()
{
    static const TokenSigner key; // of the same name
    return key;
}

QJsonObject goodClaims()
{
    return {{u"iss"_s, Issuer},
            {u"aud"_s, QJsonArray{Client}},
            {u"sub"_s, u"user-1"_s},
            {u"exp"_s, Now + 3600},
            {u"iat"_s, Now},
            {u"nonce"_s, u"n-1"_s},
            {u"email"_s, u"ada@example.org"_s}};
}

IdTokenExpectation expectation(const char *nonce = "n-1")
{
    return {Issuer, Client, Secret(nonce), QDateTime::fromSecsSinceEpoch(Now, Qt::UTC)};
}

KeySet keysOf(const TokenSigner &key) { return *readKeySet(200, key.keySet()); }

Result<IdTokenClaims> verify(const Secret &token, const KeySet &keys = keysOf(signer()))
{
    return verifyIdToken(token, keys, expectation());
}

//! A token of which only the header and the signature are somebody's choice.
Secret withSignature(const QJsonObject &header, const QByteArray &signature)
{
    return Secret(TokenSigner::encoded(header) + '.' + TokenSigner::encoded(goodClaims()) + '.'
                  + signature.toBase64(TokenSigner::Base64Url));
}

QByteArray hmac(const QByteArray &key, const QByteArray &bytes)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), key.constData(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char *>(bytes.constData()),
         static_cast<size_t>(bytes.size()), digest, &size);
    return QByteArray(reinterpret_cast<const char *>(digest), static_cast<qsizetype>(size));
}

} // namespace

void tst_IdTokenSignature::believesWhatIsSignedAndFits_data()
{
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, const Change &change) { QTest::newRow(name) << change; };
    row("as it is", [](QJsonObject &) {});
    row("audience as a word", [](QJsonObject &c) { c[u"aud"_s] = Client; });
    row("two audiences and the party", [](QJsonObject &c) {
        c[u"aud"_s] = QJsonArray{u"other"_s, Client};
        c[u"azp"_s] = Client;
    });
    row("the party alone", [](QJsonObject &c) { c[u"azp"_s] = Client; });
    row("expired five seconds ago", [](QJsonObject &c) { c[u"exp"_s] = Now - 5; });
    row("issued in five seconds", [](QJsonObject &c) { c[u"iat"_s] = Now + 5; });
    row("valid from now", [](QJsonObject &c) { c[u"nbf"_s] = Now; });
    row("times in fractions", [](QJsonObject &c) { c[u"iat"_s] = static_cast<double>(Now) + 0.5; });
}

void tst_IdTokenSignature::believesWhatIsSignedAndFits()
{
    QFETCH(Change, change);
    QJsonObject claims = goodClaims();
    change(claims);
    const auto verified = verify(signer().sign(claims));
    QVERIFY2(verified, verified ? "" : qPrintable(verified.error().detail));
    QCOMPARE(verified->identity.accountId, u"user-1"_s);
    QCOMPARE(verified->identity.email, u"ada@example.org"_s);
}

void tst_IdTokenSignature::refusesOtherClaims_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char *name, const char *rule, const Change &change) {
        QTest::newRow(name) << change << QString::fromLatin1(rule);
    };
    row("no issuer", "iss", [](QJsonObject &c) { c.remove(u"iss"_s); });
    row("issuer with a slash", "iss", [](QJsonObject &c) { c[u"iss"_s] = Issuer + u'/'; });
    row("issuer as a list", "iss", [](QJsonObject &c) { c[u"iss"_s] = QJsonArray{Issuer}; });
    row("no audience", "aud", [](QJsonObject &c) { c.remove(u"aud"_s); });
    row("another audience", "aud", [](QJsonObject &c) { c[u"aud"_s] = u"oaiapp_2"_s; });
    row("an audience that begins so", "aud", [](QJsonObject &c) { c[u"aud"_s] = u"oaiapp_11"_s; });
    row("no audience in the list", "aud", [](QJsonObject &c) { c[u"aud"_s] = QJsonArray(); });
    row("audience as an object", "aud", [](QJsonObject &c) {
        c[u"aud"_s] = QJsonObject{{Client, true}};
    });
    row("two audiences without a party", "azp", [](QJsonObject &c) {
        c[u"aud"_s] = QJsonArray{Client, u"other"_s};
    });
    row("another party", "azp", [](QJsonObject &c) { c[u"azp"_s] = u"oaiapp_2"_s; });
    row("a party that is no word", "azp", [](QJsonObject &c) { c[u"azp"_s] = QJsonValue::Null; });
    row("nobody", "sub", [](QJsonObject &c) { c.remove(u"sub"_s); });
    row("an empty somebody", "sub", [](QJsonObject &c) { c[u"sub"_s] = u""_s; });
    row("no nonce", "nonce", [](QJsonObject &c) { c.remove(u"nonce"_s); });
    row("another nonce", "nonce", [](QJsonObject &c) { c[u"nonce"_s] = u"n-2"_s; });
    row("no expiry", "exp", [](QJsonObject &c) { c.remove(u"exp"_s); });
    row("expiry as a word", "exp", [](QJsonObject &c) { c[u"exp"_s] = u"4000000000"_s; });
    row("expired six seconds ago", "exp", [](QJsonObject &c) { c[u"exp"_s] = Now - 6; });
    row("no time of issue", "iat", [](QJsonObject &c) { c.remove(u"iat"_s); });
    row("issued in six seconds", "iat", [](QJsonObject &c) { c[u"iat"_s] = Now + 6; });
    row("valid later", "nbf", [](QJsonObject &c) { c[u"nbf"_s] = Now + 60; });
    row("valid from a word", "nbf", [](QJsonObject &c) { c[u"nbf"_s] = u"now"_s; });
}

void tst_IdTokenSignature::refusesOtherClaims()
{
    QFETCH(Change, change);
    QFETCH(QString, rule);
    QJsonObject claims = goodClaims();
    change(claims);
    const auto verified = verify(signer().sign(claims));
    QVERIFY(!verified);
    QCOMPARE(verified.error().kind, Error::Kind::InvalidResponse);
    QCOMPARE(verified.error().detail, rule);
    QVERIFY(!verified.error().advice.isEmpty());
}

void tst_IdTokenSignature::refusesForgedTokens_data()
{
    QTest::addColumn<Secret>("token");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char *name, const char *rule, const Secret &token) {
        QTest::newRow(name) << token << QString::fromLatin1(rule);
    };
    const auto header = [](const char *name, const QJsonValue &value) {
        QJsonObject changed = signer().header();
        changed[QString::fromLatin1(name)] = value;
        return changed;
    };
    const auto signedWith
        = [](const QJsonObject &changed) { return signer().sign(changed, goodClaims()); };
    const QByteArray good = signer().sign(goodClaims()).reveal();

    row("alg none, unsigned", "alg", withSignature(header("alg", u"none"_s), {}));
    row("alg None, signed", "alg", signedWith(header("alg", u"None"_s)));
    row("alg in small letters", "alg", signedWith(header("alg", u"rs256"_s)));
    row("no alg", "alg", signedWith({{u"kid"_s, u"key-1"_s}}));
    row("alg as a list", "alg", signedWith(header("alg", QJsonArray{u"RS256"_s})));
    row("another RSA alg", "alg", signedWith(header("alg", u"PS256"_s)));
    const QJsonObject hs256 = header("alg", u"HS256"_s);
    const QByteArray publicKey = signer().publicKey()[u"n"_s].toString().toLatin1();
    row("the public key taken for a shared secret", "alg",
        withSignature(
            hs256,
            hmac(publicKey,
                 TokenSigner::encoded(hs256) + '.' + TokenSigner::encoded(goodClaims()))));
    row("a stranger's key of the same name", "signature", stranger().sign(goodClaims()));
    row("a key of another name", "kid", signedWith(header("kid", u"key-2"_s)));
    row("a key with an empty name", "kid", signedWith(header("kid", u""_s)));
    row("a key whose name is no word", "kid", signedWith(header("kid", 1)));
    QJsonObject ownKey = stranger().header();
    ownKey[u"jwk"_s] = stranger().publicKey();
    ownKey[u"jku"_s] = u"https://evil.example/keys"_s;
    row("its own key brought along", "signature", stranger().sign(ownKey, goodClaims()));
    row("something critical that we do not know", "crit",
        signedWith(header("crit", QJsonArray{u"b64"_s})));
    row("signed with SHA-512", "signature",
        withSignature(signer().header(),
                      signer().signatureOf(TokenSigner::encoded(signer().header()) + '.'
                                               + TokenSigner::encoded(goodClaims()),
                                           EVP_sha512())));
    row("no signature", "signature", withSignature(signer().header(), {}));
    row("a signature of zeros", "signature",
        withSignature(signer().header(), QByteArray(256, '\0')));
    row("the signature of something else", "signature",
        withSignature(signer().header(), signer().signatureOf("something else")));
    row("a longer signature", "signature", Secret(good + "AAAA"));
    QJsonObject other = goodClaims();
    other[u"sub"_s] = u"user-2"_s;
    row("claims exchanged", "signature",
        Secret(good.left(good.indexOf('.') + 1) + TokenSigner::encoded(other)
               + good.mid(good.lastIndexOf('.'))));
    row("two parts", "format", Secret(good.left(good.lastIndexOf('.'))));
    row("four parts", "format", Secret(good + ".x"));
    row("encrypted, with five parts", "format", Secret("a.b.c.d.e"));
    row("padding", "format", Secret(good + "="));
    row("a line break at the end", "format", Secret(good + "\n"));
    row("empty", "format", Secret());
    row("dots", "format", Secret(".."));
    row("longer than tokens are", "format", Secret(good + QByteArray(LongestIdToken, 'A')));
    row("a list instead of claims", "format",
        Secret(good.left(good.indexOf('.')) + ".W10" + good.mid(good.lastIndexOf('.'))));
}

void tst_IdTokenSignature::refusesForgedTokens()
{
    QFETCH(Secret, token);
    QFETCH(QString, rule);
    const auto verified = verify(token);
    QVERIFY(!verified);
    QCOMPARE(verified.error().detail, rule);
    QVERIFY(!verified.error().message.contains(u"user-1"_s));
}

void tst_IdTokenSignature::refusesEveryChangedByte()
{
    const QByteArray good = signer().sign(goodClaims()).reveal();
    const KeySet keys = keysOf(signer());
    QVERIFY(verify(Secret(good), keys));
    // The last character of each part holds bits that no byte has; decoders differ about those.
    const QList<qsizetype> ends{good.indexOf('.') - 1, good.lastIndexOf('.') - 1, good.size() - 1};
    for (qsizetype i = 0; i < good.size(); ++i) {
        if (!ends.contains(i)) {
            QByteArray changed = good;
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            QVERIFY2(!verify(Secret(changed), keys), qPrintable(QString::number(i)));
        }
    }
}

void tst_IdTokenSignature::survivesNoise()
{
    QRandomGenerator random(7);
    const KeySet keys = keysOf(signer());
    const QByteArray alphabet = "eyJhbGciOiJSUzI1NiJ9._-=\n\0\xff";
    for (int round = 0; round < 2000; ++round) {
        QByteArray noise;
        const qsizetype size = random.bounded(300);
        for (qsizetype i = 0; i < size; ++i) {
            noise += alphabet.at(random.bounded(static_cast<int>(alphabet.size())));
        }
        QVERIFY(!verify(Secret(noise), keys));
        std::ignore = hasKeyOf(Secret(noise), keys);
        QVERIFY(!readKeySet(200, noise));
    }
}

void tst_IdTokenSignature::readsTheKeysThatSign_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("count");
    const auto setOf = [](const QJsonArray &keys) {
        return QJsonDocument(QJsonObject{{u"keys"_s, keys}}).toJson();
    };
    const auto with = [](const char *name, const QJsonValue &value) {
        QJsonObject key = signer().publicKey();
        key[QString::fromLatin1(name)] = value;
        return key;
    };
    const QJsonObject key = signer().publicKey();
    QTest::newRow("one") << 200 << signer().keySet() << 1;
    QTest::newRow("among others") << 200
                                  << setOf({QJsonObject{{u"kty"_s, u"EC"_s}}, with("use", u"enc"_s),
                                            with("alg", u"RS512"_s), key,
                                            with("key_ops", QJsonArray{u"encrypt"_s}), 7,
                                            with("n", u"!"_s)})
                                  << 1;
    QTest::newRow("one that only says it is RSA")
        << 200
        << setOf({QJsonObject{{u"kty"_s, u"RSA"_s}, {u"n"_s, key[u"n"_s]}, {u"e"_s, key[u"e"_s]}}})
        << 1;
    QTest::newRow("not found") << 404 << signer().keySet() << 0;
    QTest::newRow("a page") << 200 << "<html>Log in</html>"_ba << 0;
    QTest::newRow("none") << 200 << R"({"keys":[]})"_ba << 0;
    QTest::newRow("a shared secret") << 200 << R"({"keys":[{"kty":"oct","k":"AAAA"}]})"_ba << 0;
    QJsonArray many;
    for (int i = 0; i < 33; ++i) {
        many.append(key);
    }
    QTest::newRow("more than an issuer has") << 200 << setOf(many) << 0;
    QTest::newRow("too long") << 200 << signer().keySet() + QByteArray(LongestKeySet, ' ') << 0;
}

void tst_IdTokenSignature::readsTheKeysThatSign()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, count);
    const auto keys = readKeySet(status, body);
    QCOMPARE(keys ? keys->size() : 0, count);
}

void tst_IdTokenSignature::refusesKeysThatAreNotSafe_data()
{
    QTest::addColumn<RsaKey>("key");
    const RsaKey good = keysOf(signer()).first().key;
    QTest::newRow("exponent one") << RsaKey{good.modulus, QByteArray("\x01")};
    QTest::newRow("even exponent") << RsaKey{good.modulus, QByteArray("\x01\x00\x00", 3)};
    QTest::newRow("exponent zero") << RsaKey{good.modulus, QByteArray("\0", 1)};
    QTest::newRow("long exponent") << RsaKey{good.modulus, QByteArray(9, '\x01')};
    QTest::newRow("no modulus") << RsaKey{{}, good.exponent};
    QTest::newRow("modulus of zeros") << RsaKey{QByteArray(256, '\0'), good.exponent};
    QTest::newRow("modulus of a megabyte")
        << RsaKey{QByteArray(1024 * 1024, '\xff'), good.exponent};
    QTest::newRow("another modulus") << keysOf(stranger()).first().key;
}

void tst_IdTokenSignature::refusesKeysThatAreNotSafe()
{
    QFETCH(RsaKey, key);
    QVERIFY(!verifyRs256(key, "bytes", signer().signatureOf("bytes")));
    QVERIFY(verifyRs256(keysOf(signer()).first().key, "bytes", signer().signatureOf("bytes")));
    static const TokenSigner shortKey(u"key-1"_s, 1024);
    QVERIFY(!verifyRs256(keysOf(shortKey).first().key, "bytes", shortKey.signatureOf("bytes")));
}

void tst_IdTokenSignature::knowsWhenTheKeysMustBeReadAgain()
{
    const TokenSigner next(u"key-2"_s);
    const Secret token = next.sign(goodClaims());
    QVERIFY(!hasKeyOf(token, keysOf(signer())));
    QVERIFY(hasKeyOf(token, keysOf(signer()) + keysOf(next)));
    QVERIFY(verify(token, keysOf(signer()) + keysOf(next)));
    // A token without a name may be of the only key, and of no other.
    const Secret nameless = signer().sign({{u"alg"_s, u"RS256"_s}}, goodClaims());
    QVERIFY(verify(nameless));
    QVERIFY(!verify(nameless, keysOf(signer()) + keysOf(next)));
}

QTEST_GUILESS_MAIN(tst_IdTokenSignature)
#include "tst_idtokensignature.moc"
