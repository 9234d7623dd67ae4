// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "composition.h"
#include "core/chatsession.h"
#include "support/await.h"
#include "support/faultserver.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

//! Two servers, and a key or a sign-in that was saved for the first.
class tst_BoundCredentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sendsASavedKeyToItsOwnServerAlone();
    void takesTheKeyOfTheEnvironmentAlong();
    void bringsNoSecretToAnotherServer_data();
    void bringsNoSecretToAnotherServer();

private:
    Configuration configurationFor(const FaultServer &server) const;
    std::optional<Error> askForModels(Composition &composition);

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QByteArray ModelsBody = R"({"object":"list","data":[{"id":"m","object":"model"}]})";
const Secret Passphrase("a passphrase of some length");

//! What sends a secret.
enum class Deed { Chat, Models, Renewal, Revocation };
//! What a variable names.
enum class Address { Api, Tokens, Revocation };

void save(Composition &composition, const AccountKey &key, Deed deed, const FaultServer &own)
{
    composition.credentials().keepInMemory(key.provider);
    AccountSecrets secrets{.servers = {own.url().toString()}};
    if (key.type == AccountKey::Type::ApiKey) {
        secrets.apiKey = Secret("canary");
    } else {
        secrets.signsWith = Credential::Type::OAuthToken;
        secrets.accessToken = Secret("canary");
        secrets.refreshToken = Secret("canary");
        secrets.accessTokenExpiresAt
            = QDateTime::currentDateTimeUtc().addSecs(deed == Deed::Renewal ? -60 : 86400);
    }
    QVERIFY(!await(composition.credentials().save({.key = key}, secrets)));
}

std::optional<Error> ask(Composition &composition, const AccountKey &key)
{
    ChatSession session(composition.chatClient());
    session.setTarget(*composition.providerOf(key), key, u"m"_s);
    QSignalSpy finished(&session, &ChatSession::answerFinished);
    session.send(u"How do you do?"_s);
    return finished.isEmpty() && !finished.wait(20000)
        ? Error{Error::Kind::Unknown, u"It never ended."_s}
        : finished[0][0].value<std::optional<Error>>();
}

void signOut(Composition &composition, const AccountKey &key)
{
    const auto signOut = composition.makeSignOut(key, SignOut::Reach::Provider);
    QSignalSpy finished(signOut.get(), &SignOut::finished);
    signOut->start();
    QTRY_COMPARE(finished.size(), 1);
}

} // namespace

void tst_BoundCredentials::init() { m_folder = std::make_unique<QTemporaryDir>(); }

Configuration tst_BoundCredentials::configurationFor(const FaultServer &server) const
{
    Configuration configuration;
    configuration.openAi.baseUrl = server.url(u"/v1"_s);
    return configuration;
}

std::optional<Error> tst_BoundCredentials::askForModels(Composition &composition)
{
    const Result<Account> account = composition.accountFor(u"openai"_s);
    if (!account) {
        return account.error();
    }
    const auto models = await(
        composition.chatClient().listModels(*composition.providerOf(account->key), account->key));
    return models ? std::nullopt : std::optional(models.error());
}

void tst_BoundCredentials::sendsASavedKeyToItsOwnServerAlone()
{
    FaultServer own;
    own.setScripts(
        {Fault::answer(Fault::http("200 OK", "Content-Type: application/json\r\n", ModelsBody))});
    FaultServer other;
    other.setScripts(
        {Fault::answer(Fault::http("200 OK", "Content-Type: application/json\r\n", ModelsBody))});
    {
        Composition composition(configurationFor(own), m_folder->path());
        await(composition.open());
        QVERIFY(!await(composition.vault().makeWithPassphrase(Passphrase)));
        const auto signIn = composition.makeSignIn(
            *composition.providerOf({u"openai"_s, AccountKey::Type::ApiKey}), Secret("sk-canary"));
        QSignalSpy finished(signIn.get(), &SignIn::finished);
        signIn->start();
        QTRY_COMPARE(finished.size(), 1);
        QVERIFY(finished[0][0].value<Result<SignedIn>>());
        QCOMPARE(askForModels(composition), std::nullopt);
    }
    QVERIFY(own.received().contains("sk-canary"));

    Composition composition(configurationFor(other), m_folder->path());
    await(composition.open());
    QVERIFY(!await(composition.vault().unlock(Passphrase)));
    const auto error = askForModels(composition);
    QVERIFY(error);
    QCOMPARE(error->kind, Error::Kind::Configuration);
    QVERIFY(error->message.contains(own.url().authority()));
    QVERIFY(error->message.contains(other.url().authority()));
    QCOMPARE(other.accepted(), 0);
    // It can be given up there all the same.
    const AccountKey key = composition.accountFor(u"openai"_s)->key;
    const auto signOut = composition.makeSignOut(key, SignOut::Reach::ThisComputer);
    QSignalSpy signedOut(signOut.get(), &SignOut::finished);
    signOut->start();
    QTRY_COMPARE(signedOut.size(), 1);
    QVERIFY(!composition.accountFor(u"openai"_s));
    QCOMPARE(other.accepted(), 0);
}

void tst_BoundCredentials::takesTheKeyOfTheEnvironmentAlong()
{
    FaultServer server;
    server.setScripts(
        {Fault::answer(Fault::http("200 OK", "Content-Type: application/json\r\n", ModelsBody))});
    Configuration configuration = configurationFor(server);
    configuration.openAi.apiKey = Secret("sk-environment");
    Composition composition(configuration, m_folder->path());
    await(composition.open());
    QCOMPARE(askForModels(composition), std::nullopt);
    QVERIFY(server.received().contains("sk-environment"));
}

void tst_BoundCredentials::bringsNoSecretToAnotherServer_data()
{
    QTest::addColumn<Deed>("deed");
    QTest::addColumn<AccountKey::Type>("type");
    QTest::addColumn<Address>("changed");

    for (const auto &[deed, name] :
         {std::pair{Deed::Chat, "a question"}, std::pair{Deed::Models, "the models"},
          std::pair{Deed::Renewal, "a renewal"}, std::pair{Deed::Revocation, "a revocation"}}) {
        for (const auto &[address, where] :
             {std::pair{Address::Api, "the API"}, std::pair{Address::Tokens, "the tokens"},
              std::pair{Address::Revocation, "the revocation"}}) {
            QTest::addRow("%s by a token, %s elsewhere", name, where)
                << deed << AccountKey::Type::OAuth << address;
        }
        if (deed != Deed::Renewal) { // a key has none
            QTest::addRow("%s by a key", name) << deed << AccountKey::Type::ApiKey << Address::Api;
        }
    }
}

void tst_BoundCredentials::bringsNoSecretToAnotherServer()
{
    QFETCH(Deed, deed);
    QFETCH(AccountKey::Type, type);
    QFETCH(Address, changed);
    const AccountKey key{u"openai"_s, type, u"someone"_s};

    for (const bool isChanged : {false, true}) {
        FaultServer own;
        FaultServer other;
        for (FaultServer *server : {&own, &other}) {
            server->setScripts({Fault::answer(
                Fault::http("200 OK", "Content-Type: application/json\r\n", ModelsBody))});
        }
        const auto serverOf = [&](Address address) -> const FaultServer & {
            return isChanged && address == changed ? other : own;
        };
        Configuration configuration = configurationFor(serverOf(Address::Api));
        configuration.openAiOAuth.tokenUrl = serverOf(Address::Tokens).url(u"/token"_s);
        configuration.openAiOAuth.revokeUrl = serverOf(Address::Revocation).url(u"/revoke"_s);
        Composition composition(configuration, m_folder->path());
        save(composition, key, deed, own);

        std::optional<Error> error;
        switch (deed) {
        case Deed::Chat:
        case Deed::Renewal:
            error = ask(composition, key);
            break;
        case Deed::Models:
            error = askForModels(composition);
            break;
        case Deed::Revocation:
            signOut(composition, key);
            break;
        }
        const bool isSent
            = !isChanged && (deed != Deed::Revocation || type == AccountKey::Type::OAuth);
        QCOMPARE(own.received().contains("canary"), isSent);
        QCOMPARE(other.accepted(), 0);
        if (isChanged && deed != Deed::Revocation) {
            QVERIFY(error);
            QVERIFY2(error->kind == Error::Kind::Configuration, qPrintable(error->message));
        }
        QVERIFY(isChanged || deed != Deed::Models || !error);
    }
}

QTEST_GUILESS_MAIN(tst_BoundCredentials)
#include "tst_boundcredentials.moc"
