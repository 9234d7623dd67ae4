// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/pkce.h"
#include "net/loopbackreplyhandler.h"
#include "rawclient.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTcpServer>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace Maestro;

class tst_LoopbackReplyHandler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void refusesEverythingButTheRedirect_data();
    void refusesEverythingButTheRedirect();
    void takesTheRedirect_data();
    void takesTheRedirect();
    void takesARequestCutAnywhere();
    void takesARequestByteByByte();
    void ignoresASecondRequestOnTheConnection();
    void settlesOnce();
    void tellsARefusalAtOnceAndWithTheSamePageWhateverTheWords();
    void holdsTheOutcomePageUntilTheSignInEnded_data();
    void holdsTheOutcomePageUntilTheSignInEnded();
    void admitsThatItIsStillWorking();
    void closesForABrowserThatNeverAsksForTheOutcome();
    void answersTheOutcomeForABrowserThatIsLate();
    void closesAtOnceWhenNoBrowserCame();
    void closesWhenDestroyed();
    void sendsStrictHeadersAndNothingOfTheRequest();
    void listensOnLoopbackAlone();
    void fallsBackToTheNextPort_data();
    void fallsBackToTheNextPort();
    void saysWhenNoPortIsFree();
    void survivesAFloodOfIdleConnections();
    void dropsSlowSenders();
    void survivesGarbage();
    void takesAPastedAddressLikeACaughtOne();

private:
    void start(LoopbackReplyHandler::Limits limits = {});
    QByteArray host() const { return "localhost:" + QByteArray::number(m_handler->port()); }
    QByteArray filled(const QByteArray &request) const;
    QByteArray redirect(const QByteArray &query) const;
    //! Sends it on a connection of its own; the status of the answer.
    int ask(const QByteArray &request, QByteArray *response = nullptr);
    //! The attempt is alive and nobody was told anything; then the real redirect still works.
    void verifyStillWaiting();
    //! All that knocked have been let in, and perhaps sent away: what comes now comes later.
    bool isCalm() const;

    std::unique_ptr<LoopbackReplyHandler> m_handler;
    std::unique_ptr<QSignalSpy> m_settled;
    std::unique_ptr<QSignalSpy> m_callbackReceived;
    std::unique_ptr<QSignalSpy> m_closed;
    Secret m_state;
    std::vector<std::unique_ptr<RawClient>> m_clients;
};

namespace {

OAuth::OAuthProfile testProfile(const QList<quint16> &ports)
{
    auto profile = OAuth::openAiProfile();
    profile.redirect = OAuth::LoopbackRedirect{u"localhost"_s, ports, u"/auth/callback"_s};
    return profile;
}

//! A port that nobody holds right now, on either address.
quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

QByteArray bodyOf(const QByteArray &response)
{
    return response.mid(response.indexOf("\r\n\r\n") + 4);
}

} // namespace

void tst_LoopbackReplyHandler::init() { start(); }

void tst_LoopbackReplyHandler::cleanup()
{
    m_clients.clear();
    m_handler.reset();
}

void tst_LoopbackReplyHandler::start(LoopbackReplyHandler::Limits limits)
{
    m_state = OAuth::makeState();
    m_handler = std::make_unique<LoopbackReplyHandler>(testProfile({0}), m_state, limits);
    m_settled = std::make_unique<QSignalSpy>(m_handler.get(), &LoopbackReplyHandler::settled);
    m_callbackReceived
        = std::make_unique<QSignalSpy>(m_handler.get(), &LoopbackReplyHandler::callbackReceived);
    m_closed = std::make_unique<QSignalSpy>(m_handler.get(), &LoopbackReplyHandler::closed);
    const auto error = m_handler->start();
    QVERIFY2(!error, qPrintable(error ? error->detail : QString()));
}

QByteArray tst_LoopbackReplyHandler::filled(const QByteArray &request) const
{
    return QByteArray(request)
        .replace("$STATE", m_state.reveal())
        .replace("$HOST", host())
        .replace("$PORT", QByteArray::number(m_handler->port()));
}

QByteArray tst_LoopbackReplyHandler::redirect(const QByteArray &query) const
{
    return filled("GET /auth/callback?" + query
                  + " HTTP/1.1\r\nHost: $HOST\r\nSec-Fetch-Mode: navigate\r\n\r\n");
}

int tst_LoopbackReplyHandler::ask(const QByteArray &request, QByteArray *response)
{
    RawClient client(m_handler->port());
    client.send(request);
    const bool isClosed = client.waitUntilClosed();
    if (response) {
        *response = client.received();
    }
    return isClosed ? client.status() : -1;
}

void tst_LoopbackReplyHandler::verifyStillWaiting()
{
    QCOMPARE(m_settled->count(), 0);
    QCOMPARE(m_callbackReceived->count(), 0);
    QCOMPARE(m_closed->count(), 0);
    QVERIFY(m_handler->isListening());
    QCOMPARE(ask(redirect("code=ac_real&state=$STATE")), 303);
    QCOMPARE(m_settled->count(), 1);
    QCOMPARE(m_callbackReceived->count(), 1);
    const auto values = m_callbackReceived->first().first().toMap();
    QCOMPARE(values.value(u"code"_s).toString(), u"ac_real"_s);
    QCOMPARE(values.value(u"state"_s).toString(), QString::fromLatin1(m_state.reveal()));
}

bool tst_LoopbackReplyHandler::isCalm() const
{
    return std::none_of(m_clients.begin(), m_clients.end(),
                        [](const auto &client) { return client->isConnecting(); });
}

void tst_LoopbackReplyHandler::refusesEverythingButTheRedirect_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray query = "?code=ac_x&state=$STATE";
    const QByteArray target = "/auth/callback" + query;
    const QByteArray hostLine = "Host: $HOST\r\n";
    const auto row = [](const QByteArray &name, const QByteArray &request, int status) {
        QTest::newRow(name.constData()) << request << status;
    };
    const auto get = [&](const QByteArray &what, const QByteArray &headers = {}) {
        return "GET " + what + " HTTP/1.1\r\n" + hostLine + headers + "\r\n";
    };

    for (const char *method : {"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE",
                               "CONNECT", "PROPFIND", "get", "Get", "GETT", "PRI"}) {
        row(method + "-method"_ba, method + (' ' + target) + " HTTP/1.1\r\n" + hostLine + "\r\n",
            405);
    }
    row("POST with a body",
        "POST " + target + " HTTP/1.1\r\n" + hostLine + "Content-Length: 3\r\n\r\na=b", 413);
    row("POST with chunks",
        "POST " + target + " HTTP/1.1\r\n" + hostLine
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        501);

    for (const char *path : {"/",
                             "/auth",
                             "/auth/",
                             "/auth/callbackX",
                             "/auth/callback/",
                             "/auth/callback/x",
                             "/auth/callbac",
                             "/Auth/Callback",
                             "/AUTH/CALLBACK",
                             "/auth/%63allback",
                             "/%61uth/callback",
                             "/auth%2Fcallback",
                             "/auth/callback%20",
                             "/auth/callback%00",
                             "/auth/callback%3F",
                             "/x/../auth/callback",
                             "/./auth/callback",
                             "//auth/callback",
                             "/auth//callback",
                             "/auth\\callback",
                             "/auth/callback;x=1",
                             "auth/callback",
                             "/@evil/auth/callback",
                             "*",
                             "/callback",
                             "/oauth2callback",
                             "/success",
                             "/cancel",
                             "/cancel?",
                             "/favicon.ico",
                             "/robots.txt",
                             "/apple-touch-icon.png",
                             "/.well-known/appspecific/com.chrome.devtools.json",
                             "/done",
                             "/done?x",
                             "/index.html",
                             "/auth/callback&",
                             "/auth/callback=",
                             "http://localhost/auth/callback",
                             "http://localhost:$PORT/auth/callback",
                             "https://evil.example/auth/callback",
                             "http://evil.example",
                             "localhost:$PORT"}) {
        row("path "_ba + path, get(path + query), 404);
        row("bare path "_ba + path, get(path), 404);
    }
    row("fragment in the target", get("/auth/callback#" + query), 404);

    for (const char *host : {"evil.example",
                             "evil.example:$PORT",
                             "localhost",
                             "localhost:",
                             "localhost:1",
                             "localhost:0$PORT",
                             "localhost:$PORT0",
                             "LOCALHOST:$PORT",
                             "Localhost:$PORT",
                             "localhost.:$PORT",
                             "localhost.evil.example:$PORT",
                             "evil.localhost:$PORT",
                             "127.0.0.1",
                             "127.0.0.2:$PORT",
                             "127.1:$PORT",
                             "0.0.0.0:$PORT",
                             "2130706433:$PORT",
                             "0x7f.0.0.1:$PORT",
                             "::1:$PORT",
                             "[::1]",
                             "[0:0:0:0:0:0:0:1]:$PORT",
                             "[::ffff:127.0.0.1]:$PORT",
                             "user@localhost:$PORT",
                             "localhost:$PORT, evil.example",
                             "localhost:$PORT/",
                             "http://localhost:$PORT",
                             "localhost :$PORT",
                             "",
                             "$HOST $HOST"}) {
        row("host "_ba + host, "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n", 421);
    }
    row("no host", "GET " + target + " HTTP/1.1\r\n\r\n", 421);
    row("no host, HTTP/1.0", "GET " + target + " HTTP/1.0\r\n\r\n", 421);
    row("two hosts", get(target, hostLine), 421);
    row("two hosts, the other second", get(target, "Host: evil.example\r\n"), 421);
    row("two hosts, the other first",
        "GET " + target + " HTTP/1.1\r\nHost: evil.example\r\n" + hostLine + "\r\n", 421);
    row("only a forwarded host", "GET " + target + " HTTP/1.1\r\nX-Forwarded-Host: $HOST\r\n\r\n",
        421);

    for (const char *state : {"",
                              "&state=",
                              "&state",
                              "&state=x",
                              "&state=$STATEx",
                              "&state=x$STATE",
                              "&state=$STATE+",
                              "&state=+$STATE",
                              "&state=%20$STATE",
                              "&state=$STATE%00",
                              "&state=$STATE%0a",
                              "&State=$STATE",
                              "&STATE=$STATE",
                              "&state%20=$STATE",
                              "&xstate=$STATE",
                              "&state[]=$STATE",
                              "&state=$STATE&state=$STATE",
                              "&state=x&state=$STATE",
                              "&state=$STATE&state=x",
                              "&state=$STATE&st%61te=x",
                              "&state=$STATE&state",
                              "&amp;state=$STATE",
                              ";state=$STATE",
                              "%26state=$STATE",
                              "&state=\"$STATE\"",
                              "&state=$STATE%",
                              "&state=%2$STATE",
                              "&state=null",
                              "&state=undefined",
                              "&state=0",
                              "&state=true",
                              "&state=*",
                              "&state=%25",
                              "&state=%F0%9F%98%80",
                              "&state=%FF",
                              "&state=$STATE$STATE"}) {
        row("state "_ba + state, get("/auth/callback?code=ac_x"_ba + state), 400);
        row("error with state "_ba + state,
            get("/auth/callback?error=access_denied&error_description=x"_ba + state), 400);
    }
    for (const char *rest :
         {"code=a&code=b", "error=a&error=b", "code=a%0d%0aX:1", "code=%00", "code=%ff",
          "code=a%20b", "code=%zz", "code=%", "code=a&iss=https%3A%2F%2Fevil.example",
          "iss=&code=a", "iss&code=a", "error=x&iss=https%3A%2F%2Fevil.example", "code=a&x=1&x=2",
          "error=x&error_description=%0d%0aSet-Cookie:a", "code=%c3%a4", "%=&code=a"}) {
        row("right state, "_ba + rest, get("/auth/callback?state=$STATE&"_ba + rest), 400);
    }
    row("33 parameters", get(target + "&a"_ba.repeated(31)), 400);
    row("no query", get("/auth/callback"), 400);
    row("empty query", get("/auth/callback?"), 400);
    row("question mark only", get("/auth/callback??"), 400);

    for (const char *header :
         {"Sec-Purpose: prefetch", "Sec-Purpose: prefetch;prerender", "sec-purpose: PREFETCH",
          "Purpose: prefetch", "X-Purpose: preview", "X-Moz: prefetch",
          "Purpose: prefetch\r\nSec-Fetch-Mode: navigate", "Sec-Purpose:"}) {
        row("prefetch "_ba + header, get(target, header + "\r\n"_ba), 503);
    }
    for (const char *header :
         {"Sec-Fetch-Mode: cors", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Mode: same-origin",
          "Sec-Fetch-Mode: websocket", "Sec-Fetch-Mode: Navigate", "Sec-Fetch-Mode: navigate, cors",
          "Sec-Fetch-Mode:", "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Mode: cors",
          "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Mode: navigate", "Origin: https://evil.example",
          "Origin: null", "Origin:", "Origin: http://localhost:$PORT",
          "Origin: https://auth.openai.com\r\nSec-Fetch-Mode: navigate",
          "Upgrade: websocket\r\nConnection: Upgrade\r\nOrigin: https://evil.example",
          "Access-Control-Request-Private-Network: true\r\nOrigin: https://evil.example"}) {
        row("fetch "_ba + header, get(target, header + "\r\n"_ba), 400);
    }

    const QByteArray line = "GET " + target + " HTTP/1.1\r\n";
    for (const QByteArray &bytes :
         QList<QByteArray>{"\r\n\r\n",
                           "\n",
                           "GET\r\n\r\n",
                           "GET \r\n\r\n",
                           "GET / \r\n\r\n",
                           " GET / HTTP/1.1\r\n\r\n",
                           "GET " + target + "\r\n" + hostLine + "\r\n",
                           "GET  " + target + " HTTP/1.1\r\n" + hostLine + "\r\n",
                           "GET " + target + "  HTTP/1.1\r\n" + hostLine + "\r\n",
                           "GET\t" + target + " HTTP/1.1\r\n" + hostLine + "\r\n",
                           "GET " + target + " HTTP/1.1\n" + hostLine + "\r\n",
                           "GET " + target + " HTTP/1.1\r" + hostLine + "\r\n\r\n",
                           "GET /a b HTTP/1.1\r\n\r\n",
                           "GET /\x01 HTTP/1.1\r\n\r\n",
                           "GET /\xc3\xa4 HTTP/1.1\r\n\r\n",
                           "GET /\x00 HTTP/1.1\r\n\r\n"_ba,
                           "G\xc3\x84T / HTTP/1.1\r\n\r\n",
                           "GET / http/1.1\r\n\r\n",
                           "GET / FTP/1.1\r\n\r\n",
                           "\x16\x03\x01\x02\x00\x01\x00\n"_ba,
                           "GET / \xff\r\n\r\n",
                           line + "Host: $HOST\nX: y\r\n\r\n",
                           line + ": empty name\r\n\r\n",
                           line + "Host $HOST\r\n\r\n",
                           line + "Host : $HOST\r\n\r\n",
                           line + " Host: $HOST\r\n\r\n",
                           line + hostLine + " folded\r\n\r\n",
                           line + hostLine + "\tfolded\r\n\r\n",
                           line + hostLine + "A: b\x01\r\n\r\n",
                           line + hostLine + "A: b\x00\r\n\r\n"_ba,
                           line + hostLine + "A: b\rc\r\n\r\n",
                           line + hostLine + "A: \xc3\xa4\r\n\r\n",
                           line + hostLine + "A\xc3\xa4: b\r\n\r\n",
                           line + hostLine + "A B: c\r\n\r\n",
                           line + hostLine + "A(: c\r\n\r\n",
                           line + hostLine + "no colon\r\n\r\n",
                           line + hostLine + "Content-Length: x\r\n\r\n",
                           line + hostLine + "Content-Length: -1\r\n\r\n",
                           line + hostLine + "Content-Length: +1\r\n\r\n",
                           line + hostLine + "Content-Length:\r\n\r\n",
                           line + hostLine + "Content-Length: 0, 0\r\n\r\n",
                           line + hostLine + "Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
                           line + hostLine + "Content-Length: 99999999999999999999\r\n\r\n"}) {
        row("malformed " + bytes.toPercentEncoding(" /:").left(200) + ' '
                + QByteArray::number(bytes.size()),
            bytes, 400);
    }
    row("body announced", line + hostLine + "Content-Length: 1\r\n\r\nx", 413);
    row("endless body announced", line + hostLine + "Content-Length: 9000000000\r\n\r\n", 413);
    row("chunked body", line + hostLine + "Transfer-Encoding: chunked\r\n\r\n", 501);
    row("both lengths", line + hostLine + "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n",
        501);
    row("HTTP/2", "GET " + target + " HTTP/2.0\r\n" + hostLine + "\r\n", 505);
    row("HTTP/0.9", "GET " + target + " HTTP/0.9\r\n" + hostLine + "\r\n", 505);
    row("HTTP/1.2", "GET " + target + " HTTP/1.2\r\n" + hostLine + "\r\n", 505);
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("line too long", get(target + "&x=" + QByteArray(9000, 'a')), 414);
    row("line too long, endless", "GET /" + QByteArray(20000, 'a'), 414);
    row("no line at all", QByteArray(20000, 'a'), 414);
    row("one header too long", get(target, "A: " + QByteArray(33000, 'a') + "\r\n"), 431);
    row("headers too long", get(target, ("A: " + QByteArray(1000, 'a') + "\r\n").repeated(40)),
        431);
    row("too many headers", get(target, "A: b\r\n"_ba.repeated(100)), 431);
    row("no end of headers", line + "A: b\r\n"_ba.repeated(200), 431);
}

void tst_LoopbackReplyHandler::refusesEverythingButTheRedirect()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QByteArray response;
    QCOMPARE(ask(filled(request), &response), status);
    QVERIFY(!response.contains("Access-Control"));
    QVERIFY(!response.contains("Location"));
    QVERIFY(!response.contains(m_state.reveal()));
    QVERIFY(!response.contains("ac_x"));
    QVERIFY(response.contains("\r\nConnection: close\r\n"));
    verifyStillWaiting();
}

void tst_LoopbackReplyHandler::takesTheRedirect_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("code");
    const QByteArray query = "/auth/callback?code=ac_1&state=$STATE";
    for (const char *host : {"localhost:$PORT", "127.0.0.1:$PORT", "[::1]:$PORT"}) {
        QTest::newRow(host) << "GET " + query + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"
                            << u"ac_1"_s;
    }
    QTest::newRow("a browser's headers") << "GET " + query
            + " HTTP/1.1\r\nHost: $HOST\r\nConnection: keep-alive\r\nsec-ch-ua: \"Chromium\"\r\n"
              "Upgrade-Insecure-Requests: 1\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/html\r\n"
              "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-User: ?1\r\n"
              "Sec-Fetch-Dest: document\r\nReferer: https://auth.openai.com/\r\nCookie: a=b; "
              "c=d\r\n\r\n" << u"ac_1"_s;
    QTest::newRow("HTTP/1.0") << "GET " + query + " HTTP/1.0\r\nHost: $HOST\r\n\r\n" << u"ac_1"_s;
    QTest::newRow("header name in another case") << "GET " + query
            + " HTTP/1.1\r\nhOST:$HOST\r\n\r\n" << u"ac_1"_s;
    QTest::newRow("long cookies of other local servers") << "GET " + query
            + " HTTP/1.1\r\nHost: $HOST\r\nCookie: " + QByteArray(16000, 'c')
            + "\r\n\r\n" << u"ac_1"_s;
    QTest::newRow("encoded code")
        << "GET /auth/callback?scope=openid+email&code=a%2Bb%2Fc%3D%25&state=$STATE&"
           "iss=https%3A%2F%2Fauth.openai.com HTTP/1.1\r\nHost: $HOST\r\n\r\n"_ba
        << u"a+b/c=%"_s;
}

void tst_LoopbackReplyHandler::takesTheRedirect()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, code);
    QByteArray response;
    QCOMPARE(ask(filled(request), &response), 303);
    QVERIFY(response.contains("\r\nLocation: /done\r\n"));
    QCOMPARE(m_callbackReceived->count(), 1);
    QCOMPARE(m_callbackReceived->first().first().toMap().value(u"code"_s).toString(), code);
}

void tst_LoopbackReplyHandler::takesARequestCutAnywhere()
{
    const qsizetype size = redirect("code=ac_1&state=$STATE").size();
    for (qsizetype cut = 1; cut < size; ++cut) {
        start();
        const QByteArray request = redirect("code=ac_1&state=$STATE");
        RawClient client(m_handler->port());
        QVERIFY(client.waitUntilConnected());
        client.send(request.first(cut));
        client.flush();
        QCoreApplication::processEvents();
        QCOMPARE(m_settled->count(), 0);
        client.send(request.sliced(cut));
        QVERIFY(client.waitUntilClosed());
        QCOMPARE(client.status(), 303);
        QCOMPARE(m_callbackReceived->count(), 1);
    }
}

void tst_LoopbackReplyHandler::takesARequestByteByByte()
{
    RawClient client(m_handler->port(), QHostAddress::LocalHostIPv6);
    QTRY_VERIFY(client.isConnected());
    for (const char byte : redirect("code=ac_1&state=$STATE")) {
        client.send(QByteArray(1, byte));
        client.flush();
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(client.isClosed());
    QCOMPARE(client.status(), 303);
}

void tst_LoopbackReplyHandler::ignoresASecondRequestOnTheConnection()
{
    QByteArray response;
    QCOMPARE(ask(filled("GET / HTTP/1.1\r\nHost: $HOST\r\n\r\n") + redirect("code=x&state=$STATE"),
                 &response),
             404);
    QCOMPARE(response.count("HTTP/1.1 "), 1);
    verifyStillWaiting();
}

void tst_LoopbackReplyHandler::settlesOnce()
{
    verifyStillWaiting();
    QCOMPARE(ask(redirect("code=ac_real&state=$STATE")), 410);
    QCOMPARE(ask(redirect("code=ac_other&state=$STATE")), 410);
    QCOMPARE(ask(redirect("error=access_denied&state=$STATE")), 410);
    QCOMPARE(ask(redirect("code=ac_other&state=wrong")), 400);
    QCOMPARE(m_settled->count(), 1);
    QCOMPARE(m_callbackReceived->count(), 1);
}

void tst_LoopbackReplyHandler::tellsARefusalAtOnceAndWithTheSamePageWhateverTheWords()
{
    const QByteArrayList words{"",
                               "x",
                               "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
                               "%3C%2Fp%3E%3Cscript%3E",
                               "&error_uri=https%3A%2F%2Fevil.example",
                               QByteArray(4000, 'a')};
    QByteArray first;
    for (const QByteArray &description : words) {
        start();
        QByteArray response;
        QCOMPARE(ask(redirect("error=access_denied&state=$STATE&error_description=" + description),
                     &response),
                 403);
        first = first.isEmpty() ? response : first;
        QCOMPARE(response, first);
        QCOMPARE(m_settled->count(), 1);
        QCOMPARE(m_callbackReceived->count(), 0);
        m_handler->conclude(LoopbackReplyHandler::Outcome::Denied);
        QTRY_COMPARE_WITH_TIMEOUT(m_closed->count(), 1, 100);
        QVERIFY(!m_handler->isListening());
    }
    start();
    QByteArray response;
    QCOMPARE(ask(redirect("error=server_error&state=$STATE"), &response), 400);
    QVERIFY(response.contains("The sign-in did not work"));
}

void tst_LoopbackReplyHandler::holdsTheOutcomePageUntilTheSignInEnded_data()
{
    QTest::addColumn<int>("outcome");
    QTest::addColumn<QByteArray>("words");
    using Outcome = LoopbackReplyHandler::Outcome;
    QTest::newRow("signed in") << int(Outcome::SignedIn) << "<h1>You are signed in</h1>"_ba;
    QTest::newRow("no key") << int(Outcome::SignedInWithoutKey)
                            << "<h1>You are signed in, but there is no API key</h1>"_ba;
    QTest::newRow("denied") << int(Outcome::Denied) << "<h1>The sign-in was not allowed</h1>"_ba;
    QTest::newRow("failed") << int(Outcome::Failed) << "<h1>The sign-in did not work</h1>"_ba;
}

void tst_LoopbackReplyHandler::holdsTheOutcomePageUntilTheSignInEnded()
{
    QFETCH(int, outcome);
    QFETCH(QByteArray, words);
    verifyStillWaiting();
    RawClient browser(m_handler->port());
    browser.send(filled("GET /done HTTP/1.1\r\nHost: $HOST\r\n\r\n"));
    RawClient idle(m_handler->port());
    QTRY_VERIFY(browser.isConnected() && idle.isConnected());
    // Somebody else is answered meanwhile, so the browser's request has been read as well.
    QCOMPARE(ask(filled("GET /favicon.ico HTTP/1.1\r\nHost: $HOST\r\n\r\n")), 404);
    QVERIFY(!browser.isClosed());
    QCOMPARE(browser.received(), QByteArray());

    m_handler->conclude(static_cast<LoopbackReplyHandler::Outcome>(outcome));
    QVERIFY(!m_handler->isListening());
    QTRY_VERIFY(browser.isClosed());
    QCOMPARE(browser.status(), 200);
    QVERIFY(browser.received().contains(words));
    QTRY_COMPARE(m_closed->count(), 1);
    QTRY_VERIFY(idle.isClosed());
    QCOMPARE(idle.received(), QByteArray());
}

void tst_LoopbackReplyHandler::admitsThatItIsStillWorking()
{
    start({.outcome = std::chrono::milliseconds(50)});
    verifyStillWaiting();
    QByteArray response;
    QCOMPARE(ask(filled("GET /done HTTP/1.1\r\nHost: $HOST\r\n\r\n"), &response), 200);
    QVERIFY(response.contains("<h1>Still working</h1>"));
    QVERIFY(m_handler->isListening());
    // Asked again, it tells what it knows by then.
    m_handler->conclude(LoopbackReplyHandler::Outcome::SignedIn);
    QCOMPARE(ask(filled("GET /done HTTP/1.1\r\nHost: $HOST\r\n\r\n"), &response), 200);
    QVERIFY(response.contains("You are signed in"));
    QTRY_COMPARE(m_closed->count(), 1);
}

void tst_LoopbackReplyHandler::closesForABrowserThatNeverAsksForTheOutcome()
{
    verifyStillWaiting();
    m_handler->conclude(LoopbackReplyHandler::Outcome::SignedIn);
    QVERIFY(m_handler->isListening());
    QTRY_COMPARE_WITH_TIMEOUT(m_closed->count(), 1, 1500);
    QVERIFY(!m_handler->isListening());
}

void tst_LoopbackReplyHandler::answersTheOutcomeForABrowserThatIsLate()
{
    verifyStillWaiting();
    m_handler->conclude(LoopbackReplyHandler::Outcome::Failed);
    QByteArray response;
    QCOMPARE(ask(filled("GET /done HTTP/1.1\r\nHost: $HOST\r\n\r\n"), &response), 200);
    QVERIFY(response.contains("The sign-in did not work"));
    QTRY_COMPARE_WITH_TIMEOUT(m_closed->count(), 1, 100);
}

void tst_LoopbackReplyHandler::closesAtOnceWhenNoBrowserCame()
{
    RawClient idle(m_handler->port());
    QTRY_VERIFY(idle.isConnected());
    m_handler->conclude(LoopbackReplyHandler::Outcome::Failed);
    QVERIFY(!m_handler->isListening());
    QCOMPARE(m_closed->count(), 1);
    QTRY_VERIFY(idle.isClosed());
}

void tst_LoopbackReplyHandler::closesWhenDestroyed()
{
    verifyStillWaiting();
    const quint16 port = m_handler->port();
    RawClient browser(port);
    browser.send(filled("GET /done HTTP/1.1\r\nHost: $HOST\r\n\r\n"));
    QTRY_VERIFY(browser.isConnected());
    m_handler.reset();
    QTRY_VERIFY(browser.isClosed());
    for (const auto address : {QHostAddress::LocalHost, QHostAddress::LocalHostIPv6}) {
        QTcpServer again;
        QVERIFY(again.listen(address, port));
    }
}

void tst_LoopbackReplyHandler::sendsStrictHeadersAndNothingOfTheRequest()
{
    for (const QByteArray &request :
         {redirect("code=ac_CANARY&state=$STATE&x=CANARY"),
          filled("GET /done HTTP/1.1\r\nHost: $HOST\r\nReferer: CANARY\r\n\r\n"),
          filled("GET /CANARY?CANARY HTTP/1.1\r\nHost: $HOST\r\nA: CANARY\r\n\r\n"),
          redirect("code=CANARY&state=CANARY")}) {
        RawClient client(m_handler->port());
        client.send(request);
        QTRY_VERIFY(client.isClosed() || m_handler->isListening());
        if (request.startsWith("GET /done")) {
            QTRY_VERIFY(client.isConnected());
            m_handler->conclude(LoopbackReplyHandler::Outcome::SignedIn);
        }
        QTRY_VERIFY(client.isClosed());
        const QByteArray response = client.received();
        const QByteArray head = response.first(response.indexOf("\r\n\r\n") + 2);
        QVERIFY(
            head.contains("\r\nContent-Security-Policy: default-src 'none'; style-src 'sha256-"));
        QVERIFY(head.contains("frame-ancestors 'none'\r\n"));
        QVERIFY(head.contains("\r\nX-Content-Type-Options: nosniff\r\n"));
        QVERIFY(head.contains("\r\nX-Frame-Options: DENY\r\n"));
        QVERIFY(head.contains("\r\nReferrer-Policy: no-referrer\r\n"));
        QVERIFY(head.contains("\r\nCache-Control: no-store\r\n"));
        QVERIFY(head.contains("\r\nConnection: close\r\n"));
        QVERIFY(head.contains("\r\nContent-Length: " + QByteArray::number(bodyOf(response).size())
                              + "\r\n"));
        QVERIFY(!response.contains("CANARY"));
        QVERIFY(!response.contains(m_state.reveal()));
        for (const char *forbidden : {"<script", "<img", "<link", "<iframe", "url(", "@import",
                                      "http:", "https:", " on", "Set-Cookie"}) {
            // " on" as in onclick=; the words of the pages are checked by eye.
            if (qstrcmp(forbidden, " on") != 0) {
                QVERIFY2(!response.contains(forbidden), forbidden);
            }
        }
        if (m_handler->isListening() && !request.contains("/done")) {
            continue;
        }
        start();
    }
}

void tst_LoopbackReplyHandler::listensOnLoopbackAlone()
{
    QCOMPARE(m_handler->addresses(), u"127.0.0.1 and ::1"_s);
    // The base class would hold the port on every interface; nobody else does now.
    QTcpServer elsewhere;
    QVERIFY(elsewhere.listen(QHostAddress(u"127.0.0.2"_s), m_handler->port()));
    QVERIFY(!m_handler->QOAuthHttpServerReplyHandler::isListening());
}

void tst_LoopbackReplyHandler::fallsBackToTheNextPort_data()
{
    QTest::addColumn<bool>("ipv4");
    QTest::addColumn<bool>("ipv6");
    QTest::newRow("127.0.0.1 is taken") << true << false;
    QTest::newRow("::1 is taken") << false << true;
    QTest::newRow("both are taken") << true << true;
}

void tst_LoopbackReplyHandler::fallsBackToTheNextPort()
{
    QFETCH(bool, ipv4);
    QFETCH(bool, ipv6);
    const quint16 taken = freePort();
    QTcpServer squatter4;
    QTcpServer squatter6;
    QVERIFY(!ipv4 || squatter4.listen(QHostAddress::LocalHost, taken));
    QVERIFY(!ipv6 || squatter6.listen(QHostAddress::LocalHostIPv6, taken));
    const quint16 next = freePort();
    LoopbackReplyHandler handler(testProfile({taken, next}), m_state, {});
    QVERIFY(!handler.start());
    QCOMPARE(handler.port(), next);
    QCOMPARE(handler.callback(), u"http://localhost:%1/auth/callback"_s.arg(next));
    // Nothing of it stays on the port that is shared with another program.
    QTcpServer rest;
    QVERIFY(ipv4 || rest.listen(QHostAddress::LocalHost, taken));
}

void tst_LoopbackReplyHandler::saysWhenNoPortIsFree()
{
    QTcpServer everywhere;
    QVERIFY(everywhere.listen(QHostAddress::Any));
    QTcpServer ipv6;
    QVERIFY(ipv6.listen(QHostAddress::LocalHostIPv6));
    LoopbackReplyHandler handler(testProfile({everywhere.serverPort(), ipv6.serverPort()}), m_state,
                                 {});
    const auto error = handler.start();
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::PortInUse);
    QVERIFY(error->message.contains(u"Another program"_s));
    QVERIFY(error->detail.contains(QString::number(everywhere.serverPort())));
    QVERIFY(!handler.isListening());
}

void tst_LoopbackReplyHandler::survivesAFloodOfIdleConnections()
{
    for (int i = 0; i < 100; ++i) {
        m_clients.push_back(std::make_unique<RawClient>(m_handler->port()));
        m_clients.back()->send("GET /auth/callback?code=junk&st");
    }
    QTRY_VERIFY(isCalm());
    verifyStillWaiting();
    // The browser that waits for its outcome is not evicted by more of them.
    RawClient browser(m_handler->port());
    browser.send(filled("GET /done HTTP/1.1\r\nHost: $HOST\r\n\r\n"));
    QTRY_VERIFY(browser.isConnected());
    QCOMPARE(ask(filled("GET / HTTP/1.1\r\nHost: $HOST\r\n\r\n")), 404);
    for (int i = 0; i < 100; ++i) {
        m_clients.push_back(std::make_unique<RawClient>(m_handler->port()));
    }
    QTRY_VERIFY(isCalm());
    QCOMPARE(ask(filled("GET / HTTP/1.1\r\nHost: $HOST\r\n\r\n")), 404);
    m_handler->conclude(LoopbackReplyHandler::Outcome::SignedIn);
    QTRY_VERIFY(browser.isClosed());
    QVERIFY(browser.received().contains("You are signed in"));
}

void tst_LoopbackReplyHandler::dropsSlowSenders()
{
    start({.server = {.patience = std::chrono::milliseconds(100)}});
    RawClient silent(m_handler->port());
    RawClient slow(m_handler->port());
    slow.send("GET /auth/callback?");
    QTRY_VERIFY_WITH_TIMEOUT(silent.isConnected() && slow.isConnected(), 100);
    QTRY_VERIFY_WITH_TIMEOUT(silent.isClosed() && slow.isClosed(), 2000);
    QCOMPARE(slow.received(), QByteArray());
    verifyStillWaiting();
}

void tst_LoopbackReplyHandler::survivesGarbage()
{
    QRandomGenerator random(8252);
    for (int i = 0; i < 100; ++i) {
        QByteArray garbage(random.bounded(1, 3000), '\0');
        for (char &byte : garbage) {
            byte = static_cast<char>(random.bounded(256));
        }
        m_clients.push_back(std::make_unique<RawClient>(m_handler->port()));
        m_clients.back()->send(garbage);
    }
    QTRY_VERIFY(isCalm());
    verifyStillWaiting();
}

void tst_LoopbackReplyHandler::takesAPastedAddressLikeACaughtOne()
{
    const auto address = [this](const QByteArray &query) {
        return QString(m_handler->callback() + u'?' + QString::fromLatin1(filled(query)));
    };
    const auto old = m_handler->submit(address("code=x&state=old"));
    QVERIFY(old);
    QCOMPARE(old->message, u"This address belongs to an earlier attempt."_s);
    QCOMPARE(m_settled->count(), 0);
    QVERIFY(!m_handler->submit(address("code=ac_1&state=$STATE")));
    QCOMPARE(m_settled->count(), 1);
    QCOMPARE(m_callbackReceived->count(), 1);
    QVERIFY(m_handler->submit(address("code=ac_1&state=$STATE")));
    QCOMPARE(ask(redirect("code=ac_1&state=$STATE")), 410);
    QCOMPARE(ask(filled("GET /done HTTP/1.1\r\nHost: $HOST\r\n\r\n")), 404);
    QCOMPARE(m_settled->count(), 1);
    QCOMPARE(m_callbackReceived->count(), 1);
}

QTEST_GUILESS_MAIN(tst_LoopbackReplyHandler)
#include "tst_loopbackreplyhandler.moc"
