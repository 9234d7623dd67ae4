// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chatsession.h"
#include "faults/wire.h"
#include "net/httpchatclient.h"
#include "net/httpfetch.h"
#include "net/policynam.h"
#include "net/tokenendpoint.h"
#include "support/faultserver.h"
#include "support/settled.h"
#include "support/switchedclient.h"

#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Maestro::Faults;
using namespace Qt::StringLiterals;

//! Not a byte of a credential reaches a host that it is not for, wherever a server or an address
//! would send it.
class tst_Destinations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void followsNoRedirect_data();
    void followsNoRedirect();
    void followsNoRedirectOfTheSignIn_data();
    void followsNoRedirectOfTheSignIn();
    void goesWhereTheAddressSaysOrNowhere_data();
    void goesWhereTheAddressSaysOrNowhere();
    void remembersNothingOfAnAnswer_data();
    void remembersNothingOfAnAnswer();

private:
    void verifyTheOthersHeardNothing();

    std::unique_ptr<FaultServer> m_own; //!< whom the credential is for
    std::unique_ptr<FaultServer> m_neighbour; //!< another port of the same host
    std::unique_ptr<FaultServer> m_other; //!< another host
};

namespace {

enum class Asked { Chat, Models };

const QList<QByteArray> Statuses{"301 Moved Permanently", "302 Found", "303 See Other",
                                 "307 Temporary Redirect", "308 Permanent Redirect"};

std::optional<Error> ask(Asked what, const Provider &provider, Credential::Type type)
{
    PolicyNam network;
    TwoCredentials credentials(type);
    HttpChatClient client(network, credentials);
    if (what == Asked::Models) {
        const auto models = settled(client.listModels(provider, {u"someone"_s}));
        return models ? std::nullopt : std::optional(models.error());
    }
    ChatSession session(client);
    session.setTarget(provider, {u"someone"_s}, u"m"_s);
    QSignalSpy finished(&session, &ChatSession::answerFinished);
    session.send(u"How do you do?"_s);
    if (finished.isEmpty() && !finished.wait(20000)) {
        return Error{Error::Kind::Unknown, u"It never ended."_s};
    }
    return finished[0][0].value<std::optional<Error>>();
}

//! In a header's value, %1 is the other host and %2 the other port of the own.
QByteArray filled(QByteArray text, const FaultServer &other, const FaultServer &neighbour)
{
    text.replace("%1", "127.0.0.2:" + QByteArray::number(other.serverPort()));
    text.replace("%2", "127.0.0.1:" + QByteArray::number(neighbour.serverPort()));
    return text;
}

} // namespace

void tst_Destinations::init()
{
    m_own = std::make_unique<FaultServer>();
    m_neighbour = std::make_unique<FaultServer>();
    m_other = std::make_unique<FaultServer>(QHostAddress(u"127.0.0.2"_s));
    for (FaultServer *server : {m_neighbour.get(), m_other.get()}) {
        server->setScripts({Fault::answer(Fault::stream(wires().first().whole()))});
    }
}

void tst_Destinations::verifyTheOthersHeardNothing()
{
    for (const FaultServer *server : {m_neighbour.get(), m_other.get()}) {
        QVERIFY(!server->received().contains("canary"));
        QCOMPARE(server->accepted(), 0);
    }
}

void tst_Destinations::followsNoRedirect_data()
{
    QTest::addColumn<Wire>("wire");
    QTest::addColumn<bool>("models");
    QTest::addColumn<bool>("token");
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("headers");
    const QByteArray elsewhere = "Location: http://%1/v1\r\n";
    for (const Wire &wire : wires()) {
        for (const QByteArray &status : Statuses) {
            QTest::newRow((wire.name + ": a question, " + status.left(3)).constData())
                << wire << false << false << status << elsewhere;
            QTest::newRow((wire.name + ": the models, " + status.left(3)).constData())
                << wire << true << true << status << elsewhere;
        }
    }
    const Wire wire = wires().first();
    for (const auto &[name, headers] :
         {std::pair{"another port", "Location: http://%2/v1\r\n"},
          std::pair{"no scheme", "Location: //%1/v1\r\n"},
          std::pair{"https", "Location: https://%1/v1\r\n"},
          std::pair{"a user", "Location: http://user:password@%1/\r\n"},
          std::pair{"a user that looks like the host", "Location: http://127.0.0.1@%1/\r\n"},
          std::pair{"backslashes", "Location: \\\\%1\\v1\r\n"},
          std::pair{"two places", "Location: http://%2/\r\nLocation: http://%1/\r\n"},
          std::pair{"capitals", "LOCATION: HTTP://%1/\r\n"},
          std::pair{"a refresh", "Refresh: 0; url=http://%1/\r\n"},
          std::pair{"another service", "Alt-Svc: h2=\"%1\"; ma=9999\r\n"},
          std::pair{"a place for the content", "Content-Location: http://%1/\r\n"},
          std::pair{"a cookie for all",
                    "Set-Cookie: a=b; Domain=127.0.0.2\r\nLocation: http://%1/\r\n"},
          std::pair{"the same host", "Location: /v2\r\n"}}) {
        for (const bool token : {false, true}) {
            QTest::addRow("%s, by %s", name, token ? "a token" : "a key")
                << wire << false << token << QByteArray("307 Temporary Redirect")
                << QByteArray(headers);
        }
    }
}

void tst_Destinations::followsNoRedirect()
{
    QFETCH(Wire, wire);
    QFETCH(bool, models);
    QFETCH(bool, token);
    QFETCH(QByteArray, status);
    QFETCH(QByteArray, headers);

    m_own->setScripts(
        {Fault::answer(Fault::http(status, filled(headers, *m_other, *m_neighbour), {}))});
    Provider provider = wire.provider;
    provider.baseUrl = m_own->url();
    const auto error = ask(models ? Asked::Models : Asked::Chat, provider,
                           token ? Credential::Type::OAuthToken : Credential::Type::ApiKey);
    QVERIFY(error);
    QVERIFY2(error->kind == Error::Kind::InvalidResponse, qPrintable(error->message));
    QVERIFY(!(error->message + error->advice + error->detail).contains(u"canary"_s));
    QCOMPARE(m_own->requests().size(), 1);
    QVERIFY(m_own->received().contains("canary-one"));
    verifyTheOthersHeardNothing();
}

void tst_Destinations::followsNoRedirectOfTheSignIn_data()
{
    QTest::addColumn<QByteArray>("status");
    for (const QByteArray &status : Statuses) {
        QTest::newRow(status.left(3).constData()) << status;
    }
}

void tst_Destinations::followsNoRedirectOfTheSignIn()
{
    QFETCH(QByteArray, status);
    m_own->setScripts({Fault::answer(
        Fault::http(status, filled("Location: http://%1/token\r\n", *m_other, *m_neighbour), {}))});
    PolicyNam network;
    TokenEndpoint endpoint(network, {});
    QNetworkReply *reply = endpoint.post(
        {m_own->url(u"/token"_s), "application/x-www-form-urlencoded", Secret("code=canary")});
    QTRY_VERIFY(reply->isFinished());
    const auto answer = TokenEndpoint::take(*reply);
    QVERIFY(answer);
    QCOMPARE(answer->status, status.left(3).toInt());
    QCOMPARE(m_own->requests().size(), 1);
    verifyTheOthersHeardNothing();
}

void tst_Destinations::goesWhereTheAddressSaysOrNowhere_data()
{
    // %1 is the other host, %2 another port of the own, %3 the own port.
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *name, const QString &address, bool allowed) {
        QTest::newRow(name) << address << allowed;
    };
    row("plain", u"http://127.0.0.1:%3"_s, true);
    row("capitals", u"HTTP://127.0.0.1:%3"_s, true);
    row("a short form", u"http://127.1:%3"_s, true);
    row("a number", u"http://2130706433:%3"_s, true);
    row("a hexadecimal number", u"http://0x7f000001:%3"_s, true);
    row("full stops of another script", u"http://127\u30020\u30020\u30021:%3"_s, true);
    row("digits of another script", u"http://\u2460\u2461\u2466.0.0.1:%3"_s, true);
    row("with a user", u"http://user@127.0.0.1:%3"_s, false);
    row("with a password", u"http://user:password@127.0.0.1:%3"_s, false);
    row("with a password alone", u"http://:password@127.0.0.1:%3"_s, false);
    row("the other host as a user", u"http://%1@127.0.0.1:%3"_s, false);
    row("the own host as a user of the other", u"http://127.0.0.1:%3@%1"_s, false);
    row("the own host and a backslash", u"http://%1\\@127.0.0.1:%3"_s, false);
    row("a slash in letters", u"http://127.0.0.1%2F@%1"_s, false);
    row("a trailing dot", u"http://localhost.:%3"_s, false);
    row("a name below it", u"http://localhost.evil.invalid:%3"_s, false);
    row("a name that begins like it", u"http://127.0.0.1.evil.invalid:%3"_s, false);
    row("any address", u"http://0.0.0.0:%3"_s, false);
    row("any address of version 6", u"http://[::]:%3"_s, false);
    row("an address of the net", u"http://192.0.2.1:%3"_s, false);
    row("a name of the net", u"http://api.openai.invalid:%3"_s, false);
    row("another letter in its name", u"http://\u0430pi.openai.invalid:%3"_s, false);
    row("no host", u"http:///v1"_s, false);
    row("no scheme", u"127.0.0.1:%3"_s, false);
    row("another scheme", u"ftp://127.0.0.1:%3"_s, false);
    row("a scheme within", u"javascript:http://127.0.0.1:%3"_s, false);
    row("a file", u"file:///etc/passwd"_s, false);
    row("data", u"data:text/plain,hello"_s, false);
    row("a port beyond ports", u"http://127.0.0.1:99999"_s, false);
}

void tst_Destinations::goesWhereTheAddressSaysOrNowhere()
{
    QFETCH(QString, address);
    QFETCH(bool, allowed);
    for (const Wire &wire : wires()) {
        for (const Asked what : {Asked::Chat, Asked::Models}) {
            init();
            m_own->setScripts(
                {Fault::answer(Fault::http("500 No", "x-should-retry: false\r\n", {}))});
            QString text = address;
            text.replace(u"%1"_s, u"127.0.0.2:%1"_s.arg(m_other->serverPort()));
            text.replace(u"%3"_s, QString::number(m_own->serverPort()));
            Provider provider = wire.provider;
            provider.baseUrl = QUrl(text);
            const auto error = ask(what, provider, Credential::Type::ApiKey);
            QVERIFY(error);
            const QString said = error->message + u" / "_s + error->detail;
            if (!allowed) {
                QVERIFY2(error->kind == Error::Kind::Configuration, qPrintable(said));
            }
            QVERIFY2(m_own->connections() == (allowed ? 1 : 0), qPrintable(said));
            QVERIFY2(allowed || m_own->accepted() == 0, qPrintable(said));
            QVERIFY(!said.contains(u"password"_s));
            verifyTheOthersHeardNothing();
        }
    }
}

void tst_Destinations::remembersNothingOfAnAnswer_data()
{
    QTest::addColumn<bool>("isPost");
    QTest::addColumn<QByteArray>("headers");
    for (const bool isPost : {false, true}) {
        for (const auto &[name, headers] :
             {std::pair{"a cookie", "Set-Cookie: canary=1; Path=/\r\n"},
              std::pair{"a cookie that lasts", "Set-Cookie: canary=1; Max-Age=9999\r\n"},
              std::pair{"an answer that may be kept", "Cache-Control: public, max-age=9999\r\n"},
              std::pair{"an answer with a mark", "ETag: \"canary\"\r\n"},
              std::pair{"an answer with a date",
                        "Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\n"},
              std::pair{"a protocol to change to", "Alt-Svc: h2=\":443\"; ma=9999\r\n"}}) {
            QTest::addRow("%s, %s", name, isPost ? "POST" : "GET") << isPost << QByteArray(headers);
        }
    }
}

void tst_Destinations::remembersNothingOfAnAnswer()
{
    QFETCH(bool, isPost);
    QFETCH(QByteArray, headers);
    m_own->setScripts({Fault::answer(Fault::http("200 OK", headers, "the first")),
                       Fault::answer(Fault::http("200 OK", headers, "the second"))});
    PolicyNam network;
    for (const QByteArray body : {"the first", "the second"}) {
        const HttpRequest request{isPost ? "POST" : "GET", m_own->url(u"/v1/models"_s), {}, {}};
        const auto reply = settled(fetch(network, request, {}, 1024));
        QVERIFY(reply);
        QCOMPARE(reply->body, body);
    }
    QCOMPARE(m_own->requests().size(), 2);
    const QByteArray second = m_own->requests()[1].head.toLower();
    for (const QByteArray name : {"cookie:", "if-none-match:", "if-modified-since:", "upgrade:"}) {
        QVERIFY2(!second.contains("\r\n" + name), second.constData());
    }
    QVERIFY(!m_own->received().contains("canary"));
}

QTEST_GUILESS_MAIN(tst_Destinations)
#include "tst_destinations.moc"
