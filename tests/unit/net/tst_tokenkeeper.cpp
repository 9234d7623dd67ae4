// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "authorizationserver.h"
#include "core/memorycredentials.h"
#include "net/policynam.h"
#include "net/tokenkeeper.h"
#include "support/settled.h"

#include <QDir>
#include <QPromise>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const AccountKey Key{u"openai"_s, AccountKey::Type::OAuth, u"acc-1"_s};

//! Clocks that the test sets.
struct Clocks
{
    QDateTime wall = QDateTime::currentDateTimeUtc();
    std::chrono::milliseconds monotonic = 100s;

    void pass(std::chrono::milliseconds time)
    {
        wall = wall.addMSecs(time.count());
        monotonic += time;
    }
    WakingClock clock()
    {
        return {[this] { return wall; }, [this] { return monotonic; }};
    }
};

//! A store whose save ends when, and how, the test says.
class HeldStore final : public CredentialStore
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
        ++saves;
        if (failure) {
            return QtFuture::makeReadyFuture(failure);
        }
        if (!isHeld) {
            return memory.save(account, secrets);
        }
        held.start();
        return held.future();
    }
    QFuture<std::optional<Error>> remove(const AccountKey &key) override
    {
        return memory.remove(key);
    }

    MemoryCredentials memory;
    QPromise<std::optional<Error>> held;
    std::optional<Error> failure;
    bool isHeld = false;
    int saves = 0;
};

QByteArray tokens(const QByteArray &number, const QByteArray &more = {})
{
    return AuthorizationServer::answer(200,
                                       R"({"access_token":"a)" + number + R"(","refresh_token":"r)"
                                           + number + R"(","expires_in":3600)" + more + '}');
}

Credential credential(const char *token) { return {Credential::Type::OAuthToken, Secret(token)}; }

} // namespace

class tst_TokenKeeper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void handsOutWhatIsValid();
    void renewsBeforeItExpires();
    void asksOnceForAllWhoWait();
    void takesWhatAnotherProcessRenewed();
    void readsAgainUnderTheLock();
    void keepsKeysAsTheyAre();
    void saysWhenItIsOver_data();
    void saysWhenItIsOver();
    void keepsTheTokensInATrouble_data();
    void keepsTheTokensInATrouble();
    void pausesAfterATrouble();
    void refusesAnotherAccount();
    void handsOutNothingThatIsNotKept();
    void keepsTheNewTokensWhenTheStoreFails();
    void keepsOutOfTheWayOfASignOut();
    void sendsWhateverTheClockSays_data();
    void sendsWhateverTheClockSays();
    void renewsInTheBackground();
    void renewsAfterSleep();
    void endsInTheMiddle();
    void saysThatTheLockCannotBeWritten();

private:
    void make();
    void keep(const QDateTime &expiresAt, const char *refreshToken = "r0");
    QFuture<Result<Credential>> renew() { return m_keeper->renewedFor(Key, credential("a0")); }
    AccountSecrets kept() { return *m_store->secretsOf(Key).result(); }

    std::unique_ptr<AuthorizationServer> m_server;
    std::unique_ptr<HeldStore> m_store;
    std::unique_ptr<PolicyNam> m_network;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Clocks> m_clocks;
    TokenKeeper::Limits m_limits;
    std::unique_ptr<TokenKeeper> m_keeper;
};

void tst_TokenKeeper::init()
{
    m_keeper.reset();
    m_server = std::make_unique<AuthorizationServer>();
    m_store = std::make_unique<HeldStore>();
    m_network = std::make_unique<PolicyNam>();
    m_directory = std::make_unique<QTemporaryDir>();
    m_clocks = std::make_unique<Clocks>();
    m_limits = {};
    m_limits.refresh.lockRetry = 5ms;
    make();
    keep(m_clocks->wall.addSecs(3600));
}

void tst_TokenKeeper::make()
{
    m_keeper = std::make_unique<TokenKeeper>(
        *m_store, *m_network,
        [this](const AccountKey &) -> Result<OAuth::OAuthProfile> {
            auto profile = OAuth::openAiProfile();
            profile.tokenUrl = m_server->url();
            return profile;
        },
        m_directory->path(), m_clocks->clock(), m_limits);
}

void tst_TokenKeeper::keep(const QDateTime &expiresAt, const char *refreshToken)
{
    m_store->memory.save({.key = Key, .email = u"ada@example.org"_s},
                         {.signsWith = Credential::Type::OAuthToken,
                          .accessToken = Secret("a0"),
                          .refreshToken = Secret(refreshToken),
                          .idToken = Secret("i0"),
                          .accessTokenExpiresAt = expiresAt});
}

void tst_TokenKeeper::handsOutWhatIsValid()
{
    QCOMPARE(settled(m_keeper->credentialFor(Key)), Result(credential("a0")));
    QCOMPARE(settled(m_keeper->credentialFor({u"openai"_s})),
             Result<Credential>(missingCredential()));
    QCOMPARE(m_server->requests.size(), 0);
}

void tst_TokenKeeper::renewsBeforeItExpires()
{
    m_server->answers = {tokens("1")};
    m_clocks->pass(54min);
    QCOMPARE(settled(m_keeper->credentialFor(Key)), Result(credential("a0")));
    m_clocks->pass(2min);
    const auto future = m_keeper->credentialFor(Key);
    QVERIFY(!future.isFinished());
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result(), Result(credential("a1")));
    QCOMPARE(m_server->requests.size(), 1);
    QCOMPARE(m_server->requests.first().body,
             QByteArray(R"({"client_id":"app_EMoamEEZ73f0CkXaXp7hrann",)"
                        R"("grant_type":"refresh_token","refresh_token":"r0"})"));
    QCOMPARE(kept(),
             (AccountSecrets{.signsWith = Credential::Type::OAuthToken,
                             .accessToken = Secret("a1"),
                             .refreshToken = Secret("r1"),
                             .idToken = Secret("i0"),
                             .accessTokenExpiresAt = m_clocks->wall.addSecs(3600)}));
    QCOMPARE(m_store->accounts().first().email, u"ada@example.org"_s);
    QVERIFY(m_directory->isValid());
    QVERIFY(QDir(m_directory->path()).isEmpty()); // no lock is left behind
}

void tst_TokenKeeper::asksOnceForAllWhoWait()
{
    m_server->answers = {tokens("1")};
    QList<QFuture<Result<Credential>>> futures;
    for (int i = 0; i < 10; ++i) {
        futures.append(renew());
    }
    for (const auto &future : futures) {
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result(), Result(credential("a1")));
    }
    // Whoever comes late with the old one gets the new one.
    QCOMPARE(settled(renew()), Result(credential("a1")));
    QCOMPARE(m_server->requests.size(), 1);
    QCOMPARE(m_store->saves, 1);
}

void tst_TokenKeeper::takesWhatAnotherProcessRenewed()
{
    QCOMPARE(settled(m_keeper->renewedFor(Key, credential("older"))), Result(credential("a0")));
    QCOMPARE(m_server->requests.size(), 0);
}

void tst_TokenKeeper::readsAgainUnderTheLock()
{
    const auto first = renew(); // which is never answered, and so holds the lock
    QTRY_COMPARE(m_server->requests.size(), 1);
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files).size(), 1);
    const auto holder = std::move(m_keeper);
    make();
    const auto second = renew();
    QTest::qWait(50);
    QVERIFY(!second.isFinished());
    m_store->memory.save({.key = Key},
                         {.signsWith = Credential::Type::OAuthToken,
                          .accessToken = Secret("theirs"),
                          .refreshToken = Secret("r9")});
    m_server.reset(); // the first one ends without an answer
    QTRY_VERIFY(first.isFinished());
    QTRY_VERIFY(second.isFinished());
    QCOMPARE(second.result(), Result(credential("theirs")));
}

void tst_TokenKeeper::keepsKeysAsTheyAre()
{
    const Credential key{Credential::Type::ApiKey, Secret("sk")};
    m_store->memory.save({.key = Key},
                         {.signsWith = Credential::Type::ApiKey,
                          .apiKey = key.secret,
                          .accessToken = Secret("a0"),
                          .refreshToken = Secret("r0"),
                          .accessTokenExpiresAt = m_clocks->wall.addSecs(-1)});
    QCOMPARE(settled(m_keeper->credentialFor(Key)), Result(key));
    const auto other = settled(m_keeper->renewedFor(Key, key));
    QVERIFY(!other);
    QCOMPARE(other.error().kind, Error::Kind::AuthenticationRequired);
    QCOMPARE(m_server->requests.size(), 0);
}

void tst_TokenKeeper::saysWhenItIsOver_data()
{
    QTest::addColumn<QByteArray>("answer");
    for (const char *code : {"refresh_token_expired", "refresh_token_reused",
                             "refresh_token_invalidated", "invalid_grant"}) {
        QTest::newRow(code) << AuthorizationServer::answer(
            400, QByteArray(R"({"error":{"code":")") + code + R"("}})");
    }
    QTest::newRow("401") << AuthorizationServer::answer(401, "");
}

void tst_TokenKeeper::saysWhenItIsOver()
{
    QFETCH(QByteArray, answer);
    m_server->answers = {answer, tokens("9")};
    const auto future = renew();
    QTRY_VERIFY(future.isFinished());
    const Error error = future.result().error();
    QCOMPARE(error.kind, Error::Kind::AuthenticationRequired);
    QVERIFY(error.advice.contains(u"Sign in again"_s));
    QCOMPARE(kept().refreshToken, Secret("r0"));
    // It is remembered, however long one waits.
    m_clocks->pass(24h);
    QCOMPARE(settled(renew()), Result<Credential>(error));
    QCOMPARE(m_server->requests.size(), 1);
    // Until other tokens come.
    keep(m_clocks->wall.addSecs(3600), "r5");
    const auto again = renew();
    QTRY_VERIFY(again.isFinished());
    QCOMPARE(again.result(), Result(credential("a9")));
}

void tst_TokenKeeper::keepsTheTokensInATrouble_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("500") << AuthorizationServer::answer(500, "oops") << Error::Kind::ServerFailure;
    QTest::newRow("429") << AuthorizationServer::answer(429, "{}") << Error::Kind::RateLimited;
    QTest::newRow("a page") << AuthorizationServer::answer(200, "<html>")
                            << Error::Kind::InvalidResponse;
    QTest::newRow("closed") << QByteArray("HTTP/1.1") << Error::Kind::Network;
    QTest::newRow("too much") << AuthorizationServer::answer(200, QByteArray(1200 * 1024, ' '))
                              << Error::Kind::TooLarge;
    QTest::newRow("no new access token")
        << AuthorizationServer::answer(200, R"({"refresh_token":"r1"})")
        << Error::Kind::InvalidResponse;
}

void tst_TokenKeeper::keepsTheTokensInATrouble()
{
    QFETCH(QByteArray, answer);
    QFETCH(Error::Kind, kind);
    m_server->answers = {answer, tokens("2")};
    const auto future = renew();
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.result());
    QCOMPARE(future.result().error().kind, kind);
    QCOMPARE(kept().accessToken, Secret("a0"));
    m_clocks->pass(1h);
    const auto again = renew();
    QTRY_VERIFY(again.isFinished());
    QCOMPARE(again.result(), Result(credential("a2")));
}

void tst_TokenKeeper::pausesAfterATrouble()
{
    m_server->answers = {AuthorizationServer::answer(500, "oops"), tokens("1")};
    m_clocks->pass(56min);
    const auto first = m_keeper->credentialFor(Key);
    QTRY_VERIFY(first.isFinished());
    QCOMPARE(first.result(), Result(credential("a0"))); // it may still do
    QCOMPARE(settled(m_keeper->credentialFor(Key)), Result(credential("a0")));
    QVERIFY(!settled(renew()));
    QCOMPARE(m_server->requests.size(), 1);
    m_clocks->pass(m_limits.patience);
    const auto second = m_keeper->credentialFor(Key);
    QTRY_VERIFY(second.isFinished());
    QCOMPARE(second.result(), Result(credential("a1")));
}

void tst_TokenKeeper::refusesAnotherAccount()
{
    const QByteArray other = AuthorizationServer::jwt(
        {{u"https://api.openai.com/auth"_s, QJsonObject{{u"chatgpt_account_id"_s, u"acc-2"_s}}}});
    m_server->answers = {tokens("1", R"(,"id_token":")" + other + '"')};
    const auto future = renew();
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.result());
    QCOMPARE(future.result().error().kind, Error::Kind::AuthenticationRequired);
    QCOMPARE(kept().accessToken, Secret("a0"));
    QCOMPARE(m_store->saves, 0);
}

void tst_TokenKeeper::handsOutNothingThatIsNotKept()
{
    m_store->isHeld = true;
    m_server->answers = {tokens("1")};
    const auto first = renew();
    const auto second = renew();
    QTRY_COMPARE(m_store->saves, 1);
    QCoreApplication::processEvents();
    QVERIFY(!first.isFinished());
    QVERIFY(!second.isFinished());
    QCOMPARE(settled(m_keeper->credentialFor(Key)), Result(credential("a0")));
    m_store->held.addResult(std::optional<Error>());
    m_store->held.finish();
    QTRY_VERIFY(first.isFinished() && second.isFinished());
    QCOMPARE(first.result(), Result(credential("a1")));
}

void tst_TokenKeeper::keepsTheNewTokensWhenTheStoreFails()
{
    m_store->failure = Error{Error::Kind::Configuration, u"The disk is full."_s};
    m_server->answers = {tokens("1")};
    const auto first = renew();
    QTRY_VERIFY(first.isFinished());
    QCOMPARE(first.result().error().detail, u"The disk is full."_s);
    QCOMPARE(kept().accessToken, Secret("a0"));
    m_store->failure.reset();
    m_clocks->pass(1min);
    const auto second = renew();
    QTRY_VERIFY(second.isFinished());
    QCOMPARE(second.result(), Result(credential("a1")));
    QCOMPARE(kept().refreshToken, Secret("r1"));
    QCOMPARE(m_server->requests.size(), 1); // r0 is spent: asking with it again would end it all
}

void tst_TokenKeeper::keepsOutOfTheWayOfASignOut()
{
    const auto future = renew();
    m_server->answers = {tokens("1")};
    m_server->onRequest = [this] { m_store->memory.remove(Key); };
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.result());
    QCOMPARE(m_server->requests.size(), 1);
    QCOMPARE(m_store->accounts(), QList<Account>());
}

void tst_TokenKeeper::sendsWhateverTheClockSays_data()
{
    QTest::addColumn<int>("years");
    QTest::newRow("five years ahead") << 5;
    QTest::newRow("five years behind") << -5;
}

void tst_TokenKeeper::sendsWhateverTheClockSays()
{
    QFETCH(int, years);
    m_clocks->wall = m_clocks->wall.addYears(years);
    make();
    m_server->answers = {tokens("1"), AuthorizationServer::answer(500, "oops")};
    auto future = m_keeper->credentialFor(Key);
    QTRY_VERIFY(future.isFinished());
    QVERIFY(future.result()); // renewed or not: something to send with
    if (years < 0) {
        future = renew(); // the server, which knows the time, said no
        QTRY_VERIFY(future.isFinished());
    }
    QCOMPARE(future.result(), Result(credential("a1")));
    // From here on the clock that only goes on tells when it is due.
    QCOMPARE(settled(m_keeper->credentialFor(Key)), Result(credential("a1")));
    m_clocks->pass(54min);
    QCOMPARE(settled(m_keeper->credentialFor(Key)), Result(credential("a1")));
    QCOMPARE(m_server->requests.size(), 1);
    m_clocks->pass(2min);
    future = m_keeper->credentialFor(Key);
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(m_server->requests.size(), 2);
    QCOMPARE(future.result(), Result(credential("a1"))); // the server failed: still something
}

void tst_TokenKeeper::renewsInTheBackground()
{
    m_limits.look = 10ms;
    make();
    QCOMPARE(settled(m_keeper->credentialFor(Key)), Result(credential("a0")));
    m_server->answers = {tokens("1")};
    QTest::qWait(50);
    QCOMPARE(m_server->requests.size(), 0);
    m_clocks->pass(56min);
    QTRY_COMPARE(kept().accessToken, Secret("a1"));
    QCOMPARE(m_server->requests.size(), 1);
}

void tst_TokenKeeper::renewsAfterSleep()
{
    m_server->answers = {tokens("1"), tokens("2")};
    const auto first = renew();
    QTRY_VERIFY(first.isFinished());
    m_clocks->wall = m_clocks->wall.addSecs(8 * 3600); // and the monotonic clock stood still
    const auto second = m_keeper->credentialFor(Key);
    QTRY_VERIFY(second.isFinished());
    QCOMPARE(second.result(), Result(credential("a2")));
}

void tst_TokenKeeper::endsInTheMiddle()
{
    const auto future = renew();
    QTRY_COMPARE(m_server->requests.size(), 1);
    m_keeper.reset();
    QVERIFY(!future.isValid() || future.resultCount() == 0);
    QVERIFY(QDir(m_directory->path()).isEmpty());
    QCOMPARE(kept().accessToken, Secret("a0"));
}

void tst_TokenKeeper::saysThatTheLockCannotBeWritten()
{
    QVERIFY(m_directory->remove());
    const auto future = renew();
    QTRY_VERIFY(future.isFinished());
    QCOMPARE(future.result().error().kind, Error::Kind::Configuration);
    QCOMPARE(m_server->requests.size(), 0);
}

QTEST_GUILESS_MAIN(tst_TokenKeeper)
#include "tst_tokenkeeper.moc"
