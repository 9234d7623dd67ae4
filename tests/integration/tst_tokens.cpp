// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/memoryclientregistration.h"
#include "core/memorycredentials.h"
#include "net/httpchatclient.h"
#include "net/oauthlogin.h"
#include "net/policynam.h"
#include "net/signout.h"
#include "net/tokenkeeper.h"
#include "practice/practiceperson.h"
#include "practice/practiceprovider.h"
#include "providers/registry.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Tokens in use, against a provider that rotates refresh tokens and ends the sign-in when one of
//! them comes twice.
class tst_Tokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void tenChatsRenewOnce();
    void goesOnFromRenewalToRenewal();
    void listsModelsWithTheRenewedToken();
    void stopsWhileItIsRenewed();
    void saysWhenTheRenewedTokenIsRejected();
    void saysWhenTheTokensWereUsedElsewhere();
    void signsOutEverywhere();

private:
    void signIn();
    AccountSecrets kept() { return *m_store.secretsOf(m_account.key).result(); }
    void keep(const AccountSecrets &secrets) { m_store.save(m_account, secrets); }
    //! Makes the access token one that the provider does not know.
    void spoil()
    {
        AccountSecrets secrets = kept();
        secrets.accessToken = Secret("spoilt");
        keep(secrets);
    }
    std::optional<Error> ask(const QString &model = u"practice"_s);
    qsizetype count(const QString &request) const
    {
        return std::count(m_requests.begin(), m_requests.end(), request);
    }

    PolicyNam m_network;
    MemoryCredentials m_store;
    Account m_account;
    OAuth::OAuthProfile m_profile;
    Provider m_provider;
    QStringList m_requests;
    QString m_text;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<PracticeProvider> m_practice;
    std::unique_ptr<TokenKeeper> m_keeper;
    std::unique_ptr<HttpChatClient> m_client;
};

namespace {

const QString TokenRequest = u"POST /oauth/token"_s;
const QString ChatRequested = u"POST /v1/responses"_s;

} // namespace

void tst_Tokens::init()
{
    m_client.reset();
    m_keeper.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_practice = std::make_unique<PracticeProvider>(PracticeProvider::Pace{200, 0ms});
    QVERIFY(m_practice->listen());
    m_profile = OAuth::openAiProfile();
    m_profile.issuer.clear();
    m_profile.authorizeUrl = m_practice->authorizeUrl();
    m_profile.tokenUrl = m_practice->tokenUrl();
    m_profile.revokeUrl = m_practice->revokeUrl();
    m_profile.redirect = OAuth::LoopbackRedirect{u"localhost"_s, {0}, u"/auth/callback"_s};
    m_profile.afterTokens = OAuth::OAuthProfile::AfterTokens::Nothing;
    m_profile.signsWith = Credential::Type::OAuthToken;
    m_provider = findProvider(allProviders(), u"openai", u"responses").value();
    m_provider.baseUrl = m_practice->apiUrl();
    m_keeper = std::make_unique<TokenKeeper>(
        m_store, m_network,
        [this](const AccountKey &) { return Result<OAuth::OAuthProfile>(m_profile); },
        m_directory->path());
    m_client = std::make_unique<HttpChatClient>(m_network, *m_keeper);
    signIn();
    m_requests.clear();
    connect(m_practice.get(), &PracticeProvider::answered, this,
            [this](const QString &request) { m_requests.append(request); });
}

void tst_Tokens::signIn()
{
    MemoryClientRegistration registration;
    OAuthLogin login(m_profile, m_store, registration, m_network);
    PracticePerson person;
    connect(&login, &SignIn::browserRequested, &person,
            [&person](const QUrl &address) { person.visit(address); });
    QSignalSpy finished(&login, &SignIn::finished);
    login.start();
    QTRY_COMPARE(finished.size(), 1);
    const auto result = finished.first().first().value<Result<SignedIn>>();
    QVERIFY(result);
    m_account = result->account;
    QVERIFY(!kept().refreshToken.isEmpty());
}

std::optional<Error> tst_Tokens::ask(const QString &model)
{
    const auto stream
        = m_client->ask(m_provider, m_account.key, {model, {{}, {Prompt{u"Hello"_s}}}});
    QSignalSpy finished(stream.get(), &ChatStream::finished);
    Answer answer;
    connect(stream.get(), &ChatStream::received, this, [&](const StreamMessages &messages) {
        for (const StreamMessage &message : messages) {
            answer.fold(message);
        }
    });
    stream->start();
    if (!QTest::qWaitFor([&] { return finished.size() == 1; }, 20000)) {
        return Error{Error::Kind::Unknown, u"never finished"_s};
    }
    m_text = answer.text();
    return finished.first().first().value<std::optional<Error>>();
}

void tst_Tokens::tenChatsRenewOnce()
{
    spoil();
    std::vector<std::unique_ptr<ChatStream>> streams;
    int whole = 0;
    int failed = 0;
    for (int i = 0; i < 10; ++i) {
        streams.push_back(
            m_client->ask(m_provider, m_account.key, {u"practice"_s, {{}, {Prompt{u"Hello"_s}}}}));
        connect(streams.back().get(), &ChatStream::finished, this,
                [&](const std::optional<Error> &error) { ++(error ? failed : whole); });
        streams.back()->start();
    }
    QTRY_COMPARE_WITH_TIMEOUT(whole + failed, 10, 30000);
    QCOMPARE(failed, 0);
    QCOMPARE(count(TokenRequest), 1);
    QVERIFY(count(ChatRequested) <= 20);
}

void tst_Tokens::goesOnFromRenewalToRenewal()
{
    for (int round = 1; round <= 5; ++round) {
        const Secret before = kept().refreshToken;
        spoil();
        const auto error = ask();
        QVERIFY2(!error, qPrintable(error.value_or(Error()).message));
        QVERIFY(!m_text.isEmpty());
        QCOMPARE(count(TokenRequest), round);
        QVERIFY(!(kept().refreshToken == before));
    }
}

void tst_Tokens::listsModelsWithTheRenewedToken()
{
    spoil();
    const auto models = m_client->listModels(m_provider, m_account.key);
    QTRY_VERIFY(models.isFinished());
    QVERIFY(models.result());
    QVERIFY(models.result()->contains(u"practice"_s));
    QCOMPARE(count(TokenRequest), 1);
}

void tst_Tokens::stopsWhileItIsRenewed()
{
    spoil();
    const auto stream
        = m_client->ask(m_provider, m_account.key, {u"practice"_s, {{}, {Prompt{u"Hello"_s}}}});
    QSignalSpy finished(stream.get(), &ChatStream::finished);
    connect(m_practice.get(), &PracticeProvider::answered, stream.get(),
            [&stream](const QString &request) {
                if (request == TokenRequest) {
                    stream->stop();
                }
            });
    stream->start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(count(ChatRequested), 1);
    QCOMPARE(count(TokenRequest), 1);
    QVERIFY(!finished.first().first().value<std::optional<Error>>());
    QTRY_VERIFY(!(kept().accessToken == Secret("spoilt"))); // the renewal itself goes on
    QCOMPARE(finished.size(), 1);
}

void tst_Tokens::saysWhenTheRenewedTokenIsRejected()
{
    const auto error = ask(u"practice-401"_s);
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::AuthenticationRequired);
    QVERIFY(error->message.contains(u"was renewed"_s));
    QVERIFY(m_text.isEmpty());
    QCOMPARE(count(TokenRequest), 1);
    QCOMPARE(count(ChatRequested), 2);
}

void tst_Tokens::saysWhenTheTokensWereUsedElsewhere()
{
    const AccountSecrets stolen = kept();
    spoil();
    QVERIFY(!ask());
    keep(stolen);
    spoil();
    for (int i = 0; i < 3; ++i) {
        const auto error = ask();
        QVERIFY(error);
        QCOMPARE(error->kind, Error::Kind::AuthenticationRequired);
        QVERIFY(error->message.contains(u"somewhere else"_s));
        QVERIFY(error->detail.contains(u"refresh_token_reused"_s));
    }
    QCOMPARE(count(TokenRequest), 2); // the one that worked, and the one that told
}

void tst_Tokens::signsOutEverywhere()
{
    const AccountSecrets secrets = kept();
    SignOut signOut({m_account.key, SignOut::Reach::Provider, m_profile}, m_store, m_network);
    QSignalSpy finished(&signOut, &SignOut::finished);
    signOut.start();
    QTRY_COMPARE(finished.size(), 1);
    const auto result = finished.first().first().value<Result<SignedOut>>();
    QVERIFY(result);
    QCOMPARE(result->revocation, SignedOut::Revocation::Confirmed);
    QCOMPARE(m_store.accounts(), QList<Account>());
    QCOMPARE(ask()->kind, Error::Kind::AuthenticationRequired);
    QCOMPARE(count(ChatRequested), 0);
    keep(secrets); // a copy of them is worth nothing any more
    const auto error = ask();
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::AuthenticationRequired);
}

QTEST_GUILESS_MAIN(tst_Tokens)
#include "tst_tokens.moc"
