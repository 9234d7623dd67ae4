// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceprovider.h"
#include "practicefixture.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTcpServer>
#include <QUrlQuery>

using namespace Maestro;
using namespace PracticeFixture;
using namespace Qt::StringLiterals;

namespace {

QByteArray ticketOf(const QByteArray &page)
{
    const QByteArray mark = "name=\"request\" value=\"";
    const qsizetype start = page.indexOf(mark) + mark.size();
    return page.mid(start, page.indexOf('"', start) - start);
}

} // namespace

class tst_PracticeProvider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listensOnLoopbackAlone();
    void saysWhenThePortIsTaken();
    void closesWithTheObject();
    void goesTheWholeWay();
    void showsWhatIsWrongInsteadOfRedirecting();
    void pagesHaveStrictHeaders();
    void pagesEscapeWhatTheyShow();
    void answersAnIpV6Redirect();
    void takesTheFormOnce();
    void revokesOverHttp_data();
    void revokesOverHttp();
    void takesOnlyItsKeys_data();
    void takesOnlyItsKeys();
    void listsItsModels();
    void refusalsCarryTheirHeaders();
    void tellsWhatItAnsweredWithoutSecrets();
};

void tst_PracticeProvider::listensOnLoopbackAlone()
{
    const Fixture fixture;
    QCOMPARE(fixture.provider.port(), fixture.port);
    QCOMPARE(fixture.provider.apiUrl(), QUrl(u"http://127.0.0.1:%1/v1"_s.arg(fixture.port)));
    QVERIFY(RawClient(fixture.port).isConnected());

    QTcpServer anywhere;
    anywhere.setProxy(QNetworkProxy::NoProxy);
    // Nobody holds the port on this computer's other addresses.
    QVERIFY(anywhere.listen(QHostAddress(u"127.0.0.2"_s), fixture.port));
    QTcpServer v6;
    v6.setProxy(QNetworkProxy::NoProxy);
    if (!v6.listen(QHostAddress(QHostAddress::LocalHostIPv6), 0)) {
        QSKIP("This computer has no IPv6.");
    }
    RawClient client(fixture.port, QHostAddress(QHostAddress::LocalHostIPv6));
    QCOMPARE(client
                 .exchange("GET / HTTP/1.1\r\nHost: [::1]:" + QByteArray::number(fixture.port)
                           + "\r\n\r\n")
                 .status,
             200);
}

void tst_PracticeProvider::saysWhenThePortIsTaken()
{
    const Fixture fixture;
    PracticeProvider second;
    const auto port = second.listen(fixture.port);
    QVERIFY(!port);
    QVERIFY(port.error().kind == Error::Kind::PortInUse);
    QVERIFY(port.error().message.contains(QString::number(fixture.port)));
    QCOMPARE(second.port(), quint16(0));
    QVERIFY(second.apiUrl().isEmpty());
}

void tst_PracticeProvider::closesWithTheObject()
{
    auto provider = std::make_unique<PracticeProvider>();
    const quint16 port = *provider->listen();
    RawClient idle(port);
    QVERIFY(idle.isConnected());
    provider.reset();

    QVERIFY(idle.isClosed());
    RawClient late(port);
    QVERIFY(late.isClosed());
}

void tst_PracticeProvider::goesTheWholeWay()
{
    const Fixture fixture;
    const RawAnswer page = fixture.exchange(fixture.get("/oauth/authorize?" + AuthorizeQuery));
    QCOMPARE(page.status, 200);

    const RawAnswer decision = fixture.exchange(
        fixture.form("/oauth/authorize/decision",
                     "request=" + ticketOf(page.body) + "&outcome=success&decision=allow"));
    QCOMPARE(decision.status, 303);
    const QByteArray location = headerValue(decision.headers, "Location");
    QVERIFY(location.startsWith("http://localhost:1455/auth/callback?code=practice-ac-"));
    const QUrlQuery query(QUrl::fromEncoded(location));
    QCOMPARE(query.queryItemValue(u"state"_s), u"xyz"_s);

    const QByteArray codeForm
        = "grant_type=authorization_code&code=" + query.queryItemValue(u"code"_s).toLatin1()
        + "&redirect_uri=http%3A%2F%2Flocalhost%3A1455%2Fauth%2Fcallback&client_id=app_test&code_"
          "verifier="
        + Verifier;
    const RawAnswer tokens = fixture.exchange(fixture.form("/oauth/token", codeForm));
    QCOMPARE(tokens.status, 200);
    QCOMPARE(headerValue(tokens.headers, "Cache-Control"), "no-store");
    const QByteArray idToken = jsonOf(tokens).value("id_token"_L1).toString().toLatin1();

    const RawAnswer key = fixture.exchange(fixture.form(
        "/oauth/token",
        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&client_id=app_test&"
        "requested_token=openai-api-key"
        "&subject_token="
            + idToken + "&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid_token"));
    QCOMPARE(key.status, 200);
    const QByteArray apiKey = jsonOf(key).value("access_token"_L1).toString().toLatin1();

    const RawAnswer stream = fixture.exchange(fixture.ask("practice", apiKey));
    QCOMPARE(stream.status, 200);
    QVERIFY(stream.lastChunk);
    QCOMPARE(eventTypes(stream.body).last(), "response.completed");

    // The refresh comes as JSON, as Codex sends it.
    const QJsonObject refresh{{u"grant_type"_s, u"refresh_token"_s},
                              {u"client_id"_s, u"app_test"_s},
                              {u"refresh_token"_s, jsonOf(tokens).value("refresh_token"_L1)}};
    const QByteArray refreshRequest = fixture.post(
        "/oauth/token", "application/json; charset=utf-8", QJsonDocument(refresh).toJson());
    QCOMPARE(fixture.exchange(refreshRequest).status, 200);
    const RawAnswer reused = fixture.exchange(refreshRequest);
    QCOMPARE(reused.status, 401);
    QCOMPARE(jsonOf(reused).value("error"_L1)["code"_L1].toString(), u"refresh_token_reused"_s);
    QCOMPARE(fixture.exchange(fixture.form("/oauth/token", codeForm)).status, 400);
}

void tst_PracticeProvider::showsWhatIsWrongInsteadOfRedirecting()
{
    const Fixture fixture;
    QByteArray query = AuthorizeQuery;
    query.replace("S256", "plain").replace("localhost%3A1455", "example.org");
    const RawAnswer page = fixture.exchange(fixture.get("/oauth/authorize?" + query));
    QCOMPARE(page.status, 400);
    QVERIFY(headerValue(page.headers, "Location").isEmpty());
    QVERIFY(page.body.contains("code_challenge_method"));
    QVERIFY(page.body.contains("redirect_uri"));
    QVERIFY(!page.body.contains("example.org"));
    QVERIFY(!page.body.contains("<form"));

    const RawAnswer twice
        = fixture.exchange(fixture.get("/oauth/authorize?" + AuthorizeQuery + "&state=2"));
    QCOMPARE(twice.status, 400);
    QVERIFY(twice.body.contains("more than once"));
}

void tst_PracticeProvider::pagesHaveStrictHeaders()
{
    const Fixture fixture;
    const RawAnswer page = fixture.exchange(fixture.get("/oauth/authorize?" + AuthorizeQuery));
    const QByteArray style = page.body.mid(page.body.indexOf("<style>") + 7);
    const QByteArray css = style.first(style.indexOf("</style>"));
    const QByteArray hash = QCryptographicHash::hash(css, QCryptographicHash::Sha256).toBase64();
    QCOMPARE(headerValue(page.headers, "Content-Security-Policy"),
             "default-src 'none'; style-src 'sha256-" + hash
                 + "'; form-action 'self' http://localhost:1455; base-uri 'none'; frame-ancestors "
                   "'none'");
    QCOMPARE(headerValue(page.headers, "X-Frame-Options"), "DENY");
    QCOMPARE(headerValue(page.headers, "Referrer-Policy"), "no-referrer");
    QCOMPARE(headerValue(page.headers, "X-Content-Type-Options"), "nosniff");
    QCOMPARE(headerValue(page.headers, "Cache-Control"), "no-store");
    QVERIFY(!page.body.contains("<script"));
    QVERIFY(!page.body.contains("{{"));
    QVERIFY(page.body.contains("not OpenAI, no account, nothing leaves this computer"));
    QCOMPARE(page.body.count("type=\"radio\""), 6);
    QCOMPARE(page.body.count("checked"), 2); // one in the style sheet
}

void tst_PracticeProvider::pagesEscapeWhatTheyShow()
{
    const Fixture fixture;
    QByteArray query = AuthorizeQuery;
    query.replace("app_test", "%3Cscript%3E%22%7B%7B%7Bcss%7D%7D%7D");
    const RawAnswer page = fixture.exchange(fixture.get("/oauth/authorize?" + query));
    QCOMPARE(page.status, 200);
    QVERIFY(page.body.contains("&lt;script&gt;&quot;{{{css}}}"));
    QVERIFY(!page.body.contains("<script"));
}

void tst_PracticeProvider::answersAnIpV6Redirect()
{
    const Fixture fixture;
    QByteArray query = AuthorizeQuery;
    query.replace("localhost%3A1455", "%5B%3A%3A1%5D%3A1455");
    const RawAnswer page = fixture.exchange(fixture.get("/oauth/authorize?" + query));
    QCOMPARE(page.status, 200);
    QVERIFY(
        headerValue(page.headers, "Content-Security-Policy").contains("form-action 'self' http:;"));
    const RawAnswer decision = fixture.exchange(fixture.form(
        "/oauth/authorize/decision", "request=" + ticketOf(page.body) + "&decision=allow"));
    QVERIFY(headerValue(decision.headers, "Location")
                .startsWith("http://[::1]:1455/auth/callback?code="));
}

void tst_PracticeProvider::takesTheFormOnce()
{
    const Fixture fixture;
    const QByteArray ticket
        = ticketOf(fixture.exchange(fixture.get("/oauth/authorize?" + AuthorizeQuery)).body);
    const auto decide = [&](const QByteArray &body) {
        return fixture.exchange(fixture.form("/oauth/authorize/decision", body)).status;
    };
    QCOMPARE(decide("request=" + ticket), 400);
    QCOMPARE(decide("request=" + ticket + "&decision=maybe"), 400);
    QCOMPARE(decide("request=" + ticket + "&decision=allow&outcome=other"), 400);
    QCOMPARE(decide("request=guess&decision=allow"), 400);
    QCOMPARE(decide("request=" + ticket + "&decision=deny&outcome=success"), 303);
    QCOMPARE(decide("request=" + ticket + "&decision=allow&outcome=success"), 400);
}

void tst_PracticeProvider::revokesOverHttp_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("form") << QByteArray("application/x-www-form-urlencoded")
                          << QByteArray("token=x") << 200;
    QTest::newRow("JSON") << QByteArray("application/json") << QByteArray(R"({"token": "x"})")
                          << 200;
    QTest::newRow("no token") << QByteArray("application/json") << QByteArray("{}") << 200;
    QTest::newRow("not JSON") << QByteArray("application/json") << QByteArray("token=x") << 400;
    QTest::newRow("text") << QByteArray("text/plain") << QByteArray("token=x") << 400;
}

void tst_PracticeProvider::revokesOverHttp()
{
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, body);
    const Fixture fixture;
    QTEST(fixture.exchange(fixture.post("/oauth/revoke", type, body)).status, "status");
}

void tst_PracticeProvider::takesOnlyItsKeys_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("the practice key")
        << QByteArray("Authorization: Bearer practice\r\n") << 200 << QString();
    QTest::newRow("scheme in another case")
        << QByteArray("authorization: bearer practice\r\n") << 200 << QString();
    QTest::newRow("none") << QByteArray() << 401 << QString();
    QTest::newRow("empty") << QByteArray("Authorization: Bearer \r\n") << 401 << QString();
    QTest::newRow("another scheme")
        << QByteArray("Authorization: Basic practice\r\n") << 401 << QString();
    QTest::newRow("unknown key") << QByteArray("Authorization: Bearer practice-sk-x\r\n") << 401
                                 << u"invalid_api_key"_s;
    QTest::newRow("a real-looking key")
        << QByteArray("Authorization: Bearer sk-proj-x\r\n") << 401 << u"invalid_api_key"_s;
    QTest::newRow("two") << QByteArray(
        "Authorization: Bearer practice\r\nAuthorization: Bearer practice\r\n")
                         << 401 << QString();
}

void tst_PracticeProvider::takesOnlyItsKeys()
{
    QFETCH(const QByteArray, header);
    const Fixture fixture;
    const RawAnswer answer = fixture.exchange(fixture.get("/v1/models", header));
    QTEST(answer.status, "status");
    QTEST(jsonOf(answer).value("error"_L1)["code"_L1].toString(), "code");
    QVERIFY(!answer.body.contains("practice-sk-x") && !answer.body.contains("sk-proj-x"));
}

void tst_PracticeProvider::listsItsModels()
{
    const Fixture fixture;
    const QJsonObject list
        = jsonOf(fixture.exchange(fixture.get("/v1/models", "Authorization: Bearer practice\r\n")));
    QStringList ids;
    for (const QJsonValue &model : list.value("data"_L1).toArray()) {
        QCOMPARE(model["object"_L1].toString(), u"model"_s);
        ids.append(model["id"_L1].toString());
    }
    QCOMPARE(ids, PracticeProvider::models());
    QCOMPARE(ids.size(), 13);
    QCOMPARE(ids.first(), u"practice"_s);
}

void tst_PracticeProvider::refusalsCarryTheirHeaders()
{
    const Fixture fixture;
    const RawAnswer limited = fixture.exchange(fixture.ask("practice-429"));
    QCOMPARE(limited.status, 429);
    QCOMPARE(headerValue(limited.headers, "Retry-After"), "2");
    QVERIFY(headerValue(limited.headers, "x-request-id").startsWith("req_"));
    QCOMPARE(fixture.exchange(fixture.ask("practice-quota")).status, 429);
    QCOMPARE(fixture.exchange(fixture.ask("practice-401")).status, 401);
    QCOMPARE(fixture.exchange(fixture.ask("practice-500")).status, 500);
    QCOMPARE(fixture.exchange(fixture.ask("gpt-5")).status, 404);
}

void tst_PracticeProvider::tellsWhatItAnsweredWithoutSecrets()
{
    Fixture fixture;
    const QSignalSpy answered(&fixture.provider, &PracticeProvider::answered);
    fixture.exchange(fixture.get("/oauth/authorize?" + AuthorizeQuery));
    fixture.exchange(fixture.get("/oauth/authorize/practice-secret?code=practice-secret"));
    fixture.exchange(fixture.ask("practice-429"));
    fixture.exchange("garbage\r\n\r\n");

    const QList<QVariantList> expected{{u"GET /oauth/authorize"_s, 200},
                                       {u"other"_s, 404},
                                       {u"POST /v1/responses"_s, 429},
                                       {u"other"_s, 400}};
    QCOMPARE(QList<QVariantList>(answered), expected);
}

QTEST_GUILESS_MAIN(tst_PracticeProvider)
#include "tst_practiceprovider.moc"
