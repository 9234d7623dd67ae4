// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "composition.h"
#include "support/await.h"
#include "support/faultserver.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

//! Two servers, and a key that was saved for the first.
class tst_BoundCredentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void sendsASavedKeyToItsOwnServerAlone();
    void takesTheKeyOfTheEnvironmentAlong();

private:
    Configuration configurationFor(const FaultServer &server) const;
    std::optional<Error> askForModels(Composition &composition);

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QByteArray Models = R"({"object":"list","data":[{"id":"m","object":"model"}]})";
const Secret Passphrase("a passphrase of some length");

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
    const auto models = await(composition.chatClient().listModels(
        *composition.providerOf(account->key), account->key));
    return models ? std::nullopt : std::optional(models.error());
}

void tst_BoundCredentials::sendsASavedKeyToItsOwnServerAlone()
{
    FaultServer own;
    own.setScripts({Fault::answer(
        Fault::http("200 OK", "Content-Type: application/json\r\n", Models))});
    FaultServer other;
    other.setScripts({Fault::answer(
        Fault::http("200 OK", "Content-Type: application/json\r\n", Models))});
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
    server.setScripts({Fault::answer(
        Fault::http("200 OK", "Content-Type: application/json\r\n", Models))});
    Configuration configuration = configurationFor(server);
    configuration.openAi.apiKey = Secret("sk-environment");
    Composition composition(configuration, m_folder->path());
    await(composition.open());
    QCOMPARE(askForModels(composition), std::nullopt);
    QVERIFY(server.received().contains("sk-environment"));
}

QTEST_GUILESS_MAIN(tst_BoundCredentials)
#include "tst_boundcredentials.moc"
