// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/httprequestreader.h"
#include "practice/practiceperson.h"
#include "practice/practiceprovider.h"

#include <QNetworkProxy>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QUrlQuery>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

//! A listener that gives fixed answers, and remembers what was asked.
class Listener
{
public:
    explicit Listener(QHash<QByteArray, QByteArray> answers)
        : m_answers(std::move(answers))
    {
        m_server.setProxy(QNetworkProxy::NoProxy);
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server,
                         [this] { serve(m_server.nextPendingConnection()); });
    }
    quint16 port() const { return m_server.serverPort(); }
    QUrl url(const QString &path) const
    {
        return QUrl(u"http://127.0.0.1:%1"_s.arg(port()) + path);
    }
    QByteArrayList asked;

private:
    void serve(QTcpSocket *socket)
    {
        auto reader = std::make_shared<HttpRequestReader>();
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, reader] {
            const auto state = reader->feed(socket->readAll());
            if (const auto *request = std::get_if<HttpRequestReader::Request>(&state)) {
                asked.append(request->target);
                socket->write(
                    m_answers.value(request->target.split('?').first(),
                                    "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
                socket->disconnectFromHost();
            }
        });
    }

    QTcpServer m_server;
    QHash<QByteArray, QByteArray> m_answers;
};

QByteArray page(const QByteArray &title, const QByteArray &headers = {})
{
    const QByteArray body = "<!DOCTYPE html><title>" + title + "</title>";
    return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + "Content-Length: "
        + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

QByteArray redirect(const QByteArray &location)
{
    return "HTTP/1.1 302 Found\r\nLocation: " + location
        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
}

QUrl authorizeUrl(const PracticeProvider &provider, quint16 callbackPort)
{
    QUrl url = provider.authorizeUrl();
    url.setQuery(
        u"response_type=code&client_id=app&redirect_uri=http://127.0.0.1:%1/auth/"
        u"callback&code_challenge="
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&state=xyz"_s.arg(
            callbackPort));
    return url;
}

QVariantList visit(const QUrl &url,
                   PracticePerson::Decision decision = PracticePerson::Decision::Allow)
{
    PracticePerson person;
    QSignalSpy finished(&person, &PracticePerson::finished);
    person.visit(url, decision);
    if (!finished.isEmpty()) {
        return {u"answered before anyone could listen"_s};
    }
    finished.wait();
    return finished.value(0);
}

} // namespace

class tst_PracticePerson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allowsAndFollowsToTheLastPage();
    void deniesAndFollowsToTheLastPage();
    void typesACodeAndAllows();
    void typesNoCodeElsewhere();
    void tellsWhenTheCallbackFails();
    void goesNowhereElse_data();
    void goesNowhereElse();
    void pressesAllowAtThePracticeProviderOnly();
    void leavesWhenTheRequestIsWrong();
    void doesNotFollowOutOfThisComputer();
    void doesNotFollowWithoutEnd();
    void droppedItSaysNothing();
};

void tst_PracticePerson::allowsAndFollowsToTheLastPage()
{
    PracticeProvider provider;
    QVERIFY(provider.listen());
    Listener callback(
        {{"/auth/callback", redirect("/done")}, {"/done", page("Signed in &amp; ready")}});

    const QVariantList result = visit(authorizeUrl(provider, callback.port()));

    QCOMPARE(result, QVariantList({true, u"Signed in &amp; ready"_s}));
    QCOMPARE(callback.asked.size(), 2);
    const QUrlQuery query(QUrl::fromEncoded(callback.asked[0]));
    QVERIFY(query.queryItemValue(u"code"_s).startsWith("practice-ac-"_L1));
    QCOMPARE(query.queryItemValue(u"state"_s), u"xyz"_s);
    QCOMPARE(callback.asked[1], "/done");
}

void tst_PracticePerson::deniesAndFollowsToTheLastPage()
{
    PracticeProvider provider;
    QVERIFY(provider.listen());
    Listener callback({{"/auth/callback", page("Not signed in")}});

    const QVariantList result
        = visit(authorizeUrl(provider, callback.port()), PracticePerson::Decision::Deny);

    QCOMPARE(result, QVariantList({true, u"Not signed in"_s}));
    const QUrlQuery query(QUrl::fromEncoded(callback.asked[0]));
    QCOMPARE(query.queryItemValue(u"error"_s), u"access_denied"_s);
    QCOMPARE(query.queryItemValue(u"state"_s), u"xyz"_s);
    QVERIFY(!query.hasQueryItem(u"code"_s));
}

void tst_PracticePerson::typesACodeAndAllows()
{
    PracticeProvider provider;
    QVERIFY(provider.listen());
    const QUrl where = provider.issuer().resolved(QUrl(u"/codex/device"_s));
    QSignalSpy answered(&provider, &PracticeProvider::answered);
    PracticePerson person;
    QSignalSpy finished(&person, &PracticePerson::finished);
    person.typeCode(where, u"XXXX-XXXX"_s); // nobody was given this one
    QVERIFY(finished.isEmpty());
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished[0], QVariantList({false, u"The practice provider’s page has no form."_s}));
    QCOMPARE(answered.size(), 2);
}

void tst_PracticePerson::typesNoCodeElsewhere()
{
    Listener other({{"/codex/device", page("Type your code")}});
    PracticePerson person;
    QSignalSpy finished(&person, &PracticePerson::finished);
    person.typeCode(other.url(u"/codex/device"_s), u"ABCD-EFGH"_s);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished[0], QVariantList({false, u"The page is not the practice provider’s."_s}));
    QCOMPARE(other.asked, QByteArrayList({"/codex/device"}));
}

void tst_PracticePerson::tellsWhenTheCallbackFails()
{
    PracticeProvider provider;
    QVERIFY(provider.listen());
    Listener callback({});
    QCOMPARE(visit(authorizeUrl(provider, callback.port())),
             QVariantList({false, u"The page answered with status 404."_s}));
    QCOMPARE(callback.asked.size(), 1);
}

void tst_PracticePerson::goesNowhereElse_data()
{
    QTest::addColumn<QUrl>("url");
    const auto row = [](const char *name, const QString &url) { QTest::newRow(name) << QUrl(url); };
    row("OpenAI", u"https://auth.openai.com/oauth/authorize?response_type=code"_s);
    row("OpenAI without TLS", u"http://auth.openai.com/oauth/authorize"_s);
    row("https on loopback", u"https://127.0.0.1:1/oauth/authorize"_s);
    row("another computer", u"http://192.0.2.1/oauth/authorize"_s);
    row("name that begins like loopback", u"http://localhost.example.org/"_s);
    row("loopback as user", u"http://localhost@192.0.2.1/"_s);
    row("user on loopback", u"http://me:pass@127.0.0.1:1/"_s);
    row("file", u"file:///etc/passwd"_s);
    row("empty", QString());
    row("not an address", u"http://127.0.0.1:99999/"_s);
}

void tst_PracticePerson::goesNowhereElse()
{
    QFETCH(const QUrl, url);
    QCOMPARE(
        visit(url),
        QVariantList({false, u"The practice person goes to addresses of this computer only."_s}));
}

void tst_PracticePerson::pressesAllowAtThePracticeProviderOnly()
{
    Listener other(
        {{"/oauth/authorize", page("<input name=\"request\" value=\"practice-request-x\">")}});
    QCOMPARE(visit(other.url(u"/oauth/authorize"_s)),
             QVariantList({false, u"The page is not the practice provider’s."_s}));
    QCOMPARE(other.asked, QByteArrayList({"/oauth/authorize"}));

    Listener withoutForm({{"/oauth/authorize", page("x", "X-Maestro-Practice: provider\r\n")}});
    QCOMPARE(visit(withoutForm.url(u"/oauth/authorize"_s)),
             QVariantList({false, u"The practice provider’s page has no form."_s}));
}

void tst_PracticePerson::leavesWhenTheRequestIsWrong()
{
    PracticeProvider provider;
    QVERIFY(provider.listen());
    const QVariantList result = visit(provider.authorizeUrl());
    QCOMPARE(result.value(0).toBool(), false);
    QCOMPARE(result.value(1).toString(), u"Practice provider"_s);
}

void tst_PracticePerson::doesNotFollowOutOfThisComputer()
{
    PracticeProvider provider;
    QVERIFY(provider.listen());
    Listener callback({{"/auth/callback", redirect("https://auth.openai.com/")}});
    QCOMPARE(
        visit(authorizeUrl(provider, callback.port())),
        QVariantList({false, u"The practice person goes to addresses of this computer only."_s}));
}

void tst_PracticePerson::doesNotFollowWithoutEnd()
{
    PracticeProvider provider;
    QVERIFY(provider.listen());
    Listener callback({{"/auth/callback", redirect("/auth/callback")}});
    QCOMPARE(visit(authorizeUrl(provider, callback.port())),
             QVariantList({false, u"The callback redirects without end."_s}));
    QVERIFY(callback.asked.size() <= 6);
}

void tst_PracticePerson::droppedItSaysNothing()
{
    PracticeProvider provider;
    QVERIFY(provider.listen());
    Listener callback({});
    const QSignalSpy answered(&provider, &PracticeProvider::answered);
    auto person = std::make_unique<PracticePerson>();
    const QSignalSpy finished(person.get(), &PracticePerson::finished);
    person->visit(authorizeUrl(provider, callback.port()));
    person.reset();

    QVERIFY(visit(provider.authorizeUrl()).value(0).isValid()); // another one comes and goes
    QCOMPARE(finished.size(), 0);
    QVERIFY(callback.asked.isEmpty());
}

QTEST_GUILESS_MAIN(tst_PracticePerson)
#include "tst_practiceperson.moc"
