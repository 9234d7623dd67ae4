// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/refresh.h"
#include "auth/tokenrequest.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Maestro;
using namespace Maestro::OAuth;
using namespace Qt::StringLiterals;

class tst_Refresh : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksAsTheProfileSays_data();
    void asksAsTheProfileSays();
    void revokesByTheTokenThatThereIs_data();
    void revokesByTheTokenThatThereIs();
    void readsWhatCame_data();
    void readsWhatCame();
    void quotesWhyASignInHasEnded();
    void tellsAnEndFromATrouble_data();
    void tellsAnEndFromATrouble();
    void keepsWhatTheAnswerLacks_data();
    void keepsWhatTheAnswerLacks();
    void refusesAnotherAccount_data();
    void refusesAnotherAccount();
};

namespace {

const QDateTime Now(QDate(2026, 5, 4), QTime(3, 2, 1), Qt::UTC);

QByteArray jwt(const QJsonObject &claims)
{
    constexpr auto Options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    return "eyJhbGciOiJSUzI1NiJ9."
        + QJsonDocument(claims).toJson(QJsonDocument::Compact).toBase64(Options) + ".c2ln";
}

QByteArray idTokenOf(const QString &account)
{
    return jwt(
        {{u"https://api.openai.com/auth"_s, QJsonObject{{u"chatgpt_account_id"_s, account}}}});
}

AccountSecrets oldSecrets()
{
    return {.signsWith = Credential::Type::OAuthToken,
            .apiKey = Secret("key"),
            .accessToken = Secret("a0"),
            .refreshToken = Secret("r0"),
            .idToken = Secret("i0"),
            .accessTokenExpiresAt = Now};
}

} // namespace

void tst_Refresh::asksAsTheProfileSays_data()
{
    QTest::addColumn<OAuthProfile::TokenBody>("body");
    QTest::addColumn<QByteArray>("clientSecret");
    QTest::addColumn<QByteArray>("sent");
    using Body = OAuthProfile::TokenBody;
    QTest::newRow("JSON")
        << Body::Json << ""_ba
        << R"({"client_id":"c","grant_type":"refresh_token","refresh_token":"r+/=\""})"_ba;
    QTest::newRow("form") << Body::Form << ""_ba
                          << "client_id=c&grant_type=refresh_token&refresh_token=r%2B%2F%3D%22"_ba;
    QTest::newRow("form of a client with a secret")
        << Body::Form << "s"_ba
        << "client_id=c&grant_type=refresh_token&refresh_token=r%2B%2F%3D%22&client_secret=s"_ba;
}

void tst_Refresh::asksAsTheProfileSays()
{
    QFETCH(OAuthProfile::TokenBody, body);
    QFETCH(QByteArray, clientSecret);
    QFETCH(QByteArray, sent);
    OAuthProfile profile = openAiProfile();
    profile.clientId = u"c"_s;
    profile.clientSecret = Secret(clientSecret);
    profile.renewalBody = body;
    const TokenRequest request = makeRefresh(profile, Secret("r+/=\""));
    QCOMPARE(request.url, profile.tokenUrl);
    QCOMPARE(request.body.reveal(), sent);
    QCOMPARE(request.contentType,
             body == OAuthProfile::TokenBody::Json ? "application/json"_ba
                                                   : "application/x-www-form-urlencoded"_ba);
}

void tst_Refresh::revokesByTheTokenThatThereIs_data()
{
    QTest::addColumn<QByteArray>("access");
    QTest::addColumn<QByteArray>("refresh");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("both")
        << "a"_ba
        << "r"_ba
        << R"({"token":"r","token_type_hint":"refresh_token","client_id":"c"})"_ba;
    QTest::newRow("access token alone") << "a"_ba
                                        << ""_ba
                                        << R"({"token":"a","token_type_hint":"access_token"})"_ba;
    QTest::newRow("none") << ""_ba
                          << ""_ba
                          << ""_ba;
}

void tst_Refresh::revokesByTheTokenThatThereIs()
{
    QFETCH(QByteArray, access);
    QFETCH(QByteArray, refresh);
    QFETCH(QByteArray, sent);
    OAuthProfile profile = openAiProfile();
    profile.clientId = u"c"_s;
    const AccountSecrets secrets{.accessToken = Secret(access), .refreshToken = Secret(refresh)};
    const auto request = makeRevocation(profile, secrets);
    QCOMPARE(request.has_value(), !sent.isEmpty());
    if (request) {
        QCOMPARE(request->url, QUrl(u"https://auth.openai.com/oauth/revoke"_s));
        QCOMPARE(request->body.reveal(), sent);
    }
    profile.revokeUrl.clear();
    QVERIFY(!makeRevocation(profile, secrets));
}

void tst_Refresh::readsWhatCame_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Tokens>("tokens");
    QTest::newRow("all")
        << R"({"access_token":"a","refresh_token":"r","id_token":"i","expires_in":60})"_ba
        << Tokens{Secret("a"), Secret("r"), Secret("i"), std::chrono::seconds(60)};
    QTest::newRow("access token alone") << R"({"access_token":"a"})"_ba << Tokens{Secret("a")};
    QTest::newRow("refresh token alone")
        << R"({"refresh_token":"r"})"_ba << Tokens{{}, Secret("r")};
    QTest::newRow("nulls") << R"({"access_token":"a","refresh_token":null,"id_token":null})"_ba
                           << Tokens{Secret("a")};
}

void tst_Refresh::readsWhatCame()
{
    QFETCH(QByteArray, body);
    QFETCH(Tokens, tokens);
    const RefreshOutcome outcome = readRefresh(200, body);
    QVERIFY(std::holds_alternative<Tokens>(outcome));
    QCOMPARE(std::get<Tokens>(outcome), tokens);
}

void tst_Refresh::quotesWhyASignInHasEnded()
{
    const RefreshOutcome outcome = readRefresh(
        401,
        R"({"error":{"code":"refresh_token_reused","message":"Your refresh token was used already."}})");
    const auto *failure = std::get_if<RefreshFailure>(&outcome);
    QVERIFY(failure);
    QCOMPARE(failure->error.reason, u"Your refresh token was used already."_s);
}

void tst_Refresh::tellsAnEndFromATrouble_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isEnd");
    for (const char *code :
         {"refresh_token_expired", "refresh_token_reused", "refresh_token_invalidated",
          "invalid_grant", "invalid_refresh_token", "token_expired"}) {
        const QByteArray word = code;
        QTest::newRow(code) << 400 << QByteArray(R"({"error":")" + word + R"("})") << true;
        QTest::addRow("%s in an object", code)
            << 401 << QByteArray(R"({"error":{"code":")" + word + R"(","message":"No."}})") << true;
        QTest::addRow("%s as a code beside", code)
            << 403 << QByteArray(R"({"code":")" + word + R"("})") << true;
        QTest::addRow("%s of a server in trouble", code)
            << 503 << QByteArray(R"({"error":")" + word + R"("})") << false;
    }
    QTest::newRow("invalid_grant with 200") << 200 << R"({"error":"invalid_grant"})"_ba << true;
    QTest::newRow("401 without words") << 401 << ""_ba << true;
    QTest::newRow("401 with a page") << 401 << "<html>"_ba << true;
    QTest::newRow("another code") << 400 << R"({"error":"invalid_request"})"_ba << false;
    QTest::newRow("403 page") << 403 << "<html>blocked"_ba << false;
    QTest::newRow("407") << 407 << ""_ba << false;
    QTest::newRow("429") << 429 << "{}"_ba << false;
    QTest::newRow("500") << 500 << "oops"_ba << false;
    QTest::newRow("302") << 302 << ""_ba << false;
    QTest::newRow("a page with 200") << 200 << "<html>Log in to this network"_ba << false;
    QTest::newRow("nothing with 200") << 200 << ""_ba << false;
    QTest::newRow("no token with 200") << 200 << "{}"_ba << false;
    QTest::newRow("tokens of the wrong type") << 200 << R"({"access_token":7})"_ba << false;
    QTest::newRow("a token that splits a header")
        << 200 << R"({"access_token":"a\r\nX: y"})"_ba << false;
    QTest::newRow("truncated") << 200 << R"({"access_token":"a)"_ba << false;
    QTest::newRow("bytes") << 200 << QByteArray(3000, '\xff') << false;
    QTest::newRow("too much") << 400 << QByteArray(2 * 1024 * 1024, ' ') << false;
}

void tst_Refresh::tellsAnEndFromATrouble()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, isEnd);
    const RefreshOutcome outcome = readRefresh(status, body);
    const auto *failure = std::get_if<RefreshFailure>(&outcome);
    QVERIFY(failure);
    QCOMPARE(failure->lasts == RefreshFailure::Lasts::UntilSignIn, isEnd);
    QVERIFY(!failure->error.message.isEmpty());
    if (isEnd) {
        QCOMPARE(failure->error.kind, Error::Kind::AuthenticationRequired);
        QVERIFY(failure->error.advice.startsWith(u"Sign in again."_s));
    }
}

void tst_Refresh::keepsWhatTheAnswerLacks_data()
{
    QTest::addColumn<Tokens>("fresh");
    QTest::addColumn<AccountSecrets>("after");
    AccountSecrets all = oldSecrets();
    all.accessToken = Secret("a1");
    all.refreshToken = Secret("r1");
    all.idToken = Secret("i1");
    all.accessTokenExpiresAt = Now.addSecs(60);
    QTest::newRow("all") << Tokens{Secret("a1"), Secret("r1"), Secret("i1"),
                                   std::chrono::seconds(60)}
                         << all;
    AccountSecrets access = oldSecrets();
    access.accessToken = Secret("a1");
    access.accessTokenExpiresAt.reset();
    QTest::newRow("access token alone, without a time") << Tokens{Secret("a1")} << access;
    const QByteArray timed = jwt({{u"exp"_s, Now.addSecs(90).toSecsSinceEpoch()}});
    access.accessToken = Secret(timed);
    access.accessTokenExpiresAt = Now.addSecs(90);
    QTest::newRow("access token that says when it ends") << Tokens{Secret(timed)} << access;
    AccountSecrets refresh = oldSecrets();
    refresh.refreshToken = Secret("r1");
    QTest::newRow("refresh token alone") << Tokens{{}, Secret("r1")} << refresh;
    QTest::newRow("nothing") << Tokens{} << oldSecrets();
}

void tst_Refresh::keepsWhatTheAnswerLacks()
{
    QFETCH(Tokens, fresh);
    QFETCH(AccountSecrets, after);
    QCOMPARE(merged(oldSecrets(), fresh, Now), after);
}

void tst_Refresh::refusesAnotherAccount_data()
{
    QTest::addColumn<QString>("account");
    QTest::addColumn<Tokens>("tokens");
    QTest::addColumn<bool>("isForeign");
    const auto named = [](const QByteArray &id) { return Tokens{Secret("a"), {}, Secret(id)}; };
    QTest::newRow("same") << u"one"_s << named(idTokenOf(u"one"_s)) << false;
    QTest::newRow("other") << u"one"_s << named(idTokenOf(u"two"_s)) << true;
    QTest::newRow("other in case") << u"one"_s << named(idTokenOf(u"One"_s)) << true;
    QTest::newRow("nobody named") << u"one"_s << Tokens{Secret("a")} << false;
    QTest::newRow("garbage") << u"one"_s << named("garbage") << false;
    QTest::newRow("unknown before") << QString() << named(idTokenOf(u"two"_s)) << false;
    Tokens beside{Secret("a")};
    beside.identity = Identity{u"two"_s};
    QTest::newRow("other, named beside") << u"one"_s << beside << true;
}

void tst_Refresh::refusesAnotherAccount()
{
    QFETCH(QString, account);
    QFETCH(Tokens, tokens);
    QFETCH(bool, isForeign);
    const auto error = findForeigner({u"openai"_s, AccountKey::Type::OAuth, account}, tokens);
    QCOMPARE(error.has_value(), isForeign);
    if (error) {
        QCOMPARE(error->kind, Error::Kind::AuthenticationRequired);
        QVERIFY(!error->message.contains(u"two"_s));
    }
}

QTEST_GUILESS_MAIN(tst_Refresh)
#include "tst_refresh.moc"
