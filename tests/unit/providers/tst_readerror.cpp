// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decoding.h"

#include <QDir>

using namespace Maestro;
using namespace Maestro::Decoding;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Kind = Error::Kind;
using Delay = std::optional<std::chrono::milliseconds>;

class tst_ReadError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatAReplyMeans_data();
    void saysWhatAReplyMeans();
    void readsHowLongToWait_data();
    void readsHowLongToWait();
    void saysThatAPlanIsNoCredit();
    void keepsTheProvidersWordsSafeToShow();
    void survivesNoise();
    void recognizesRecordedReplies_data();
    void recognizesRecordedReplies();
};

namespace {

Error read(const char *provider, int status, const QByteArray &body,
           const HttpHeaders &headers = {})
{
    const Provider row = providerOf(provider);
    return row.readError(row, {status, headers, body});
}

} // namespace

void tst_ReadError::saysWhatAReplyMeans_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    const auto row
        = [](const char *name, const char *provider, int status, const QByteArray &body,
             Kind kind) { QTest::newRow(name) << QByteArray(provider) << status << body << kind; };
    row("OpenAI: no credit", "openai", 429,
        R"({"error":{"message":"You exceeded your current quota","type":"insufficient_quota","code":"insufficient_quota"}})",
        Kind::QuotaExceeded);
    row("OpenAI: too fast", "openai", 429,
        R"({"error":{"message":"Rate limit reached","type":"tokens","code":"rate_limit_exceeded"}})",
        Kind::RateLimited);
    row("OpenAI: slow down", "openai", 503,
        R"({"error":{"message":"Slow down","type":"server_error","code":"slow_down"}})",
        Kind::RateLimited);
    row("OpenAI: wrong key", "openai", 401,
        R"({"error":{"message":"Incorrect API key provided","type":"invalid_request_error","code":"invalid_api_key"}})",
        Kind::AuthenticationRequired);
    row("OpenAI: forbidden", "openai", 403,
        R"({"error":{"message":"No","type":"invalid_request_error","code":null}})",
        Kind::PermissionDenied);
    row("OpenAI: server error", "openai", 500,
        R"({"error":{"message":"Oops","type":"server_error"}})", Kind::ServerFailure);
    row("xAI: a word for an error", "openai", 400,
        R"({"code":"Client specified an invalid argument","error":"Incorrect API key provided: xx"})",
        Kind::AuthenticationRequired);
    row("OpenRouter: a number for a code", "openai", 200,
        R"({"error":{"code":402,"message":"Insufficient credits"}})", Kind::QuotaExceeded);
    row("a gateway's page", "openai", 502,
        "<html><head><title>502</title><style>a{}</style></head><body><h1>Bad "
        "gateway</h1></body></html>",
        Kind::Overloaded);
    row("nothing at all", "openai", 500, "", Kind::ServerFailure);
    row("Anthropic: overloaded", "anthropic", 529,
        R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}})",
        Kind::Overloaded);
    row("Anthropic: too large, by Cloudflare", "anthropic", 413,
        "<html>413 Request Entity Too Large</html>", Kind::TooLarge);
    row("Anthropic: no credit", "anthropic", 400,
        R"({"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the API."}})",
        Kind::QuotaExceeded);
    row("Anthropic: billing", "anthropic", 402,
        R"({"type":"error","error":{"type":"billing_error","message":"Pay"}})",
        Kind::QuotaExceeded);
    row("Gemini: unavailable", "gemini", 503,
        R"({"error":{"code":503,"message":"Busy","status":"UNAVAILABLE"}})", Kind::Overloaded);
    row("Gemini: in an array", "gemini", 503,
        R"([{"error":{"code":503,"message":"Busy","status":"UNAVAILABLE"}}])", Kind::Overloaded);
    row("Gemini: the day is used up", "gemini", 429,
        R"({"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"RequestsPerDay"}]}]}})",
        Kind::QuotaExceeded);
}

void tst_ReadError::saysWhatAReplyMeans()
{
    QFETCH(QByteArray, provider);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    const Error error = read(provider.constData(), status, body);
    QTEST(error.kind, "kind");
    QVERIFY(error.message.endsWith(u'.'));
    QVERIFY(!error.message.contains(u'%'));
    QVERIFY(error.advice.endsWith(u'.'));
    QVERIFY(error.detail.contains(u"HTTP %1"_s.arg(status)));
    QVERIFY(!error.detail.contains(u'<'));
}

void tst_ReadError::readsHowLongToWait_data()
{
    QTest::addColumn<HttpHeaders>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Delay>("delay");
    QTest::newRow("milliseconds first")
        << HttpHeaders{{"Retry-After", "2"}, {"retry-after-ms", "1500"}} << QByteArray()
        << Delay(1500ms);
    QTest::newRow("seconds") << HttpHeaders{{"Retry-After", "20"}} << QByteArray() << Delay(20s);
    QTest::newRow("a date that is past")
        << HttpHeaders{{"retry-after", "Wed, 21 Oct 2015 07:28:00 GMT"}} << QByteArray()
        << Delay(0ms);
    QTest::newRow("words") << HttpHeaders()
                           << QByteArray(
                                  R"({"error":{"message":"Please try again in 11.054s. Visit"}})")
                           << Delay(11054ms);
    QTest::newRow("words in milliseconds")
        << HttpHeaders() << QByteArray(R"({"error":{"message":"Please try again in 28ms."}})")
        << Delay(28ms);
    QTest::newRow("words with minutes")
        << HttpHeaders() << QByteArray(R"({"error":{"message":"Please try again in 1m30s."}})")
        << Delay(90s);
    QTest::newRow("Google's details")
        << HttpHeaders()
        << QByteArray(
               R"({"error":{"message":"x","details":[{"@type":"RetryInfo","retryDelay":"34.5s"}]}})")
        << Delay(34500ms);
    QTest::newRow("nonsense") << HttpHeaders{{"retry-after", "soon"}} << QByteArray() << Delay();
    QTest::newRow("negative") << HttpHeaders{{"retry-after", "-1"}} << QByteArray() << Delay();
    QTest::newRow("for ever") << HttpHeaders{{"retry-after", "1e300"}} << QByteArray()
                              << Delay(24h);
    QTest::newRow("by its own clock")
        << HttpHeaders{{"Date", "Sun, 06 Nov 1994 08:49:00 GMT"},
                       {"Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"}}
        << QByteArray() << Delay(37s);
    QTest::newRow("a date as of old")
        << HttpHeaders{{"Date", "Sun, 06 Nov 2044 08:49:00 GMT"},
                       {"Retry-After", "Sunday, 06-Nov-44 08:49:37 GMT"}}
        << QByteArray() << Delay(37s);
    QTest::newRow("a date that is none")
        << HttpHeaders{{"Retry-After", "Sun, 99 Nov 2044 08:49:00 GMT"}} << QByteArray() << Delay();
    QTest::newRow("a date as C writes it")
        << HttpHeaders{{"Date", "Sun, 06 Nov 1994 08:49:00 GMT"},
                       {"Retry-After", "Sun Nov  6 08:49:37 1994"}}
        << QByteArray() << Delay(37s);
}

void tst_ReadError::readsHowLongToWait()
{
    QFETCH(HttpHeaders, headers);
    QFETCH(QByteArray, body);
    for (const char *provider : {"openai", "anthropic", "gemini"}) {
        QTEST(read(provider, 429, body, headers).retryAfter, "delay");
        QCOMPARE(read(provider, 400, body, headers).retryAfter, Delay()); // waiting does not help
    }
}

void tst_ReadError::saysThatAPlanIsNoCredit()
{
    const Error error = read(
        "openai", 429,
        R"({"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}})",
        {{"retry-after", "1"}});
    QVERIFY(error.advice.contains(u"ChatGPT plan"_s));
    QCOMPARE(error.retryAfter, Delay());
}

void tst_ReadError::keepsTheProvidersWordsSafeToShow()
{
    const QByteArray body
        = R"({"error":{"message":"Wrong key sk-proj-abcdefghijklmnop\u202e\u0007 or Bearer hush","code":"x\ny"}})";
    const Error error = read("openai", 400, body, {{"X-Request-Id", "req_7\r\nEvil: 1"}});
    QCOMPARE(error.detail,
             u"Wrong key […] or Bearer […]\nHTTP 400, x\ny, request id req_7\nEvil: 1"_s);
    const Error longOne
        = read("openai", 400, R"({"error":{"message":")" + QByteArray(100'000, 'x') + R"("}})");
    QVERIFY(longOne.detail.size() < 3000);
}

void tst_ReadError::survivesNoise()
{
    for (const char *provider : {"openai", "anthropic", "gemini"}) {
        for (const QByteArray &body :
             {QByteArray("null"), QByteArray("[]"), QByteArray("{\"error\":7}"),
              QByteArray("{\"error\":{}}"), QByteArray("\xFF\xFE\x00<", 4),
              QByteArray("[[[[{\"error\":[]}]]]]"),
              QByteArray(
                  R"({"error":{"message":{},"code":[],"type":7,"details":5,"status":{}}})")}) {
            QCOMPARE(read(provider, 401, body).kind, Kind::AuthenticationRequired);
        }
    }
}

void tst_ReadError::recognizesRecordedReplies_data()
{
    QTest::addColumn<QString>("file");
    const QStringList files
        = QDir(QStringLiteral(MAESTRO_STREAMS "/http-errors")).entryList({u"*.json"_s});
    if (files.isEmpty()) {
        QSKIP("The recorded replies are not here.");
    }
    for (const QString &file : files) {
        QTest::newRow(qPrintable(file)) << file;
    }
}

void tst_ReadError::recognizesRecordedReplies()
{
    QFETCH(QString, file);
    QFile body(QStringLiteral(MAESTRO_STREAMS "/http-errors/") + file);
    QVERIFY(body.open(QIODevice::ReadOnly));
    const QByteArray bytes = body.readAll();
    const QStringList parts = file.split(u"--"_s);
    const QString &who = parts.at(0);
    const int status = parts.at(1).toInt();
    const char *provider = who == "anthropic"_L1   ? "anthropic"
        : who == "gemini"_L1 || who == "vertex"_L1 ? "gemini"
                                                   : "openai";
    const Error error = read(provider, status, bytes);

    const auto says = [&bytes](const char *words) { return bytes.contains(words); };
    Kind kind = Kind::InvalidRequest;
    if (says("invalid_api_key") || says("API_KEY_INVALID")) {
        kind = Kind::AuthenticationRequired;
    } else if (says("prompt is too long") || says("context_length_exceeded")
               || says("exceeds the maximum number of tokens")) {
        kind = Kind::ContextTooLong;
    } else if (says("model_not_found") || says("\"model: ")
               || (status == 404 && says("\"models/"))) {
        kind = Kind::ModelNotFound;
    } else if (status == 403 || says("FAILED_PRECONDITION")) {
        kind = Kind::PermissionDenied;
    } else if (status == 429) {
        kind = says("\"quota_limit_value\": \"0\"") ? Kind::QuotaExceeded : Kind::RateLimited;
    }
    QCOMPARE(toWord(error.kind), toWord(kind));
    QVERIFY(!error.message.isEmpty() && !error.advice.isEmpty());
    QVERIFY(!error.detail.contains(u"AIza"_s));
    if (says("retryDelay")) {
        QCOMPARE(error.retryAfter, Delay(48s));
    }
}

QTEST_GUILESS_MAIN(tst_ReadError)
#include "tst_readerror.moc"
