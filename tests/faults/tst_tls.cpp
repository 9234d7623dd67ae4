// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chatsession.h"
#include "faults/wire.h"
#include "net/authorities.h"
#include "net/httpchatclient.h"
#include "net/policynam.h"
#include "net/tokenendpoint.h"
#include "support/certificates.h"
#include "support/faultserver.h"
#include "support/settled.h"
#include "support/switchedclient.h"

#include <QDirIterator>
#include <QFile>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Maestro::Faults;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const Authority &company()
{
    static const Authority authority("Acme Inspection Root");
    return authority;
}

const Authority &stranger()
{
    static const Authority authority("Somebody Else");
    return authority;
}

//! What a server that knows nothing later than TLS 1.1 says to a hello.
QByteArray helloOfTls11()
{
    const QByteArray hello
        = QByteArray::fromHex("0302") + QByteArray(32, 'r') + QByteArray::fromHex("00002f00");
    const QByteArray handshake
        = QByteArray::fromHex("020000") + static_cast<char>(hello.size()) + hello;
    return QByteArray::fromHex("16030200") + static_cast<char>(handshake.size()) + handshake;
}

struct TlsCase
{
    enum class Server { Certificate, OwnWord, Stranger, Bytes };
    Server server = Server::Certificate;
    Authority::Wish wish = {};
    QByteArray bytes = {};
    QString words;
    QString advice;
};

} // namespace

Q_DECLARE_METATYPE(TlsCase)

//! R17: whom not to trust is not trusted, and says why.
class tst_Tls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWhomNobodyVouchesFor_data();
    void refusesWhomNobodyVouchesFor();
    void trustsWhomTheCompanyVouchesFor();
    void stillRefusesOthersWithACompanysAuthority();
    void speaksHttp11WithAServerThatOffersBoth();
    void readsAuthorities_data();
    void readsAuthorities();
    void ignoresNoErrorAnywhere();

private:
    std::optional<Error> ask(PolicyNam &network, const QUrl &server);

    QString m_text;
};

std::optional<Error> tst_Tls::ask(PolicyNam &network, const QUrl &server)
{
    const Wire wire = wires().first();
    TwoCredentials credentials(Credential::Type::ApiKey);
    HttpChatClient client(network, credentials);
    Provider provider = wire.provider;
    provider.baseUrl = server;
    ChatSession session(client);
    session.setTarget(provider, {u"openai"_s}, u"m"_s);
    QSignalSpy finished(&session, &ChatSession::answerFinished);
    session.send(u"How do you do?"_s);
    if (finished.isEmpty() && !finished.wait(20000)) {
        return Error{Error::Kind::Unknown, u"It never ended."_s};
    }
    m_text = session.answer().text();
    return finished[0][0].value<std::optional<Error>>();
}

void tst_Tls::refusesWhomNobodyVouchesFor_data()
{
    using Server = TlsCase::Server;
    QTest::addColumn<TlsCase>("given");
    const QString noException = u"no exception"_s;
    QTest::newRow("issued by nobody known")
        << TlsCase{Server::Stranger, {}, {}, u"issued by Somebody Else"_s, noException};
    QTest::newRow("signed by itself")
        << TlsCase{Server::OwnWord, {}, {}, u"its own word"_s, noException};
    QTest::newRow("expired yesterday") << TlsCase{Server::Certificate,
                                                  {"IP:127.0.0.1", -48h, -24h},
                                                  {},
                                                  u"not valid any more"_s,
                                                  u"date and time"_s};
    QTest::newRow("valid from tomorrow") << TlsCase{Server::Certificate,
                                                    {"IP:127.0.0.1", 24h, 48h},
                                                    {},
                                                    u"not valid yet"_s,
                                                    u"date and time"_s};
    QTest::newRow("of another host") << TlsCase{Server::Certificate,
                                                {"DNS:login.hotel.example", -1h, 1h},
                                                {},
                                                u"is for login.hotel.example"_s,
                                                u"network login page"_s};
    QTest::newRow("of another address") << TlsCase{Server::Certificate,
                                                   {"IP:127.0.0.2", -1h, 1h},
                                                   {},
                                                   u"another server"_s,
                                                   u"network login page"_s};
    QTest::newRow("TLS 1.1 alone")
        << TlsCase{Server::Bytes, {}, helloOfTls11(), u"outdated"_s, u"company proxy"_s};
    QTest::newRow("refuses our versions") << TlsCase{Server::Bytes,
                                                     {},
                                                     QByteArray::fromHex("15030200020246"),
                                                     u"outdated"_s,
                                                     u"company proxy"_s};
    QTest::newRow("no TLS at all") << TlsCase{Server::Bytes,
                                              {},
                                              "HTTP/1.1 400 Bad Request\r\n\r\n",
                                              u"No secure connection"_s,
                                              u"network login page"_s};
}

void tst_Tls::refusesWhomNobodyVouchesFor()
{
    QFETCH(TlsCase, given);
    FaultServer server;
    QUrl url = server.url();
    if (given.server == TlsCase::Server::Bytes) {
        server.setScripts(
            {Fault::asSoonAs(FaultScript::When::Connected, Fault::answer(given.bytes))});
    } else {
        server.setTls(given.server == TlsCase::Server::OwnWord ? stranger().ownTls()
                          : given.server == TlsCase::Server::Stranger
                          ? stranger().serverTls(given.wish)
                          : company().serverTls(given.wish));
        server.setScripts({Fault::answer(Fault::stream(wires().first().whole()))});
    }
    url.setScheme(u"https"_s);
    PolicyNam network({company().certificate()});
    const auto error = ask(network, url);
    QVERIFY(error);
    const QString said = error->message + u" / "_s + error->advice + u" / "_s + error->detail;
    QVERIFY2(error->kind == Error::Kind::Tls, qPrintable(said));
    QVERIFY2(error->message.contains(given.words), qPrintable(said));
    QVERIFY2(error->advice.contains(given.advice), qPrintable(said));
    QVERIFY(error->message.endsWith(u'.'));
    QCOMPARE(m_text, QString());
    QVERIFY(!server.received().contains("canary") && !server.received().contains("POST"));
    QCOMPARE(server.requests().size(), 0);
    if (given.server != TlsCase::Server::Bytes) {
        QCOMPARE(server.received(), QByteArray()); // not one byte beyond the handshake
    }

    // The same for what is fetched as a whole, and for the sign-in.
    Provider provider = wires().first().provider;
    provider.baseUrl = url;
    TwoCredentials credentials(Credential::Type::OAuthToken);
    HttpChatClient client(network, credentials);
    const auto list = settled(client.listModels(provider, {u"openai"_s}));
    QVERIFY(!list);
    QCOMPARE(list.error().message, error->message);
    TokenEndpoint endpoint(network, {});
    QNetworkReply *reply = endpoint.post({url, "application/json", Secret("canary")});
    QTRY_VERIFY(reply->isFinished());
    const auto token = TokenEndpoint::take(*reply);
    QVERIFY(!token);
    QCOMPARE(token.error().message, error->message);
    QVERIFY(!server.received().contains("canary"));
}

void tst_Tls::trustsWhomTheCompanyVouchesFor()
{
    FaultServer server;
    server.setTls(company().serverTls({}));
    server.setScripts({Fault::answer(Fault::stream(wires().first().whole()))});
    PolicyNam network({company().certificate()});
    const auto error = ask(network, server.url());
    QVERIFY2(!error, error ? qPrintable(error->message) : "");
    QCOMPARE(m_text, HelloWorld);
    QCOMPARE(server.requests().size(), 1);
}

void tst_Tls::stillRefusesOthersWithACompanysAuthority()
{
    FaultServer server;
    server.setTls(company().serverTls({}));
    PolicyNam network; // without it
    const auto error = ask(network, server.url());
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::Tls);
    QCOMPARE(server.received(), QByteArray());
}

void tst_Tls::speaksHttp11WithAServerThatOffersBoth()
{
    FaultServer server;
    QSslConfiguration tls = company().serverTls({});
    tls.setAllowedNextProtocols({"h2", "http/1.1"});
    server.setTls(tls);
    server.setScripts({Fault::answer(Fault::stream(wires().first().whole()))});
    PolicyNam network({company().certificate()});
    QVERIFY(!ask(network, server.url()));
    QVERIFY(server.protocol() != "h2");
    QCOMPARE(server.requests().size(), 1);
    QVERIFY(server.requests().first().head.startsWith("POST "));
    QVERIFY(server.requests().first().head.contains(" HTTP/1.1\r\n"));
}

void tst_Tls::readsAuthorities_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<int>("count");
    const QByteArray one = company().pem();
    QTest::newRow("one") << one << 1;
    QTest::newRow("two, with words between")
        << QByteArray("# Acme\n" + one + "\n# Else\r\n" + stranger().pem()) << 2;
    QTest::newRow("nothing") << QByteArray() << 0;
    QTest::newRow("words") << QByteArray("Not a certificate.") << 0;
    QTest::newRow("cut off") << one.first(one.size() / 2) << 0;
    QTest::newRow("one whole, one cut off") << QByteArray(one + one.first(one.size() / 2)) << 0;
    QTest::newRow("one whole, one garbled")
        << QByteArray(one + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n") << 0;
    QTest::newRow("a private key") << company().keyPem() << 0;
    QTest::newRow("with its private key") << QByteArray(one + company().keyPem()) << 0;
    QTest::newRow("bytes") << QByteArray(100'000, '\0') << 0;
}

void tst_Tls::readsAuthorities()
{
    QFETCH(QByteArray, file);
    QFETCH(int, count);
    const auto read = readAuthorities(file);
    QCOMPARE(read.has_value(), count > 0);
    QCOMPARE(read ? int(read->size()) : 0, count);
}

void tst_Tls::ignoresNoErrorAnywhere()
{
    int files = 0;
    for (const QString &folder : {u"lib"_s, u"app"_s, u"ui"_s}) {
        QDirIterator it(QStringLiteral(MAESTRO_SOURCE_DIR "/") + folder, {u"*.h"_s, u"*.cpp"_s},
                        QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext()) {
            QFile file(it.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray source = file.readAll();
            for (const char *word : {"ignoreSslErrors", "VerifyNone", "QueryPeer"}) {
                QVERIFY2(!source.contains(word), qPrintable(file.fileName()));
            }
            ++files;
        }
    }
    QVERIFY(files > 100);
}

QTEST_GUILESS_MAIN(tst_Tls)
#include "tst_tls.moc"
