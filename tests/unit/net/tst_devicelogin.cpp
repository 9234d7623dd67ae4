// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/fields.h"
#include "authorizationserver.h"
#include "core/memorycredentials.h"
#include "net/devicelogin.h"
#include "net/policynam.h"
#include "support/storedcredentials.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Maestro;

class tst_DeviceLogin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void signsInWithACode();
    void isSignedInWithoutAKey_data();
    void isSignedInWithoutAKey();
    void saysWhyThereIsNoCode_data();
    void saysWhyThereIsNoCode();
    void endsOnARefusal_data();
    void endsOnARefusal();
    void goesOnAfterAShortBreak();
    void endsWhenTheCodeIsTooOld();
    void endsWithTheBreakThatNeverEnded();
    void asksNoMoreOftenThanItIsTold();
    void followsNoRedirect();
    void needsAProfileWithACode();
    void takesNoAddress();
    void cancelsWhenDropped_data();
    void cancelsWhenDropped();

private:
    void make(DeviceLogin::Limits limits = {});
    OAuth::OAuthProfile profile() const;
    QStringList stages() const;
    Result<SignedIn> result() const
    {
        return m_finished->first().first().value<Result<SignedIn>>();
    }

    std::unique_ptr<AuthorizationServer> m_server;
    MemoryCredentials m_store;
    PolicyNam m_network;
    std::unique_ptr<DeviceLogin> m_login;
    std::unique_ptr<QSignalSpy> m_finished;
    std::unique_ptr<QSignalSpy> m_reached;
    std::unique_ptr<QSignalSpy> m_offered;
    std::unique_ptr<QSignalSpy> m_browser;
};

namespace {

const AccountKey Key{u"openai"_s, AccountKey::Type::OAuth, u"acc-1"_s};

QByteArray answer(int status, const QByteArray &body = {}, const QByteArray &headers = {})
{
    return AuthorizationServer::answer(status, body, headers);
}

QByteArray codeAnswer()
{
    return answer(200,
                  R"({"device_auth_id":"deviceauth_1","user_code":"ABCD-12345","interval":"5"})");
}
QByteArray pendingAnswer()
{
    return answer(403, R"({"error":{"code":"deviceauth_authorization_pending"}})");
}
QByteArray grantAnswer()
{
    return answer(
        200, R"({"authorization_code":"ac_1","code_challenge":"c","code_verifier":"server-v"})");
}
QByteArray tokenAnswer(const QJsonObject &more = {})
{
    QJsonObject claims = more;
    claims.insert(u"chatgpt_account_id"_s, u"acc-1"_s);
    const QByteArray idToken = AuthorizationServer::jwt(
        {{u"email"_s, u"ada@example.org"_s}, {u"https://api.openai.com/auth"_s, claims}});
    return answer(200,
                  R"({"access_token":"at-1","refresh_token":"rt-1","id_token":")" + idToken
                      + R"(","expires_in":3600})");
}
QByteArray keyAnswer() { return answer(200, R"({"access_token":"sk-1"})"); }

QByteArray formValue(const HttpRequestReader::Request &request, const QByteArray &name)
{
    const auto fields = OAuth::decodeFields(request.body, 32);
    return OAuth::findField(fields.value_or(OAuth::Fields()), name).value_or("(absent)");
}

//! As the real ones, but nobody waits for seconds.
const DeviceLogin::Limits Quick{
    .endpoint = {.time = 10s}, .lifetime = 15min, .longestPause = std::chrono::milliseconds(1)};

} // namespace

void tst_DeviceLogin::init() { m_server = std::make_unique<AuthorizationServer>(); }

void tst_DeviceLogin::cleanup()
{
    m_login.reset();
    m_server.reset();
    const QList<Account> accounts = m_store.accounts();
    for (const Account &account : accounts) {
        m_store.remove(account.key);
    }
}

OAuth::OAuthProfile tst_DeviceLogin::profile() const
{
    auto profile = OAuth::openAiProfile();
    QUrl server = m_server->url();
    server.setPath({});
    profile.tokenUrl = m_server->url();
    profile.device = OAuth::deviceEndpointsAt(server);
    return profile;
}

void tst_DeviceLogin::make(DeviceLogin::Limits limits)
{
    m_login = std::make_unique<DeviceLogin>(profile(), m_store, m_network, limits);
    m_finished = std::make_unique<QSignalSpy>(m_login.get(), &SignIn::finished);
    m_reached = std::make_unique<QSignalSpy>(m_login.get(), &SignIn::stageReached);
    m_offered = std::make_unique<QSignalSpy>(m_login.get(), &SignIn::codeOffered);
    m_browser = std::make_unique<QSignalSpy>(m_login.get(), &SignIn::browserRequested);
}

QStringList tst_DeviceLogin::stages() const
{
    QStringList words;
    for (const auto &arguments : *m_reached) {
        words.append(toWord(arguments.first().value<SignInStage>()));
    }
    return words;
}

void tst_DeviceLogin::signsInWithACode()
{
    make(Quick);
    m_server->answers = {codeAnswer(),  pendingAnswer(),
                         answer(404),   answer(429, {}, "Retry-After: 1\r\n"),
                         grantAnswer(), tokenAnswer({{u"organization_id"_s, u"org-1"_s}}),
                         keyAnswer()};
    const QDateTime before = QDateTime::currentDateTimeUtc();
    m_login->start();
    QCOMPARE(m_reached->count(), 0);
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result());
    QVERIFY(!result()->noKey);
    QCOMPARE(result()->account.key, Key);
    QCOMPARE(
        stages(),
        (QStringList{u"authorization_url"_s, u"person"_s, u"code"_s, u"tokens"_s, u"api_key"_s}));
    QCOMPARE(*StoredCredentials(m_store).credentialFor(Key).result(),
             (Credential{Credential::Type::ApiKey, Secret("sk-1")}));

    QCOMPARE(m_browser->count(), 0);
    QCOMPARE(m_offered->count(), 1);
    QCOMPARE(m_offered->first()[0].toUrl(), profile().device->verificationUrl);
    QCOMPARE(m_offered->first()[1].toString(), u"ABCD-12345"_s);
    const auto expiresAt = m_offered->first()[2].toDateTime();
    QVERIFY(expiresAt >= before.addSecs(15 * 60) && expiresAt <= before.addSecs(16 * 60));

    QCOMPARE(m_server->requests.size(), 7);
    QCOMPARE(m_server->requests[0].target, "/api/accounts/deviceauth/usercode"_ba);
    QCOMPARE(m_server->requests[0].body, R"({"client_id":"app_EMoamEEZ73f0CkXaXp7hrann"})"_ba);
    for (int question = 1; question <= 4; ++question) {
        QCOMPARE(m_server->requests[question].target, "/api/accounts/deviceauth/token"_ba);
        QCOMPARE(m_server->requests[question].body,
                 R"({"device_auth_id":"deviceauth_1","user_code":"ABCD-12345"})"_ba);
    }
    const auto &exchange = m_server->requests[5];
    QCOMPARE(formValue(exchange, "code"), "ac_1"_ba);
    QCOMPARE(formValue(exchange, "code_verifier"), "server-v"_ba);
    QCOMPARE(formValue(exchange, "redirect_uri"), profile().device->redirectUrl.toEncoded());
    QCOMPARE(formValue(m_server->requests[6], "requested_token"), "openai-api-key"_ba);

    for (const auto &arguments : *m_reached) { // for reports: the code is for the person alone
        QVERIFY(!arguments.last().toString().contains(u"ABCD"_s));
        QVERIFY(!arguments.last().toString().contains(u"deviceauth_1"_s));
    }
}

void tst_DeviceLogin::isSignedInWithoutAKey_data()
{
    QTest::addColumn<QByteArray>("refusal");
    QTest::newRow("no organization")
        << answer(401,
                  R"({"error":{"message":"Invalid ID token: missing organization_id",)"
                  R"("code":"invalid_subject_token"}})");
    QTest::newRow("no exchange any more") << answer(400, R"({"error":"unsupported_grant_type"})");
    QTest::newRow("not for this client") << answer(401, R"({"error":"invalid_client"})");
    QTest::newRow("403") << answer(403, "<html>");
}

void tst_DeviceLogin::isSignedInWithoutAKey()
{
    QFETCH(QByteArray, refusal);
    make(Quick);
    m_server->answers = {codeAnswer(), grantAnswer(), tokenAnswer(), refusal};
    m_login->start();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result());
    QVERIFY(result()->noKey);
    QCOMPARE(result()->noKey->kind, Error::Kind::NoOrganization);
    QVERIFY(result()->noKey->advice.contains(result()->organizationPage.toString()));
    QCOMPARE(stages().last(), u"tokens"_s);
    QCOMPARE(m_store.accounts().size(), 1);
    QVERIFY(!StoredCredentials(m_store).credentialFor(Key).result());
}

void tst_DeviceLogin::saysWhyThereIsNoCode_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("not enabled") << answer(404, "{}") << Error::Kind::Unsupported;
    QTest::newRow("a page") << answer(200, "<html>Log in</html>") << Error::Kind::InvalidResponse;
    QTest::newRow("garbage") << answer(200, QByteArray(64, '\xff')) << Error::Kind::InvalidResponse;
    QTest::newRow("not HTTP") << "SSH-2.0-OpenSSH\r\n\r\n"_ba << Error::Kind::Network;
    QTest::newRow("cut off") << "HTTP/1.1"_ba << Error::Kind::Network;
    QTest::newRow("far too long") << "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(4 * 1024 * 1024, 'x')
                                  << Error::Kind::TooLarge;
}

void tst_DeviceLogin::saysWhyThereIsNoCode()
{
    QFETCH(QByteArray, reply);
    make(Quick);
    m_server->answers = {reply};
    m_login->start();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result());
    QTEST(result().error().kind, "kind");
    QCOMPARE(m_login->stage(), SignInStage::AuthorizationUrl);
    QCOMPARE(m_login->authorizationUrl(), QUrl());
    QCOMPARE(m_offered->count(), 0);
    QCOMPARE(m_server->requests.size(), 1);
}

void tst_DeviceLogin::endsOnARefusal_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("the person said no")
        << answer(400, R"({"error":"access_denied"})") << Error::Kind::AccessDenied;
    QTest::newRow("the server knows better")
        << answer(400, R"({"error":"expired_token"})") << Error::Kind::Timeout;
    QTest::newRow("server trouble") << answer(500) << Error::Kind::ServerFailure;
    QTest::newRow("garbage") << answer(200, "\xff\xfe{") << Error::Kind::InvalidResponse;
}

void tst_DeviceLogin::endsOnARefusal()
{
    QFETCH(QByteArray, reply);
    make(Quick);
    m_server->answers = {codeAnswer(), pendingAnswer(), reply, grantAnswer()};
    m_login->start();
    QTRY_COMPARE(m_finished->count(), 1);
    QTEST(result().error().kind, "kind");
    QCOMPARE(m_login->stage(), SignInStage::Person);
    QCOMPARE(m_server->requests.size(), 3);
    QCOMPARE(m_store.accounts(), QList<Account>());
}

void tst_DeviceLogin::goesOnAfterAShortBreak()
{
    make(Quick);
    m_server->answers
        = {codeAnswer(), "HTTP/1.1"_ba, pendingAnswer(), grantAnswer(), tokenAnswer(), keyAnswer()};
    m_login->start();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result());
    QCOMPARE(m_server->requests.size(), 6);
}

void tst_DeviceLogin::endsWhenTheCodeIsTooOld()
{
    DeviceLogin::Limits limits = Quick;
    limits.lifetime = 1s; // enough for a question or two on a busy computer
    make(limits);
    m_server->answers = {codeAnswer()};
    m_server->onRequest = [this] {
        if (m_server->requests.size() > 1) {
            m_server->answers.append(pendingAnswer());
        }
    };
    m_login->start();
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(result().error(), OAuth::describeExpiredDeviceCode());
    const qsizetype asked = m_server->requests.size();
    QVERIFY(asked > 1);
    for (int i = 0; i < 50; ++i) {
        QCoreApplication::processEvents();
    }
    QVERIFY(m_server->requests.size() <= asked + 1); // one may have been on its way
    QCOMPARE(m_finished->count(), 1);
}

void tst_DeviceLogin::endsWithTheBreakThatNeverEnded()
{
    // A busy computer may not come to ask in time at all: then it gets more of it.
    auto kind = Error::Kind::Timeout;
    for (auto lifetime = 100ms; lifetime < 1min && kind == Error::Kind::Timeout; lifetime *= 5) {
        m_server = std::make_unique<AuthorizationServer>();
        DeviceLogin::Limits limits = Quick;
        limits.lifetime = lifetime;
        make(limits);
        m_server->answers = {codeAnswer()};
        m_server->onRequest = [this] {
            if (m_server->requests.size() > 1) {
                m_server->answers.append("HTTP/1.1"_ba);
            }
        };
        m_login->start();
        QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), 1, 120'000);
        kind = result().error().kind;
    }
    QCOMPARE(kind, Error::Kind::Network);
}

void tst_DeviceLogin::asksNoMoreOftenThanItIsTold()
{
    DeviceLogin::Limits limits; // the real ones: five seconds before the first question
    make(limits);
    m_server->answers = {codeAnswer()};
    m_login->start();
    QTRY_COMPARE(m_offered->count(), 1);
    for (int i = 0; i < 50; ++i) {
        QCoreApplication::processEvents();
    }
    QCOMPARE(m_server->requests.size(), 1);
}

void tst_DeviceLogin::followsNoRedirect()
{
    AuthorizationServer elsewhere;
    const QByteArray redirect
        = answer(307, {}, "Location: " + elsewhere.url().toEncoded() + "\r\n");
    for (const QByteArrayList &answers :
         {QByteArrayList{redirect}, QByteArrayList{codeAnswer(), redirect},
          QByteArrayList{codeAnswer(), grantAnswer(), redirect}}) {
        make(Quick);
        m_server->answers = answers;
        m_login->start();
        QTRY_COMPARE(m_finished->count(), 1);
        QCOMPARE(result().error().kind, Error::Kind::InvalidResponse);
        QCOMPARE(elsewhere.requests.size(), 0);
    }
}

void tst_DeviceLogin::needsAProfileWithACode()
{
    DeviceLogin login(OAuth::anthropicProfile(u"client-1"_s), m_store, m_network);
    QSignalSpy finished(&login, &SignIn::finished);
    login.start();
    QCOMPARE(finished.count(), 0);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished.first().first().value<Result<SignedIn>>().error().kind,
             Error::Kind::Unsupported);
    QCOMPARE(login.authorizationUrl(), QUrl());
}

void tst_DeviceLogin::takesNoAddress()
{
    make(Quick);
    const auto refused = m_login->submitAddress(u"http://localhost:1455/auth/callback?code=x"_s);
    QVERIFY(refused);
    QCOMPARE(refused->kind, Error::Kind::Unsupported);
}

void tst_DeviceLogin::cancelsWhenDropped_data()
{
    QTest::addColumn<int>("requests");
    QTest::newRow("while the code is awaited") << 1;
    QTest::newRow("while the person types") << 3;
    QTest::newRow("while the tokens are awaited") << 5;
    QTest::newRow("while the key is awaited") << 6;
}

void tst_DeviceLogin::cancelsWhenDropped()
{
    QFETCH(int, requests);
    make(Quick);
    m_server->answers = {codeAnswer(),  pendingAnswer(), pendingAnswer(),
                         grantAnswer(), tokenAnswer(),   keyAnswer()};
    m_server->onRequest = [this, requests] {
        if (m_server->requests.size() == requests) {
            QMetaObject::invokeMethod(
                this, [this] { m_login.reset(); }, Qt::QueuedConnection);
            m_server->answers.clear();
        }
    };
    m_login->start();
    QTRY_VERIFY(!m_login);
    for (int i = 0; i < 50; ++i) {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }
    QCOMPARE(m_server->requests.size(), requests);
    QCOMPARE(m_finished->count(), 0);
    QCOMPARE(m_store.accounts(), QList<Account>());
}

QTEST_GUILESS_MAIN(tst_DeviceLogin)
#include "tst_devicelogin.moc"
