// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceauthorization.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>
#include <QUrlQuery>

using namespace Maestro;
using namespace Maestro::Practice;
using namespace Qt::StringLiterals;

namespace {

// RFC 7636 appendix B
const QString Verifier = u"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"_s;
const QString Challenge = u"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s;
const QString Client = u"app_test"_s;
const QString Redirect = u"http://localhost:1455/auth/callback"_s;

Parameters authorizeParameters()
{
    return {{u"response_type"_s, u"code"_s},   {u"client_id"_s, Client},
            {u"redirect_uri"_s, Redirect},     {u"scope"_s, u"openid email"_s},
            {u"code_challenge"_s, Challenge},  {u"code_challenge_method"_s, u"S256"_s},
            {u"state"_s, u"a state & more"_s}, {u"originator"_s, u"maestro"_s}};
}

Parameters codeForm(const QString &code)
{
    return {{u"grant_type"_s, u"authorization_code"_s},
            {u"code"_s, code},
            {u"redirect_uri"_s, Redirect},
            {u"client_id"_s, Client},
            {u"code_verifier"_s, Verifier}};
}

Parameters refreshForm(const QString &token)
{
    return {{u"grant_type"_s, u"refresh_token"_s},
            {u"client_id"_s, Client},
            {u"refresh_token"_s, token}};
}

Parameters keyForm(const QString &idToken)
{
    return {{u"grant_type"_s, u"urn:ietf:params:oauth:grant-type:token-exchange"_s},
            {u"client_id"_s, Client},
            {u"requested_token"_s, u"openai-api-key"_s},
            {u"subject_token"_s, idToken},
            {u"subject_token_type"_s, u"urn:ietf:params:oauth:token-type:id_token"_s}};
}

QJsonObject bodyOf(const HttpReply &reply) { return QJsonDocument::fromJson(reply.body).object(); }

//! The code of an error in either of the two shapes.
QString errorOf(const HttpReply &reply)
{
    const QJsonValue error = bodyOf(reply).value("error"_L1);
    return error.isString() ? error.toString() : error["code"_L1].toString();
}

//! An authorization server at a time of the test's choosing.
struct Fixture
{
    QDateTime now = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
    Authorization server{[this] { return now; }};

    QUrlQuery decide(Authorization::Decision decision, Outcome outcome)
    {
        const QString ticket = server.begin(readAuthorizationRequest(authorizeParameters()));
        const QUrl location
            = QUrl::fromEncoded(server.decide(ticket, decision, outcome).value_or(QByteArray()));
        return QUrlQuery(location);
    }
    QString code(Outcome outcome = Outcome::Success)
    {
        return decide(Authorization::Decision::Allow, outcome).queryItemValue(u"code"_s);
    }
    QJsonObject signIn(Outcome outcome = Outcome::Success)
    {
        return bodyOf(server.exchange(codeForm(code(outcome))));
    }
};

} // namespace

class tst_PracticeAuthorization : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWhatIsWrongWithARequest_data();
    void namesWhatIsWrongWithARequest();
    void redirectsWithCodeAndState();
    void aDecisionIsMadeOnce();
    void deniesAsChosen();
    void aWrongStateLeavesTheRequestOpen();
    void exchangesACodeForTokensAndAKey();
    void idTokenCarriesTheClaims();
    void refusesACode_data();
    void refusesACode();
    void aRefusedCodeIsSpent();
    void aReplayedCodeRevokesItsTokens();
    void rotatesRefreshTokens();
    void aReusedRefreshTokenRevokesTheGrant();
    void refusesARefresh_data();
    void refusesARefresh();
    void revokesByEitherToken_data();
    void revokesByEitherToken();
    void accessTokensExpire();
    void noOrganizationMeansNoKey();
    void refusesASubjectToken_data();
    void refusesASubjectToken();
    void issuesOnlyPracticeSecrets();
    void forgetsTheOldestWhenThereAreTooMany();
    void readsForms_data();
    void readsForms();
};

void tst_PracticeAuthorization::namesWhatIsWrongWithARequest_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value"); // null: left out
    QTest::addColumn<QString>("blamed"); // null: nothing is wrong

    const auto row = [](const char *title, const QString &name, const QString &value,
                        const QString &blamed) { QTest::newRow(title) << name << value << blamed; };
    row("all well", u"state"_s, u"s"_s, {});
    row("no response type", u"response_type"_s, {}, u"response_type"_s);
    row("implicit", u"response_type"_s, u"token"_s, u"response_type"_s);
    row("no client", u"client_id"_s, {}, u"client_id"_s);
    row("no redirect", u"redirect_uri"_s, {}, u"redirect_uri"_s);
    row("127.0.0.1", u"redirect_uri"_s, u"http://127.0.0.1:40000/auth/callback"_s, {});
    row("IPv6", u"redirect_uri"_s, u"http://[::1]:1/auth/callback"_s, {});
    row("https", u"redirect_uri"_s, u"https://localhost:1455/auth/callback"_s, u"redirect_uri"_s);
    row("another host", u"redirect_uri"_s, u"http://example.org:1455/auth/callback"_s,
        u"redirect_uri"_s);
    row("host that begins like loopback", u"redirect_uri"_s,
        u"http://localhost.example.org:1455/auth/callback"_s, u"redirect_uri"_s);
    row("loopback as user", u"redirect_uri"_s, u"http://localhost:1@example.org:2/auth/callback"_s,
        u"redirect_uri"_s);
    row("user", u"redirect_uri"_s, u"http://me@localhost:1455/auth/callback"_s, u"redirect_uri"_s);
    row("no port", u"redirect_uri"_s, u"http://localhost/auth/callback"_s, u"redirect_uri"_s);
    row("port 0", u"redirect_uri"_s, u"http://localhost:0/auth/callback"_s, u"redirect_uri"_s);
    row("port too large", u"redirect_uri"_s, u"http://localhost:65536/auth/callback"_s,
        u"redirect_uri"_s);
    row("another path", u"redirect_uri"_s, u"http://localhost:1455/callback"_s, u"redirect_uri"_s);
    row("path that goes up", u"redirect_uri"_s, u"http://localhost:1455/x/../auth/callback"_s,
        u"redirect_uri"_s);
    row("encoded path", u"redirect_uri"_s, u"http://localhost:1455/auth%2Fcallback"_s,
        u"redirect_uri"_s);
    row("query", u"redirect_uri"_s, u"http://localhost:1455/auth/callback?x=1"_s,
        u"redirect_uri"_s);
    row("fragment", u"redirect_uri"_s, u"http://localhost:1455/auth/callback#x"_s,
        u"redirect_uri"_s);
    row("line break", u"redirect_uri"_s, u"http://localhost:1455/auth/callback\r\nX: y"_s,
        u"redirect_uri"_s);
    row("space", u"redirect_uri"_s, u" http://localhost:1455/auth/callback"_s, u"redirect_uri"_s);
    row("script", u"redirect_uri"_s, u"javascript:alert(1)"_s, u"redirect_uri"_s);
    row("no challenge", u"code_challenge"_s, {}, u"code_challenge"_s);
    row("short challenge", u"code_challenge"_s, Challenge.chopped(1), u"code_challenge"_s);
    row("challenge with padding", u"code_challenge"_s, Challenge.chopped(1) + u'=',
        u"code_challenge"_s);
    row("challenge and a line end", u"code_challenge"_s, Challenge + u'\n', u"code_challenge"_s);
    row("no method", u"code_challenge_method"_s, {}, u"code_challenge_method"_s);
    row("plain", u"code_challenge_method"_s, u"plain"_s, u"code_challenge_method"_s);
    row("no state", u"state"_s, {}, u"state"_s);
    row("endless state", u"state"_s, QString(1025, u'x'), u"state"_s);
    row("endless scope", u"scope"_s, QString(1025, u'x'), u"scope"_s);
    row("no scope", u"scope"_s, {}, {});
}

void tst_PracticeAuthorization::namesWhatIsWrongWithARequest()
{
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    QFETCH(const QString, blamed);
    Parameters parameters = authorizeParameters();
    if (value.isNull()) {
        parameters.remove(name);
    } else {
        parameters.insert(name, value);
    }

    const QStringList problems = problemsOf(parameters);

    QCOMPARE(problems.size(), blamed.isNull() ? 0 : 1);
    QVERIFY(blamed.isNull() || problems.first().contains(u"parameter %1 "_s.arg(blamed)));
}

void tst_PracticeAuthorization::redirectsWithCodeAndState()
{
    Authorization server;
    const QString ticket = server.begin(readAuthorizationRequest(authorizeParameters()));
    const auto location = server.decide(ticket, Authorization::Decision::Allow, Outcome::Success);

    QVERIFY(location);
    QVERIFY(location->startsWith("http://localhost:1455/auth/callback?code=practice-ac-"));
    QVERIFY(location->endsWith("&state=a%20state%20%26%20more"));
}

void tst_PracticeAuthorization::aDecisionIsMadeOnce()
{
    Authorization server;
    const QString ticket = server.begin(readAuthorizationRequest(authorizeParameters()));

    QVERIFY(!server.decide(u"practice-request-made-up"_s, Authorization::Decision::Allow,
                           Outcome::Success));
    QVERIFY(server.decide(ticket, Authorization::Decision::Deny, Outcome::Success));
    QVERIFY(!server.decide(ticket, Authorization::Decision::Allow, Outcome::Success));
}

void tst_PracticeAuthorization::deniesAsChosen()
{
    Fixture fixture;
    const QUrlQuery denied = fixture.decide(Authorization::Decision::Deny, Outcome::Success);
    QCOMPARE(denied.queryItemValue(u"error"_s), u"access_denied"_s);
    QVERIFY(!denied.hasQueryItem(u"code"_s));
    QCOMPARE(denied.queryItemValue(u"state"_s, QUrl::FullyDecoded), u"a state & more"_s);

    const QUrlQuery byAdministrator
        = fixture.decide(Authorization::Decision::Allow, Outcome::AdministratorDenied);
    QCOMPARE(byAdministrator.queryItemValue(u"error"_s), u"access_denied"_s);
    QCOMPARE(byAdministrator.queryItemValue(u"error_description"_s),
             u"missing_codex_entitlement"_s);
    QVERIFY(!byAdministrator.hasQueryItem(u"code"_s));
}

void tst_PracticeAuthorization::aWrongStateLeavesTheRequestOpen()
{
    Authorization server;
    const QString ticket = server.begin(readAuthorizationRequest(authorizeParameters()));

    const auto wrong = server.decide(ticket, Authorization::Decision::Allow, Outcome::WrongState);
    QVERIFY(wrong && !wrong->contains("state=a%20state"));
    QVERIFY(wrong->contains("&state=practice-state-"));
    QVERIFY(server.decide(ticket, Authorization::Decision::Allow, Outcome::Success));
}

void tst_PracticeAuthorization::exchangesACodeForTokensAndAKey()
{
    Fixture fixture;
    const HttpReply reply = fixture.server.exchange(codeForm(fixture.code()));
    QCOMPARE(reply.status, 200);
    const QJsonObject tokens = bodyOf(reply);
    QCOMPARE(tokens.value("token_type"_L1).toString(), u"Bearer"_s);
    QCOMPARE(tokens.value("expires_in"_L1).toInteger(), 3600);
    QCOMPARE(tokens.value("scope"_L1).toString(), u"openid email"_s);

    const HttpReply keyReply
        = fixture.server.exchange(keyForm(tokens.value("id_token"_L1).toString()));
    QCOMPARE(keyReply.status, 200);
    const QByteArray key = bodyOf(keyReply).value("access_token"_L1).toString().toLatin1();
    QVERIFY(key.startsWith("practice-sk-"));
    QVERIFY(fixture.server.accepts(key));
    QVERIFY(fixture.server.accepts(tokens.value("access_token"_L1).toString().toLatin1()));
    QVERIFY(fixture.server.accepts("practice"));
    QVERIFY(!fixture.server.accepts(tokens.value("refresh_token"_L1).toString().toLatin1()));
    QVERIFY(!fixture.server.accepts(tokens.value("id_token"_L1).toString().toLatin1()));
    QVERIFY(!fixture.server.accepts(""));
    QVERIFY(!fixture.server.accepts(key.chopped(1)));
}

void tst_PracticeAuthorization::idTokenCarriesTheClaims()
{
    Fixture fixture;
    fixture.server.setIssuer(u"http://127.0.0.1:5"_s);
    const QByteArrayList segments
        = fixture.signIn().value("id_token"_L1).toString().toLatin1().split('.');
    QCOMPARE(segments.size(), 3);
    const auto decode = [](const QByteArray &segment) {
        return QJsonDocument::fromJson(
                   QByteArray::fromBase64(segment, QByteArray::Base64UrlEncoding))
            .object();
    };
    QCOMPARE(decode(segments[0]).value("alg"_L1).toString(), u"HS256"_s);
    const QJsonObject claims = decode(segments[1]);
    QCOMPARE(claims.value("iss"_L1).toString(), u"http://127.0.0.1:5"_s);
    QCOMPARE(claims.value("aud"_L1).toArray(), QJsonArray{Client});
    QCOMPARE(claims.value("exp"_L1).toInteger() - claims.value("iat"_L1).toInteger(), 3600);
    QCOMPARE(claims.value("iat"_L1).toInteger(), fixture.now.toSecsSinceEpoch());
    QCOMPARE(claims.value("email"_L1).toString(), u"practice@maestro.invalid"_s);
    const QJsonObject auth = claims.value("https://api.openai.com/auth"_L1).toObject();
    QCOMPARE(auth.value("chatgpt_plan_type"_L1).toString(), u"practice"_s);
    QCOMPARE(auth.value("chatgpt_account_id"_L1).toString(), u"acct-practice"_s);
    QCOMPARE(auth.value("organization_id"_L1).toString(), u"org-practice"_s);
    QCOMPARE(auth.value("project_id"_L1).toString(), u"proj_practice"_s);
}

void tst_PracticeAuthorization::refusesACode_data()
{
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("changed");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("seconds");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");

    const QString grant = u"invalid_grant"_s;
    QTest::newRow("unknown code") << Outcome::Success << u"code"_s << u"practice-ac-x"_s << 0 << 400
                                  << grant;
    QTest::newRow("no code") << Outcome::Success << u"code"_s << u""_s << 0 << 400 << grant;
    QTest::newRow("another verifier")
        << Outcome::Success << u"code_verifier"_s << Verifier.chopped(1) << 0 << 400 << grant;
    QTest::newRow("challenge as verifier")
        << Outcome::Success << u"code_verifier"_s << Challenge << 0 << 400 << grant;
    QTest::newRow("no verifier") << Outcome::Success << u"code_verifier"_s << u""_s << 0 << 400
                                 << grant;
    QTest::newRow("another client")
        << Outcome::Success << u"client_id"_s << u"app_other"_s << 0 << 400 << grant;
    QTest::newRow("another redirect")
        << Outcome::Success << u"redirect_uri"_s << u"http://127.0.0.1:1455/auth/callback"_s << 0
        << 400 << grant;
    QTest::newRow("ten minutes old") << Outcome::Success << u""_s << u""_s << 600 << 400 << grant;
    QTest::newRow("chosen: refused") << Outcome::CodeRefused << u""_s << u""_s << 0 << 400 << grant;
    QTest::newRow("chosen: server error")
        << Outcome::TokenServerError << u""_s << u""_s << 0 << 500 << u"server_error"_s;
    QTest::newRow("another grant type") << Outcome::Success << u"grant_type"_s << u"password"_s << 0
                                        << 400 << u"unsupported_grant_type"_s;
}

void tst_PracticeAuthorization::refusesACode()
{
    QFETCH(const Outcome, outcome);
    QFETCH(const QString, changed);
    QFETCH(const QString, value);
    QFETCH(const int, seconds);
    Fixture fixture;
    Parameters form = codeForm(fixture.code(outcome));
    if (!changed.isEmpty()) {
        form.insert(changed, value);
    }
    fixture.now = fixture.now.addSecs(seconds);

    const HttpReply reply = fixture.server.exchange(form);

    QTEST(reply.status, "status");
    QTEST(errorOf(reply), "error");
    QVERIFY(!reply.body.contains("access_token"));
}

void tst_PracticeAuthorization::aRefusedCodeIsSpent()
{
    Fixture fixture;
    const QString code = fixture.code();
    Parameters wrong = codeForm(code);
    wrong.insert(u"code_verifier"_s, u"wrong"_s);

    QCOMPARE(fixture.server.exchange(wrong).status, 400);
    QCOMPARE(fixture.server.exchange(codeForm(code)).status, 400);
}

void tst_PracticeAuthorization::aReplayedCodeRevokesItsTokens()
{
    Fixture fixture;
    const QString code = fixture.code();
    const QJsonObject tokens = bodyOf(fixture.server.exchange(codeForm(code)));
    const QByteArray access = tokens.value("access_token"_L1).toString().toLatin1();
    QVERIFY(fixture.server.accepts(access));

    QCOMPARE(errorOf(fixture.server.exchange(codeForm(code))), u"invalid_grant"_s);
    QVERIFY(!fixture.server.accepts(access));
    QCOMPARE(
        errorOf(fixture.server.exchange(refreshForm(tokens.value("refresh_token"_L1).toString()))),
        u"refresh_token_invalidated"_s);
}

void tst_PracticeAuthorization::rotatesRefreshTokens()
{
    Fixture fixture;
    const QJsonObject first = fixture.signIn();
    const QJsonObject second
        = bodyOf(fixture.server.exchange(refreshForm(first.value("refresh_token"_L1).toString())));

    QVERIFY(!second.value("id_token"_L1).toString().isEmpty());
    QVERIFY(second.value("refresh_token"_L1) != first.value("refresh_token"_L1));
    QVERIFY(fixture.server.accepts(second.value("access_token"_L1).toString().toLatin1()));
    QCOMPARE(
        fixture.server.exchange(refreshForm(second.value("refresh_token"_L1).toString())).status,
        200);
}

void tst_PracticeAuthorization::aReusedRefreshTokenRevokesTheGrant()
{
    Fixture fixture;
    const QString first = fixture.signIn().value("refresh_token"_L1).toString();
    const QJsonObject second = bodyOf(fixture.server.exchange(refreshForm(first)));

    const HttpReply reused = fixture.server.exchange(refreshForm(first));
    QCOMPARE(reused.status, 401);
    QCOMPARE(errorOf(reused), u"refresh_token_reused"_s);
    QCOMPARE(
        errorOf(fixture.server.exchange(refreshForm(second.value("refresh_token"_L1).toString()))),
        u"refresh_token_invalidated"_s);
    QVERIFY(!fixture.server.accepts(second.value("access_token"_L1).toString().toLatin1()));
}

void tst_PracticeAuthorization::refusesARefresh_data()
{
    QTest::addColumn<QString>("changed");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("days");
    QTest::addColumn<QString>("error");

    QTest::newRow("unknown token")
        << u"refresh_token"_s << u"practice-rt-x"_s << 0 << u"invalid_refresh_token"_s;
    QTest::newRow("no token") << u"refresh_token"_s << u""_s << 0 << u"invalid_refresh_token"_s;
    QTest::newRow("another client") << u"client_id"_s << u"app_other"_s << 0 << u"invalid_client"_s;
    QTest::newRow("thirty days old") << u""_s << u""_s << 30 << u"refresh_token_expired"_s;
}

void tst_PracticeAuthorization::refusesARefresh()
{
    QFETCH(const QString, changed);
    QFETCH(const QString, value);
    QFETCH(const int, days);
    Fixture fixture;
    Parameters form = refreshForm(fixture.signIn().value("refresh_token"_L1).toString());
    if (!changed.isEmpty()) {
        form.insert(changed, value);
    }
    fixture.now = fixture.now.addDays(days);

    const HttpReply reply = fixture.server.exchange(form);

    QCOMPARE(reply.status, 401);
    QTEST(errorOf(reply), "error");
}

void tst_PracticeAuthorization::revokesByEitherToken_data()
{
    QTest::addColumn<QString>("token");
    QTest::newRow("refresh token") << u"refresh_token"_s;
    QTest::newRow("access token") << u"access_token"_s;
}

void tst_PracticeAuthorization::revokesByEitherToken()
{
    QFETCH(const QString, token);
    Fixture fixture;
    const QJsonObject other = fixture.signIn();
    const QJsonObject tokens = fixture.signIn();
    fixture.server.revoke(tokens.value(token).toString());

    QVERIFY(!fixture.server.accepts(tokens.value("access_token"_L1).toString().toLatin1()));
    QCOMPARE(
        errorOf(fixture.server.exchange(refreshForm(tokens.value("refresh_token"_L1).toString()))),
        u"refresh_token_invalidated"_s);
    QVERIFY(fixture.server.accepts(other.value("access_token"_L1).toString().toLatin1()));
}

void tst_PracticeAuthorization::accessTokensExpire()
{
    Fixture fixture;
    const QByteArray access = fixture.signIn().value("access_token"_L1).toString().toLatin1();
    fixture.now = fixture.now.addSecs(3599);
    QVERIFY(fixture.server.accepts(access));
    fixture.now = fixture.now.addSecs(1);
    QVERIFY(!fixture.server.accepts(access));
}

void tst_PracticeAuthorization::noOrganizationMeansNoKey()
{
    Fixture fixture;
    const HttpReply reply = fixture.server.exchange(
        keyForm(fixture.signIn(Outcome::NoOrganization).value("id_token"_L1).toString()));

    QCOMPARE(reply.status, 401);
    const QJsonObject expected{
        {u"error"_s,
         QJsonObject{{u"message"_s, u"Invalid ID token: missing organization_id"_s},
                     {u"type"_s, u"invalid_request_error"_s},
                     {u"param"_s, QJsonValue()},
                     {u"code"_s, u"invalid_subject_token"_s}}}};
    QCOMPARE(bodyOf(reply), expected);
}

void tst_PracticeAuthorization::refusesASubjectToken_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"another client", "expired", "claims changed", "no algorithm",
                            "another server's", "garbage", "empty"}) {
        QTest::newRow(how) << QString::fromLatin1(how);
    }
}

void tst_PracticeAuthorization::refusesASubjectToken()
{
    QFETCH(const QString, how);
    Fixture fixture;
    Fixture other;
    QString token = fixture.signIn().value("id_token"_L1).toString();
    Parameters form = keyForm(token);
    if (how == "another client"_L1) {
        form.insert(u"client_id"_s, u"app_other"_s);
    } else if (how == "expired"_L1) {
        fixture.now = fixture.now.addSecs(3600);
    } else if (how == "claims changed"_L1) {
        form.insert(u"subject_token"_s, token.replace(token.indexOf(u'.') + 5, 1, u"_"_s));
    } else if (how == "no algorithm"_L1) {
        form.insert(u"subject_token"_s,
                    u"eyJhbGciOiJub25lIn0."_s + token.section(u'.', 1, 1) + u'.');
    } else if (how == "another server's"_L1) {
        form.insert(u"subject_token"_s, other.signIn().value("id_token"_L1).toString());
    } else {
        form.insert(u"subject_token"_s, how == "garbage"_L1 ? u"a.b.c"_s : QString());
    }

    const HttpReply reply = fixture.server.exchange(form);

    QCOMPARE(reply.status, 401);
    QCOMPARE(errorOf(reply), u"invalid_subject_token"_s);
}

void tst_PracticeAuthorization::issuesOnlyPracticeSecrets()
{
    Fixture fixture;
    QVERIFY(fixture.code().startsWith("practice-"_L1));
    const QJsonObject tokens = fixture.signIn();
    QVERIFY(tokens.value("access_token"_L1).toString().startsWith("practice-"_L1));
    QVERIFY(tokens.value("refresh_token"_L1).toString().startsWith("practice-"_L1));
}

void tst_PracticeAuthorization::forgetsTheOldestWhenThereAreTooMany()
{
    Fixture fixture;
    const QString ticket = fixture.server.begin(readAuthorizationRequest(authorizeParameters()));
    const QString oldest = fixture.code();
    for (int i = 0; i < 64; ++i) {
        fixture.server.begin(readAuthorizationRequest(authorizeParameters()));
        fixture.code();
    }
    const QString newest = fixture.code();

    QVERIFY(!fixture.server.decide(ticket, Authorization::Decision::Allow, Outcome::Success));
    QCOMPARE(fixture.server.exchange(codeForm(oldest)).status, 400);
    QCOMPARE(fixture.server.exchange(codeForm(newest)).status, 200);
}

void tst_PracticeAuthorization::readsForms_data()
{
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<bool>("ok");
    QTest::addColumn<QString>("a");

    QTest::newRow("empty") << QByteArray() << true << QString();
    QTest::newRow("plus is a space") << QByteArray("a=x+y%2Bz") << true << u"x y+z"_s;
    QTest::newRow("UTF-8") << QByteArray("a=%C3%A9") << true << u"é"_s;
    QTest::newRow("no value") << QByteArray("a&b=1") << true << u""_s;
    QTest::newRow("twice") << QByteArray("a=1&a=2") << false << QString();
    QTest::newRow("cut escape") << QByteArray("a=%C") << false << QString();
    QTest::newRow("no hex") << QByteArray("a=%zz") << false << QString();
    QTest::newRow("not UTF-8") << QByteArray("a=%FF") << false << QString();
    QTest::newRow("too many") << QByteArray("x&").repeated(51) << false << QString();
}

void tst_PracticeAuthorization::readsForms()
{
    QFETCH(const QByteArray, form);
    QFETCH(const bool, ok);
    QFETCH(const QString, a);

    const auto parameters = readForm(form);

    QCOMPARE(static_cast<bool>(parameters), ok);
    QCOMPARE(ok ? parameters->value(u"a"_s) : QString(), a);
}

QTEST_GUILESS_MAIN(tst_PracticeAuthorization)
#include "tst_practiceauthorization.moc"
