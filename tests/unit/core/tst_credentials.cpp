// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/memorycredentials.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_Credentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void secretsCompareByContent();
    void aMovedSecretIsEmpty();
    void signsWithWhatTheSignInSays();
    void keepsAccountsApartByTheirKey();
    void hasNothingForAnUnknownAccount();
    void tokensAloneDoNotSignWhereAKeyIsNeeded();
};

void tst_Credentials::secretsCompareByContent()
{
    QVERIFY(Secret("abc") == Secret("abc"));
    QVERIFY(!(Secret("abc") == Secret("abd")));
    QVERIFY(!(Secret("abc") == Secret("ab")));
    QVERIFY(equalInConstantTime("", ""));
}

void tst_Credentials::aMovedSecretIsEmpty()
{
    Secret first("abc");
    const Secret second = std::move(first);
    QCOMPARE(second.reveal(), QByteArray("abc"));
    Secret copy = second;
    copy = Secret();
    QCOMPARE(second.reveal(), QByteArray("abc"));
}

void tst_Credentials::signsWithWhatTheSignInSays()
{
    AccountSecrets secrets{.apiKey = Secret("key"), .accessToken = Secret("token")};
    QCOMPARE(credentialOf(secrets)->secret.reveal(), QByteArray("key"));
    secrets.signsWith = Credential::Type::OAuthToken;
    QCOMPARE(credentialOf(secrets)->secret.reveal(), QByteArray("token"));
}

void tst_Credentials::keepsAccountsApartByTheirKey()
{
    MemoryCredentials credentials;
    const Account a{.key = {u"openai"_s, AccountKey::Type::OAuth, u"a"_s},
                    .email = u"same@example.com"_s};
    const Account b{.key = {u"openai"_s, AccountKey::Type::OAuth, u"b"_s},
                    .email = u"same@example.com"_s};
    credentials.save(a, {.apiKey = Secret("1")});
    credentials.save(b, {.apiKey = Secret("2")});
    credentials.save(a, {.apiKey = Secret("3")});
    QCOMPARE(credentials.accounts(), (QList{a, b}));
    QCOMPARE(credentials.secretsOf(a.key).result()->apiKey.reveal(), QByteArray("3"));
    QCOMPARE(credentials.secretsOf(b.key).result()->apiKey.reveal(), QByteArray("2"));
    credentials.remove(a.key);
    QCOMPARE(credentials.accounts(), QList{b});
}

void tst_Credentials::hasNothingForAnUnknownAccount()
{
    MemoryCredentials credentials;
    const auto secrets = credentials.secretsOf({u"openai"_s}).result();
    QVERIFY(!secrets);
    QCOMPARE(secrets.error().kind, Error::Kind::AuthenticationRequired);
}

void tst_Credentials::tokensAloneDoNotSignWhereAKeyIsNeeded()
{
    QVERIFY(!credentialOf({.accessToken = Secret("token")}));
}

QTEST_GUILESS_MAIN(tst_Credentials)
#include "tst_credentials.moc"
