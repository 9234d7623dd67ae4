// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practicefixture.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>

using namespace Maestro;
using namespace PracticeFixture;
using namespace Qt::StringLiterals;

class tst_PracticeBytes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFaultsAreInTheBytes_data();
    void theFaultsAreInTheBytes();
    void aClientSeesADropAsAnError();
    void keepsItsPace();
    void readsRequestsCutAnywhere_data();
    void readsRequestsCutAnywhere();
    void refusesHostileRequests_data();
    void refusesHostileRequests();
    void closesConnectionsBeyondTheLimit();
    void survivesClientsThatLeave();
};

void tst_PracticeBytes::theFaultsAreInTheBytes_data()
{
    QTest::addColumn<QByteArray>("lastEvent");
    QTest::addColumn<bool>("lastChunk");
    QTest::newRow("practice") << QByteArray("response.completed") << true;
    QTest::newRow("practice-slow") << QByteArray("response.completed") << true;
    QTest::newRow("practice-tools") << QByteArray("response.completed") << true;
    QTest::newRow("practice-drop") << QByteArray("response.output_text.delta") << false;
    QTest::newRow("practice-cut") << QByteArray("response.output_text.delta") << true;
    QTest::newRow("practice-stall") << QByteArray("response.output_text.delta") << false;
    QTest::newRow("practice-error") << QByteArray("response.failed") << true;
    QTest::newRow("practice-malformed") << QByteArray("response.completed") << true;
    QTest::newRow("practice-incomplete") << QByteArray("response.incomplete") << true;
}

void tst_PracticeBytes::theFaultsAreInTheBytes()
{
    QFETCH(const QByteArray, lastEvent);
    QFETCH(const bool, lastChunk);
    const Fixture fixture;
    const QByteArray model = QTest::currentDataTag();
    RawClient client(fixture.port);
    QVERIFY(client.isConnected());
    client.send(fixture.ask(model));
    const bool stalls = model == "practice-stall";
    if (stalls) {
        QTRY_VERIFY(eventTypes(client.answer().body).size() > 50);
        const qsizetype soFar = client.received().size();
        QVERIFY(!QTest::qWaitFor(
            [&] { return client.received().size() > soFar || !client.isStillOpen(); }, 200));
    } else {
        QVERIFY(client.isClosed());
    }

    const RawAnswer answer = client.answer();
    QCOMPARE(answer.status, 200);
    QCOMPARE(headerValue(answer.headers, "Content-Type"), "text/event-stream; charset=utf-8");
    QVERIFY(headerValue(answer.headers, "x-request-id").startsWith("req_"));
    QCOMPARE(answer.closed, !stalls);
    QCOMPARE(answer.lastChunk, lastChunk);
    const QList<QByteArray> types = eventTypes(answer.body);
    QCOMPARE(types.first(), "response.created");
    QCOMPARE(types.last(), lastEvent);
    if (model == "practice-drop") {
        QVERIFY(client.received().endsWith("200\r\nevent: response.output_text.delta\ndata: {"));
    }
    if (model == "practice-error") {
        QCOMPARE(types[types.size() - 2], "error");
    }
}

void tst_PracticeBytes::aClientSeesADropAsAnError()
{
    const Fixture fixture;
    QNetworkAccessManager network;
    network.setProxy(QNetworkProxy::NoProxy);
    const auto ask = [&](const QByteArray &model) {
        QNetworkRequest request(QUrl(fixture.provider.apiUrl().toString() + u"/responses"_s));
        request.setRawHeader("Authorization", "Bearer practice");
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json"_L1);
        std::unique_ptr<QNetworkReply> reply(network.post(
            request, R"({"model": ")" + model + R"(", "input": "Hello", "stream": true})"));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        finished.wait();
        return reply;
    };
    const auto whole = ask("practice");
    QCOMPARE(whole->error(), QNetworkReply::NoError);
    QCOMPARE(eventTypes(whole->readAll()).last(), "response.completed");

    const auto dropped = ask("practice-drop");
    qInfo() << "Qt reports a drop inside a chunk as" << dropped->error();
    QVERIFY(dropped->isFinished());
    QVERIFY(!eventTypes(dropped->readAll()).contains("response.completed"));
}

void tst_PracticeBytes::keepsItsPace()
{
    // The tour has some 3,000 characters: at least 10 pieces of 300, so at least 10 pauses.
    PracticeProvider provider(PracticeProvider::Pace{.charactersPerDelta = 150, .between = 10ms});
    const quint16 port = *provider.listen();
    const QByteArray body = R"({"model": "practice", "input": "Hello", "stream": true})";
    QElapsedTimer clock;
    clock.start();
    const RawAnswer answer = RawClient(port).exchange(
        "POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(port)
        + "\r\nAuthorization: Bearer practice\r\nContent-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body);
    QVERIFY(answer.lastChunk);
    QVERIFY(clock.elapsed() >= 100);
}

void tst_PracticeBytes::readsRequestsCutAnywhere_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<int>("status");
    QTest::newRow("authorise page") << u"authorize"_s << 200;
    QTest::newRow("decision") << u"decision"_s << 400;
    QTest::newRow("token") << u"token"_s << 400;
    QTest::newRow("models") << u"models"_s << 200;
    QTest::newRow("response") << u"response"_s << 200;
}

void tst_PracticeBytes::readsRequestsCutAnywhere()
{
    QFETCH(const QString, kind);
    QFETCH(const int, status);
    const Fixture fixture;
    const QHash<QString, QByteArray> requests{
        {u"authorize"_s, fixture.get("/oauth/authorize?" + AuthorizeQuery)},
        {u"decision"_s, fixture.form("/oauth/authorize/decision", "request=x&decision=allow")},
        {u"token"_s, fixture.form("/oauth/token", "grant_type=authorization_code&code=x")},
        {u"models"_s, fixture.get("/v1/models", "Authorization: Bearer practice\r\n")},
        {u"response"_s, fixture.ask("practice-tools")},
    };
    const QByteArray request = requests.value(kind);
    for (qsizetype cut = 1; cut < request.size(); ++cut) {
        RawClient client(fixture.port);
        QVERIFY(client.isConnected());
        client.send(request.first(cut));
        QCoreApplication::processEvents();
        QVERIFY(client.received().isEmpty());
        client.send(request.sliced(cut));
        QVERIFY(client.isClosed());
        QCOMPARE(client.answer().status, status);
    }
    // And every byte on its own.
    RawClient client(fixture.port);
    QVERIFY(client.isConnected());
    for (const char byte : request) {
        client.send(QByteArray(1, byte));
        QCoreApplication::processEvents();
    }
    QVERIFY(client.isClosed());
    QCOMPARE(client.answer().status, status);
}

void tst_PracticeBytes::refusesHostileRequests_data()
{
    QTest::addColumn<QByteArray>("request"); // PORT stands for the port
    QTest::addColumn<int>("status");

    const QByteArray host = "Host: 127.0.0.1:PORT\r\n";
    QTest::newRow("another host") << QByteArray("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")
                                  << 421;
    QTest::newRow("another host on the port")
        << QByteArray("GET / HTTP/1.1\r\nHost: example.org:PORT\r\n\r\n") << 421;
    QTest::newRow("host without port")
        << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") << 421;
    QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << 421;
    QTest::newRow("two hosts") << "GET / HTTP/1.1\r\n" + host + host + "\r\n" << 421;
    QTest::newRow("localhost") << QByteArray("GET / HTTP/1.1\r\nHost: LocalHost:PORT\r\n\r\n")
                               << 200;
    QTest::newRow("unknown path") << "GET /secret HTTP/1.1\r\n" + host + "\r\n" << 404;
    QTest::newRow("path that goes up") << "GET /x/../v1/models HTTP/1.1\r\n" + host + "\r\n" << 404;
    QTest::newRow("path with a slash more") << "GET /v1/models/ HTTP/1.1\r\n" + host + "\r\n"
                                            << 404;
    QTest::newRow("absolute address") << "GET http://example.org/ HTTP/1.1\r\n" + host + "\r\n"
                                      << 404;
    QTest::newRow("another method") << "DELETE /v1/models HTTP/1.1\r\n" + host + "\r\n" << 405;
    QTest::newRow("GET of the token") << "GET /oauth/token?grant_type=refresh_token HTTP/1.1\r\n"
            + host + "\r\n" << 405;
    QTest::newRow("CONNECT") << "CONNECT example.org:443 HTTP/1.1\r\n" + host + "\r\n" << 404;
    QTest::newRow("bare line feeds") << "GET / HTTP/1.1\n" + host + "\n" << 400;
    QTest::newRow("not HTTP") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
                                            15)
                              << 400;
    QTest::newRow("HTTP/2") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") << 505;
    QTest::newRow("endless request line") << "GET /" + QByteArray(100'000, 'a') << 414;
    QTest::newRow("endless headers")
        << "GET / HTTP/1.1\r\n" + QByteArray("X: y\r\n").repeated(1000) << 431;
    QTest::newRow("endless header") << "GET / HTTP/1.1\r\nX: " + QByteArray(100'000, 'a') << 431;
    QTest::newRow("body announced too long")
        << "POST /v1/responses HTTP/1.1\r\n" + host + "Content-Length: 1048577\r\n\r\n"
        << 413;
    QTest::newRow("body sent too long") << "POST /v1/responses HTTP/1.1\r\n" + host
            + "Content-Length: 3000000\r\n\r\n"
            + QByteArray(3'000'000, 'x') << 413;
    QTest::newRow("negative length")
        << "POST /oauth/token HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n"
        << 400;
    QTest::newRow("two lengths") << "POST /oauth/token HTTP/1.1\r\n" + host
            + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"
                                 << 400;
    QTest::newRow("chunked") << "POST /oauth/token HTTP/1.1\r\n" + host
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                             << 501;
    QTest::newRow("not UTF-8 in the query") << "GET /oauth/authorize?state=%FF HTTP/1.1\r\n" + host
            + "\r\n" << 400;
    QTest::newRow("line break in the state")
        << "GET /oauth/authorize?state=%0D%0ASet-Cookie:%20a HTTP/1.1\r\n" + host + "\r\n"
        << 400;
    QTest::newRow("a thousand parameters") << "GET /oauth/authorize?"
            + QByteArray("a&").repeated(1000) + " HTTP/1.1\r\n" + host
            + "\r\n" << 400;
}

void tst_PracticeBytes::refusesHostileRequests()
{
    QFETCH(QByteArray, request);
    QFETCH(const int, status);
    const Fixture fixture;
    request.replace("PORT", QByteArray::number(fixture.port));
    RawClient client(fixture.port);
    QVERIFY(client.isConnected());
    client.send(request);
    QTRY_COMPARE(client.answer().status, status);
    QVERIFY(client.received().size() < 20'000);
    QVERIFY(!client.received().contains("\nSet-Cookie"));
    // It still answers others.
    QCOMPARE(fixture.exchange(fixture.get("/")).status, 200);
}

void tst_PracticeBytes::closesConnectionsBeyondTheLimit()
{
    const Fixture fixture;
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < PracticeProvider::MaxConnections; ++i) {
        clients.push_back(std::make_unique<RawClient>(fixture.port));
        QVERIFY(clients.back()->isConnected());
    }
    QCOMPARE(fixture.exchange(fixture.get("/")).status, 0);

    clients.clear();
    QTRY_COMPARE(fixture.exchange(fixture.get("/")).status, 200);
}

void tst_PracticeBytes::survivesClientsThatLeave()
{
    const Fixture fixture;
    for (int i = 0; i < 2 * PracticeProvider::MaxConnections; ++i) {
        RawClient client(fixture.port);
        QVERIFY(client.isConnected());
        client.send(fixture.ask("practice"));
        QVERIFY(client.hasReceived(i)); // and gone, in the middle of the answer
    }
    QTRY_COMPARE(fixture.exchange(fixture.get("/")).status, 200);
}

QTEST_GUILESS_MAIN(tst_PracticeBytes)
#include "tst_practicebytes.moc"
