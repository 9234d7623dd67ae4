// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/networkpresence.h"
#include "net/networkerror.h"
#include "net/offline.h"
#include "net/policynam.h"
#include "support/faultserver.h"

#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using State = NetworkPresence::State;
using NetworkError = QNetworkReply::NetworkError;

namespace {

//! A request that ends as the test says.
class ScriptedReply : public QNetworkReply
{
public:
    explicit ScriptedReply(const QString &url) { setUrl(QUrl(url)); }
    void abort() override { }
    void send() { Q_EMIT requestSent(); }
    void fail(NetworkError error) { setError(error, u"no"_s); }

protected:
    qint64 readData(char *, qint64) override { return -1; }
};

const QString Far = u"https://models.example/v1"_s;

} // namespace

class tst_Offline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void explainsOnlyWhatReachedNobody_data();
    void explainsOnlyWhatReachedNobody();
    void explainsWhatTheProgramSends_data();
    void explainsWhatTheProgramSends();
    void keepsNothingBack();
    void explainsNothingWithoutAWitness();
};

void tst_Offline::explainsOnlyWhatReachedNobody_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<QString>("url");
    QTest::addColumn<NetworkError>("error");
    QTest::addColumn<bool>("isSent");
    QTest::addColumn<bool>("isOffline");

    using Reply = QNetworkReply;
    QTest::newRow("no name") << State::Offline << Far << Reply::HostNotFoundError << false << true;
    QTest::newRow("no route") << State::Offline << Far << Reply::UnknownNetworkError << false
                              << true;
    QTest::newRow("no proxy") << State::Offline << Far << Reply::ProxyNotFoundError << false
                              << true;
    QTest::newRow("given up") << State::Offline << Far << Reply::OperationCanceledError << false
                              << true;
    QTest::newRow("not yet failed") << State::Offline << Far << Reply::NoError << false << true;
    QTest::newRow("sent") << State::Offline << Far << Reply::UnknownNetworkError << true << false;
    QTest::newRow("sent, and silence")
        << State::Offline << Far << Reply::OperationCanceledError << true << false;
    QTest::newRow("somebody refuses")
        << State::Offline << Far << Reply::ConnectionRefusedError << false << false;
    QTest::newRow("somebody closes")
        << State::Offline << Far << Reply::RemoteHostClosedError << false << false;
    QTest::newRow("another certificate")
        << State::Offline << Far << Reply::SslHandshakeFailedError << false << false;
    QTest::newRow("not allowed") << State::Offline << Far << Reply::ContentAccessDenied << false
                                 << false;
    for (const QString &near :
         {u"http://localhost:11434"_s, u"http://127.0.0.1:1"_s, u"http://[::1]:1"_s}) {
        QTest::newRow(qPrintable(near))
            << State::Offline << near << Reply::UnknownNetworkError << false << false;
    }
    QTest::newRow("online") << State::Online << Far << Reply::HostNotFoundError << false << false;
    QTest::newRow("unknown") << State::Unknown << Far << Reply::HostNotFoundError << false << false;
}

void tst_Offline::explainsOnlyWhatReachedNobody()
{
    QFETCH(State, state);
    QFETCH(QString, url);
    QFETCH(NetworkError, error);
    QFETCH(bool, isSent);
    QFETCH(bool, isOffline);

    NetworkPresence presence;
    ScriptedReply reply(url);
    rememberPresence(reply, presence);
    presence.set(state); // it counts when it fails
    if (isSent) {
        reply.send();
    }
    if (error != QNetworkReply::NoError) {
        reply.fail(error);
    }
    const Error described = describeNetworkError(reply);
    QCOMPARE(described.kind == Error::Kind::Offline, isOffline);
    QCOMPARE(described.message.contains(u"You are offline"_s), isOffline);
    QVERIFY(described.message.contains(reply.url().host()));
    QCOMPARE(described.advice.contains(u"Nothing was sent."_s), isOffline);
    QVERIFY(!isOffline || described.detail.contains(u"Network error"_s));
}

void tst_Offline::explainsWhatTheProgramSends_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("offline") << State::Offline << Error::Kind::Offline;
    QTest::newRow("online") << State::Online << Error::Kind::Network;
    QTest::newRow("unknown") << State::Unknown << Error::Kind::Network;
}

void tst_Offline::explainsWhatTheProgramSends()
{
    QFETCH(State, state);
    QFETCH(Error::Kind, kind);
    NetworkPresence presence;
    PolicyNam network(presence, {});
    presence.set(state);
    const QNetworkRequest request(QUrl(u"https://maestro.invalid/v1"_s));
    for (QNetworkReply *reply : {network.get(request), network.post(request, "{}"_ba)}) {
        QSignalSpy finished(reply, &QNetworkReply::finished);
        QVERIFY(reply->isFinished() || finished.wait(20'000));
        QCOMPARE(toWord(describeNetworkError(*reply).kind), toWord(kind));
        reply->deleteLater();
    }
}

void tst_Offline::keepsNothingBack()
{
    NetworkPresence presence;
    PolicyNam network(presence, {});
    presence.set(State::Offline);
    FaultServer server;
    server.setScripts({Fault::answer(Fault::stream("data: {}\n\n"))});
    QNetworkReply *reply = network.get(QNetworkRequest(server.url()));
    QSignalSpy finished(reply, &QNetworkReply::finished);
    QVERIFY(reply->isFinished() || finished.wait(20'000));
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QCOMPARE(reply->readAll(), "data: {}\n\n"_ba);
    reply->deleteLater();
}

void tst_Offline::explainsNothingWithoutAWitness()
{
    ScriptedReply reply(Far);
    reply.fail(QNetworkReply::HostNotFoundError);
    QCOMPARE(describeNetworkError(reply).kind, Error::Kind::Network);
}

QTEST_GUILESS_MAIN(tst_Offline)
#include "tst_offline.moc"
