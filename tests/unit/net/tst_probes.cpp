// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/probes/browserprobe.h"
#include "net/probes/clockprobe.h"
#include "net/probes/connectionprobe.h"
#include "net/probes/datadirectoryprobe.h"
#include "net/probes/nameprobe.h"
#include "net/probes/proxyprobe.h"
#include "net/probes/systemproxy.h"
#include "support/certificates.h"

#include <QDir>
#include <QLocale>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Status = ProbeResult::Status;

namespace {

QByteArray httpDate(qint64 secondsFromNow)
{
    const QDateTime time = QDateTime::currentDateTimeUtc().addSecs(secondsFromNow);
    return QLocale::c().toString(time, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

//! Answers every request alike, over TLS if it is an SslServer, and keeps what was asked.
template <typename Server>
struct Answering
{
    Server server;
    QByteArray headers;
    QByteArray asked;

    Answering()
    {
        QObject::connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [this] {
            while (QTcpSocket *socket = server.nextPendingConnection()) {
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                    asked += socket->readAll();
                    socket->write("HTTP/1.1 404 Not Found\r\n" + headers
                                  + "Content-Length: 0\r\nConnection: close\r\n\r\n");
                    socket->disconnectFromHost();
                });
            }
        });
        if (!server.listen(QHostAddress::LocalHost)) {
            qFatal("cannot listen");
        }
    }
    QUrl url(const QString &scheme, const QString &host = u"127.0.0.1"_s) const
    {
        return QUrl(u"%1://%2:%3/v1"_s.arg(scheme, host).arg(server.serverPort()));
    }
};

ProbeResult run(Probe &probe)
{
    QSignalSpy spy(&probe, &Probe::finished);
    probe.start();
    if (!spy.isEmpty() || !spy.wait(20000)) {
        return {};
    }
    return spy.constFirst().constFirst().value<ProbeResult>();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

Q_DECLARE_METATYPE(Authority::Wish)

class tst_Probes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void looksNamesUp_data();
    void looksNamesUp();
    void showsNoCredentialOfAProxy();
    void namesTheProxyOnce();
    void takesAnyStatusForAnAnswer();
    void tellsWhyThereIsNoConnection();
    void namesTheIssuerOfACertificate_data();
    void namesTheIssuerOfACertificate();
    void comparesClocks_data();
    void comparesClocks();
    void needsOneServerForTheTime();
    void findsTheBrowser_data();
    void findsTheBrowser();
    void judgesTheDataDirectory();
};

void tst_Probes::init()
{
    for (const char *name : {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY",
                             "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}) {
        qunsetenv(name);
    }
}

void tst_Probes::cleanup() { init(); }

void tst_Probes::looksNamesUp_data()
{
    QTest::addColumn<QUrl>("server");
    QTest::addColumn<Status>("status");
    QTest::newRow("no such name") << QUrl(u"https://maestro.invalid/v1"_s) << Status::Problem;
    QTest::newRow("this computer") << QUrl(u"http://localhost:1/v1"_s) << Status::Skipped;
    QTest::newRow("an address") << QUrl(u"https://192.0.2.1/v1"_s) << Status::Skipped;
    QTest::newRow("sent to this computer")
        << QUrl(u"https://localhost.localdomain./v1"_s) << Status::Problem;
}

void tst_Probes::looksNamesUp()
{
    QFETCH(QUrl, server);
    QFETCH(Status, status);
    NameProbe probe(server);
    const ProbeResult result = run(probe);
    QCOMPARE(result.id, u"name:"_s + server.host());
    QCOMPARE(result.status, status);
    QCOMPARE(result.advice.isEmpty(), status != Status::Problem);
    QVERIFY(!result.finding.isEmpty());
}

void tst_Probes::showsNoCredentialOfAProxy()
{
    const QNetworkProxy proxy(QNetworkProxy::HttpProxy, u"proxy.example"_s, 3128, u"ada"_s,
                              u"s3cret"_s);
    QCOMPARE(describe(proxy), u"HTTP proxy proxy.example:3128, with a user name or password"_s);
    QCOMPARE(describe(QNetworkProxy(QNetworkProxy::Socks5Proxy, u"::1"_s, 9)),
             u"SOCKS proxy ::1:9"_s);

    qputenv("https_proxy", "http://ada:s3cret@127.0.0.1:1");
    qputenv("http_proxy", "http://ada:s3cret@127.0.0.1:1");
    const QUrl server(u"https://maestro.invalid/"_s);
    ProxyProbe proxies({server});
    ConnectionProbe connection(server);
    for (Probe *probe : {static_cast<Probe *>(&proxies), static_cast<Probe *>(&connection)}) {
        const ProbeResult result = run(*probe);
        QVERIFY2(result.finding.contains(u"proxy"_s), qPrintable(result.finding));
        const QString all = result.finding + result.advice + result.title + result.id;
        QVERIFY2(!all.contains(u"ada"_s) && !all.contains(u"s3cret"_s), qPrintable(all));
    }
}

void tst_Probes::namesTheProxyOnce()
{
    const QUrl world(u"https://a.example/"_s);
    const QUrl here(u"http://127.0.0.1:1/"_s);
    ProxyProbe none({world, here});
    QCOMPARE(run(none).finding, u"no proxy"_s);
    qputenv("https_proxy", "http://127.0.0.1:3128");
    ProxyProbe both({world, here, QUrl(u"https://b.example/"_s)});
    const ProbeResult result = run(both);
    QCOMPARE(result.status, Status::Ok);
    QCOMPARE(result.finding,
             u"HTTP proxy 127.0.0.1:3128 for a.example, b.example; no proxy for 127.0.0.1"_s);
}

void tst_Probes::takesAnyStatusForAnAnswer()
{
    Answering<QTcpServer> there;
    QUrl url = there.url(u"http"_s);
    url.setQuery(u"key=s3cret"_s);
    ConnectionProbe probe(url);
    const ProbeResult result = run(probe);
    QCOMPARE(result.status, Status::Ok);
    QVERIFY(result.finding.contains(u"without TLS"_s));
    QVERIFY(there.asked.startsWith("HEAD / HTTP/1.1"));
    QVERIFY(!there.asked.toLower().contains("authorization"));
}

void tst_Probes::tellsWhyThereIsNoConnection()
{
    quint16 port = 0;
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        port = closed.serverPort();
    }
    ConnectionProbe refused(QUrl(u"https://127.0.0.1:%1/"_s.arg(port)));
    ProbeResult result = run(refused);
    QCOMPARE(result.status, Status::Problem);
    QVERIFY(result.finding.contains(u"refused"_s));

    Answering<QTcpServer> plain; // no TLS where TLS is expected
    ConnectionProbe garbage(plain.url(u"https"_s));
    result = run(garbage);
    QCOMPARE(result.status, Status::Problem);
    QVERIFY(!result.advice.isEmpty());

    ConnectionProbe withUser(QUrl(u"https://ada:s3cret@127.0.0.1:%1/"_s.arg(port)));
    result = run(withUser);
    QCOMPARE(result.status, Status::Problem);
    QVERIFY(!(result.id + result.title + result.finding).contains(u"s3cret"_s));
}

void tst_Probes::namesTheIssuerOfACertificate_data()
{
    QTest::addColumn<Authority::Wish>("certificate");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<Status>("status");
    QTest::addColumn<QString>("advice");
    const Authority::Wish right;
    QTest::newRow("installed by the company") << right << true << Status::Ok << QString();
    QTest::newRow("unknown issuer") << right << false << Status::Problem << u"no exception"_s;
    QTest::newRow("another name") << Authority::Wish{.names = "DNS:login.hotel.example"} << true
                                  << Status::Problem << u"network login page"_s;
    QTest::newRow("expired") << Authority::Wish{.from = -48h, .to = -24h} << true << Status::Problem
                             << u"date and time"_s;
}

void tst_Probes::namesTheIssuerOfACertificate()
{
    QFETCH(Authority::Wish, certificate);
    QFETCH(bool, trusted);
    QFETCH(Status, status);
    QFETCH(QString, advice);
    const Authority acme("Acme Inspection Root", "Acme Corp");
    Answering<QSslServer> there;
    there.server.setSslConfiguration(acme.serverTls(certificate));
    const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
    QSslConfiguration trusting = before;
    if (trusted) {
        trusting.addCaCertificate(acme.certificate());
    }
    QSslConfiguration::setDefaultConfiguration(trusting);
    ConnectionProbe probe(there.url(u"https"_s));
    const ProbeResult result = run(probe);
    QSslConfiguration::setDefaultConfiguration(before);

    QCOMPARE(result.status, status);
    QVERIFY2(result.finding.contains(u"issued by Acme Corp, Acme Inspection Root"_s),
             qPrintable(result.finding));
    QVERIFY2(result.advice.contains(advice), qPrintable(result.advice));
    if (status == Status::Ok) {
        QVERIFY2(result.finding.startsWith(u"TLS 1.3, "_s), qPrintable(result.finding));
    } else {
        QVERIFY(there.asked.isEmpty()); // not a byte to whom is not trusted
    }
}

void tst_Probes::comparesClocks_data()
{
    QTest::addColumn<QByteArray>("date");
    QTest::addColumn<Status>("status");
    QTest::addColumn<QString>("finding");
    QTest::newRow("right") << httpDate(0) << Status::Ok << u"seconds from"_s;
    QTest::newRow("a minute off") << httpDate(60) << Status::Ok << u"seconds from"_s;
    QTest::newRow("five minutes behind")
        << httpDate(330) << Status::Problem << u"5 minutes behind"_s;
    QTest::newRow("a year ahead") << httpDate(-366 * 86400) << Status::Problem << u"days ahead"_s;
    QTest::newRow("no date") << QByteArray() << Status::Skipped << QString();
    QTest::newRow("garbage") << QByteArray("Xxx, 99 Foo 2026 99:99:99 GMT") << Status::Skipped
                             << QString();
    QTest::newRow("very long") << QByteArray(4000, '9') << Status::Skipped << QString();
}

void tst_Probes::comparesClocks()
{
    QFETCH(QByteArray, date);
    QFETCH(Status, status);
    QFETCH(QString, finding);
    Answering<QTcpServer> there;
    there.headers = date.isEmpty() ? QByteArray() : "Date: " + date + "\r\n";
    ClockProbe probe({there.url(u"http"_s)});
    const ProbeResult result = run(probe);
    QCOMPARE(result.status, status);
    QVERIFY2(result.finding.contains(finding), qPrintable(result.finding));
    QCOMPARE(result.advice.isEmpty(), status != Status::Problem);
}

void tst_Probes::needsOneServerForTheTime()
{
    Answering<QTcpServer> there;
    there.headers = "Date: " + httpDate(0) + "\r\n";
    ClockProbe probe({QUrl(u"https://maestro.invalid/"_s), there.url(u"http"_s)});
    QCOMPARE(run(probe).status, Status::Ok);
    ClockProbe alone({});
    QCOMPARE(run(alone).status, Status::Skipped);
}

void tst_Probes::findsTheBrowser_data()
{
    QTest::addColumn<QString>("browser");
    QTest::addColumn<bool>("opener");
    QTest::addColumn<bool>("desktop");
    QTest::addColumn<Status>("status");
    QTest::newRow("xdg-open") << QString() << true << true << Status::Ok;
    QTest::newRow("no desktop") << QString() << true << false << Status::Problem;
    QTest::newRow("no xdg-open") << QString() << false << true << Status::Problem;
    QTest::newRow("$BROWSER") << u"missing:mybrowser --new %s"_s << false << false << Status::Ok;
    QTest::newRow("$BROWSER that is missing") << u"missing"_s << true << true << Status::Problem;
    QTest::newRow("$BROWSER of nothing") << u"  :\"\""_s << true << true << Status::Problem;
}

void tst_Probes::findsTheBrowser()
{
    QFETCH(QString, browser);
    QFETCH(bool, opener);
    QFETCH(bool, desktop);
    QFETCH(Status, status);
    const QTemporaryDir folder;
    for (const QString &name : {u"mybrowser"_s, u"xdg-open"_s}) {
        if (name != "xdg-open"_L1 || opener) {
            write(folder.filePath(name), "#!/bin/sh\ntouch \"$0.started\"\n");
            QFile::setPermissions(folder.filePath(name), QFile::ReadOwner | QFile::ExeOwner);
        }
    }
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, folder.path());
    environment.insert(u"BROWSER"_s, browser);
    if (desktop) {
        environment.insert(u"WAYLAND_DISPLAY"_s, u"wayland-0"_s);
    }
    BrowserProbe probe(environment);
    const ProbeResult result = run(probe);
    QCOMPARE(result.status, status);
    QCOMPARE(result.advice.isEmpty(), status == Status::Ok);
    QVERIFY(QDir(folder.path()).entryList({u"*.started"_s}).isEmpty());
}

void tst_Probes::judgesTheDataDirectory()
{
    const QTemporaryDir folder;
    const auto judge = [](const QString &path) {
        DataDirectoryProbe probe(path);
        return run(probe);
    };
    const QString path = folder.filePath(u"share/Maestro"_s);
    QCOMPARE(judge(path).status, Status::Ok);
    QVERIFY(judge(path).finding.contains(u"not there yet"_s));
    QVERIFY(!QFile::exists(folder.filePath(u"share"_s))); // it made none

    QVERIFY(QDir().mkpath(path));
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QCOMPARE(judge(path).status, Status::Ok);
    QVERIFY(QDir(path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));

    QFile::setPermissions(
        path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadOther);
    ProbeResult result = judge(path);
    QCOMPARE(result.status, Status::Problem);
    QVERIFY(result.advice.contains(u"chmod 700"_s));

    write(folder.filePath(u"file"_s), "x");
    QCOMPARE(judge(folder.filePath(u"file"_s)).status, Status::Problem);
    QCOMPARE(judge(folder.filePath(u"file/Maestro"_s)).status, Status::Problem);
    QVERIFY(QFile::link(u"/nowhere/at/all"_s, folder.filePath(u"link"_s)));
    QCOMPARE(judge(folder.filePath(u"link"_s)).status, Status::Problem);
    if (QFileInfo(u"/proc"_s).isDir()) { // nobody writes there, not even root
        QVERIFY(judge(u"/proc"_s).finding.contains(u"nothing can be written"_s));
    }
}

QTEST_GUILESS_MAIN(tst_Probes)
#include "tst_probes.moc"
