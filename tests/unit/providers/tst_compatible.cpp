// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/compatibleprovider.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_Compatible : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnAddress_data();
    void readsAnAddress();
    void refusesWhatIsNoAddress_data();
    void refusesWhatIsNoAddress();
    void asksBelowTheAddress();
    void sendsNoKeyWhereThereIsNone();
    void readsEveryListOfModels_data();
    void readsEveryListOfModels();
    void saysWhatAnAnswerMeans_data();
    void saysWhatAnAnswerMeans();
};

namespace {

Provider local() { return OpenAi::compatibleProvider(QUrl(u"http://localhost:11434/v1"_s)); }

} // namespace

void tst_Compatible::readsAnAddress_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("address");
    const auto row = [](const QString &typed, const QString &address) {
        QTest::newRow(qPrintable(typed)) << typed << address;
    };
    row(u"https://server.example/v1"_s, u"https://server.example/v1"_s);
    row(u"  https://server.example/v1\n"_s, u"https://server.example/v1"_s);
    row(u"https://server.example/v1/"_s, u"https://server.example/v1"_s);
    row(u"https://server.example"_s, u"https://server.example"_s);
    row(u"https://server.example/"_s, u"https://server.example"_s);
    row(u"HTTPS://Server.Example:443/V1"_s, u"https://server.example/V1"_s);
    row(u"https://server.example:8443/openai/v1"_s, u"https://server.example:8443/openai/v1"_s);
    row(u"server.example/v1"_s, u"https://server.example/v1"_s);
    row(u"localhost:11434/v1"_s, u"http://localhost:11434/v1"_s);
    row(u"127.0.0.1:8080"_s, u"http://127.0.0.1:8080"_s);
    row(u"http://[::1]:8080/v1"_s, u"http://[::1]:8080/v1"_s);
    row(u"http://localhost:80/v1"_s, u"http://localhost/v1"_s);
    row(u"https://server.example/a/../v1"_s, u"https://server.example/v1"_s);
    row(u"https://bücher.example/v1"_s, u"https://xn--bcher-kva.example/v1"_s);
    row(u"https://аpple.com/v1"_s, u"https://xn--pple-43d.com/v1"_s); // a Cyrillic а
}

void tst_Compatible::readsAnAddress()
{
    QFETCH(QString, typed);
    QFETCH(QString, address);
    const auto url = OpenAi::readBaseUrl(typed);
    QVERIFY2(url, url ? "" : qPrintable(url.error().message));
    QCOMPARE(QString::fromLatin1(url->toEncoded()), address);
    // What is kept reads as what it is.
    QCOMPARE(*OpenAi::readBaseUrl(address), *url);
}

void tst_Compatible::refusesWhatIsNoAddress_data()
{
    QTest::addColumn<QString>("said");
    const auto row = [](const char *typed, const QString &said) { QTest::newRow(typed) << said; };
    row("", u"No address"_s);
    row("   ", u"No address"_s);
    row("http://server.example/v1", u"must begin with https"_s);
    row("http://192.168.1.5:11434/v1", u"must begin with https"_s);
    row("http://localhost.evil.example/v1", u"must begin with https"_s);
    row("http://127.0.0.1.evil.example/v1", u"must begin with https"_s);
    row("http://0.0.0.0:11434", u"must begin with https"_s);
    row("ftp://server.example", u"must begin with https"_s);
    row("file:///etc/passwd", u"not the address"_s);
    row("javascript://server.example/%0aalert(1)", u"must begin with https"_s);
    row("https://ada:secret@server.example/v1", u"user name"_s);
    row("https://localhost@evil.example/v1", u"user name"_s);
    row("https://server.example/v1?key=1", u"? or #"_s);
    row("https://server.example/v1#part", u"? or #"_s);
    row("https://", u"not the address"_s);
    row("https:///v1", u"not the address"_s);
    row("https://server.example:0/v1", u"not the address"_s);
    row("https://server.example:99999/v1", u"not the address"_s);
    row("https://server example/v1", u"not the address"_s);
    row("https://server.example/v1\nHost: evil", u"not the address"_s);
    row("https://server.example\\@evil.example", u"not the address"_s);
    row("https://\xE2\x80\xAEserver.example", u"not the address"_s);
    row("sk-proj-1234 5678", u"not the address"_s);
    row("\x01\x02\x7f", u"not the address"_s);
    QTest::newRow("beyond measure") << u"not the address"_s;
}

void tst_Compatible::refusesWhatIsNoAddress()
{
    const QByteArray tag = QTest::currentDataTag();
    const QString typed = tag == "beyond measure"
        ? u"https://server.example/"_s + QString(5000, u'v')
        : QString::fromUtf8(tag);
    const auto url = OpenAi::readBaseUrl(typed);
    QVERIFY2(!url, url ? url->toEncoded().constData() : "");
    QCOMPARE(url.error().kind, Error::Kind::InvalidRequest);
    QFETCH(QString, said);
    QVERIFY2(url.error().message.contains(said), qPrintable(url.error().message));
    QVERIFY(!url.error().message.contains(u"secret"_s));
}

void tst_Compatible::asksBelowTheAddress()
{
    const Provider provider = local();
    QCOMPARE(provider.id, u"compatible"_s);
    QCOMPARE(provider.api, u"chat"_s);
    QCOMPARE(provider.name, u"localhost:11434"_s);
    QCOMPARE(OpenAi::compatibleProvider(QUrl(u"https://xn--bcher-kva.example/v1"_s)).name,
             u"xn--bcher-kva.example"_s);
    QCOMPARE(provider.makeModelsRequest(provider).url, QUrl(u"http://localhost:11434/v1/models"_s));
    QCOMPARE(provider.makeChatRequest(provider, {u"m"_s, {{}, {Prompt{u"Hi"_s}}}}).url,
             QUrl(u"http://localhost:11434/v1/chat/completions"_s));
}

void tst_Compatible::sendsNoKeyWhereThereIsNone()
{
    const Provider provider = local();
    QCOMPARE(provider.authorize({Credential::Type::None, {}}), HttpHeaders{});
    QCOMPARE(provider.authorize({Credential::Type::ApiKey, Secret("k")}),
             (HttpHeaders{{"Authorization", "Bearer k"}}));
}

void tst_Compatible::readsEveryListOfModels_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QStringList>("models");
    const QStringList two{u"llama3.3:70b-instruct"_s, u"whisper-1"_s};
    QTest::newRow("as OpenAI")
        << R"({"object":"list","data":[{"id":"llama3.3:70b-instruct"},{"id":"whisper-1"}]})"_ba
        << two;
    QTest::newRow("a bare array") << R"([{"id":"llama3.3:70b-instruct"},{"id":"whisper-1"}])"_ba
                                  << two;
    QTest::newRow("none") << R"({"object":"list","data":[]})"_ba << QStringList{};
    QTest::newRow("null") << R"({"object":"list","data":null})"_ba << QStringList{};
    QTest::newRow("names that are none")
        << R"({"data":[{"id":1},{"id":""},{},"x",null,{"id":"m"}]})"_ba << QStringList{u"m"_s};
    QTest::newRow("a page") << "<html>Ollama is running</html>"_ba << QStringList{};
    QTest::newRow("garbage") << "\xff\x00{["_ba << QStringList{};
}

void tst_Compatible::readsEveryListOfModels()
{
    QFETCH(QByteArray, body);
    QTEST(local().readModels(body), "models");
}

void tst_Compatible::saysWhatAnAnswerMeans_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("advice");
    QTest::newRow("wants a key") << 401 << "{}"_ba << Error::Kind::AuthenticationRequired
                                 << u"wants an API key"_s << u"Enter a key"_s;
    QTest::newRow("nothing there") << 404 << "404 page not found"_ba << Error::Kind::InvalidRequest
                                   << u"nothing for us"_s << u"usually ends in /v1"_s;
    QTest::newRow("no such model")
        << 404 << R"({"error":{"message":"model 'x' not found","code":"model_not_found"}})"_ba
        << Error::Kind::ModelNotFound << u"does not know this model"_s << u"another model"_s;
    QTest::newRow("elsewhere") << 308 << ""_ba << Error::Kind::InvalidResponse
                               << u"another address"_s << u"trust"_s;
    QTest::newRow("no credit") << 429 << R"({"error":{"code":"insufficient_quota"}})"_ba
                               << Error::Kind::QuotaExceeded << u"localhost:11434"_s
                               << u"billing"_s;
}

void tst_Compatible::saysWhatAnAnswerMeans()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const Error error = local().readError(local(), {status, {}, body});
    QTEST(error.kind, "kind");
    QFETCH(QString, said);
    QVERIFY2(error.message.contains(said), qPrintable(error.message));
    QFETCH(QString, advice);
    QVERIFY2(error.advice.contains(advice), qPrintable(error.advice));
    QVERIFY(!error.advice.contains(u"ChatGPT"_s)); // this is somebody else's server
}

QTEST_GUILESS_MAIN(tst_Compatible)
#include "tst_compatible.moc"
