// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/fields.h"
#include "auth/pkce.h"
#include "authorizationserver.h"
#include "core/memoryclientregistration.h"
#include "core/memorycredentials.h"
#include "net/logredaction.h"
#include "net/oauthlogin.h"
#include "net/policynam.h"
#include "rawclient.h"
#include "support/storedcredentials.h"

#include <QLoggingCategory>
#include <QMutex>
#include <QPromise>
#include <QSignalSpy>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Maestro;

class tst_OAuthLogin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void signsInWithOpenAi();
    void signsInWithAnthropic();
    void sendsCodesUnchanged_data();
    void sendsCodesUnchanged();
    void saysWhyTheTokensDidNotCome_data();
    void saysWhyTheTokensDidNotCome();
    void saysWhyTheKeyDidNotCome_data();
    void saysWhyTheKeyDidNotCome();
    void isSignedInWithoutAKey_data();
    void isSignedInWithoutAKey();
    void followsNoRedirect_data();
    void followsNoRedirect();
    void givesUpOnAServerThatNeverEnds();
    void endsWhenThePersonSaysNo();
    void goesOnAfterAForeignCallback();
    void takesAPastedAddress();
    void endsOnceItIsKept();
    void saysThatItCouldNotBeKept();
    void doesNotOpenTheBrowserWithoutAPort();
    void refusesAProfileThatIsWrong();
    void cancelsWhenDropped_data();
    void cancelsWhenDropped();
    void usesANewStateForEachAttempt();
    void tellsTheLogNothing();

private:
    void make(const OAuth::OAuthProfile &profile, OAuthLogin::Limits limits = {})
    {
        make(profile, m_store, limits);
    }
    void make(const OAuth::OAuthProfile &profile, CredentialStore &store,
              OAuthLogin::Limits limits = {});
    OAuth::OAuthProfile openAi() const;
    OAuth::OAuthProfile anthropic() const;
    QByteArray tokenAnswer(const QJsonObject &auth = {{u"organization_id"_s, u"org-1"_s}}) const;
    //! A parameter of the authorize address.
    QByteArray asked(const QByteArray &name) const;
    //! What the browser does when the person said yes, or something else happened.
    void comeBack(const QByteArray &query);
    void comeBackWithCode() { comeBack("code=ac_1&state=" + asked("state")); }
    void start();
    QStringList stages() const;
    Result<SignedIn> result() const
    {
        return m_finished->first().first().value<Result<SignedIn>>();
    }
    void verifyNothingKept() { QCOMPARE(m_store.accounts(), QList<Account>()); }

    std::unique_ptr<AuthorizationServer> m_server;
    MemoryCredentials m_store;
    MemoryClientRegistration m_registration;
    PolicyNam m_network;
    std::unique_ptr<OAuthLogin> m_login;
    std::unique_ptr<QSignalSpy> m_finished;
    std::unique_ptr<QSignalSpy> m_reached;
    std::unique_ptr<QSignalSpy> m_browser;
    std::unique_ptr<RawClient> m_client;
};

namespace {

const AccountKey OpenAiKey{u"openai"_s, AccountKey::Type::OAuth, u"acc-1"_s};

OAuth::Fields formOf(const HttpRequestReader::Request &request)
{
    return OAuth::decodeFields(request.body, 32).value_or(OAuth::Fields());
}

QByteArray valueOf(const HttpRequestReader::Request &request, const QByteArray &name)
{
    return OAuth::findField(formOf(request), name).value_or("(absent)");
}

//! Is ready with what the test says, when the test says.
class SlowStore final : public CredentialStore
{
public:
    QList<Account> accounts() const override { return {}; }
    QFuture<Result<AccountSecrets>> secretsOf(const AccountKey &) override { return {}; }
    QFuture<std::optional<Error>> save(const Account &, const AccountSecrets &) override
    {
        saved.start();
        return saved.future();
    }
    QFuture<std::optional<Error>> remove(const AccountKey &) override { return {}; }

    QPromise<std::optional<Error>> saved;
};

} // namespace

void tst_OAuthLogin::init() { m_server = std::make_unique<AuthorizationServer>(); }

void tst_OAuthLogin::cleanup()
{
    m_client.reset();
    m_login.reset();
    m_server.reset();
    for (const Account &account : m_store.accounts()) {
        m_store.remove(account.key);
    }
}

void tst_OAuthLogin::make(const OAuth::OAuthProfile &profile, CredentialStore &store,
                          OAuthLogin::Limits limits)
{
    limits.listener.closing = std::chrono::milliseconds(100);
    m_login = std::make_unique<OAuthLogin>(profile, store, m_registration, m_network, limits);
    m_finished = std::make_unique<QSignalSpy>(m_login.get(), &SignIn::finished);
    m_reached = std::make_unique<QSignalSpy>(m_login.get(), &SignIn::stageReached);
    m_browser = std::make_unique<QSignalSpy>(m_login.get(), &SignIn::browserRequested);
}

OAuth::OAuthProfile tst_OAuthLogin::openAi() const
{
    auto profile = OAuth::openAiProfile();
    profile.tokenUrl = m_server->url();
    profile.redirect = OAuth::LoopbackRedirect{u"localhost"_s, {0}, u"/auth/callback"_s};
    return profile;
}

OAuth::OAuthProfile tst_OAuthLogin::anthropic() const
{
    auto profile = OAuth::anthropicProfile(u"client-1"_s);
    profile.tokenUrl = m_server->url();
    return profile;
}

QByteArray tst_OAuthLogin::tokenAnswer(const QJsonObject &auth) const
{
    QJsonObject claims = auth;
    claims.insert(u"chatgpt_account_id"_s, u"acc-1"_s);
    claims.insert(u"chatgpt_plan_type"_s, u"plus"_s);
    const QByteArray idToken
        = AuthorizationServer::jwt({{u"iss"_s, u"https://auth.openai.com"_s},
                                    {u"aud"_s, u"app_EMoamEEZ73f0CkXaXp7hrann"_s},
                                    {u"exp"_s, 4e9},
                                    {u"email"_s, u"ada@example.org"_s},
                                    {u"https://api.openai.com/auth"_s, claims}});
    return AuthorizationServer::answer(
        200,
        R"({"access_token":"at-1","refresh_token":"rt-1","id_token":")" + idToken
            + R"(","expires_in":3600})");
}

QByteArray tst_OAuthLogin::asked(const QByteArray &name) const
{
    const auto fields
        = OAuth::decodeFields(m_login->authorizationUrl().query(QUrl::FullyEncoded).toLatin1(), 32);
    return OAuth::findField(fields.value_or(OAuth::Fields()), name).value_or(QByteArray());
}

void tst_OAuthLogin::comeBack(const QByteArray &query)
{
    const QUrl redirect(QString::fromLatin1(asked("redirect_uri")));
    const QByteArray host = "localhost:" + QByteArray::number(redirect.port());
    m_client = std::make_unique<RawClient>(static_cast<quint16>(redirect.port()));
    m_client->send("GET " + redirect.path().toLatin1() + '?' + query + " HTTP/1.1\r\nHost: " + host
                   + "\r\n\r\n");
    QVERIFY(m_client->waitUntilClosed());
    if (m_client->status() == 303) {
        m_client = std::make_unique<RawClient>(static_cast<quint16>(redirect.port()));
        m_client->send("GET /done HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }
}

void tst_OAuthLogin::start()
{
    m_login->start();
    QCOMPARE(m_reached->count(), 0);
    QCOMPARE(m_finished->count(), 0);
    QTRY_COMPARE(m_login->stage(), SignInStage::Person);
    QTRY_COMPARE(m_browser->count(), 1);
    QCOMPARE(m_browser->first().first().toUrl(), m_login->authorizationUrl());
}

QStringList tst_OAuthLogin::stages() const
{
    QStringList words;
    for (const auto &arguments : *m_reached) {
        words.append(toWord(arguments.first().value<SignInStage>()));
    }
    return words;
}

void tst_OAuthLogin::signsInWithOpenAi()
{
    make(openAi());
    m_server->answers
        = {tokenAnswer(), AuthorizationServer::answer(200, R"({"access_token":"sk-1"})")};
    start();
    QVERIFY(asked("redirect_uri").startsWith("http://localhost:"));
    QVERIFY(!asked("redirect_uri").contains(":0/"));
    comeBackWithCode();
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(stages(),
             (QStringList{u"authorization_url"_s, u"listener"_s, u"person"_s, u"code"_s,
                          u"tokens"_s, u"api_key"_s}));
    QVERIFY(result());
    const Account account{.key = OpenAiKey,
                          .email = u"ada@example.org"_s,
                          .plan = u"plus"_s,
                          .organization = u"org-1"_s};
    QCOMPARE(*result(), SignedIn{account});
    Account kept = m_store.accounts().value(0);
    QVERIFY(kept.expiresAt); // as the store knows it
    kept.expiresAt.reset();
    QCOMPARE(kept, account);
    QCOMPARE(m_store.accounts().size(), 1);
    QCOMPARE(*StoredCredentials(m_store).credentialFor(OpenAiKey).result(),
             (Credential{Credential::Type::ApiKey, Secret("sk-1")}));
    QTRY_VERIFY(m_client->isClosed());
    QVERIFY(m_client->received().contains("You are signed in"));

    QCOMPARE(m_server->requests.size(), 2);
    const auto &exchange = m_server->requests[0];
    QCOMPARE(headerValue(exchange.headers, "Content-Type"), "application/x-www-form-urlencoded"_ba);
    QCOMPARE(formOf(exchange).size(), 5);
    QCOMPARE(valueOf(exchange, "grant_type"), "authorization_code"_ba);
    QCOMPARE(valueOf(exchange, "code"), "ac_1"_ba);
    QCOMPARE(valueOf(exchange, "redirect_uri"), asked("redirect_uri"));
    QCOMPARE(valueOf(exchange, "client_id"), asked("client_id"));
    QCOMPARE(OAuth::challengeOf(Secret(valueOf(exchange, "code_verifier"))),
             asked("code_challenge"));
    const auto &keyExchange = m_server->requests[1];
    QCOMPARE(formOf(keyExchange).size(), 5);
    QCOMPARE(valueOf(keyExchange, "requested_token"), "openai-api-key"_ba);
    QVERIFY(valueOf(keyExchange, "subject_token").startsWith("eyJ"));
}

void tst_OAuthLogin::signsInWithAnthropic()
{
    make(anthropic());
    m_server->answers = {AuthorizationServer::answer(
        200,
        R"({"access_token":"sk-ant-oat","refresh_token":"r","expires_in":28800,)"
        R"("account":{"uuid":"u-1","email_address":"ada@example.org"}})")};
    start();
    const QString state = QString::fromLatin1(asked("state"));
    QVERIFY(m_login->submitAddress(u"code-1#old"_s));
    QVERIFY(m_login->submitAddress(u"code-1"_s));
    QVERIFY(!m_login->submitAddress(u"code-1#"_s + state));
    QVERIFY(m_login->submitAddress(u"code-1#"_s + state)); // taken already
    QCOMPARE(m_finished->count(), 0);
    QTRY_COMPARE(m_finished->count(), 1);
    // Nothing listened and no key was asked for, so neither is claimed.
    QCOMPARE(stages(), (QStringList{u"authorization_url"_s, u"person"_s, u"code"_s, u"tokens"_s}));
    const AccountKey key{u"anthropic"_s, AccountKey::Type::OAuth, u"u-1"_s};
    QCOMPARE(result()->account.key, key);
    QCOMPARE(*StoredCredentials(m_store).credentialFor(key).result(),
             (Credential{Credential::Type::OAuthToken, Secret("sk-ant-oat")}));
    QCOMPARE(m_server->requests.size(), 1);
    const auto &exchange = m_server->requests.first();
    QCOMPARE(headerValue(exchange.headers, "Content-Type"), "application/json"_ba);
    const auto body = QJsonDocument::fromJson(exchange.body).object();
    QCOMPARE(body.size(), 6);
    QCOMPARE(body.value("code"_L1).toString(), u"code-1"_s);
    QCOMPARE(body.value("state"_L1).toString(), state);
    QCOMPARE(body.value("redirect_uri"_L1).toString(), QString::fromLatin1(asked("redirect_uri")));
}

void tst_OAuthLogin::sendsCodesUnchanged_data()
{
    QTest::addColumn<QByteArray>("code");
    for (const char *code : {"ac_A/B+c=d", "100%", "%2B", "%252B", "a&b=c", "a?b#c",
                             "~!*'();:@,$[]", "\"<>\\^`{|}", "a%20b", "%%%"}) {
        QTest::newRow(code) << QByteArray(code);
    }
}

void tst_OAuthLogin::sendsCodesUnchanged()
{
    QFETCH(QByteArray, code);
    make(openAi());
    start();
    comeBack("code=" + code.toPercentEncoding() + "&state=" + asked("state"));
    QTRY_COMPARE(m_server->requests.size(), 1);
    QCOMPARE(valueOf(m_server->requests.first(), "code"), code);
    QVERIFY(m_server->requests.first().body.contains("code=" + code.toPercentEncoding() + '&'));
}

void tst_OAuthLogin::saysWhyTheTokensDidNotCome_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Error::Kind>("kind");
    using Kind = Error::Kind;
    const auto answer = [](int status, const QByteArray &body) {
        return AuthorizationServer::answer(status, body);
    };
    QTest::newRow("code not taken")
        << answer(400, R"({"error":"invalid_grant"})") << Kind::InvalidGrant;
    QTest::newRow("unknown client")
        << answer(401, R"({"error":"invalid_client"})") << Kind::InvalidClient;
    QTest::newRow("401 that asks for a password")
        << AuthorizationServer::answer(401, "", "WWW-Authenticate: Basic realm=\"x\"\r\n")
        << Kind::AuthenticationRequired;
    QTest::newRow("403 page") << answer(403, "<html>blocked</html>") << Kind::PermissionDenied;
    QTest::newRow("429") << answer(429, "{}") << Kind::RateLimited;
    QTest::newRow("500") << answer(500, "oops") << Kind::ServerFailure;
    QTest::newRow("503") << answer(503, "<html>") << Kind::ServerFailure;
    QTest::newRow("a page with 200")
        << answer(200, "<html>Log in to this network</html>") << Kind::InvalidResponse;
    QTest::newRow("nothing with 200") << answer(200, "") << Kind::InvalidResponse;
    QTest::newRow("truncated JSON")
        << answer(200, R"({"access_token":"at)") << Kind::InvalidResponse;
    QTest::newRow("no id_token") << answer(200, R"({"access_token":"at","refresh_token":"rt"})")
                                 << Kind::InvalidResponse;
    QTest::newRow("id_token that is none")
        << answer(200, R"({"access_token":"at","id_token":"opaque"})") << Kind::InvalidResponse;
    QTest::newRow("more than a megabyte")
        << answer(200, QByteArray(1200 * 1024, ' ')) << Kind::TooLarge;
    QTest::newRow("far more than a megabyte")
        << "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(8 * 1024 * 1024, 'x') << Kind::TooLarge;
    QTest::newRow("closed without an answer") << "HTTP/1.1"_ba << Kind::Network;
    QTest::newRow("not HTTP") << "SSH-2.0-OpenSSH\r\n\r\n"_ba << Kind::Network;
}

void tst_OAuthLogin::saysWhyTheTokensDidNotCome()
{
    QFETCH(QByteArray, answer);
    QFETCH(Error::Kind, kind);
    make(openAi());
    m_server->answers = {answer};
    start();
    comeBackWithCode();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result());
    QCOMPARE(result().error().kind, kind);
    QVERIFY(!result().error().message.isEmpty());
    QCOMPARE(m_login->stage(), SignInStage::Tokens);
    QCOMPARE(stages().last(), u"code"_s);
    QCOMPARE(m_server->requests.size(), 1); // sent once, whatever happened
    verifyNothingKept();
    QTRY_VERIFY(m_client->isClosed());
    QVERIFY(m_client->received().contains("The sign-in did not work"));
}

void tst_OAuthLogin::saysWhyTheKeyDidNotCome_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Error::Kind>("kind");
    using Kind = Error::Kind;
    QTest::newRow("500") << AuthorizationServer::answer(500, "") << Kind::ServerFailure;
    QTest::newRow("429") << AuthorizationServer::answer(429, "") << Kind::RateLimited;
    QTest::newRow("no key in it") << AuthorizationServer::answer(200, "{}")
                                  << Kind::InvalidResponse;
    QTest::newRow("key with a line break")
        << AuthorizationServer::answer(200, R"({"access_token":"sk\r\nA: b"})")
        << Kind::InvalidResponse;
}

void tst_OAuthLogin::saysWhyTheKeyDidNotCome()
{
    QFETCH(QByteArray, answer);
    QFETCH(Error::Kind, kind);
    make(openAi());
    m_server->answers = {tokenAnswer(), answer};
    start();
    comeBackWithCode();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result());
    QCOMPARE(result().error().kind, kind);
    QCOMPARE(m_login->stage(), SignInStage::ApiKey);
    verifyNothingKept();
}

void tst_OAuthLogin::isSignedInWithoutAKey_data()
{
    QTest::addColumn<QJsonObject>("auth");
    QTest::addColumn<QByteArray>("answer");
    const QByteArray missing = AuthorizationServer::answer(
        401,
        R"({"error":{"message":"Invalid ID token: missing organization_id",)"
        R"("type":"invalid_request_error","param":null,"code":"invalid_subject_token"}})");
    QTest::newRow("the server says so") << QJsonObject{} << missing;
    QTest::newRow("the server says so, whatever the claims say")
        << QJsonObject{{u"organization_id"_s, u"org-1"_s}} << missing;
    QTest::newRow("no claims, and another refusal")
        << QJsonObject{} << AuthorizationServer::answer(401, "{}");
    QTest::newRow("no claims, and a bad request")
        << QJsonObject{} << AuthorizationServer::answer(400, R"({"error":"invalid_request"})");
    QTest::newRow("an organization, and a client that gets no keys")
        << QJsonObject{{u"organization_id"_s, u"org-1"_s}}
        << AuthorizationServer::answer(400, R"({"error":"unauthorized_client"})");
    QTest::newRow("an organization, and a server that no longer gives keys")
        << QJsonObject{{u"organization_id"_s, u"org-1"_s}}
        << AuthorizationServer::answer(400, R"({"error":"unsupported_grant_type"})");
}

void tst_OAuthLogin::isSignedInWithoutAKey()
{
    QFETCH(QJsonObject, auth);
    QFETCH(QByteArray, answer);
    make(openAi());
    m_server->answers = {tokenAnswer(auth), answer};
    start();
    comeBackWithCode();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result());
    QVERIFY(result()->noKey);
    QCOMPARE(result()->noKey->kind, Error::Kind::NoOrganization);
    QCOMPARE(result()->organizationPage, OAuth::organizationPage());
    for (const auto &way : {u"platform.openai.com"_s, u"API key"_s, u"ChatGPT"_s}) {
        QVERIFY(result()->noKey->advice.contains(way));
    }
    QCOMPARE(stages().last(), u"tokens"_s);
    QCOMPARE(m_store.accounts().size(), 1);
    QVERIFY(!StoredCredentials(m_store)
                 .credentialFor(OpenAiKey)
                 .result()); // nothing that signs a request
    QTRY_VERIFY(m_client->isClosed());
    QVERIFY(m_client->received().contains("but there is no API key"));
}

void tst_OAuthLogin::followsNoRedirect_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308}) {
        QTest::addRow("%d", status) << status;
    }
}

void tst_OAuthLogin::followsNoRedirect()
{
    QFETCH(int, status);
    AuthorizationServer elsewhere;
    make(openAi());
    m_server->answers = {AuthorizationServer::answer(
        status, "", "Location: " + elsewhere.url().toEncoded() + "\r\n")};
    start();
    comeBackWithCode();
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(result().error().kind, Error::Kind::InvalidResponse);
    QCOMPARE(elsewhere.requests.size(), 0);
    QCOMPARE(m_server->requests.size(), 1);
}

void tst_OAuthLogin::givesUpOnAServerThatNeverEnds()
{
    make(openAi(), {.endpoint = {.time = std::chrono::milliseconds(100)}});
    start();
    comeBackWithCode();
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(result().error().kind, Error::Kind::Timeout);
    verifyNothingKept();
}

void tst_OAuthLogin::endsWhenThePersonSaysNo()
{
    make(openAi());
    start();
    const quint16 port
        = static_cast<quint16>(QUrl(QString::fromLatin1(asked("redirect_uri"))).port());
    comeBack("error=access_denied&state=" + asked("state"));
    QCOMPARE(m_client->status(), 403);
    QVERIFY(m_client->received().contains("The sign-in was not allowed"));
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(result().error().kind, Error::Kind::AccessDenied);
    QCOMPARE(m_login->stage(), SignInStage::Code);
    QCOMPARE(m_server->requests.size(), 0);
    verifyNothingKept();
    QTcpServer again;
    QVERIFY(again.listen(QHostAddress::LocalHost, port));
}

void tst_OAuthLogin::goesOnAfterAForeignCallback()
{
    make(openAi());
    m_server->answers
        = {tokenAnswer(), AuthorizationServer::answer(200, R"({"access_token":"sk-1"})")};
    start();
    for (const char *query : {"code=x&state=wrong", "error=access_denied&state=wrong", "code=x"}) {
        comeBack(query);
        QCOMPARE(m_client->status(), 400);
    }
    QCOMPARE(m_login->stage(), SignInStage::Person);
    QCOMPARE(m_server->requests.size(), 0);
    comeBackWithCode();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result());
}

void tst_OAuthLogin::takesAPastedAddress()
{
    make(openAi());
    QVERIFY(m_login->submitAddress(u"too early"_s));
    m_server->answers
        = {tokenAnswer(), AuthorizationServer::answer(200, R"({"access_token":"sk-1"})")};
    start();
    const QString address = QString::fromLatin1(asked("redirect_uri") + "?code=a%2Bb&state=");
    const auto old = m_login->submitAddress(address + u"old"_s);
    QVERIFY(old);
    QCOMPARE(old->kind, Error::Kind::StateMismatch);
    QCOMPARE(old->message, u"This address belongs to an earlier attempt."_s);
    QVERIFY(!m_login->submitAddress(address + QString::fromLatin1(asked("state")) + u'\n'));
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result());
    QCOMPARE(valueOf(m_server->requests.first(), "code"), "a+b"_ba);
    QVERIFY(m_login->submitAddress(address));
}

void tst_OAuthLogin::endsOnceItIsKept()
{
    SlowStore store;
    make(anthropic(), store);
    m_server->answers = {AuthorizationServer::answer(200, R"({"access_token":"sk-ant-oat"})")};
    start();
    QVERIFY(!m_login->submitAddress(u"code-1#"_s + QString::fromLatin1(asked("state"))));
    QTRY_VERIFY(store.saved.future().isStarted());
    QCOMPARE(m_finished->count(), 0);
    store.saved.addResult(std::optional<Error>());
    store.saved.finish();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result());
}

void tst_OAuthLogin::saysThatItCouldNotBeKept()
{
    SlowStore store;
    store.saved.start();
    store.saved.addResult(Error{Error::Kind::Configuration, u"The disk is full."_s});
    store.saved.finish();
    make(anthropic(), store);
    m_server->answers = {AuthorizationServer::answer(200, R"({"access_token":"sk-ant-oat"})")};
    start();
    QVERIFY(!m_login->submitAddress(u"code-1#"_s + QString::fromLatin1(asked("state"))));
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result());
    QCOMPARE(result().error().kind, Error::Kind::Configuration);
    QVERIFY(result().error().message.contains(u"could not be kept"_s));
    QCOMPARE(result().error().detail, u"The disk is full."_s);
}

void tst_OAuthLogin::doesNotOpenTheBrowserWithoutAPort()
{
    QTcpServer squatter;
    QVERIFY(squatter.listen(QHostAddress::LocalHostIPv6));
    auto profile = openAi();
    profile.redirect
        = OAuth::LoopbackRedirect{u"localhost"_s, {squatter.serverPort()}, u"/auth/callback"_s};
    make(profile);
    m_login->start();
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(result().error().kind, Error::Kind::PortInUse);
    QCOMPARE(m_login->stage(), SignInStage::Listener);
    QCOMPARE(stages(), QStringList{u"authorization_url"_s});
    QCOMPARE(m_browser->count(), 0);
}

void tst_OAuthLogin::refusesAProfileThatIsWrong()
{
    make(OAuth::anthropicProfile({}));
    m_login->start();
    QCOMPARE(m_finished->count(), 0);
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(result().error().kind, Error::Kind::Configuration);
    QVERIFY(result().error().message.contains(u"client id"_s));
    QCOMPARE(m_login->stage(), SignInStage::AuthorizationUrl);
    QVERIFY(m_login->authorizationUrl().isEmpty());
    QCOMPARE(m_browser->count(), 0);
}

void tst_OAuthLogin::cancelsWhenDropped_data()
{
    QTest::addColumn<bool>("isAnthropic");
    QTest::addColumn<int>("stage");
    for (int stage = 0; stage <= int(SignInStage::ApiKey); ++stage) {
        QTest::addRow("at stage %d", stage) << false << stage;
    }
    QTest::newRow("when the browser is asked for") << false << -1;
    QTest::newRow("before it began") << false << -2;
    QTest::newRow("while the tokens are awaited") << false << -3;
    QTest::newRow("while the key is awaited") << false << -4;
    QTest::newRow("when it finished") << false << -5;
    QTest::newRow("Anthropic at the code") << true << int(SignInStage::Code);
    QTest::newRow("Anthropic at the tokens") << true << int(SignInStage::Tokens);
}

void tst_OAuthLogin::cancelsWhenDropped()
{
    QFETCH(bool, isAnthropic);
    QFETCH(int, stage);
    make(isAnthropic ? anthropic() : openAi());
    const QByteArray key = AuthorizationServer::answer(200, R"({"access_token":"sk-1"})");
    m_server->answers = stage == -3 ? QByteArrayList{}
        : stage == -4               ? QByteArrayList{tokenAnswer()}
                                    : QByteArrayList{tokenAnswer(), key};
    quint16 port = 0;
    const auto drop = [this] { m_login.reset(); };
    connect(m_login.get(), &SignIn::stageReached, this, [&](SignInStage reached) {
        if (int(reached) == stage) {
            drop();
        }
    });
    connect(m_login.get(), &SignIn::browserRequested, this, [&](const QUrl &) {
        port = static_cast<quint16>(QUrl(QString::fromLatin1(asked("redirect_uri"))).port());
        if (stage == -1) {
            drop();
        } else if (isAnthropic) {
            std::ignore = m_login->submitAddress(QString::fromLatin1("c#" + asked("state")));
        } else {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (m_login) {
                        comeBackWithCode();
                    }
                },
                Qt::QueuedConnection);
        }
    });
    connect(m_login.get(), &SignIn::finished, this, [&] {
        if (stage == -5) {
            drop();
        }
    });
    m_login->start();
    if (stage == -2) {
        drop();
    }
    if (stage <= -3 && stage >= -4) {
        QTRY_COMPARE(m_server->requests.size(), -2 - stage);
        drop();
    }
    QTRY_VERIFY(!m_login);
    // Whatever was queued has its chance to do harm.
    for (int i = 0; i < 20; ++i) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }
    QCOMPARE(m_finished->count(), stage == -5 ? 1 : 0);
    QCOMPARE(m_store.accounts().size(), stage == -5 ? 1 : 0);
    QTcpServer again;
    QVERIFY(port == 0 || isAnthropic || again.listen(QHostAddress::LocalHost, port));
}

void tst_OAuthLogin::usesANewStateForEachAttempt()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 5; ++i) {
        make(openAi());
        start();
        seen << asked("state") << asked("code_challenge");
    }
    QCOMPARE(seen.size(), 10);
}

namespace {

QMutex logMutex;
QByteArray logged;

void collect(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QMutexLocker lock(&logMutex);
    logged += qFormatLogMessage(type, context, message).toUtf8() + '\n';
}

} // namespace

void tst_OAuthLogin::tellsTheLogNothing()
{
    // As a developer would ask for it; a rule from the environment beats setFilterRules().
    qputenv("QT_LOGGING_RULES", "*=true");
    QLoggingCategory::setFilterRules(u"*=true"_s);
    const auto previous = qInstallMessageHandler(collect);
    installLogRedaction();
    logged.clear();

    qWarning("control: plain words arrive");
    qWarning("control: Bearer sk-CANARY-KEY and code=CANARY-CODE");
    QLoggingCategory qtCategory("qt.networkauth.replyhandler");
    qCWarning(qtCategory, "CANARY of Qt");

    make(openAi());
    const QByteArray idToken = AuthorizationServer::jwt({{u"sub"_s, u"a"_s}});
    m_server->answers
        = {AuthorizationServer::answer(200,
                                       R"({"access_token":"CANARY-AT","refresh_token":"CANARY-RT",)"
                                       R"("id_token":")"
                                           + idToken + "\"}"),
           AuthorizationServer::answer(200, R"({"access_token":"CANARY-KEY"})")};
    start();
    const QByteArray state = asked("state");
    comeBack("code=CANARY-CODE&state=CANARY-STATE");
    comeBack("code=CANARY-CODE&state=" + state);
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result());
    const QByteArray verifier = valueOf(m_server->requests.first(), "code_verifier");

    // And once more with an answer that Qt itself would print as a whole.
    make(openAi());
    m_server->answers = {AuthorizationServer::answer(200, "CANARY-BODY")};
    start();
    comeBack("code=CANARY-CODE&state=" + asked("state"));
    QTRY_COMPARE(m_finished->count(), 2 - 1);
    qInstallMessageHandler(previous);
    QLoggingCategory::setFilterRules({});
    qunsetenv("QT_LOGGING_RULES");

    QVERIFY(logged.contains("control: plain words arrive"));
    QVERIFY(logged.contains("control: Bearer [redacted] and code=[redacted]"));
    QVERIFY(!logged.contains("CANARY"));
    for (const QByteArray &secret : {state, verifier, idToken}) {
        QVERIFY(secret.size() > 10);
        QVERIFY(!logged.contains(secret));
        QVERIFY(!logged.contains(secret.toPercentEncoding()));
        QVERIFY(!logged.contains(secret.toBase64()));
    }
    for (const auto &arguments : *m_reached) {
        QVERIFY(!arguments.last().toString().contains(u"CANARY"_s));
    }
}

QTEST_GUILESS_MAIN(tst_OAuthLogin)
#include "tst_oauthlogin.moc"
