// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chatsession.h"
#include "faults/wire.h"
#include "net/httpchatclient.h"
#include "net/policynam.h"
#include "support/certificates.h"
#include "support/fakeproxy.h"
#include "support/faultserver.h"
#include "support/switchedclient.h"

#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Maestro::Faults;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Mood = FakeProxy::Mood;

//! A proxy, the variable that names it, and what comes of it. %1 is the proxy's port.
struct ProxyCase
{
    QByteArray user = {};
    QByteArray password = {};
    QByteArray variable = "https_proxy";
    QByteArray value;
    Mood mood = Mood::Willing;
    std::chrono::milliseconds limit = 20s;
    bool isDead = false;
    std::optional<Error::Kind> kind = {};
    QString words = {};
};

constexpr auto Host = "api.maestro.invalid";

} // namespace

Q_DECLARE_METATYPE(ProxyCase)

//! R16: the system's proxy, as the environment names it.
class tst_Proxies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { init(); }
    void leadsThereOrSaysWhyNot_data();
    void leadsThereOrSaysWhyNot();
};

void tst_Proxies::init()
{
    for (const char *name : {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY",
                             "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}) {
        qunsetenv(name);
    }
}

void tst_Proxies::leadsThereOrSaysWhyNot_data()
{
    QTest::addColumn<ProxyCase>("given");
    const auto row = [](const char *name, const ProxyCase &given) { QTest::newRow(name) << given; };
    const QString wantsName = u"wants a user name and a password"_s;
    row("HTTP", {.value = "http://127.0.0.1:%1"});
    row("HTTP, named for http alone", {.variable = "http_proxy", .value = "http://127.0.0.1:%1"});
    row("HTTP, with a user",
        {.user = "ada", .password = "s3cret", .value = "http://ada:s3cret@127.0.0.1:%1"});
    row("HTTP, with a password of odd characters",
        {.user = "ada", .password = "s3:cr@t/", .value = "http://ada:s3%3Acr%40t%2F@127.0.0.1:%1"});
    row("HTTP, with a user nobody asks for", {.value = "http://ada:s3cret@127.0.0.1:%1"});
    row("HTTP, a user is missing",
        {.user = "ada",
         .password = "s3cret",
         .value = "http://127.0.0.1:%1",
         .kind = Error::Kind::Proxy,
         .words = wantsName});
    row("HTTP, a wrong password",
        {.user = "ada",
         .password = "s3cret",
         .value = "http://ada:wr0ng@127.0.0.1:%1",
         .kind = Error::Kind::Proxy,
         .words = wantsName});
    row("HTTP, refuses",
        {.value = "http://127.0.0.1:%1", .mood = Mood::Refusing, .kind = Error::Kind::Proxy});
    row("HTTP, closes",
        {.value = "http://127.0.0.1:%1",
         .mood = Mood::Closing,
         .limit = 1s,
         .kind = Error::Kind::Timeout,
         .words = u"No connection"_s});
    row("HTTP, silent",
        {.value = "http://127.0.0.1:%1",
         .mood = Mood::Silent,
         .limit = 500ms,
         .kind = Error::Kind::Timeout,
         .words = u"No connection"_s});
    row("HTTP, dead",
        {.value = "http://127.0.0.1:%1",
         .isDead = true,
         .kind = Error::Kind::Proxy,
         .words = u"proxy on the way"_s});
    row("HTTP, dead, with a user",
        {.value = "http://ada:s3cret@127.0.0.1:%1", .isDead = true, .kind = Error::Kind::Proxy});
    row("SOCKS", {.value = "socks5://127.0.0.1:%1"});
    row("SOCKS, with a user",
        {.user = "ada", .password = "s3cret", .value = "socks5://ada:s3cret@127.0.0.1:%1"});
    row("SOCKS, a wrong password",
        {.user = "ada",
         .password = "s3cret",
         .value = "socks5://ada:wr0ng@127.0.0.1:%1",
         .kind = Error::Kind::Proxy,
         .words = wantsName});
    row("SOCKS, refuses",
        {.value = "socks5://127.0.0.1:%1", .mood = Mood::Refusing, .kind = Error::Kind::Proxy});
    row("SOCKS, dead",
        {.value = "socks5://127.0.0.1:%1", .isDead = true, .kind = Error::Kind::Proxy});
}

void tst_Proxies::leadsThereOrSaysWhyNot()
{
    QFETCH(ProxyCase, given);
    static const Authority authority("The world");
    const Wire wire = wires().first();
    FaultServer server;
    server.setTls(authority.serverTls({QByteArray("DNS:") + Host, -1h, 1h}));
    server.setScripts({Fault::answer(Fault::stream(wire.whole()))});
    FakeProxy proxy(server.serverPort(), given.user, given.password);
    proxy.mood = given.mood;
    QByteArray value = given.value;
    value.replace("%1", QByteArray::number(proxy.serverPort()));
    if (given.isDead) {
        proxy.close();
    }
    qputenv(given.variable.constData(), value);

    PolicyNam network({authority.certificate()});
    TwoCredentials credentials(Credential::Type::ApiKey);
    HttpChatClient client(network, credentials, {.stream = {.connect = given.limit}});
    Provider provider = wire.provider;
    provider.baseUrl = QUrl(u"https://%1/v1"_s.arg(QLatin1StringView(Host)));
    ChatSession session(client);
    session.setTarget(provider, {u"openai"_s}, u"m"_s);
    QSignalSpy finished(&session, &ChatSession::answerFinished);
    session.send(u"How do you do?"_s);
    QVERIFY(!finished.isEmpty() || finished.wait(20000));
    const auto error = finished[0][0].value<std::optional<Error>>();

    const QString said
        = error ? error->message + u" / "_s + error->advice + u" / "_s + error->detail : QString();
    QVERIFY2(error.has_value() == given.kind.has_value(), qPrintable(said));
    QVERIFY(!proxy.received.contains("canary")); // the proxy sees nothing of what is in the tunnel
    QVERIFY(!said.contains(u"s3cret"_s) && !said.contains(u"wr0ng"_s));
    if (error) {
        QVERIFY2(error->kind == *given.kind, qPrintable(said));
        QVERIFY2(error->message.contains(given.words), qPrintable(said));
        QVERIFY2(error->message.contains(QLatin1StringView(Host)), qPrintable(said));
        QCOMPARE(server.accepted(), 0);
        QVERIFY2(proxy.connections <= 3, qPrintable(QString::number(proxy.connections)));
        return;
    }
    QCOMPARE(session.answer().text(), HelloWorld);
    QVERIFY(proxy.asked.startsWith(Host)); // the proxy looks the name up
    QCOMPARE(proxy.tunnels, 1);
    QCOMPARE(server.requests().size(), 1);
    QVERIFY(server.received().contains("canary-one"));
    QVERIFY(!server.received().toLower().contains("proxy-authorization"));
}

QTEST_GUILESS_MAIN(tst_Proxies)
#include "tst_proxies.moc"
