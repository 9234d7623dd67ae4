// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chatsession.h"
#include "core/memorycredentials.h"
#include "net/apikeysignin.h"
#include "net/httpchatclient.h"
#include "net/policynam.h"
#include "practice/practiceprovider.h"
#include "providers/registry.h"
#include "support/storedcredentials.h"

#include <QNetworkReply>
#include <QPromise>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <chrono>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

//! Answers every connection with the same bytes and closes it, or stays silent after them.
class ByteServer : public QTcpServer
{
public:
    enum class After { Close, StaySilent };

    explicit ByteServer(QByteArray answer, After after = After::Close)
        : m_answer(std::move(answer))
        , m_after(after)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            ++connections;
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                received += socket->readAll();
                if (received.contains("\r\n\r\n") && !m_answered.contains(socket)) {
                    m_answered.append(socket);
                    socket->write(m_answer);
                    if (m_after == After::Close) {
                        socket->disconnectFromHost();
                    }
                }
            });
            connect(socket, &QTcpSocket::disconnected, this, [this] { ++closed; });
        });
    }

    QUrl url() const { return QUrl(u"http://127.0.0.1:%1/v1"_s.arg(serverPort())); }

    int connections = 0;
    int closed = 0;
    QByteArray received;

private:
    QByteArray m_answer;
    After m_after;
    QList<QTcpSocket *> m_answered;
};

QByteArray stream(const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + body;
}

const QByteArray Hello
    = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\n";
const QByteArray Finish
    = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: "
      "[DONE]\n\n";

} // namespace

class tst_HttpChat : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void streamsAnAnswerFromThePracticeProvider();
    void endsAsTheModelsNameSays_data();
    void endsAsTheModelsNameSays();
    void tellsTheLimitsOfAPlan();
    void neverFinishesBeforeStartReturns();
    void stopKeepsWhatCameAndClosesTheConnection();
    void stopBeforeTheRequestSendsNothing();
    void droppingItSaysNothingMore();
    void mayBeDroppedWhileItsCredentialIsOnTheWay();
    void sendsAPostOnlyOnce();
    void takesNothingButAStreamForAnAnswer_data();
    void takesNothingButAStreamForAnAnswer();
    void doesNotFollowARedirect();
    void asksNoProxyForThisComputer();
    void sendsNothingToAnAddressThatIsNotAllowed_data();
    void sendsNothingToAnAddressThatIsNotAllowed();
    void endsAnAnswerThatGrowsTooLong();
    void endsAnAnswerThatFallsSilent();
    void doesNotWaitLongForAConnectionThatDiedInItsSleep();
    void goesOnAfterASleepThatTheConnectionSurvived();
    void saysWhatKeptItFromConnecting();
    void asksWithoutACredentialForOne();
    void listsModels();
    void testsAnApiKeyBeforeItIsKept();
    void refusesWhatIsNoApiKey_data();
    void refusesWhatIsNoApiKey();

private:
    WakingClock clock() const;
    void ask(const QString &model, const QUrl &baseUrl, QStringView api = u"responses");
    std::optional<Error> outcome() const
    {
        return m_finished->at(0).at(0).value<std::optional<Error>>();
    }

    std::unique_ptr<PolicyNam> m_network;
    std::unique_ptr<MemoryCredentials> m_credentials;
    std::unique_ptr<StoredCredentials> m_source;
    std::unique_ptr<HttpChatClient> m_client;
    std::unique_ptr<PracticeProvider> m_practice;
    HttpChatClient::Limits m_limits;
    std::chrono::milliseconds m_slept{}; // how long the computer has
    Provider m_provider;
    std::unique_ptr<ChatStream> m_stream;
    std::unique_ptr<QSignalSpy> m_finished;
    Answer m_answer;
};

void tst_HttpChat::init()
{
    m_stream.reset();
    m_finished.reset();
    m_answer = Answer();
    m_limits = {};
    m_slept = 0ms;
    m_network = std::make_unique<PolicyNam>();
    m_credentials = std::make_unique<MemoryCredentials>();
    m_source = std::make_unique<StoredCredentials>(*m_credentials);
    m_credentials->save({.key = {u"openai"_s}}, {.apiKey = Secret("practice")});
    m_practice = std::make_unique<PracticeProvider>(PracticeProvider::Pace{20, 0ms});
    QVERIFY(m_practice->listen());
}

WakingClock tst_HttpChat::clock() const
{
    return {[this] { return QDateTime::currentDateTimeUtc().addMSecs(m_slept.count()); },
            [] {
                return std::chrono::duration_cast<std::chrono::milliseconds>(
                    std::chrono::steady_clock::now().time_since_epoch());
            }};
}

void tst_HttpChat::ask(const QString &model, const QUrl &baseUrl, QStringView api)
{
    m_client = std::make_unique<HttpChatClient>(*m_network, *m_source, m_limits, clock());
    m_provider = findProvider(allProviders(), u"openai", api).value();
    m_provider.baseUrl = baseUrl;
    m_stream = m_client->ask(m_provider, {u"openai"_s}, {model, {{}, {Prompt{u"Hello"_s}}}});
    m_finished = std::make_unique<QSignalSpy>(m_stream.get(), &ChatStream::finished);
    connect(m_stream.get(), &ChatStream::received, this, [this](const StreamMessages &messages) {
        for (const StreamMessage &message : messages) {
            m_answer.fold(message);
        }
    });
    m_stream->start();
}

void tst_HttpChat::streamsAnAnswerFromThePracticeProvider()
{
    ask(u"practice"_s, m_practice->apiUrl());
    QTRY_COMPARE(m_finished->size(), 1);
    QVERIFY(!outcome());
    QVERIFY(m_answer.isComplete());
    QVERIFY(m_answer.text().size() > 500);
    QVERIFY(!m_answer.reasoning().isEmpty());
    QVERIFY(m_answer.usage()->outputTotal.value_or(0) > 0);
    QCOMPARE(m_stream->transfer().status, 200);
    QVERIFY(m_stream->transfer().events > 10);
}

void tst_HttpChat::endsAsTheModelsNameSays_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<bool>("hasText");

    QTest::newRow("drop") << u"practice-drop"_s << Error::Kind::Interrupted << true;
    QTest::newRow("cut") << u"practice-cut"_s << Error::Kind::Interrupted << true;
    QTest::newRow("429") << u"practice-429"_s << Error::Kind::RateLimited << false;
    QTest::newRow("quota") << u"practice-quota"_s << Error::Kind::QuotaExceeded << false;
    QTest::newRow("401") << u"practice-401"_s << Error::Kind::AuthenticationRequired << false;
    QTest::newRow("500") << u"practice-500"_s << Error::Kind::ServerFailure << false;
    QTest::newRow("error in mid-stream")
        << u"practice-error"_s << Error::Kind::ServerFailure << true;
}

void tst_HttpChat::endsAsTheModelsNameSays()
{
    QFETCH(QString, model);
    QFETCH(Error::Kind, kind);
    QFETCH(bool, hasText);

    ask(model, m_practice->apiUrl());
    QTRY_COMPARE(m_finished->size(), 1);
    QVERIFY(outcome());
    QCOMPARE(outcome()->kind, kind);
    QVERIFY(!outcome()->message.isEmpty());
    QCOMPARE(!m_answer.text().isEmpty(), hasText);
    QVERIFY(!m_answer.isComplete());
}

void tst_HttpChat::tellsTheLimitsOfAPlan()
{
    const QByteArray limits = "x-codex-primary-used-percent: 37\r\n"
                              "X-Codex-Primary-Window-Minutes: 300\r\n"
                              "x-codex-primary-reset-after-seconds: 600\r\n"
                              "x-codex-secondary-used-percent: garbage\r\n";
    const QByteArray body = "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\","
                            "\"status\":\"completed\",\"output\":[]}}\n\n";
    const QByteArray good = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + limits
        + "Connection: close\r\n\r\n" + body;
    const QByteArray refusal = R"({"error":{"type":"usage_limit_reached","message":"No"}})";
    const QByteArray usedUp = "HTTP/1.1 429 No\r\nContent-Type: application/json\r\n" + limits
        + "Connection: close\r\n\r\n" + refusal;
    m_credentials->save({.key = {u"chatgpt"_s}}, {.apiKey = Secret("practice")});
    HttpChatClient client(*m_network, *m_source, m_limits, clock());
    Provider provider = findProvider(allProviders(), u"chatgpt").value();
    for (const QByteArray &answer : {good, usedUp}) {
        ByteServer server(answer);
        provider.baseUrl = server.url();
        ChatSession session(client);
        session.setTarget(provider, {u"chatgpt"_s}, u"gpt-5.6"_s);
        QSignalSpy told(&session, &ChatSession::planLimitsTold);
        QSignalSpy finished(&session, &ChatSession::answerFinished);
        const QDateTime before = QDateTime::currentDateTimeUtc();
        session.send(u"Hello"_s);
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0][0].value<AccountKey>(), AccountKey{u"chatgpt"_s});
        const auto said = told[0][1].value<PlanLimits>();
        QCOMPARE(said.size(), 1);
        QCOMPARE(said[0].usedPercent, 37.0);
        QCOMPARE(said[0].window, std::chrono::minutes(300));
        QVERIFY(said[0].resets >= before.addSecs(600));
        QVERIFY(said[0].resets <= QDateTime::currentDateTimeUtc().addSecs(600));
    }
    // A provider that is paid may say what it likes.
    ByteServer server(good);
    ask(u"m"_s, server.url());
    QTRY_COMPARE(m_finished->size(), 1);
    QVERIFY(m_stream->transfer().planLimits.isEmpty());
}

void tst_HttpChat::neverFinishesBeforeStartReturns()
{
    m_credentials->remove({u"openai"_s});
    ask(u"practice"_s, m_practice->apiUrl());
    QCOMPARE(m_finished->size(), 0);
    QTRY_COMPARE(m_finished->size(), 1);
}

void tst_HttpChat::stopKeepsWhatCameAndClosesTheConnection()
{
    ByteServer server(stream(Hello), ByteServer::After::StaySilent);
    ask(u"m"_s, server.url(), u"chat");
    QTRY_COMPARE(m_answer.text(), u"Hello"_s);
    m_stream->stop();
    QTRY_COMPARE(m_finished->size(), 1);
    QVERIFY(!outcome());
    QCOMPARE(m_answer.text(), u"Hello"_s);
    QCOMPARE(m_answer.done()->ending, Done::Ending::Stopped);
    QTRY_COMPARE(server.closed, 1);
    m_stream->stop();
    QCOMPARE(m_finished->size(), 1);
}

void tst_HttpChat::stopBeforeTheRequestSendsNothing()
{
    ByteServer server(stream(Hello + Finish));
    ask(u"m"_s, server.url(), u"chat");
    m_stream->stop();
    QTRY_COMPARE(m_finished->size(), 1);
    QVERIFY(!outcome());
    QCoreApplication::processEvents();
    QCOMPARE(server.connections, 0);
}

void tst_HttpChat::droppingItSaysNothingMore()
{
    ByteServer server(stream(Hello), ByteServer::After::StaySilent);
    ask(u"m"_s, server.url(), u"chat");
    QTRY_COMPARE(m_answer.text(), u"Hello"_s);
    m_stream.reset();
    QTRY_COMPARE(server.closed, 1);
    QCOMPARE(m_finished->size(), 0);
}

void tst_HttpChat::mayBeDroppedWhileItsCredentialIsOnTheWay()
{
    // A token is being renewed, and the person closes the conversation.
    class SlowSource final : public CredentialSource
    {
    public:
        QFuture<Result<Credential>> credentialFor(const AccountKey &) override
        {
            return promise.future();
        }
        QFuture<Result<Credential>> renewedFor(const AccountKey &, const Credential &) override
        {
            return promise.future();
        }

        QPromise<Result<Credential>> promise;
    };
    SlowSource source;
    source.promise.start();
    ByteServer server(stream(Hello + Finish));
    HttpChatClient client(*m_network, source);
    Provider provider = findProvider(allProviders(), u"openai", u"chat").value();
    provider.baseUrl = server.url();
    auto chat = client.ask(provider, {u"openai"_s}, {u"m"_s, {{}, {Prompt{u"Hello"_s}}}});
    QSignalSpy finished(chat.get(), &ChatStream::finished);
    chat->start();
    QCoreApplication::processEvents();
    chat.reset();
    source.promise.addResult(
        Result<Credential>(Credential{Credential::Type::ApiKey, Secret("practice")}));
    source.promise.finish();
    QCoreApplication::processEvents();
    QCOMPARE(finished.size(), 0);
    QCOMPARE(server.connections, 0);
}

void tst_HttpChat::sendsAPostOnlyOnce()
{
    // Qt repeats a POST by itself when the connection closes before the answer.
    ByteServer server{QByteArray()};
    ask(u"m"_s, server.url(), u"chat");
    QTRY_COMPARE(m_finished->size(), 1);
    QCOMPARE(outcome()->kind, Error::Kind::Network);
    QCOMPARE(server.received.count("POST "), 1);
}

void tst_HttpChat::takesNothingButAStreamForAnAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Error::Kind>("kind");

    QTest::newRow("login page") << QByteArray(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Please log "
        "in</html>") << Error::Kind::InvalidResponse;
    QTest::newRow("nothing") << stream({}) << Error::Kind::Interrupted;
    QTest::newRow("cut") << stream(Hello) << Error::Kind::Interrupted;
    QTest::newRow("truncated") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"
                                             + Hello)
                               << Error::Kind::Interrupted;
    QTest::newRow("bad chunk") << QByteArray(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + Hello)
                               << Error::Kind::InvalidResponse;
    QTest::newRow("error page") << QByteArray(
        "HTTP/1.1 502 Bad Gateway\r\nConnection: close\r\n\r\n<html>nginx</html>")
                                << Error::Kind::Overloaded;
}

void tst_HttpChat::takesNothingButAStreamForAnAnswer()
{
    QFETCH(QByteArray, answer);
    QFETCH(Error::Kind, kind);

    ByteServer server(answer);
    ask(u"m"_s, server.url(), u"chat");
    QTRY_COMPARE(m_finished->size(), 1);
    QVERIFY(outcome());
    QCOMPARE(outcome()->kind, kind);
    QVERIFY(!m_answer.isComplete());
}

void tst_HttpChat::doesNotFollowARedirect()
{
    ByteServer other(stream(Hello + Finish));
    ByteServer server("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + other.url().toEncoded()
                      + "\r\nConnection: close\r\n\r\n");
    ask(u"m"_s, server.url(), u"chat");
    QTRY_COMPARE(m_finished->size(), 1);
    QVERIFY(outcome());
    QCOMPARE(other.connections, 0);
}

void tst_HttpChat::asksNoProxyForThisComputer()
{
    ByteServer proxy(stream(Hello + Finish));
    qputenv("http_proxy", proxy.url().adjusted(QUrl::RemovePath).toEncoded());
    m_network = std::make_unique<PolicyNam>();
    ask(u"practice"_s, m_practice->apiUrl());
    QTRY_COMPARE(m_finished->size(), 1);
    qunsetenv("http_proxy");
    QVERIFY(m_answer.isComplete());
    QCOMPARE(proxy.connections, 0);
}

void tst_HttpChat::sendsNothingToAnAddressThatIsNotAllowed_data()
{
    QTest::addColumn<QUrl>("url");

    QTest::newRow("plain http") << QUrl(u"http://192.0.2.1/v1"_s);
    QTest::newRow("user information") << QUrl(u"https://user:password@api.example/v1"_s);
    QTest::newRow("another scheme") << QUrl(u"file:///tmp"_s);
    QTest::newRow("no host") << QUrl(u"https:///v1"_s);
}

void tst_HttpChat::sendsNothingToAnAddressThatIsNotAllowed()
{
    QFETCH(QUrl, url);

    ask(u"m"_s, url, u"chat");
    QTRY_COMPARE(m_finished->size(), 1);
    QCOMPARE(outcome()->kind, Error::Kind::Configuration);
}

void tst_HttpChat::endsAnAnswerThatGrowsTooLong()
{
    m_limits.stream.answer = 100'000;
    ByteServer server(stream(Hello.repeated(5000)));
    ask(u"m"_s, server.url(), u"chat");
    QTRY_COMPARE(m_finished->size(), 1);
    QCOMPARE(outcome()->kind, Error::Kind::TooLarge);
    QVERIFY(!m_answer.isComplete());
}

void tst_HttpChat::endsAnAnswerThatFallsSilent()
{
    m_limits.stream.betweenBytes = 300ms;
    ByteServer server(stream(Hello), ByteServer::After::StaySilent);
    ask(u"m"_s, server.url(), u"chat");
    QTRY_COMPARE(m_finished->size(), 1);
    QCOMPARE(outcome()->kind, Error::Kind::Timeout);
    QCOMPARE(m_answer.text(), u"Hello"_s);
}

void tst_HttpChat::doesNotWaitLongForAConnectionThatDiedInItsSleep()
{
    m_limits.stream.sleepCheck = 10ms;
    m_limits.stream.afterSleep = 200ms; // of minutes that it would have
    ByteServer server(stream(Hello), ByteServer::After::StaySilent);
    ask(u"m"_s, server.url(), u"chat");
    QSignalSpy stalled(m_stream.get(), &ChatStream::stalled);
    QTRY_COMPARE(m_answer.text(), u"Hello"_s);
    QVERIFY(stalled.isEmpty());
    m_slept = 1h;
    QTRY_COMPARE(stalled.size(), 1);
    QVERIFY(stalled.at(0).at(0).value<std::chrono::milliseconds>() >= 59min);
    QVERIFY(stalled.at(0).at(1).value<std::chrono::milliseconds>() <= 200ms);
    QTRY_COMPARE(m_finished->size(), 1);
    QCOMPARE(outcome()->kind, Error::Kind::Timeout);
    QCOMPARE(m_answer.text(), u"Hello"_s);
    QCOMPARE(server.connections, 1);
}

void tst_HttpChat::goesOnAfterASleepThatTheConnectionSurvived()
{
    m_limits.stream.sleepCheck = 10ms;
    m_practice = std::make_unique<PracticeProvider>(PracticeProvider::Pace{20, 10ms});
    QVERIFY(m_practice->listen());
    ask(u"practice"_s, m_practice->apiUrl());
    QSignalSpy stalled(m_stream.get(), &ChatStream::stalled);
    QTRY_VERIFY(!m_answer.text().isEmpty());
    m_slept = 1h;
    QTRY_COMPARE(stalled.size(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->size(), 1, 60000);
    QVERIFY(!outcome());
    QVERIFY(m_answer.isComplete());
}

void tst_HttpChat::saysWhatKeptItFromConnecting()
{
    QTcpServer closed;
    closed.listen(QHostAddress::LocalHost);
    const quint16 port = closed.serverPort();
    closed.close();
    ask(u"m"_s, QUrl(u"http://127.0.0.1:%1/v1"_s.arg(port)), u"chat");
    QTRY_COMPARE(m_finished->size(), 1);
    QCOMPARE(outcome()->kind, Error::Kind::Network);
    QVERIFY(outcome()->message.contains(u"127.0.0.1"_s));
    QVERIFY(!m_answer.done());
}

void tst_HttpChat::asksWithoutACredentialForOne()
{
    m_credentials->remove({u"openai"_s});
    ask(u"practice"_s, m_practice->apiUrl());
    QTRY_COMPARE(m_finished->size(), 1);
    QCOMPARE(outcome()->kind, Error::Kind::AuthenticationRequired);
}

void tst_HttpChat::listsModels()
{
    HttpChatClient client(*m_network, *m_source);
    Provider provider = findProvider(allProviders(), u"openai").value();
    provider.baseUrl = m_practice->apiUrl();
    auto models = client.listModels(provider, {u"openai"_s});
    QTRY_VERIFY(models.isFinished());
    QVERIFY(models.result());
    QVERIFY(models.result()->contains(u"practice"_s));
}

void tst_HttpChat::testsAnApiKeyBeforeItIsKept()
{
    Provider provider = findProvider(allProviders(), u"openai").value();
    provider.baseUrl = m_practice->apiUrl();
    m_credentials->remove({u"openai"_s});
    for (const auto &[key, isGood] : {std::pair{"wrong", false}, std::pair{"practice", true}}) {
        ApiKeySignIn signIn({.provider = provider, .apiKey = Secret(key)}, *m_credentials,
                            *m_network);
        QSignalSpy finished(&signIn, &SignIn::finished);
        signIn.start();
        QCOMPARE(finished.size(), 0);
        QTRY_COMPARE(finished.size(), 1);
        const auto result = finished[0][0].value<Result<SignedIn>>();
        QCOMPARE(bool(result), isGood);
        QCOMPARE(m_credentials->accounts().size(), isGood ? 1 : 0);
    }
}

void tst_HttpChat::refusesWhatIsNoApiKey_data()
{
    QTest::addColumn<QByteArray>("key");

    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a space inside") << QByteArray("sk 1");
    QTest::newRow("a second header") << QByteArray("sk\r\nX-Evil: 1");
    QTest::newRow("not ASCII") << QByteArray("sk-\xC3\xA9");
    QTest::newRow("a file") << QByteArray(10'000, 'x');
}

void tst_HttpChat::refusesWhatIsNoApiKey()
{
    QFETCH(QByteArray, key);

    ByteServer server("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}");
    Provider provider = findProvider(allProviders(), u"openai").value();
    provider.baseUrl = server.url();
    ApiKeySignIn signIn({.provider = provider, .apiKey = Secret(key)}, *m_credentials, *m_network);
    QSignalSpy finished(&signIn, &SignIn::finished);
    signIn.start();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!finished[0][0].value<Result<SignedIn>>());
    QCOMPARE(server.connections, 0);
}

QTEST_GUILESS_MAIN(tst_HttpChat)
#include "tst_httpchat.moc"
