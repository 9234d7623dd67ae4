// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "authorizationserver.h"
#include "core/apikey.h"
#include "core/memorycredentials.h"
#include "net/apikeysignin.h"
#include "net/modellist.h"
#include "net/policynam.h"
#include "providers/openai/compatibleprovider.h"
#include "providers/registry.h"
#include "support/storedcredentials.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Maestro;

class tst_ApiKeySignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void testsAKeyWithTheListOfModels_data();
    void testsAKeyWithTheListOfModels();
    void keepsSeveralKeysAndUpdatesTheSame();
    void keepsACompatibleServerByItsAddress();
    void asksAServerThatWantsNoKeyWithoutOne();
    void saysWhyAKeyIsNotTaken_data();
    void saysWhyAKeyIsNotTaken();
    void sendsTheKeyNowhereElse_data();
    void sendsTheKeyNowhereElse();
    void saysWhoIsNotThere();
    void saysThatTheConnectionIsNotSecure();
    void sendsNothingThatIsNoKey();
    void asksAnthropicWithATokenAndWithoutAKey();

private:
    Result<SignedIn> signIn(ApiKeySignIn::Wish wish);
    Provider at(const char *id) const;

    std::unique_ptr<AuthorizationServer> m_server;
    MemoryCredentials m_store;
    PolicyNam m_network;
};

namespace {

const QByteArray Models = AuthorizationServer::answer(
    200,
    R"({"data":[{"id":"gpt-5.5"}],"models":[{"name":"models/gemini-2.5-pro",)"
    R"("supportedGenerationMethods":["generateContent"]}]})");

} // namespace

void tst_ApiKeySignIn::init()
{
    m_server = std::make_unique<AuthorizationServer>();
    const QList<Account> accounts = m_store.accounts();
    for (const Account &account : accounts) {
        m_store.remove(account.key);
    }
}

Provider tst_ApiKeySignIn::at(const char *id) const
{
    QUrl url = m_server->url();
    url.setPath(u"/v1"_s);
    Provider provider = QLatin1StringView(id) == OpenAi::CompatibleId
        ? OpenAi::compatibleProvider(url)
        : findProvider(allProviders(), QString::fromLatin1(id)).value();
    provider.baseUrl = url;
    return provider;
}

Result<SignedIn> tst_ApiKeySignIn::signIn(ApiKeySignIn::Wish wish)
{
    ApiKeySignIn signIn(std::move(wish), m_store, m_network);
    QSignalSpy finished(&signIn, &SignIn::finished);
    signIn.start();
    const bool isEarly = finished.size() != 0;
    if (isEarly || !QTest::qWaitFor([&finished] { return finished.size() == 1; })) {
        return Error{Error::Kind::Unknown, isEarly ? u"early"_s : u"never"_s};
    }
    return finished.first().first().value<Result<SignedIn>>();
}

void tst_ApiKeySignIn::testsAKeyWithTheListOfModels_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("openai") << "Authorization"_ba
                            << "Bearer key-1"_ba;
    QTest::newRow("anthropic") << "x-api-key"_ba
                               << "key-1"_ba;
    QTest::newRow("gemini") << "x-goog-api-key"_ba
                            << "key-1"_ba;
    QTest::newRow("compatible") << "Authorization"_ba
                                << "Bearer key-1"_ba;
}

void tst_ApiKeySignIn::testsAKeyWithTheListOfModels()
{
    QFETCH(QByteArray, header);
    m_server->answers = {Models};
    const Provider provider = at(QTest::currentDataTag());
    const auto signedIn = signIn({.provider = provider, .apiKey = Secret("key-1\n")});
    QVERIFY2(signedIn, signedIn ? "" : qPrintable(signedIn.error().message));
    const AccountKey key{provider.id, AccountKey::Type::ApiKey, accountIdOf(Secret("key-1"))};
    QCOMPARE(signedIn->account.key, key);
    QCOMPARE(*StoredCredentials(m_store).credentialFor(key).result(),
             (Credential{Credential::Type::ApiKey, Secret("key-1")}));

    QCOMPARE(m_server->requests.size(), 1);
    const auto &request = m_server->requests.first();
    QCOMPARE(request.method, "GET"_ba);
    QTEST(headerValue(request.headers, header), "value");
    QVERIFY(!request.target.contains("key-1"));
}

void tst_ApiKeySignIn::keepsSeveralKeysAndUpdatesTheSame()
{
    for (const char *key : {"key-1", "key-2", " key-1 "}) {
        m_server->answers = {Models};
        QVERIFY(signIn({.provider = at("openai"), .apiKey = Secret(key)}));
    }
    QCOMPARE(m_store.accounts().size(), 2);
}

void tst_ApiKeySignIn::keepsACompatibleServerByItsAddress()
{
    const Provider provider = at("compatible");
    const QString address = provider.baseUrl.toString();
    for (const char *key : {"key-1", "key-2"}) {
        m_server->answers = {Models};
        const auto signedIn = signIn({.provider = provider,
                                      .apiKey = Secret(key),
                                      .accountId = address,
                                      .keyIsOptional = true});
        QVERIFY(signedIn);
        QCOMPARE(signedIn->account.key,
                 (AccountKey{u"compatible"_s, AccountKey::Type::ApiKey, address}));
    }
    QCOMPARE(m_store.accounts().size(), 1);
    QCOMPARE(
        StoredCredentials(m_store).credentialFor(m_store.accounts().first().key).result()->secret,
        Secret("key-2"));
}

void tst_ApiKeySignIn::asksAServerThatWantsNoKeyWithoutOne()
{
    m_server->answers = {Models};
    const auto signedIn
        = signIn({.provider = at("compatible"), .accountId = u"a"_s, .keyIsOptional = true});
    QVERIFY(signedIn);
    const auto credential = StoredCredentials(m_store).credentialFor(signedIn->account.key);
    QCOMPARE(*credential.result(), (Credential{Credential::Type::None, Secret()}));
    QCOMPARE(m_server->requests.first().target, "/v1/models"_ba);
    QCOMPARE(m_server->requests.first().headerCount("Authorization"), 0);
    QCOMPARE(m_server->requests.first().headerCount("version"), 0);
}

void tst_ApiKeySignIn::saysWhyAKeyIsNotTaken_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("said");
    using Kind = Error::Kind;
    const auto row = [](const char *name, const char *provider, int status, const QByteArray &body,
                        Kind kind, const QString &said) {
        QTest::newRow(name) << QByteArray(provider) << AuthorizationServer::answer(status, body)
                            << kind << said;
    };
    row("OpenAI, wrong key", "openai", 401, R"({"error":{"code":"invalid_api_key"}})",
        Kind::AuthenticationRequired, u"did not accept the key"_s);
    row("OpenAI, wrong country", "openai", 403,
        R"({"error":{"code":"unsupported_country_region_territory","message":"Country, region, )"
        R"(or territory not supported"}})",
        Kind::PermissionDenied, u"country or region"_s);
    row("OpenAI, restricted key", "openai", 403,
        R"({"error":{"message":"You have insufficient permissions for this operation. )"
        R"(Missing scopes: api.model.read.","type":"invalid_request_error"}})",
        Kind::PermissionDenied, u"permissions are restricted"_s);
    row("OpenAI, too many", "openai", 429, R"({"error":{"code":"rate_limit_exceeded"}})",
        Kind::RateLimited, u"fewer requests"_s);
    row("OpenAI, trouble", "openai", 500, "", Kind::ServerFailure, u"failure of its own"_s);
    row("Anthropic, wrong key", "anthropic", 401,
        R"({"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}})",
        Kind::AuthenticationRequired, u"did not accept the key"_s);
    row("Gemini, wrong key", "gemini", 400,
        R"({"error":{"code":400,"message":"API key not valid. Please pass a valid API key.",)"
        R"("status":"INVALID_ARGUMENT"}})",
        Kind::AuthenticationRequired, u"did not accept the key"_s);
    row("Gemini, wrong country", "gemini", 400,
        R"({"error":{"code":400,"message":"User location is not supported for the API use.",)"
        R"("status":"FAILED_PRECONDITION"}})",
        Kind::PermissionDenied, u"country or region"_s);
    row("a server that wants a key", "compatible", 401, "", Kind::AuthenticationRequired,
        u"wants an API key"_s);
    row("a server without such a list", "compatible", 404, "404 page not found",
        Kind::InvalidRequest, u"nothing for us"_s);
    row("a page", "compatible", 200, "<html>Ollama is running", Kind::InvalidResponse,
        u"no list of models"_s);
    row("garbage", "compatible", 200, QByteArray(100, '\xff'), Kind::InvalidResponse,
        u"no list of models"_s);
    row("no bytes", "compatible", 200, "", Kind::InvalidResponse, u"no list of models"_s);
    QTest::newRow("no HTTP") << "compatible"_ba
                             << "SSH-2.0-OpenSSH\r\n\r\n"_ba << Kind::Network
                             << u"closed the connection"_s;
    QTest::newRow("a flood") << "compatible"_ba
                             << "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(9 * 1024 * 1024, 'x')
                             << Kind::TooLarge << u"more than"_s;
}

void tst_ApiKeySignIn::saysWhyAKeyIsNotTaken()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArray, answer);
    QFETCH(QString, said);
    m_server->answers = {answer};
    const QString doubt = u"This looks like a key of Anthropic."_s;
    const auto signedIn = signIn(
        {.provider = at(provider.constData()), .apiKey = Secret("CANARY"), .doubt = doubt});
    QVERIFY(!signedIn);
    const Error error = signedIn.error();
    QTEST(error.kind, "kind");
    if (error.kind != Error::Kind::Network) {
        QVERIFY2(error.message.contains(said), qPrintable(error.message));
    }
    QCOMPARE(error.advice.startsWith(doubt), error.kind == Error::Kind::AuthenticationRequired);
    for (const QString &text : {error.message, error.advice, error.detail}) {
        QVERIFY(!text.contains(u"CANARY"_s));
    }
    QCOMPARE(m_store.accounts(), QList<Account>());
}

void tst_ApiKeySignIn::sendsTheKeyNowhereElse_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("%d", status) << status;
    }
}

void tst_ApiKeySignIn::sendsTheKeyNowhereElse()
{
    QFETCH(int, status);
    AuthorizationServer elsewhere;
    elsewhere.answers = {Models};
    m_server->answers = {AuthorizationServer::answer(
        status, "", "Location: " + elsewhere.url().toEncoded() + "\r\n")};
    const auto signedIn = signIn({.provider = at("compatible"), .apiKey = Secret("key-1")});
    QVERIFY(!signedIn);
    QVERIFY(signedIn.error().message.contains(u"another address"_s));
    QCOMPARE(elsewhere.requests.size(), 0);
    QCOMPARE(m_server->requests.size(), 1);
}

void tst_ApiKeySignIn::saysWhoIsNotThere()
{
    const Provider provider = at("compatible");
    m_server.reset();
    const auto signedIn = signIn({.provider = provider, .keyIsOptional = true});
    QVERIFY(!signedIn);
    QCOMPARE(signedIn.error().kind, Error::Kind::Network);
    QVERIFY(signedIn.error().message.contains(u"127.0.0.1 refused the connection"_s));
}

void tst_ApiKeySignIn::saysThatTheConnectionIsNotSecure()
{
    Provider provider = at("compatible"); // it speaks no TLS
    provider.baseUrl.setScheme(u"https"_s);
    const auto signedIn = signIn({.provider = provider, .apiKey = Secret("key-1")});
    QVERIFY(!signedIn);
    QVERIFY(!signedIn.error().message.isEmpty());
    QCOMPARE(m_server->requests.size(), 0); // nothing of the request was readable
}

void tst_ApiKeySignIn::sendsNothingThatIsNoKey()
{
    for (const char *key : {"", "sk 1", "sk\r\nX-Evil: 1", "sk-\xC3\xA9"}) {
        const auto signedIn = signIn({.provider = at("openai"), .apiKey = Secret(key)});
        QVERIFY(!signedIn);
        QCOMPARE(signedIn.error().kind, Error::Kind::InvalidRequest);
    }
    QVERIFY(
        !signIn({.provider = at("compatible"), .apiKey = Secret("a b"), .keyIsOptional = true}));
    QCOMPARE(m_server->requests.size(), 0);
}

void tst_ApiKeySignIn::asksAnthropicWithATokenAndWithoutAKey()
{
    m_server->answers = {Models};
    const auto models = fetchModels(m_network, at("anthropic"),
                                    {Credential::Type::OAuthToken, Secret("sk-ant-oat")}, 1024);
    QTRY_VERIFY(models.isFinished());
    QVERIFY(models.result());
    const HttpHeaders &headers = m_server->requests.first().headers;
    QCOMPARE(headerValue(headers, "Authorization"), "Bearer sk-ant-oat"_ba);
    QCOMPARE(headerValue(headers, "anthropic-beta"), "oauth-2025-04-20"_ba);
    QCOMPARE(headerValue(headers, "anthropic-version"), "2023-06-01"_ba);
    QCOMPARE(m_server->requests.first().headerCount("x-api-key"), 0);
}

QTEST_GUILESS_MAIN(tst_ApiKeySignIn)
#include "tst_apikeysignin.moc"
