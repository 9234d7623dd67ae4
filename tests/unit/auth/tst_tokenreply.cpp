// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/tokenreply.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Maestro;
using namespace Maestro::OAuth;

class tst_TokenReply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTokens();
    void readsWhatIsOptional();
    void readsAnthropicsAccount();
    void readsTheApiKey();
    void refusesWhatAreNoTokens_data();
    void refusesWhatAreNoTokens();
    void namesErrors_data();
    void namesErrors();
    void readsClaims();
    void fallsBackForMissingClaims();
    void refusesBrokenIdTokens_data();
    void refusesBrokenIdTokens();
    void doubtsClaimsWithoutFailing_data();
    void doubtsClaimsWithoutFailing();
    void cleansClaimsForShowing();
    void readsTheExpiryOfAJwt();
};

namespace {

Secret makeJwt(const QByteArray &payload)
{
    constexpr auto Options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    return Secret(QByteArray(R"({"alg":"none"})").toBase64(Options) + '.'
                  + payload.toBase64(Options) + ".c2ln");
}

Secret makeJwt(const QJsonObject &claims) { return makeJwt(QJsonDocument(claims).toJson()); }

} // namespace

void tst_TokenReply::readsTokens()
{
    const auto tokens = readTokens(
        200,
        R"({"id_token":"i.d.t","access_token":"a+/=","refresh_token":"rt_1","expires_in":3600,)"
        R"("token_type":"bearer","scope":"openid","unknown":[1]})");
    QVERIFY(tokens);
    QCOMPARE(*tokens,
             (Tokens{.accessToken = Secret("a+/="),
                     .refreshToken = Secret("rt_1"),
                     .idToken = Secret("i.d.t"),
                     .expiresIn = std::chrono::seconds(3600),
                     .scopes = QStringList{u"openid"_s}}));
}

void tst_TokenReply::readsWhatIsOptional()
{
    QCOMPARE(*readTokens(200, R"({"access_token":"a"})"), Tokens{Secret("a")});
    QCOMPARE(*readTokens(201, R"({"access_token":"a","refresh_token":null,"expires_in":"60"})"),
             (Tokens{Secret("a"), {}, {}, std::chrono::seconds(60)}));
    for (const char *lifetime : {"-1", "0", "1e300", "\"soon\"", "{}", "true"}) {
        const auto tokens
            = readTokens(200, R"({"access_token":"a","expires_in":)"_ba + lifetime + '}');
        QVERIFY(tokens);
        QVERIFY(!tokens->expiresIn);
    }
}

void tst_TokenReply::readsAnthropicsAccount()
{
    const auto tokens = readTokens(200, R"({"access_token":"a","refresh_token":"r",
        "account":{"uuid":"u-1","email_address":"ada@example.org"},
        "organization":{"uuid":"o-1","name":"Analytical"}})");
    QVERIFY(tokens && tokens->identity);
    QCOMPARE(*tokens->identity,
             (Identity{.accountId = u"u-1"_s,
                       .email = u"ada@example.org"_s,
                       .organization = u"Analytical"_s}));
}

void tst_TokenReply::readsTheApiKey()
{
    QCOMPARE(*readApiKey(200, R"({"access_token":"sk-1"})"), Secret("sk-1"));
    QVERIFY(!readApiKey(200, R"({"api_key":"sk-1"})"));
    QVERIFY(!readApiKey(200, R"({"access_token":"sk-1\r\nX: y"})"));
}

void tst_TokenReply::refusesWhatAreNoTokens_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    const auto row = [](const char *name, const QByteArray &body,
                        Error::Kind kind = Error::Kind::InvalidResponse) {
        QTest::newRow(name) << 200 << body << kind;
    };
    row("nothing", "");
    row("garbage", "\x01\xff\x00garbage"_ba);
    row("a page", "<!DOCTYPE html><html>Log in to this network</html>");
    row("truncated", R"({"access_token":"a","refresh_to)");
    row("an array", R"([{"access_token":"a"}])");
    row("a string", R"("a")");
    row("no access token", R"({"refresh_token":"r"})");
    row("empty access token", R"({"access_token":""})");
    row("access token is a number", R"({"access_token":12})");
    row("access token is an object", R"({"access_token":{"a":1}})");
    row("line break in token", R"({"access_token":"a\r\nEvil: 1"})");
    row("NUL in token", R"({"access_token":"a\u0000b"})");
    row("letter beyond ASCII", R"({"access_token":"ä"})");
    row("refresh token is a list", R"({"access_token":"a","refresh_token":[]})");
    row("id_token with a space", R"({"access_token":"a","id_token":"b c"})");
    row("another token type", R"({"access_token":"a","token_type":"mac"})");
    row("too long", '{' + QByteArray(LongestTokenReply, ' ') + '}', Error::Kind::TooLarge);
    row("deep", QByteArray(5000, '[') + QByteArray(5000, ']'));
    row("an error with 200", R"({"error":"invalid_grant"})", Error::Kind::InvalidGrant);
}

void tst_TokenReply::refusesWhatAreNoTokens()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    const auto tokens = readTokens(status, body);
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, kind);
    QVERIFY(!tokens.error().message.isEmpty());
    QVERIFY(tokens.error().detail.size() < 300);
}

void tst_TokenReply::namesErrors_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("detail");
    const auto row
        = [](const char *name, int status, const QByteArray &body, Error::Kind kind,
             const QString &detail) { QTest::newRow(name) << status << body << kind << detail; };
    using Kind = Error::Kind;
    row("error and description", 400,
        R"({"error":"invalid_grant","error_description":"Code expired"})", Kind::InvalidGrant,
        u"HTTP 400, invalid_grant: Code expired"_s);
    row("error alone", 400, R"({"error":"invalid_grant"})", Kind::InvalidGrant,
        u"HTTP 400, invalid_grant"_s);
    row("error object", 401,
        R"({"error":{"message":"Invalid ID token: missing organization_id",)"
        R"("type":"invalid_request_error","param":null,"code":"invalid_subject_token"}})",
        Kind::NoOrganization,
        u"HTTP 401, invalid_subject_token: Invalid ID token: missing organization_id"_s);
    row("error object without code", 400,
        R"({"error":{"message":"Bad","type":"invalid_request_error"}})", Kind::InvalidRequest,
        u"HTTP 400, invalid_request_error: Bad"_s);
    row("detail", 403, R"({"detail":"Country, region, or territory not supported"})",
        Kind::AccessDenied, u"HTTP 403, Country, region, or territory not supported"_s);
    row("unknown client", 401, R"({"error":"invalid_client"})", Kind::InvalidClient,
        u"HTTP 401, invalid_client"_s);
    row("401 without words", 401, "", Kind::AuthenticationRequired, u"HTTP 401"_s);
    row("403 page", 403, "<html>Cloudflare</html>", Kind::PermissionDenied, u"HTTP 403"_s);
    row("404", 404, "not found", Kind::InvalidRequest, u"HTTP 404"_s);
    row("429", 429, "{}", Kind::RateLimited, u"HTTP 429"_s);
    row("500", 500, R"({"error":"invalid_grant"})", Kind::ServerFailure,
        u"HTTP 500, invalid_grant"_s);
    row("502 page", 502, "<html>", Kind::ServerFailure, u"HTTP 502"_s);
    row("redirect", 302, "", Kind::InvalidResponse, u"HTTP 302"_s);
    row("redirect with a body", 307, "moved", Kind::InvalidResponse, u"HTTP 307"_s);
    row("error of a strange type", 400, R"({"error":[1,2]})", Kind::InvalidRequest, u"HTTP 400"_s);
    row("secrets in the words", 400,
        R"({"error":"invalid_grant","error_description":"code=abc sk-abcdefgh eyJhbGciOi.eyJz.sig"})",
        Kind::InvalidGrant,
        u"HTTP 400, invalid_grant: code=[redacted] sk-[redacted] [redacted token]"_s);
    row("control and direction characters", 400,
        "{\"error\":\"x\",\"error_description\":\"a\\r\\nb\xe2\x80\xae"
        "c\"}",
        Kind::InvalidRequest, u"HTTP 400, x: a b c"_s);
}

void tst_TokenReply::namesErrors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    QFETCH(QString, detail);
    const auto tokens = readTokens(status, body);
    QVERIFY(!tokens);
    QCOMPARE(tokens.error().kind, kind);
    QCOMPARE(tokens.error().detail, detail);
    QVERIFY(!tokens.error().message.isEmpty());
    QVERIFY(!tokens.error().advice.isEmpty());
    QCOMPARE(readApiKey(status, body).error(), tokens.error());
}

void tst_TokenReply::readsClaims()
{
    const auto claims = readIdToken(makeJwt(QJsonObject{
        {u"iss"_s, u"https://auth.openai.com"_s},
        {u"aud"_s, QJsonArray{u"app_1"_s}},
        {u"exp"_s, 1700003600},
        {u"iat"_s, 1700000000},
        {u"sub"_s, u"auth0|1"_s},
        {u"email"_s, u"ada@example.org"_s},
        {u"name"_s, u"Ada"_s},
        {u"https://api.openai.com/auth"_s,
         QJsonObject{{u"chatgpt_account_id"_s, u"acc-1"_s},
                     {u"chatgpt_plan_type"_s, u"plus"_s},
                     {u"organization_id"_s, u"org-1"_s},
                     {u"project_id"_s, u"proj-1"_s}}},
    }));
    QVERIFY(claims);
    QCOMPARE(*claims,
             (IdTokenClaims{u"https://auth.openai.com"_s,
                            {u"app_1"_s},
                            QDateTime::fromSecsSinceEpoch(1700000000, Qt::UTC),
                            QDateTime::fromSecsSinceEpoch(1700003600, Qt::UTC),
                            {u"acc-1"_s, u"ada@example.org"_s, u"Ada"_s, u"plus"_s, u"org-1"_s,
                             u"proj-1"_s}}));
}

void tst_TokenReply::fallsBackForMissingClaims()
{
    const auto claims = readIdToken(makeJwt(QJsonObject{
        {u"sub"_s, u"auth0|1"_s},
        {u"aud"_s, u"app_1"_s},
        {u"https://api.openai.com/profile"_s, QJsonObject{{u"email"_s, u"b@example.org"_s}}},
        {u"https://api.openai.com/auth"_s,
         QJsonObject{{u"organizations"_s,
                      QJsonArray{QJsonObject{{u"id"_s, u"org-2"_s}, {u"title"_s, u"T"_s}}}}}},
    }));
    QVERIFY(claims);
    QCOMPARE(claims->identity,
             (Identity{.accountId = u"auth0|1"_s,
                       .email = u"b@example.org"_s,
                       .organization = u"org-2"_s}));
    QCOMPARE(claims->audience, QStringList{u"app_1"_s});
    QCOMPARE(readIdToken(makeJwt(QByteArray("{}")))->identity, Identity{});
}

void tst_TokenReply::refusesBrokenIdTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    const QByteArray fine = makeJwt(QByteArray("{}")).reveal();
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("one part") << "abc"_ba;
    QTest::newRow("two parts") << "e30.e30"_ba;
    QTest::newRow("four parts") << fine + ".x";
    QTest::newRow("not base64url") << "e30.e+/0.c2ln"_ba;
    QTest::newRow("spaces in base64") << "e30.e3 0.c2ln"_ba;
    QTest::newRow("payload is an array") << makeJwt(QByteArray("[]")).reveal();
    QTest::newRow("payload is a string") << makeJwt(QByteArray("\"x\"")).reveal();
    QTest::newRow("payload is no JSON") << makeJwt(QByteArray("{]")).reveal();
    QTest::newRow("payload is not UTF-8") << makeJwt("{\"a\":\"\xff\"}"_ba).reveal();
    QTest::newRow("payload is truncated") << makeJwt(QByteArray("{\"a\":")).reveal();
    QTest::newRow("too long")
        << makeJwt("{\"a\":\"" + QByteArray(1024 * 1024, 'a') + "\"}").reveal();
}

void tst_TokenReply::refusesBrokenIdTokens()
{
    QFETCH(QByteArray, token);
    const auto claims = readIdToken(Secret(token));
    QVERIFY(!claims);
    QCOMPARE(claims.error().kind, Error::Kind::InvalidResponse);
    QVERIFY(claims.error().detail.isEmpty());
}

void tst_TokenReply::doubtsClaimsWithoutFailing_data()
{
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<int>("doubts");
    QTest::newRow("fine") << R"({"iss":"i","aud":"c","iat":1000000,"exp":1003600})"_ba << 0;
    QTest::newRow("audience as a list") << R"({"iss":"i","aud":["x","c"],"exp":1003600})"_ba << 0;
    QTest::newRow("within the leeway")
        << R"({"iss":"i","aud":"c","iat":1001050,"exp":1000950})"_ba << 0;
    QTest::newRow("other issuer") << R"({"iss":"j","aud":"c","exp":1003600})"_ba << 1;
    QTest::newRow("other audience") << R"({"iss":"i","aud":"d","exp":1003600})"_ba << 1;
    QTest::newRow("no audience") << R"({"iss":"i","exp":1003600})"_ba << 1;
    QTest::newRow("expired in 1970") << R"({"iss":"i","aud":"c","exp":1})"_ba << 1;
    QTest::newRow("never expires") << R"({"iss":"i","aud":"c"})"_ba << 1;
    QTest::newRow("expiry beyond reason") << R"({"iss":"i","aud":"c","exp":1e300})"_ba << 1;
    QTest::newRow("from the future")
        << R"({"iss":"i","aud":"c","iat":1009999,"exp":1103600})"_ba << 1;
    QTest::newRow("all of it") << R"({"iat":1009999})"_ba << 4;
}

void tst_TokenReply::doubtsClaimsWithoutFailing()
{
    QFETCH(QByteArray, claims);
    QFETCH(int, doubts);
    const auto read = readIdToken(makeJwt(claims));
    QVERIFY(read);
    const auto now = QDateTime::fromSecsSinceEpoch(1001000, Qt::UTC);
    QCOMPARE(findDoubts(*read, u"i"_s, u"c"_s, now).size(), doubts);
}

void tst_TokenReply::cleansClaimsForShowing()
{
    const auto claims = readIdToken(makeJwt(QJsonObject{{u"name"_s, u"A\u202Eda\n\u0007<b>"_s},
                                                        {u"email"_s, QString(5000, u'x')},
                                                        {u"sub"_s, 12}}));
    QVERIFY(claims);
    QCOMPARE(claims->identity.name, u"A da <b>"_s);
    QCOMPARE(claims->identity.email.size(), 256);
    QCOMPARE(claims->identity.accountId, QString());
}

void tst_TokenReply::readsTheExpiryOfAJwt()
{
    QCOMPARE(expiryOf(makeJwt(QByteArray(R"({"exp":1000})"))),
             std::optional(QDateTime::fromSecsSinceEpoch(1000, Qt::UTC)));
    QVERIFY(!expiryOf(makeJwt(QByteArray("{}"))));
    QVERIFY(!expiryOf(Secret("opaque")));
}

QTEST_GUILESS_MAIN(tst_TokenReply)
#include "tst_tokenreply.moc"
