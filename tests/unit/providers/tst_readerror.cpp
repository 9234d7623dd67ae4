// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "decoding.h"
#include "providers/openai/compatibleprovider.h"

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
    void quotesSentencesAndNoPages();
    void survivesNoise();
    void showsNoKeyBesideHalfACharacter();
    void recognizesRecordedReplies_data();
    void recognizesRecordedReplies();
    void saysWhatAnErrorInTheStreamMeans_data();
    void saysWhatAnErrorInTheStreamMeans();
    void saysTheSameInsideAStream_data();
    void saysTheSameInsideAStream();
};

namespace {

const QString RecordedReplies = QStringLiteral(MAESTRO_RECORDINGS "/http-errors");

Error read(const char *provider, int status, const QByteArray &body,
           const HttpHeaders &headers = {})
{
    const Provider row = providerOf(provider);
    return row.readError(row, {status, headers, body});
}

//! Whether the reason is what was recorded: on one line, without keys, and cut if it is long.
bool isReasonOf(const QString &reason, const QString &recorded)
{
    const qsizetype key = recorded.indexOf("AIza"_L1);
    const QString expected = recorded.left(key < 0 ? recorded.size() : key).simplified();
    if (key >= 0) {
        return reason.startsWith(expected) && reason.contains(u"[…]"_s);
    }
    if (expected.size() <= 300) {
        return reason == expected;
    }
    const QString kept = reason.chopped(1).trimmed();
    return reason.endsWith(u'…') && reason.size() <= 300 && kept.size() > 150
        && expected.startsWith(kept);
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
    const auto limits = [](const QByteArray &requests, const QByteArray &requestsReset,
                           const QByteArray &tokens, const QByteArray &tokensReset) {
        return HttpHeaders{{"x-ratelimit-remaining-requests", requests},
                           {"x-ratelimit-reset-requests", requestsReset},
                           {"X-RateLimit-Remaining-Tokens", tokens},
                           {"X-RateLimit-Reset-Tokens", tokensReset}};
    };
    const auto limit = [](const char *name, const HttpHeaders &headers, Delay delay) {
        QTest::newRow(name) << headers << QByteArray() << delay;
    };
    limit("no requests are left", limits("0", "12ms", "150000", "6m0s"), 12ms);
    limit("no tokens are left", limits("59", "1s", "0", "6s"), 6s);
    limit("neither is left", limits("0", "20s", "0", "1m30.5s"), 90500ms);
    limit("neither is left, tokens sooner", limits("0", "1h2m3s", "0", "5m"), 3723s);
    limit("both are left", limits("1", "20s", "150000", "6m0s"), {});
    limit("what is left is unknown", limits("", "20s", "many", "6m0s"), {});
    limit("less than nothing is left", limits("-1", "20s", "0x0", "6m0s"), {});
    limit("the limit is lifted already", limits("0", "0s", "9", "6m0s"), 0ms);
    limit("fractions", limits("0", "0.5s", "0", "1.5ms"), 500ms);
    limit("one of two is nonsense", limits("0", "soon", "0", "6s"), 6s);
    for (const char *nonsense : {"", "s", "ms", "6", "-6s", "1s2m", "1m 30s", "1e3s", "6s6s",
                                 "NaNs", ".5s", "٦s", "6 days"}) {
        QTest::addRow("a limit lifted in: %s", nonsense)
            << limits("0", nonsense, "9", "1s") << QByteArray() << Delay();
    }
    limit("a limit for ever", limits("0", "999999999999999999h59m", "9", "1s"), 24h);
    limit("a limit of many digits", limits("0", QByteArray(100'000, '9') + "s", "9", "1s"), {});
    limit("Retry-After goes before limits",
          limits("0", "1h", "0", "1h") << HttpHeader{"Retry-After", "3"}, 3s);
    limit("milliseconds go before limits",
          limits("0", "1h", "0", "1h") << HttpHeader{"retry-after-ms", "70"}, 70ms);
    limit("a Retry-After that says nothing",
          limits("0", "1m", "9", "1h") << HttpHeader{"Retry-After", "soon"}, 60s);
    QTest::newRow("words go before limits")
        << limits("0", "1h", "9", "1s")
        << QByteArray(R"({"error":{"message":"Please try again in 2s."}})") << Delay(2s);
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
    QCOMPARE(error.reason, u"Wrong key […] or Bearer […]"_s);
    const Error longOne
        = read("openai", 400, R"({"error":{"message":")" + QByteArray(100'000, 'x') + R"("}})");
    QVERIFY(longOne.detail.size() < 3000);
    QVERIFY(longOne.reason.size() <= 300);
}

void tst_ReadError::quotesSentencesAndNoPages()
{
    QCOMPARE(read("openai", 400, R"({"error":{"message":" One.\n\tTwo. "}})").reason,
             u"One. Two."_s);
    QCOMPARE(read("openai", 400, R"({"error":"One."})").reason, u"One."_s);
    QCOMPARE(read("openai", 503, "no healthy upstream").reason, u"no healthy upstream"_s);
    QCOMPARE(read("openai", 400, R"({"error":{"message":"Use <b>, not &amp;."}})").reason,
             u"Use <b>, not &amp;."_s);
    const Error page = read("openai", 502, "<html><title>502</title><h1>Bad gateway</h1></html>");
    QVERIFY(page.detail.contains(u"Bad gateway"_s));
    QCOMPARE(page.reason, QString());
    QCOMPARE(read("openai", 500, "").reason, QString());
    QCOMPARE(read("openai", 302, R"({"error":{"message":"Go there"}})").reason, QString());
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

// As JSON may say it, and as a cut through a long message leaves it.
void tst_ReadError::showsNoKeyBesideHalfACharacter()
{
    const QByteArray half = R"({"error":{"message":"\ud83d You sent sk-abcdHIDDEN1234."}})";
    const QByteArray longOne = R"({"error":{"message":"You sent sk-abcdHIDDEN1234. )";
    for (const QByteArray &body : {half, longOne + QByteArray("😀").repeated(3000) + R"("}})",
                                   longOne + 'a' + QByteArray("😀").repeated(3000) + R"("}})"}) {
        const Error error = read("openai", 400, body);
        QVERIFY(error.detail.contains(u"You sent"_s));
        QVERIFY2(!error.detail.contains(u"HIDDEN"_s), qPrintable(error.detail));
    }
}

void tst_ReadError::recognizesRecordedReplies_data()
{
    QTest::addColumn<Kind>("kind");
    const QList<std::pair<const char *, Kind>> replies{
        {"anthropic--400--773ece54.json", Kind::InvalidRequest},
        {"anthropic--400--e154cd7c.json", Kind::ContextTooLong},
        {"anthropic--404--73062b11.json", Kind::ModelNotFound},
        {"gemini--400--d86810fb.json", Kind::AuthenticationRequired},
        {"gemini--403--0c1bcee8.json", Kind::PermissionDenied},
        {"gemini--404--28bb9645.json", Kind::ModelNotFound},
        {"gemini--404--2c23e7e7.json", Kind::ModelNotFound},
        {"gemini--404--71ede9a6.json", Kind::ModelNotFound},
        {"gemini--404--d7670539.json", Kind::ModelNotFound},
        {"gemini--429--c7c89cb6.json", Kind::RateLimited},
        {"groq--400--6eff2b4c.json", Kind::InvalidRequest},
        {"openai--400--0e294dc5.json", Kind::InvalidRequest},
        {"openai--400--12b81d1c.json", Kind::InvalidRequest},
        {"openai--400--193f1ed5.json", Kind::InvalidRequest},
        {"openai--400--331ff383.json", Kind::InvalidRequest},
        {"openai--400--83b85682.json", Kind::ModelNotFound},
        {"openai--400--86ef73b8.json", Kind::InvalidRequest},
        {"openai--400--8a7d7a7f.json", Kind::InvalidRequest},
        {"openai--400--8da585eb.json", Kind::ContextTooLong},
        {"openai--400--99e43dbb.json", Kind::InvalidRequest},
        {"openai--400--99ee982f.json", Kind::InvalidRequest},
        {"openai--400--f9e30621.json", Kind::InvalidRequest},
        {"openai--401--dc69fbeb.json", Kind::AuthenticationRequired},
        {"openai--404--67cd35c7.json", Kind::ModelNotFound},
        {"openai--404--8de70ac6.json", Kind::ModelNotFound},
        {"vertex--400--0ad2059f.json", Kind::InvalidRequest},
        {"vertex--400--74844a07.json", Kind::InvalidRequest},
        {"vertex--400--7f3a1f58.json", Kind::InvalidRequest},
        {"vertex--400--b9fa8c36.json", Kind::InvalidRequest},
        {"vertex--400--bcede1ac.json", Kind::ContextTooLong},
        {"vertex--400--f478bb2e.json", Kind::PermissionDenied},
        {"vertex--400--f818d76d.json", Kind::AuthenticationRequired},
        {"vertex--403--45020000.json", Kind::PermissionDenied},
        {"vertex--403--86eb70ea.json", Kind::PermissionDenied},
        {"vertex--403--ab4a3f52.json", Kind::PermissionDenied},
        {"vertex--404--46da927e.json", Kind::InvalidRequest},
        {"vertex--404--e8d22094.json", Kind::ModelNotFound},
        {"vertex--429--b2c11e52.json", Kind::QuotaExceeded},
    };
    for (const auto &[file, kind] : replies) {
        QTest::newRow(file) << kind;
    }
    QCOMPARE(QDir(RecordedReplies).entryList({u"*.json"_s}).size(), replies.size());
}

void tst_ReadError::recognizesRecordedReplies()
{
    const QString file = QString::fromLatin1(QTest::currentDataTag());
    QFile body(RecordedReplies + u'/' + file);
    QVERIFY(body.open(QIODevice::ReadOnly));
    const QByteArray bytes = body.readAll();
    const QStringList parts = file.split(u"--"_s);
    const QString &who = parts.at(0);
    const bool isGoogle = who == "gemini"_L1 || who == "vertex"_L1;
    const char *provider = who == "anthropic"_L1 ? "anthropic" : isGoogle ? "gemini" : "openai";
    const Error error
        = read(provider, parts.at(1).toInt(), bytes, {{"x-request-id", "req_header"}});

    QTEST(error.kind, "kind");
    QVERIFY(error.message.endsWith(u'.') && error.advice.endsWith(u'.'));
    const QString words = object(bytes)["error"_L1]["message"_L1].toString();
    QVERIFY2(isReasonOf(error.reason, words), qPrintable(error.reason));
    QVERIFY(!error.reason.contains(u"AIza"_s));
    // The provider's own words and the id to ask it with; the one in the body goes before a
    // gateway's in the headers.
    const QString id = object(bytes)["request_id"_L1].toString(u"req_header"_s);
    QVERIFY2(error.detail.contains(u"request id "_s + id), qPrintable(error.detail));
    QVERIFY2(error.detail.startsWith(words.left(20)), qPrintable(error.detail));
    QVERIFY(!error.detail.contains(u"AIza"_s));
    if (bytes.contains("retryDelay")) {
        QCOMPARE(error.retryAfter, Delay(48s));
    }
}

namespace {

//! A sentence and an advice that several codes share.
struct Words
{
    const char *message;
    const char *advice;
};

constexpr const char *AskDifferently = "Ask for it in another way, or choose another model.";
constexpr const char *TryAgain = "Try again, or choose another model.";
constexpr const char *Wait = "Wait a little and try again.";
constexpr Words NoCredit{
    "This account has no API credit with OpenAI, or its limit is used up.",
    "A ChatGPT plan and API credit are separate things: the plan does not pay for requests to the "
    "API. Add credit on the billing page of the API platform, or use another account."};
constexpr Words TooLong{"The conversation is longer than this model can read.",
                        "Begin a new chat, or choose a model that reads more."};
constexpr Words Failure{"OpenAI had a failure of its own.", TryAgain};
constexpr Words TooFast{"OpenAI asks for fewer requests in a short time.", Wait};
constexpr Words Stopped{"The safety rules of OpenAI stopped the answer.", "Say it in other words."};
constexpr Words Refused{"OpenAI did not accept the request.", AskDifferently};
constexpr Words NoPlan{"This ChatGPT account has no plan that other programs can use.",
                       "That takes ChatGPT Plus or Pro. Use another account, or an API key."};
constexpr Words PlanUsedUp{
    "The limit of your ChatGPT plan is used up.",
    "See at https://chatgpt.com/settings/usage when you can go on, or choose an account with an "
    "API key. Nothing is charged without your choosing it."};

QByteArray failed(const QByteArray &code, const QByteArray &message = "Why it is so")
{
    return events(
        {R"({"type":"response.failed","response":{"id":"resp_1","status":"failed","error":{"code":")"
         + code + R"(","message":")" + message + R"("}}})"});
}

QByteArray chunk(const QByteArray &error)
{
    return events({R"({"error":)" + error + '}', "[DONE]"});
}

QByteArray claude(const QByteArray &type, const QByteArray &message = "Why it is so")
{
    return "event: error\ndata: {\"type\":\"error\",\"error\":{\"details\":null,\"type\":\"" + type
        + "\",\"message\":\"" + message + "\"},\"request_id\":\"req_7\"}\n\n";
}

QByteArray google(int code, const QByteArray &status, const QByteArray &message = "Why it is so",
                  const QByteArray &details = "[]")
{
    return R"({"error":{"code":)" + QByteArray::number(code) + R"(,"message":")" + message
        + R"(","status":")" + status + R"(","details":)" + details + "}}";
}

Provider rowOf(const QByteArray &provider, const QByteArray &api)
{
    return provider == "compatible"
        ? OpenAi::compatibleProvider(QUrl(u"https://models.example/v1"_s))
        : providerOf(provider.constData(), api.constData());
}

} // namespace

void tst_ReadError::saysWhatAnErrorInTheStreamMeans_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArray>("api");
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("advice");
    const auto row = [](const char *name, const char *provider, const char *api,
                        const QByteArray &stream, Kind kind, const Words &words) {
        QTest::newRow(name) << QByteArray(provider) << QByteArray(api) << stream << kind
                            << QString::fromUtf8(words.message) << QString::fromUtf8(words.advice);
    };
    const auto responses = [row](const char *code, Kind kind, const Words &words) {
        row(qPrintable(u"Responses: "_s + QLatin1StringView(code)), "openai", "responses",
            failed(code), kind, words);
    };
    responses("server_error", Kind::ServerFailure, Failure);
    responses("vector_store_timeout", Kind::ServerFailure, Failure);
    responses("rate_limit_exceeded", Kind::RateLimited, TooFast);
    responses("insufficient_quota", Kind::QuotaExceeded, NoCredit);
    responses("credit_balance_exhausted", Kind::QuotaExceeded, NoCredit);
    responses("usage_not_included", Kind::QuotaExceeded, NoCredit);
    responses("context_length_exceeded", Kind::ContextTooLong, TooLong);
    responses("bio_policy", Kind::ContentFiltered, Stopped);
    responses("cyber_policy", Kind::ContentFiltered, Stopped);
    responses("misalignment_policy_violation", Kind::ContentFiltered, Stopped);
    responses("invalid_prompt", Kind::InvalidRequest, Refused);
    responses("data_residency_mismatch", Kind::InvalidRequest, Refused);
    responses("unsupported_country_region_territory", Kind::PermissionDenied,
              {"OpenAI does not offer its API in this country or region.",
               "A proxy or VPN may make you appear to be somewhere else."});
    responses("missing_scope", Kind::PermissionDenied,
              {"This key may not do that: its permissions are restricted.",
               "Allow it to list models and to request answers, on the page of API keys, or use "
               "another key."});
    row("Responses: an organization that is not verified", "openai", "responses",
        failed("invalid_prompt", "Why it is so: Your organization must be verified to use it."),
        Kind::PermissionDenied,
        {"OpenAI offers this to verified organizations only.",
         "Choose another model, or verify the organization in its settings."});
    row("Responses: a nested error", "openai", "responses",
        events(
            {R"({"type":"error","sequence_number":2,"error":{"type":"insufficient_quota","code":"insufficient_quota","message":"Why it is so","param":null}})"}),
        Kind::QuotaExceeded, NoCredit);
    row("Responses: a flat error", "openai", "responses",
        events({R"({"type":"error","code":"server_error","message":"Why it is so","param":null})"}),
        Kind::ServerFailure, Failure);

    row("Chat: an error in a chunk", "openai", "chat",
        chunk(R"({"message":"Why it is so","type":"server_error","param":null,"code":null})"),
        Kind::ServerFailure, Failure);
    row("Chat: a number in a chunk with choices", "openai", "chat",
        events({R"({"choices":[],"error":{"code":429,"message":"Why it is so"}})"}),
        Kind::RateLimited, TooFast);
    row("Chat: no credit", "openai", "chat",
        chunk(
            R"({"message":"Why it is so","type":"insufficient_quota","code":"insufficient_quota"})"),
        Kind::QuotaExceeded, NoCredit);

    row("Plan: used up", "chatgpt", "", failed("usage_limit_reached"), Kind::QuotaExceeded,
        PlanUsedUp);
    row("Plan: no credit", "chatgpt", "", failed("insufficient_quota"), Kind::QuotaExceeded,
        PlanUsedUp);
    row("Plan: not included", "chatgpt", "", failed("usage_not_included"), Kind::PermissionDenied,
        NoPlan);
    row("Plan: a failure", "chatgpt", "", failed("server_error"), Kind::ServerFailure,
        {"ChatGPT plan had a failure of its own.", TryAgain});

    row("Compatible: no credit", "compatible", "",
        chunk(R"({"message":"Why it is so","code":"insufficient_quota"})"), Kind::QuotaExceeded,
        {"The credit or the limit of this account with models.example is used up.",
         "Look at the plan and the billing in the provider's console."});
    row("Compatible: a wrong key", "compatible", "",
        chunk(R"({"message":"Why it is so","code":401})"), Kind::AuthenticationRequired,
        {"models.example wants an API key, or another one.", "Enter a key of this server."});

    const auto anthropic = [row](const char *type, Kind kind, const Words &words) {
        row(qPrintable(u"Claude: "_s + QLatin1StringView(type)), "anthropic", "", claude(type),
            kind, words);
    };
    const Words claudeUsedUp{"The credit or the limit of this account with Anthropic is used up.",
                             "Look at the plan and the billing in the provider's console."};
    const Words claudeRefused{"Anthropic did not accept the request.", AskDifferently};
    anthropic("overloaded_error", Kind::Overloaded,
              {"Anthropic has too much to do at the moment.", Wait});
    anthropic("api_error", Kind::ServerFailure, {"Anthropic had a failure of its own.", TryAgain});
    anthropic("rate_limit_error", Kind::RateLimited,
              {"Anthropic asks for fewer requests in a short time.", Wait});
    anthropic("billing_error", Kind::QuotaExceeded, claudeUsedUp);
    anthropic("authentication_error", Kind::AuthenticationRequired,
              {"Anthropic did not accept the key or the sign-in.",
               "Sign in again, or enter the key anew."});
    anthropic("permission_error", Kind::PermissionDenied,
              {"Anthropic does not allow this account to do that.",
               "Use another account or key, or ask whoever administers this one."});
    anthropic("not_found_error", Kind::InvalidRequest, claudeRefused);
    anthropic("invalid_request_error", Kind::InvalidRequest, claudeRefused);
    anthropic("timeout_error", Kind::Timeout, {"Anthropic took too long.", TryAgain});
    anthropic("request_too_large", Kind::TooLarge,
              {"The request is larger than Anthropic accepts.", "Send less at once."});
    row("Claude: an empty balance", "anthropic", "",
        claude("invalid_request_error", "Why it is so: Your credit balance is too low."),
        Kind::QuotaExceeded, claudeUsedUp);

    const Words geminiBusy{"Gemini has too much to do at the moment.", Wait};
    row("Gemini: unavailable", "gemini", "", events({google(503, "UNAVAILABLE")}), Kind::Overloaded,
        geminiBusy);
    row("Gemini: too fast", "gemini", "", events({google(429, "RESOURCE_EXHAUSTED")}),
        Kind::RateLimited, {"Gemini asks for fewer requests in a short time.", Wait});
    row("Gemini: the day is used up", "gemini", "",
        events({google(429, "RESOURCE_EXHAUSTED", "Why it is so",
                       R"([{"violations":[{"quotaId":"RequestsPerDay"}]}])")}),
        Kind::QuotaExceeded,
        {"The credit or the limit of this account with Gemini is used up.",
         "Look at the plan and the billing in the provider's console."});
    row("Gemini: not in this country", "gemini", "",
        events({google(400, "FAILED_PRECONDITION",
                       "Why it is so: User location is not supported for the API use.")}),
        Kind::PermissionDenied,
        {"Gemini does not offer its API in this country or region.",
         "A proxy or VPN may make you appear to be somewhere else."});
    row("Gemini: a failure", "gemini", "", events({google(500, "INTERNAL")}), Kind::ServerFailure,
        {"Gemini had a failure of its own.", TryAgain});
    row("Gemini: too slow", "gemini", "", events({google(504, "DEADLINE_EXCEEDED")}), Kind::Timeout,
        {"Gemini took too long.", TryAgain});
    row("Gemini: outside of any event", "gemini", "", google(503, "UNAVAILABLE"), Kind::Overloaded,
        geminiBusy);
}

void tst_ReadError::saysWhatAnErrorInTheStreamMeans()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArray, api);
    QFETCH(QByteArray, stream);
    const Provider row = rowOf(provider, api);
    const Answer answer = answerOf(decode(row, stream));
    QVERIFY(answer.error());
    const Error &error = answer.error()->error;
    QFETCH(Kind, kind);
    QCOMPARE(toWord(error.kind), toWord(kind));
    QTEST(error.message, "message");
    QTEST(error.advice, "advice");
    QVERIFY2(error.reason.startsWith(u"Why it is so"_s), qPrintable(error.reason));
    QVERIFY2(error.detail.startsWith(u"Why it is so"_s), qPrintable(error.detail));
    QCOMPARE(error.detail.contains(u"request id req_7"_s), provider == "anthropic");
    QCOMPARE(answer.done()->ending, Done::Ending::Failed);
}

// What comes too late for an error status is no other error.
void tst_ReadError::saysTheSameInsideAStream_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArray>("body");
    for (const char *provider : {"openai", "chatgpt", "compatible"}) {
        for (const char *code :
             {"insufficient_quota", "usage_limit_reached", "usage_not_included",
              "unsupported_country_region_territory", "missing_scope", "invalid_api_key",
              "model_not_found", "rate_limit_exceeded", "context_length_exceeded", "bio_policy",
              "invalid_prompt", "server_error"}) {
            QTest::addRow("%s: %s", provider, code)
                << QByteArray(provider)
                << R"({"error":{"message":"Why it is so","code":")" + QByteArray(code) + R"("}})";
        }
    }
    for (const char *type : {"billing_error", "authentication_error", "request_too_large",
                             "rate_limit_error", "overloaded_error", "api_error"}) {
        QTest::addRow("anthropic: %s", type)
            << QByteArray("anthropic")
            << R"({"type":"error","error":{"message":"Why it is so","type":")" + QByteArray(type)
                + R"("}})";
    }
    for (const char *status : {"UNAUTHENTICATED", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
                               "INTERNAL", "UNAVAILABLE", "DEADLINE_EXCEEDED"}) {
        QTest::addRow("gemini: %s", status)
            << QByteArray("gemini")
            << R"({"error":{"message":"Why it is so","status":")" + QByteArray(status) + R"("}})";
    }
}

void tst_ReadError::saysTheSameInsideAStream()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArray, body);
    const Provider row = rowOf(provider, {});
    const Error refusal = row.readError(row, {400, {}, body});
    const Answer answer = answerOf(decode(row, events({body})));
    QVERIFY(answer.error());
    Error inStream = answer.error()->error;
    QVERIFY(!inStream.message.contains(u"provider"_s));
    QVERIFY(refusal.detail.contains(u"HTTP 400"_s));
    inStream.detail = refusal.detail; // which has the status, too
    QCOMPARE(toWord(inStream.kind), toWord(refusal.kind));
    QCOMPARE(inStream.message, refusal.message);
    QCOMPARE(inStream, refusal);
}

QTEST_GUILESS_MAIN(tst_ReadError)
#include "tst_readerror.moc"
