// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "authorizationserver.h"
#include "core/memorycredentials.h"
#include "net/coderedemption.h"
#include "net/policynam.h"
#include "net/tokenendpoint.h"

#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

//! Fails as long as it is told to.
class FailingStore final : public CredentialStore
{
public:
    QList<Account> accounts() const override { return memory.accounts(); }
    QFuture<Result<AccountSecrets>> secretsOf(const AccountKey &key) override
    {
        return memory.secretsOf(key);
    }
    QFuture<std::optional<Error>> save(const Account &account,
                                       const AccountSecrets &secrets) override
    {
        return failure ? QtFuture::makeReadyFuture(failure) : memory.save(account, secrets);
    }
    QFuture<std::optional<Error>> remove(const AccountKey &key) override
    {
        return memory.remove(key);
    }

    MemoryCredentials memory;
    std::optional<Error> failure;
};

QByteArray tokens()
{
    const QJsonObject claims{{u"organization_id"_s, u"org-1"_s},
                             {u"chatgpt_account_id"_s, u"acc-1"_s}};
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

QByteArray apiKey() { return AuthorizationServer::answer(200, R"({"access_token":"sk-1"})"); }

const AccountKey Ada{u"openai"_s, AccountKey::Type::OAuth, u"acc-1"_s};
const AccountKey Bob{u"openai"_s, AccountKey::Type::OAuth, u"acc-2"_s};

} // namespace

class tst_CodeRedemption : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void triesAgainWithTheSameCode_data();
    void triesAgainWithTheSameCode();
    void doesNotTryAgainWhatWasRefused();
    void asksForTheKeyAlone();
    void keepsWhatCouldNotBeKept();
    void showsAnotherAccountBeforeAnythingIsMade();
    void goesOnWithWhoWasExpected();

private:
    void start();
    Result<SignedIn> result(int i) const
    {
        return m_finished->at(i).first().value<Result<SignedIn>>();
    }

    std::unique_ptr<AuthorizationServer> m_server;
    std::unique_ptr<FailingStore> m_store;
    PolicyNam m_network;
    OAuth::OAuthProfile m_profile;
    std::unique_ptr<TokenEndpoint> m_endpoint;
    std::unique_ptr<CodeRedemption> m_redemption;
    std::unique_ptr<QSignalSpy> m_finished;
};

void tst_CodeRedemption::init()
{
    m_redemption.reset();
    m_server = std::make_unique<AuthorizationServer>();
    m_store = std::make_unique<FailingStore>();
    m_profile = OAuth::openAiProfile();
    m_profile.tokenUrl = m_server->url();
    m_endpoint = std::make_unique<TokenEndpoint>(m_network, TokenEndpoint::Limits());
    m_redemption = std::make_unique<CodeRedemption>(m_profile, *m_store, *m_endpoint);
    m_finished = std::make_unique<QSignalSpy>(m_redemption.get(), &CodeRedemption::finished);
}

void tst_CodeRedemption::start()
{
    m_redemption->start(OAuth::makeCodeExchange(m_profile, u"http://localhost:1455/auth/callback"_s,
                                                Secret("ac_1"), Secret("verifier"), Secret()));
}

void tst_CodeRedemption::triesAgainWithTheSameCode_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("the server failed") << AuthorizationServer::answer(503, "oops");
    QTest::newRow("it hung up") << QByteArray();
    QTest::newRow("a proxy's page") << AuthorizationServer::answer(200, "<html>Log in</html>");
}

void tst_CodeRedemption::triesAgainWithTheSameCode()
{
    QFETCH(QByteArray, answer);
    m_server->answers = {answer, tokens(), apiKey()};
    start();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result(0));
    QVERIFY(m_redemption->canRetry());
    QCOMPARE(m_server->requests.size(), 1);
    m_redemption->retry();
    QCOMPARE(m_finished->count(), 1);
    QTRY_COMPARE(m_finished->count(), 2);
    QVERIFY(result(1));
    QVERIFY(!m_redemption->canRetry());
    QCOMPARE(m_server->requests.size(), 3);
    QCOMPARE(m_server->requests[1].body, m_server->requests[0].body);
    QVERIFY(m_server->requests[0].body.contains("code_verifier=verifier"));
    QCOMPARE(m_store->accounts().size(), 1);
}

void tst_CodeRedemption::doesNotTryAgainWhatWasRefused()
{
    m_server->answers
        = {AuthorizationServer::answer(400, R"({"error":"invalid_grant"})"), tokens()};
    start();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!m_redemption->canRetry());
    m_redemption->retry();
    QCoreApplication::processEvents();
    QCOMPARE(m_server->requests.size(), 1);
    QCOMPARE(m_finished->count(), 1);
}

void tst_CodeRedemption::asksForTheKeyAlone()
{
    m_server->answers = {tokens(), AuthorizationServer::answer(502, ""), apiKey()};
    start();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result(0));
    QVERIFY(m_store->accounts().isEmpty());
    QVERIFY(m_redemption->canRetry());
    m_redemption->retry();
    QTRY_COMPARE(m_finished->count(), 2);
    QVERIFY(result(1));
    QVERIFY(m_server->requests[2].body.contains("requested_token=openai-api-key"));
    QCOMPARE(m_server->requests.size(), 3);
    QCOMPARE(m_store->secretsOf(Ada).result()->apiKey, Secret("sk-1"));
}

void tst_CodeRedemption::keepsWhatCouldNotBeKept()
{
    m_store->failure = Error{Error::Kind::Configuration, u"The disk is full."_s};
    m_server->answers = {tokens(), apiKey()};
    start();
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(result(0).error().detail, u"The disk is full."_s);
    QVERIFY(m_redemption->canRetry());
    m_store->failure.reset();
    m_redemption->retry();
    QTRY_COMPARE(m_finished->count(), 2);
    QVERIFY(result(1));
    QCOMPARE(m_server->requests.size(), 2);
    QCOMPARE(m_store->secretsOf(Ada).result()->refreshToken, Secret("rt-1"));
}

void tst_CodeRedemption::showsAnotherAccountBeforeAnythingIsMade()
{
    QSignalSpy found(m_redemption.get(), &CodeRedemption::otherAccountFound);
    m_redemption->expect(Bob);
    m_server->answers = {tokens(), apiKey()};
    start();
    QTRY_COMPARE(found.count(), 1);
    QCOMPARE(found.first().first().value<Account>().email, u"ada@example.org"_s);
    QCoreApplication::processEvents();
    QCOMPARE(m_server->requests.size(), 1); // no key was asked for
    QVERIFY(m_store->accounts().isEmpty());
    QCOMPARE(m_finished->count(), 0);
    m_redemption->keepOther();
    m_redemption->keepOther(); // a second press changes nothing
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(result(0)->account.key, Ada);
    QCOMPARE(m_server->requests.size(), 2);
}

void tst_CodeRedemption::goesOnWithWhoWasExpected()
{
    QSignalSpy found(m_redemption.get(), &CodeRedemption::otherAccountFound);
    m_redemption->expect(Ada);
    m_server->answers = {tokens(), apiKey()};
    start();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result(0));
    QCOMPARE(found.count(), 0);
}

QTEST_GUILESS_MAIN(tst_CodeRedemption)
#include "tst_coderedemption.moc"
