// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/fields.h"
#include "authorizationserver.h"
#include "core/memoryclientregistration.h"
#include "core/memorycredentials.h"
#include "net/oauthlogin.h"
#include "net/policynam.h"
#include "net/tokenrefresh.h"
#include "support/tokensigner.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace Maestro;

//! Signing in and staying signed in where the provider issues the client and signs its id_tokens.
class tst_ChatGptLogin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_login.reset(); }
    void registersSignsInAndKeepsTheClient();
    void keepsTheClientBeforeItIsRedeemed();
    void stopsWhenTheClientCannotBeKept();
    void goesOnWithTheClientOfAnEarlierAttempt();
    void signsInAgainWithTheAccountsClient();
    void refusesAnotherClientThanTheAccounts();
    void forgetsAPendingClientThatIsAnotherPersons();
    void saysWhatARefusedClientMeans_data();
    void saysWhatARefusedClientMeans();
    void wantsTheConsentThatPlansNeed();
    void keepsNothingOfATokenThatIsNotBelieved_data();
    void keepsNothingOfATokenThatIsNotBelieved();
    void readsTheKeysAgainWhenTheyChanged();
    void renewsWithResourceAndChecksTheNewToken_data();
    void renewsWithResourceAndChecksTheNewToken();

private:
    void start(const OAuth::OAuthProfile &profile);
    void start() { start(m_profile); }
    QByteArray asked(const QByteArray &name) const;
    void comeBack(const QByteArray &clientId = "oaiapp_1");
    QJsonObject claims(const QByteArray &nonce) const;
    QByteArray tokenAnswer(const Secret &idToken, const QByteArray &scope) const;
    QByteArray tokenAnswer() const
    {
        return tokenAnswer(m_signer.sign(claims(asked("nonce"))),
                           m_profile.scopes.join(u' ').toUtf8());
    }
    Result<SignedIn> result() const
    {
        return m_finished->first().first().value<Result<SignedIn>>();
    }
    QByteArray posted(qsizetype request, const QByteArray &name) const;

    const TokenSigner m_signer;
    std::unique_ptr<AuthorizationServer> m_server;
    OAuth::OAuthProfile m_profile;
    std::unique_ptr<MemoryCredentials> m_store;
    std::unique_ptr<MemoryClientRegistration> m_registration;
    PolicyNam m_network;
    std::unique_ptr<OAuthLogin> m_login;
    std::unique_ptr<QSignalSpy> m_finished;
};

namespace {

const AccountKey Key{u"chatgpt"_s, AccountKey::Type::OAuth, u"acc-1"_s};
const QString Introduction = u"dynamic_agent_client"_s;

//! A registration that keeps nothing.
class FullRegistration final : public ClientRegistration
{
public:
    QString hostId() const override { return u"urn:uuid:1"_s; }
    Done keepHostId(const QString &) override { return failed(); }
    QString pendingClientId(const QString &) const override { return {}; }
    Done keepPendingClientId(const QString &, const QString &) override { return failed(); }

private:
    static Done failed()
    {
        return QtFuture::makeReadyFuture(
            std::optional<Error>(Error{Error::Kind::Configuration, u"The disk is full."_s}));
    }
};

QByteArray withKeys(const TokenSigner &signer)
{
    return AuthorizationServer::answer(200, signer.keySet());
}

} // namespace

void tst_ChatGptLogin::init()
{
    m_server = std::make_unique<AuthorizationServer>();
    m_store = std::make_unique<MemoryCredentials>();
    m_registration = std::make_unique<MemoryClientRegistration>();
    m_profile = OAuth::chatGptProfile();
    m_profile.authorizeUrl = m_profile.tokenUrl = m_profile.keysUrl = m_profile.revokeUrl
        = m_server->url();
    m_profile.issuer = m_server->url().toString(QUrl::RemovePath);
}

void tst_ChatGptLogin::start(const OAuth::OAuthProfile &profile)
{
    m_login = std::make_unique<OAuthLogin>(
        profile, *m_store, *m_registration, m_network,
        OAuthLogin::Limits{.listener = {.closing = std::chrono::milliseconds(50)}});
    m_finished = std::make_unique<QSignalSpy>(m_login.get(), &SignIn::finished);
    const QSignalSpy browser(m_login.get(), &SignIn::browserRequested);
    m_login->start();
    QTRY_COMPARE(browser.count(), 1);
}

QByteArray tst_ChatGptLogin::asked(const QByteArray &name) const
{
    const auto fields
        = OAuth::decodeFields(m_login->authorizationUrl().query(QUrl::FullyEncoded).toLatin1(), 32);
    return OAuth::findField(fields.value_or(OAuth::Fields()), name).value_or("(absent)");
}

void tst_ChatGptLogin::comeBack(const QByteArray &clientId)
{
    const QByteArray address = asked("redirect_uri") + "?code=ac_1&state=" + asked("state")
        + (clientId.isEmpty() ? QByteArray() : "&client_id=" + clientId);
    QVERIFY(!m_login->submitAddress(QString::fromLatin1(address)));
}

QJsonObject tst_ChatGptLogin::claims(const QByteArray &nonce) const
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    return {
        {u"iss"_s, m_profile.issuer},
        {u"aud"_s, QJsonArray{u"oaiapp_1"_s}},
        {u"sub"_s, u"user-1"_s},
        {u"iat"_s, now},
        {u"exp"_s, now + 3600},
        {u"nonce"_s, QString::fromLatin1(nonce)},
        {u"email"_s, u"ada@example.org"_s},
        {u"https://api.openai.com/auth"_s,
         QJsonObject{{u"chatgpt_account_id"_s, u"acc-1"_s}, {u"chatgpt_plan_type"_s, u"plus"_s}}}};
}

QByteArray tst_ChatGptLogin::tokenAnswer(const Secret &idToken, const QByteArray &scope) const
{
    return AuthorizationServer::answer(
        200,
        R"({"access_token":"at-1","refresh_token":"rt-1","token_type":"Bearer","id_token":")"
            + idToken.reveal() + R"(","expires_in":3600,"scope":")" + scope + R"("})");
}

QByteArray tst_ChatGptLogin::posted(qsizetype request, const QByteArray &name) const
{
    const auto fields = OAuth::decodeFields(m_server->requests.at(request).body, 32);
    return OAuth::findField(fields.value_or(OAuth::Fields()), name).value_or("(absent)");
}

void tst_ChatGptLogin::registersSignsInAndKeepsTheClient()
{
    start();
    static const QRegularExpression hostId(
        u"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s);
    QVERIFY(hostId.match(QString::fromLatin1(asked("ext_agent_host_id"))).hasMatch());
    QCOMPARE(m_registration->hostId(), QString::fromLatin1(asked("ext_agent_host_id")));
    QCOMPARE(asked("client_id"), "dynamic_agent_client"_ba);
    QCOMPARE(asked("agent_name_hint"), "Maestro"_ba);
    QCOMPARE(asked("nonce").size(), 43);
    QVERIFY(asked("nonce") != asked("state"));
    QVERIFY(asked("redirect_uri").startsWith("http://127.0.0.1:"));

    m_server->answers = {tokenAnswer(), withKeys(m_signer)};
    comeBack();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY2(result(), result() ? "" : qPrintable(result().error().message));
    const Account account{
        .key = Key, .email = u"ada@example.org"_s, .plan = u"plus"_s, .clientId = u"oaiapp_1"_s};
    QCOMPARE(*result(), SignedIn{account});
    QCOMPARE(m_store->accounts().first().clientId, u"oaiapp_1"_s);
    QCOMPARE(m_store->secretsOf(Key).result()->signsWith, Credential::Type::OAuthToken);
    QVERIFY(m_registration->pendingClientId(u"chatgpt"_s).isEmpty());

    QCOMPARE(m_server->requests.size(), 2);
    QCOMPARE(posted(0, "client_id"), "oaiapp_1"_ba);
    QCOMPARE(posted(0, "code"), "ac_1"_ba);
    QCOMPARE(posted(0, "resource"), "https://api.openai.com/v1"_ba);
    QCOMPARE(m_server->requests[1].method, "GET"_ba);
    QCOMPARE(m_server->requests[1].headerCount("Authorization"), 0);

    const QByteArray before = asked("ext_agent_host_id");
    start();
    QCOMPARE(asked("ext_agent_host_id"), before); // one for the installation
}

void tst_ChatGptLogin::keepsTheClientBeforeItIsRedeemed()
{
    start();
    QString keptAtExchange;
    m_server->onRequest = [&] { keptAtExchange = m_registration->pendingClientId(u"chatgpt"_s); };
    m_server->answers = {AuthorizationServer::answer(500, "")};
    comeBack();
    QTRY_COMPARE(m_finished->count(), 1);
    QCOMPARE(keptAtExchange, u"oaiapp_1"_s);
    QCOMPARE(m_registration->pendingClientId(u"chatgpt"_s), u"oaiapp_1"_s);
    QVERIFY(m_store->accounts().isEmpty());
}

void tst_ChatGptLogin::stopsWhenTheClientCannotBeKept()
{
    FullRegistration full;
    OAuthLogin login(m_profile, *m_store, full, m_network);
    const QSignalSpy finished(&login, &SignIn::finished);
    const QSignalSpy browser(&login, &SignIn::browserRequested);
    login.start();
    QTRY_COMPARE(browser.count(), 1);
    const QUrl url = login.authorizationUrl();
    const auto fields = OAuth::decodeFields(url.query(QUrl::FullyEncoded).toLatin1(), 32).value();
    const QByteArray address = *OAuth::findField(fields, "redirect_uri")
        + "?code=a&client_id=oaiapp_1&state=" + *OAuth::findField(fields, "state");
    QVERIFY(!login.submitAddress(QString::fromLatin1(address)));
    QTRY_COMPARE(finished.count(), 1);
    const auto result = finished.first().first().value<Result<SignedIn>>();
    QVERIFY(!result);
    QCOMPARE(result.error().kind, Error::Kind::Configuration);
    QCOMPARE(m_server->requests.size(), 0); // the code was not redeemed
}

void tst_ChatGptLogin::goesOnWithTheClientOfAnEarlierAttempt()
{
    m_registration->keepPendingClientId(u"chatgpt"_s, u"oaiapp_1"_s);
    start();
    QCOMPARE(asked("client_id"), "oaiapp_1"_ba);
    QCOMPARE(asked("agent_name_hint"), "(absent)"_ba);
    m_server->answers = {tokenAnswer(), withKeys(m_signer)};
    comeBack({});
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result());
    QVERIFY(m_registration->pendingClientId(u"chatgpt"_s).isEmpty());
}

void tst_ChatGptLogin::signsInAgainWithTheAccountsClient()
{
    const Account account{.key = Key, .email = u"ada@example.org"_s, .clientId = u"oaiapp_1"_s};
    start(*OAuth::profileFor(m_profile, account));
    QCOMPARE(asked("client_id"), "oaiapp_1"_ba);
    QCOMPARE(asked("login_hint"), "ada@example.org"_ba);
    m_server->answers = {tokenAnswer(), withKeys(m_signer)};
    comeBack();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result());
    QCOMPARE(m_store->accounts().size(), 1);
}

void tst_ChatGptLogin::refusesAnotherClientThanTheAccounts()
{
    start(*OAuth::profileFor(m_profile, {.key = Key, .clientId = u"oaiapp_1"_s}));
    comeBack("oaiapp_2");
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result());
    QCOMPARE(result().error().kind, Error::Kind::InvalidClient);
    QVERIFY(result().error().message.contains(u"another account"_s));
    QCOMPARE(m_server->requests.size(), 0);
    QVERIFY(m_registration->pendingClientId(u"chatgpt"_s).isEmpty());
}

void tst_ChatGptLogin::forgetsAPendingClientThatIsAnotherPersons()
{
    m_registration->keepPendingClientId(u"chatgpt"_s, u"oaiapp_2"_s);
    start();
    comeBack("oaiapp_1");
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result());
    QVERIFY(m_registration->pendingClientId(u"chatgpt"_s).isEmpty());
    start(); // and the next attempt is a first one
    QCOMPARE(asked("client_id"), Introduction.toLatin1());
}

void tst_ChatGptLogin::saysWhatARefusedClientMeans_data()
{
    QTest::addColumn<QString>("pending");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("says");
    QTest::newRow("the first time") << QString() << Error::Kind::AccessDenied << u"does not let"_s;
    QTest::newRow("a client that is gone")
        << u"oaiapp_1"_s << Error::Kind::InvalidClient << u"no longer knows"_s;
}

void tst_ChatGptLogin::saysWhatARefusedClientMeans()
{
    QFETCH(QString, pending);
    QFETCH(QString, says);
    m_registration->keepPendingClientId(u"chatgpt"_s, pending);
    start();
    QVERIFY(!m_login->submitAddress(QString::fromLatin1(
        asked("redirect_uri") + "?error=invalid_client&state=" + asked("state"))));
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result());
    QTEST(result().error().kind, "kind");
    QVERIFY2(result().error().message.contains(says), qPrintable(result().error().message));
    QVERIFY(!result().error().message.contains(u"client id"_s));
    QVERIFY(m_registration->pendingClientId(u"chatgpt"_s).isEmpty());
}

void tst_ChatGptLogin::wantsTheConsentThatPlansNeed()
{
    start();
    m_server->answers
        = {tokenAnswer(m_signer.sign(claims(asked("nonce"))), "openid profile offline_access")};
    comeBack();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result());
    QCOMPARE(result().error().kind, Error::Kind::ConsentRequired);
    QVERIFY(m_store->accounts().isEmpty());

    start(OAuth::askingForConsent(m_profile));
    QCOMPARE(asked("prompt"), "consent"_ba);
    QCOMPARE(asked("client_id"), "oaiapp_1"_ba); // it was registered all the same
}

void tst_ChatGptLogin::keepsNothingOfATokenThatIsNotBelieved_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<Error::Kind>("kind");
    for (const char *what : {"another nonce", "a stranger's key", "no signature"}) {
        QTest::newRow(what) << QString::fromLatin1(what) << Error::Kind::InvalidResponse;
    }
    QTest::newRow("no keys") << u"no keys"_s << Error::Kind::ServerFailure;
    QTest::newRow("keys that never end") << u"too many"_s << Error::Kind::TooLarge;
    QTest::newRow("keys elsewhere") << u"redirect"_s << Error::Kind::InvalidResponse;
}

void tst_ChatGptLogin::keepsNothingOfATokenThatIsNotBelieved()
{
    QFETCH(QString, what);
    start();
    const TokenSigner stranger;
    const QByteArray good = m_signer.sign(claims(asked("nonce"))).reveal();
    const Secret token = what == "another nonce"_L1 ? m_signer.sign(claims("n-2"))
        : what == "a stranger's key"_L1             ? stranger.sign(claims(asked("nonce")))
        : what == "no signature"_L1                 ? Secret(good.left(good.lastIndexOf('.') + 1))
                                                    : Secret(good);
    const QByteArray keys = what == "no keys"_L1 ? AuthorizationServer::answer(503, "")
        : what == "too many"_L1 ? AuthorizationServer::answer(200, QByteArray(1024 * 1024, ' '))
        : what == "redirect"_L1
        ? AuthorizationServer::answer(302, "", "Location: http://127.0.0.1:1/\r\n")
        : withKeys(m_signer);
    m_server->answers = {tokenAnswer(token, m_profile.scopes.join(u' ').toUtf8()), keys};
    comeBack();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result());
    QTEST(result().error().kind, "kind");
    QVERIFY(m_store->accounts().isEmpty());
    QCOMPARE(m_login->stage(), SignInStage::Tokens);
}

void tst_ChatGptLogin::readsTheKeysAgainWhenTheyChanged()
{
    start();
    const TokenSigner old(u"key-0"_s);
    m_server->answers = {tokenAnswer(), withKeys(old), withKeys(m_signer)};
    comeBack();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(result());
    QCOMPARE(m_server->requests.size(), 3);

    start();
    m_server->answers = {tokenAnswer(), withKeys(old), withKeys(old), withKeys(m_signer)};
    comeBack();
    QTRY_COMPARE(m_finished->count(), 1);
    QVERIFY(!result());
    QCOMPARE(result().error().detail, u"kid"_s);
    QCOMPARE(m_server->requests.size(), 6); // once again, and no more
}

void tst_ChatGptLogin::renewsWithResourceAndChecksTheNewToken_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("isRenewed");
    QTest::addColumn<QString>("access"); // what is in the store at the end
    QTest::addColumn<bool>("takesIdToken");
    QTest::newRow("a good one") << u"good"_s << true << u"at-1"_s << true;
    QTest::newRow("none") << u"none"_s << true << u"at-1"_s << false;
    QTest::newRow("keys out of reach") << u"keyless"_s << true << u"at-1"_s << false;
    QTest::newRow("another person's") << u"other"_s << false << QString() << false;
    QTest::newRow("a forged one") << u"forged"_s << false << QString() << false;
    QTest::newRow("for another client") << u"audience"_s << false << QString() << false;
}

void tst_ChatGptLogin::renewsWithResourceAndChecksTheNewToken()
{
    QFETCH(QString, what);
    QFETCH(bool, isRenewed);
    QFETCH(QString, access);
    QFETCH(bool, takesIdToken);
    const Account account{.key = Key, .clientId = u"oaiapp_1"_s};
    m_store->save(account,
                  {.signsWith = Credential::Type::OAuthToken,
                   .accessToken = Secret("at-0"),
                   .refreshToken = Secret("rt-0"),
                   .idToken = Secret("id-0")});
    QJsonObject named = claims({});
    if (what == "other"_L1) {
        named[u"https://api.openai.com/auth"_s]
            = QJsonObject{{u"chatgpt_account_id"_s, u"acc-2"_s}};
    } else if (what == "audience"_L1) {
        named[u"aud"_s] = u"oaiapp_2"_s;
    }
    const TokenSigner stranger;
    const Secret token = (what == "forged"_L1 ? stranger : m_signer).sign(named);
    m_server->answers
        = {what == "none"_L1 ? AuthorizationServer::answer(
               200, R"({"access_token":"at-1","refresh_token":"rt-1","expires_in":3600})")
                             : tokenAnswer(token, "openid"),
           what == "keyless"_L1 ? AuthorizationServer::answer(503, "") : withKeys(m_signer)};
    // When the keys are asked for, the old refresh token is spent: the new ones are kept by then.
    QString keptBeforeTheCheck;
    m_server->onRequest = [&] {
        if (m_server->requests.size() == 2) {
            keptBeforeTheCheck
                = QString::fromLatin1(m_store->secretsOf(Key).result()->refreshToken.reveal());
        }
    };

    TokenRefresh refresh({*OAuth::profileFor(m_profile, account), Key, Secret("at-0")}, *m_store,
                         m_network, {}, [] { return QDateTime::currentDateTimeUtc(); });
    const QSignalSpy finished(&refresh, &TokenRefresh::finished);
    refresh.start();
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(posted(0, "grant_type"), "refresh_token"_ba);
    QCOMPARE(posted(0, "client_id"), "oaiapp_1"_ba);
    QCOMPARE(posted(0, "resource"), "https://api.openai.com/v1"_ba);
    QCOMPARE(keptBeforeTheCheck, what == "none"_L1 ? QString() : u"rt-1"_s);

    const auto *failure = std::get_if<OAuth::RefreshFailure>(&refresh.outcome());
    QCOMPARE(failure == nullptr, isRenewed);
    if (failure) {
        QCOMPARE(failure->lasts, OAuth::RefreshFailure::Lasts::UntilSignIn);
        QCOMPARE(failure->error.kind, Error::Kind::AuthenticationRequired);
    }
    const AccountSecrets kept = *m_store->secretsOf(Key).result();
    QCOMPARE(QString::fromLatin1(kept.accessToken.reveal()), access);
    QCOMPARE(kept.refreshToken.isEmpty(), !isRenewed);
    QCOMPARE(kept.idToken == token, takesIdToken);
    QCOMPARE(m_store->accounts().size(), 1);
}

QTEST_GUILESS_MAIN(tst_ChatGptLogin)
#include "tst_chatgptlogin.moc"
