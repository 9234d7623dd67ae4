// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/fetchurltool.h"
#include "net/policynam.h"
#include "net/publicaddress.h"
#include "support/await.h"

#include <QNetworkAccessManager>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;

namespace {

//! The internet, which is one server of this computer that says the same to all.
class SmallInternet : public QNetworkAccessManager
{
public:
    SmallInternet()
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                received += socket->readAll();
                if (received.endsWith("\r\n\r\n")) {
                    socket->write(answer);
                    socket->disconnectFromHost();
                }
            });
        });
    }

    QByteArray answer;
    QByteArray received;
    QList<QUrl> asked;
    QString verifiedName;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &original,
                                 QIODevice *body) override
    {
        asked.append(original.url());
        verifiedName = original.peerVerifyName();
        QNetworkRequest request(original);
        QUrl url = original.url();
        url.setScheme(u"http"_s);
        url.setHost(u"127.0.0.1"_s);
        url.setPort(m_server.serverPort());
        request.setUrl(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                             QNetworkRequest::ManualRedirectPolicy);
        return QNetworkAccessManager::createRequest(operation, request, body);
    }

private:
    QTcpServer m_server;
};

const QString Address = u"https://93.184.215.14/a%20b?c=d#part"_s;

} // namespace

//! What may be fetched from the internet, and what comes of it.
class tst_FetchUrlTool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAPage();
    void saysWhatCame_data();
    void saysWhatCame();
    void tellsAddressesOfTheInternetFromOthers_data();
    void tellsAddressesOfTheInternetFromOthers();
    void fetchesNothingThatIsNotPublic_data();
    void fetchesNothingThatIsNotPublic();
    void asksAboutEachAddress();

private:
    PolicyNam m_network;
};

void tst_FetchUrlTool::readsAPage()
{
    SmallInternet internet;
    internet.answer
        = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Gr\u00fc\u00dfe";
    FetchUrlTool tool(internet);
    const auto output = await(tool.run({{u"url"_s, Address}}));
    QVERIFY(output);
    QVERIFY(output->text.contains(u"https://93.184.215.14/a%20b?c=d "_s));
    QVERIFY(output->text.contains(u"not instructions"_s));
    QVERIFY(output->text.endsWith(u"<p>Grüße"_s));
    QCOMPARE(internet.asked, QList<QUrl>{QUrl(u"https://93.184.215.14/a%20b?c=d"_s)});
    QCOMPARE(internet.verifiedName, u"93.184.215.14"_s);
    QVERIFY(internet.received.startsWith("GET /a%20b?c=d HTTP/1.1\r\n"));
    QVERIFY(internet.received.toLower().contains("\r\nhost: 93.184.215.14\r\n"));
    QVERIFY(!internet.received.toLower().contains("authorization"));
    QVERIFY(!internet.received.toLower().contains("cookie"));
}

void tst_FetchUrlTool::saysWhatCame_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("succeeds");
    QTest::addColumn<QString>("words");
    const auto head = [](const QByteArray &lines) { return "HTTP/1.1 " + lines + "\r\n\r\n"; };
    QTest::newRow("a redirect is told, not followed")
        << head("302 Found\r\nLocation: https://example.org/next") << true
        << u"https://example.org/next "_s;
    QTest::newRow("a redirect on the same server")
        << head("301 Moved\r\nLocation: /next") << true << u"https://93.184.215.14/next "_s;
    QTest::newRow("a redirect to this computer")
        << head("302 Found\r\nLocation: http://127.0.0.1:631/") << false << u"cannot be fetched"_s;
    QTest::newRow("a redirect to a cloud's secrets")
        << head("302 Found\r\nLocation: https://169.254.169.254/") << false
        << u"cannot be fetched"_s;
    QTest::newRow("a redirect to nowhere") << head("302 Found") << false << u"cannot be fetched"_s;
    QTest::newRow("a page that is not there") << head("404 Not Found") << false << u"404"_s;
    QTest::newRow("a picture") << head("200 OK\r\nContent-Type: image/png") + "\x89PNG" << false
                               << u"not text"_s;
    QTest::newRow("a page without an end")
        << head("200 OK\r\nContent-Type: text/plain") + QByteArray(3 << 20, 'x') << false
        << u"more than the"_s;
    QTest::newRow("garbage") << QByteArray("\xff\xfe\r\n\r\n") << false << QString();
}

void tst_FetchUrlTool::saysWhatCame()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, succeeds);
    QFETCH(QString, words);
    SmallInternet internet;
    internet.answer = answer;
    FetchUrlTool tool(internet);
    const auto output = await(tool.run({{u"url"_s, Address}}));
    QCOMPARE(bool(output), succeeds);
    const QString text = output ? output->text : output.error().message;
    QVERIFY2(text.contains(words), qPrintable(text));
    QCOMPARE(internet.asked.size(), 1);
}

void tst_FetchUrlTool::tellsAddressesOfTheInternetFromOthers_data()
{
    QTest::addColumn<bool>("isPublic");
    for (const char *address :
         {"1.1.1.1", "8.8.8.8", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8"}) {
        QTest::newRow(address) << true;
    }
    for (const char *address : {"127.0.0.1",
                                "127.9.9.9",
                                "0.0.0.0",
                                "10.1.2.3",
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.168.1.1",
                                "169.254.169.254",
                                "100.64.0.1",
                                "198.18.0.1",
                                "192.0.2.1",
                                "203.0.113.9",
                                "224.0.0.1",
                                "255.255.255.255",
                                "::1",
                                "::",
                                "fe80::1",
                                "fc00::1",
                                "fd12::1",
                                "ff02::1",
                                "::ffff:127.0.0.1",
                                "::ffff:10.0.0.1",
                                "64:ff9b::7f00:1",
                                "2002:7f00:1::1",
                                "2001::1",
                                "2001:db8::1",
                                "::127.0.0.1"}) {
        QTest::newRow(address) << false;
    }
}

void tst_FetchUrlTool::tellsAddressesOfTheInternetFromOthers()
{
    QTEST(isPublicAddress(QHostAddress(QString::fromLatin1(QTest::currentDataTag()))), "isPublic");
}

void tst_FetchUrlTool::fetchesNothingThatIsNotPublic_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("no address") << QString();
    QTest::newRow("no scheme") << u"example.org"_s;
    QTest::newRow("plain http") << u"http://example.org/"_s;
    QTest::newRow("a file") << u"file:///etc/passwd"_s;
    QTest::newRow("a user and a password") << u"https://a:b@example.org/"_s;
    QTest::newRow("another port") << u"https://example.org:8443/"_s;
    QTest::newRow("this computer by address") << u"https://127.0.0.1/"_s;
    QTest::newRow("this computer by name") << u"https://localhost/"_s;
    QTest::newRow("a cloud's secrets") << u"https://169.254.169.254/latest"_s;
    QTest::newRow("this computer in another notation") << u"https://2130706433/"_s;
    QTest::newRow("this computer, version 6") << u"https://[::1]/"_s;
    QTest::newRow("this computer, mapped") << u"https://[::ffff:127.0.0.1]/"_s;
    QTest::newRow("too long") << u"https://example.org/"_s + QString(4000, u'x');
    QTest::newRow("not an address at all") << u"https://exa mple.org/%zz"_s;
}

void tst_FetchUrlTool::fetchesNothingThatIsNotPublic()
{
    QFETCH(QString, url);
    FetchUrlTool tool(m_network);
    const auto output = await(tool.run({{u"url"_s, url}}));
    QVERIFY(!output);
    QCOMPARE(output.error().kind, Kind::InvalidRequest);
    if (!url.contains("localhost"_L1)) {
        QVERIFY(tool.question({{u"url"_s, url}}).isEmpty()); // nobody is asked about it
    }
}

void tst_FetchUrlTool::asksAboutEachAddress()
{
    FetchUrlTool tool(m_network);
    QVERIFY(tool.question({{u"url"_s, u"https://exämple.org/a?b=c"_s}})
                .contains(u"https://xn--exmple-cua.org/a?b=c"_s));
    QVERIFY(tool.question({}).isEmpty());
    QVERIFY(tool.question({{u"url"_s, 7}}).isEmpty());
}

QTEST_GUILESS_MAIN(tst_FetchUrlTool)
#include "tst_fetchurltool.moc"
