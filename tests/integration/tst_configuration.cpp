// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "configuration.h"
#include "support/certificates.h"

#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_Configuration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isEmptyWithoutVariables();
    void readsEveryVariable();
    void namesTheVariableThatIsWrong_data();
    void namesTheVariableThatIsWrong();
    void neverRepeatsAValueInAnError();
    void takesTheSecretsOutOfTheEnvironment();
    void readsWhoElseIsTrusted();
    void namesAFileThatHoldsNoCertificates_data();
    void namesAFileThatHoldsNoCertificates();
};

void tst_Configuration::isEmptyWithoutVariables()
{
    const auto configuration = readConfiguration(QProcessEnvironment());
    QVERIFY(configuration);
    QVERIFY(configuration->openAi.apiKey.isEmpty());
    QVERIFY(!configuration->openAi.baseUrl);
    QVERIFY(!configuration->openAiOAuth.clientId);
}

void tst_Configuration::readsEveryVariable()
{
    QProcessEnvironment environment;
    environment.insert(u"OPENAI_OAUTH_CLIENT_ID"_s, u"app_1"_s);
    environment.insert(u"OPENAI_OAUTH_CLIENT_SECRET"_s, u"hush"_s);
    environment.insert(u"OPENAI_OAUTH_AUTHORIZE_URL"_s, u"https://auth.example/authorize"_s);
    environment.insert(u"OPENAI_OAUTH_TOKEN_URL"_s, u"http://localhost:8080/token"_s);
    environment.insert(u"OPENAI_OAUTH_SCOPES"_s, u"openid  email"_s);
    environment.insert(u"OPENAI_BASE_URL"_s, u"http://127.0.0.1:1234/v1/"_s);
    environment.insert(u"OPENAI_API_KEY"_s, u" sk-1 "_s);
    environment.insert(u"OPENAI_ORGANIZATION"_s, u"org-1"_s);
    environment.insert(u"OPENAI_PROJECT"_s, u"proj_1"_s);
    environment.insert(u"CHATGPT_BASE_URL"_s, u"http://127.0.0.1:2/v1"_s);
    environment.insert(u"CHATGPT_OAUTH_ISSUER"_s, u"http://127.0.0.1:3/"_s);
    environment.insert(u"CHATGPT_OAUTH_KEYS_URL"_s, u"http://127.0.0.1:3/jwks"_s);
    environment.insert(u"ANTHROPIC_OAUTH_CLIENT_ID"_s, u"c2"_s);
    environment.insert(u"ANTHROPIC_BASE_URL"_s, u"http://[::1]:1/"_s);
    environment.insert(u"ANTHROPIC_API_KEY"_s, u"sk-ant"_s);
    environment.insert(u"GOOGLE_API_KEY"_s, u"AIza"_s);
    environment.insert(u"MAESTRO_SILENCE_LIMIT"_s, u"1800"_s);

    const auto configuration = readConfiguration(environment);
    QVERIFY(configuration);
    QCOMPARE(configuration->openAiOAuth.clientId, std::optional(u"app_1"_s));
    QCOMPARE(configuration->openAiOAuth.clientSecret.reveal(), QByteArray("hush"));
    QCOMPARE(configuration->openAiOAuth.authorizeUrl,
             std::optional(QUrl(u"https://auth.example/authorize"_s)));
    QCOMPARE(configuration->openAiOAuth.tokenUrl,
             std::optional(QUrl(u"http://localhost:8080/token"_s)));
    QCOMPARE(configuration->openAiOAuth.scopes, (QStringList{u"openid"_s, u"email"_s}));
    QCOMPARE(configuration->openAi.baseUrl, std::optional(QUrl(u"http://127.0.0.1:1234/v1"_s)));
    QCOMPARE(configuration->openAi.apiKey.reveal(), QByteArray("sk-1"));
    QCOMPARE(configuration->openAi.apiKeyVariable, u"OPENAI_API_KEY"_s);
    QCOMPARE(configuration->openAi.headers,
             (HttpHeaders{{"OpenAI-Organization", "org-1"}, {"OpenAI-Project", "proj_1"}}));
    QCOMPARE(configuration->chatGpt.baseUrl, std::optional(QUrl(u"http://127.0.0.1:2/v1"_s)));
    QCOMPARE(configuration->chatGptOAuth.issuer, std::optional(QUrl(u"http://127.0.0.1:3"_s)));
    QCOMPARE(configuration->chatGptOAuth.keysUrl,
             std::optional(QUrl(u"http://127.0.0.1:3/jwks"_s)));
    QCOMPARE(configuration->anthropicOAuth.clientId, std::optional(u"c2"_s));
    QCOMPARE(configuration->anthropic.baseUrl, std::optional(QUrl(u"http://[::1]:1"_s)));
    QCOMPARE(configuration->anthropic.apiKey.reveal(), QByteArray("sk-ant"));
    QCOMPARE(configuration->gemini.apiKeyVariable, u"GOOGLE_API_KEY"_s);
    QCOMPARE(configuration->silenceLimit, std::optional(std::chrono::seconds(1800)));

    environment.insert(u"GEMINI_API_KEY"_s, u"first"_s);
    QCOMPARE(readConfiguration(environment)->gemini.apiKey.reveal(), QByteArray("first"));
}

void tst_Configuration::namesTheVariableThatIsWrong_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("value");

    for (const char *name :
         {"OPENAI_OAUTH_CLIENT_ID", "OPENAI_OAUTH_CLIENT_SECRET", "OPENAI_OAUTH_AUTHORIZE_URL",
          "OPENAI_OAUTH_TOKEN_URL", "OPENAI_OAUTH_REVOKE_URL", "OPENAI_OAUTH_SCOPES",
          "OPENAI_BASE_URL", "OPENAI_API_KEY", "OPENAI_ORGANIZATION", "OPENAI_PROJECT",
          "ANTHROPIC_OAUTH_CLIENT_ID", "ANTHROPIC_OAUTH_AUTHORIZE_URL", "ANTHROPIC_OAUTH_TOKEN_URL",
          "ANTHROPIC_BASE_URL", "ANTHROPIC_API_KEY", "GEMINI_BASE_URL", "GEMINI_API_KEY",
          "GOOGLE_API_KEY"}) {
        QTest::addRow("%s empty", name) << QString::fromLatin1(name) << QString();
        QTest::addRow("%s blank", name) << QString::fromLatin1(name) << u"  "_s;
        QTest::addRow("%s with a line break", name) << QString::fromLatin1(name) << u"a\nb"_s;
        QTest::addRow("%s not ASCII", name) << QString::fromLatin1(name) << u"schlüssel"_s;
        QTest::addRow("%s too long", name) << QString::fromLatin1(name) << QString(100'000, u'x');
    }
    for (const char *name : {"OPENAI_BASE_URL", "OPENAI_OAUTH_TOKEN_URL", "OPENAI_OAUTH_REVOKE_URL",
                             "ANTHROPIC_OAUTH_AUTHORIZE_URL", "GEMINI_BASE_URL"}) {
        for (const char *address :
             {"api.example", "http://api.example", "ftp://api.example", "https://",
              "https://user:pw@api.example", "https://api.example/?key=1", "https://api.example/#x",
              "file:///etc/passwd", "http://localhost.evil.example",
              "http://127.0.0.1.evil.example", "https://api .example", "javascript:alert(1)"}) {
            QTest::addRow("%s %s", name, address)
                << QString::fromLatin1(name) << QString::fromLatin1(address);
        }
    }
    for (const char *limit : {"", "9", "86401", "-60", "1e3", "60 s", "inf", "99999999999999"}) {
        QTest::addRow("a silence of %s", limit)
            << u"MAESTRO_SILENCE_LIMIT"_s << QString::fromLatin1(limit);
    }
    QTest::newRow("key with a space") << u"OPENAI_API_KEY"_s << u"sk 1"_s;
}

void tst_Configuration::namesTheVariableThatIsWrong()
{
    QFETCH(QString, variable);
    QFETCH(QString, value);

    QProcessEnvironment environment;
    environment.insert(variable, value);
    const auto configuration = readConfiguration(environment);
    QVERIFY(!configuration);
    QCOMPARE(configuration.error().kind, Error::Kind::Configuration);
    QVERIFY2(configuration.error().message.contains(variable),
             qPrintable(configuration.error().message));
    QVERIFY(!configuration.error().advice.isEmpty());
}

void tst_Configuration::neverRepeatsAValueInAnError()
{
    QProcessEnvironment environment;
    environment.insert(u"OPENAI_BASE_URL"_s, u"https://canary:canary@api.example"_s);
    const Error error = readConfiguration(environment).error();
    QVERIFY(!(error.message + error.advice + error.detail).contains(u"canary"_s));
}

void tst_Configuration::takesTheSecretsOutOfTheEnvironment()
{
    for (const char *name : {"OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY",
                             "GOOGLE_API_KEY", "OPENAI_OAUTH_CLIENT_SECRET"}) {
        qputenv(name, "canary");
    }
    qputenv("OPENAI_PROJECT", "kept");
    forgetSecretsOfEnvironment();
    QVERIFY(
        !QProcessEnvironment::systemEnvironment().toStringList().join(u'\n').contains(u"canary"_s));
    QCOMPARE(qgetenv("OPENAI_PROJECT"), QByteArray("kept"));
}

void tst_Configuration::readsWhoElseIsTrusted()
{
    const Authority authority("Acme");
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"zertifikate für uns.pem"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(authority.pem());
    file.close();
    QProcessEnvironment environment;
    environment.insert(u"MAESTRO_CA_FILE"_s, path);
    const auto configuration = readConfiguration(environment);
    QVERIFY(configuration);
    QCOMPARE(configuration->authorities, QList<QSslCertificate>{authority.certificate()});
    QVERIFY(readConfiguration(QProcessEnvironment())->authorities.isEmpty());
}

void tst_Configuration::namesAFileThatHoldsNoCertificates_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray pem = Authority("Acme").pem();
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("words") << QByteArray("certificate");
    QTest::newRow("cut off") << pem.chopped(40);
    QTest::newRow("too much") << pem + QByteArray(2 * 1024 * 1024, '\n');
}

void tst_Configuration::namesAFileThatHoldsNoCertificates()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"acme.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    for (const QString &path :
         {file.fileName(), folder.path(), folder.filePath(u"missing.pem"_s), QString()}) {
        QProcessEnvironment environment;
        environment.insert(u"MAESTRO_CA_FILE"_s, path);
        const auto configuration = readConfiguration(environment);
        QVERIFY(!configuration);
        QCOMPARE(configuration.error().kind, Error::Kind::Configuration);
        QVERIFY(configuration.error().message.contains(u"MAESTRO_CA_FILE"_s));
        QCOMPARE(configuration.error().message.contains(u"acme.pem"_s), path == file.fileName());
    }
}

QTEST_GUILESS_MAIN(tst_Configuration)
#include "tst_configuration.moc"
