// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "authorizationserver.h"
#include "core/memorycredentials.h"
#include "net/policynam.h"
#include "net/signout.h"

#include <QSignalSpy>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const AccountKey Key{u"openai"_s, AccountKey::Type::OAuth, u"acc-1"_s};

//! A store that cannot forget.
class StubbornStore final : public CredentialStore
{
public:
    QList<Account> accounts() const override { return {}; }
    QFuture<Result<AccountSecrets>> secretsOf(const AccountKey &) override
    {
        return QtFuture::makeReadyFuture(
            Result<AccountSecrets>(AccountSecrets{.refreshToken = Secret("r")}));
    }
    QFuture<std::optional<Error>> save(const Account &, const AccountSecrets &) override
    {
        return QtFuture::makeReadyFuture(std::optional<Error>());
    }
    QFuture<std::optional<Error>> remove(const AccountKey &) override
    {
        return QtFuture::makeReadyFuture(
            std::optional<Error>(Error{Error::Kind::Configuration, u"The vault is locked."_s}));
    }
};

} // namespace

class tst_SignOut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void forgetsOnThisComputerAlone();
    void endsItAtTheProvider();
    void triesOnceMoreWhenTheProviderHasTrouble();
    void saysWhenTheProviderDidNotConfirm_data();
    void saysWhenTheProviderDidNotConfirm();
    void givesUpOnASilentProvider();
    void saysThatAKeyLivesOn();
    void tellsNobodyWhenTheStoreCannotForget();

private:
    Result<SignedOut> signOut(SignOut::Reach reach, CredentialStore &store,
                              TokenEndpoint::Limits limits = SignOut::DefaultLimits);
    Result<SignedOut> signOut(SignOut::Reach reach) { return signOut(reach, *m_store); }

    std::unique_ptr<AuthorizationServer> m_server;
    std::unique_ptr<MemoryCredentials> m_store;
    PolicyNam m_network;
};

void tst_SignOut::init()
{
    m_server = std::make_unique<AuthorizationServer>();
    m_store = std::make_unique<MemoryCredentials>();
    m_store->save({.key = Key},
                  {.signsWith = Credential::Type::OAuthToken,
                   .accessToken = Secret("a"),
                   .refreshToken = Secret("r")});
}

Result<SignedOut> tst_SignOut::signOut(SignOut::Reach reach, CredentialStore &store,
                                       TokenEndpoint::Limits limits)
{
    auto profile = OAuth::openAiProfile();
    profile.revokeUrl = m_server->url();
    SignOut signOut({Key, reach, profile}, store, m_network, limits);
    QSignalSpy finished(&signOut, &SignOut::finished);
    signOut.start();
    if (!finished.isEmpty() || !QTest::qWaitFor([&] { return finished.size() == 1; })) {
        return Error{Error::Kind::Unknown, u"too soon, or never"_s};
    }
    return finished.first().first().value<Result<SignedOut>>();
}

void tst_SignOut::forgetsOnThisComputerAlone()
{
    QCOMPARE(signOut(SignOut::Reach::ThisComputer), Result(SignedOut()));
    QCOMPARE(m_store->accounts(), QList<Account>());
    QCOMPARE(m_server->requests.size(), 0);
}

void tst_SignOut::endsItAtTheProvider()
{
    m_server->answers = {AuthorizationServer::answer(200, "")};
    QCOMPARE(signOut(SignOut::Reach::Provider),
             Result(SignedOut{SignedOut::Revocation::Confirmed}));
    QCOMPARE(m_store->accounts(), QList<Account>());
    QCOMPARE(m_server->requests.size(), 1);
    QCOMPARE(m_server->requests.first().body,
             QByteArray(R"({"token":"r","token_type_hint":"refresh_token",)"
                        R"("client_id":"app_EMoamEEZ73f0CkXaXp7hrann"})"));
}

void tst_SignOut::triesOnceMoreWhenTheProviderHasTrouble()
{
    m_server->answers
        = {AuthorizationServer::answer(503, ""), AuthorizationServer::answer(200, "")};
    QCOMPARE(signOut(SignOut::Reach::Provider),
             Result(SignedOut{SignedOut::Revocation::Confirmed}));
    QCOMPARE(m_server->requests.size(), 2);
    QCOMPARE(m_server->requests[0].body, m_server->requests[1].body);
}

void tst_SignOut::saysWhenTheProviderDidNotConfirm_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("500") << AuthorizationServer::answer(500, "oops") << Error::Kind::ServerFailure;
    QTest::newRow("unknown client")
        << AuthorizationServer::answer(401, R"({"error":"invalid_client"})")
        << Error::Kind::InvalidClient;
    QTest::newRow("redirect") << AuthorizationServer::answer(302, "", "Location: /x\r\n")
                              << Error::Kind::InvalidResponse;
    QTest::newRow("closed") << QByteArray("HTTP/1.1") << Error::Kind::Network;
    QTest::newRow("too much") << AuthorizationServer::answer(200, QByteArray(1200 * 1024, 'x'))
                              << Error::Kind::TooLarge;
}

void tst_SignOut::saysWhenTheProviderDidNotConfirm()
{
    QFETCH(QByteArray, answer);
    QFETCH(Error::Kind, kind);
    m_server->answers = {answer, answer};
    const auto result = signOut(SignOut::Reach::Provider);
    QVERIFY(result);
    QCOMPARE(result->revocation, SignedOut::Revocation::NotConfirmed);
    QCOMPARE(result->doubt->kind, kind);
    QCOMPARE(m_store->accounts(), QList<Account>());
    const bool mayPass = kind == Error::Kind::ServerFailure || kind == Error::Kind::Network;
    QCOMPARE(m_server->requests.size(), mayPass ? 2 : 1);
}

void tst_SignOut::givesUpOnASilentProvider()
{
    const auto result = signOut(SignOut::Reach::Provider, *m_store, {.time = 50ms});
    QVERIFY(result);
    QCOMPARE(result->doubt->kind, Error::Kind::Timeout);
    QCOMPARE(SignOut::DefaultLimits.time, std::chrono::milliseconds(10s));
}

void tst_SignOut::saysThatAKeyLivesOn()
{
    m_store->save({.key = Key}, {.apiKey = Secret("sk"), .refreshToken = Secret("r")});
    QVERIFY(signOut(SignOut::Reach::ThisComputer)->leavesKey);
}

void tst_SignOut::tellsNobodyWhenTheStoreCannotForget()
{
    StubbornStore store;
    const auto result = signOut(SignOut::Reach::Provider, store);
    QVERIFY(!result);
    QCOMPARE(result.error().message, u"The vault is locked."_s);
    QCOMPARE(m_server->requests.size(), 0);
}

QTEST_GUILESS_MAIN(tst_SignOut)
#include "tst_signout.moc"
