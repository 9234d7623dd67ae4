// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "auth/devicecode.h"
#include "auth/tokenreply.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Maestro;
using namespace Maestro::OAuth;

class tst_DeviceCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksOpenAiLetterByLetter();
    void readsTheCode_data();
    void readsTheCode();
    void refusesWhatIsNoCode_data();
    void refusesWhatIsNoCode();
    void waitsOn_data();
    void waitsOn();
    void takesTheGrant();
    void endsOnWhatIsNeither_data();
    void endsOnWhatIsNeither();
    void namesEndpointsThatAreWrong();
    void warnsOfPhishing();
};

namespace {

const QByteArray Fine
    = R"({"device_auth_id":"deviceauth_1","user_code":"ABCD-12345","interval":"5"})";

} // namespace

void tst_DeviceCode::asksOpenAiLetterByLetter()
{
    const OAuthProfile profile = openAiProfile();
    const TokenRequest code = makeUserCodeRequest(profile);
    QCOMPARE(code.url, QUrl(u"https://auth.openai.com/api/accounts/deviceauth/usercode"_s));
    QCOMPARE(code.contentType, "application/json"_ba);
    QCOMPARE(code.body.reveal(), R"({"client_id":"app_EMoamEEZ73f0CkXaXp7hrann"})"_ba);

    const TokenRequest question
        = makeDeviceQuestion(profile, {.id = Secret("deviceauth_1"), .userCode = u"AB-12"_s});
    QCOMPARE(question.url, QUrl(u"https://auth.openai.com/api/accounts/deviceauth/token"_s));
    QCOMPARE(question.body.reveal(), R"({"device_auth_id":"deviceauth_1","user_code":"AB-12"})"_ba);

    QCOMPARE(profile.device->verificationUrl, QUrl(u"https://auth.openai.com/codex/device"_s));
    const TokenRequest exchange
        = makeCodeExchange(profile, profile.device->redirectUrl.toString(), Secret("ac_1"),
                           Secret("servers-verifier"), Secret());
    QCOMPARE(exchange.url, QUrl(u"https://auth.openai.com/oauth/token"_s));
    QCOMPARE(exchange.body.reveal(),
             "grant_type=authorization_code&code=ac_1"
             "&redirect_uri=https%3A%2F%2Fauth.openai.com%2Fdeviceauth%2Fcallback"
             "&client_id=app_EMoamEEZ73f0CkXaXp7hrann&code_verifier=servers-verifier"_ba);
}

void tst_DeviceCode::readsTheCode_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<DeviceCode>("code");
    const DeviceCode code{Secret("deviceauth_1"), u"ABCD-12345"_s, 5s, {}};
    const auto with = [&code](std::chrono::seconds interval) {
        DeviceCode other = code;
        other.interval = interval;
        return other;
    };
    const auto body = [](const QByteArray &more) -> QByteArray {
        return R"({"device_auth_id":"deviceauth_1","user_code":"ABCD-12345")" + more + '}';
    };
    QTest::newRow("as OpenAI sends it") << Fine << code;
    QTest::newRow("usercode") << R"({"device_auth_id":"deviceauth_1","usercode":"ABCD-12345"})"_ba
                              << code;
    QTest::newRow("no interval") << body("") << code;
    QTest::newRow("a number") << body(R"(,"interval":7)") << with(7s);
    QTest::newRow("a string") << body(R"(,"interval":"8")") << with(8s);
    QTest::newRow("no pause at all") << body(R"(,"interval":"0")") << code;
    QTest::newRow("a negative pause") << body(R"(,"interval":-5)") << code;
    QTest::newRow("a pause of an hour") << body(R"(,"interval":"3600")") << with(60s);
    QTest::newRow("a pause that is no number") << body(R"(,"interval":"soon")") << code;
    QTest::newRow("a pause that is an object") << body(R"(,"interval":{})") << code;
    QTest::newRow("not a number") << body(R"(,"interval":"nan")") << code;
    DeviceCode living = code;
    living.lifetime = 600s;
    QTest::newRow("with its life") << body(R"(,"expires_in":600)") << living;
}

void tst_DeviceCode::readsTheCode()
{
    QFETCH(QByteArray, body);
    QFETCH(DeviceCode, code);
    const auto read = readDeviceCode(200, body);
    QVERIFY(read);
    QCOMPARE(*read, code);
}

void tst_DeviceCode::refusesWhatIsNoCode_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    using Kind = Error::Kind;
    const auto row = [](const char *name, int status, const QByteArray &body, Kind kind) {
        QTest::newRow(name) << status << body << kind;
    };
    row("not offered", 404, R"({"error":"not_found"})", Kind::Unsupported);
    row("not offered, as a page", 404, "<html>", Kind::Unsupported);
    row("blocked", 403, "<html>Just a moment</html>", Kind::PermissionDenied);
    row("too many", 429, "{}", Kind::RateLimited);
    row("server trouble", 500, "oops", Kind::ServerFailure);
    row("unknown client", 401, R"({"error":"invalid_client"})", Kind::InvalidClient);
    row("device codes not allowed", 400,
        R"({"error":{"message":"Please contact your workspace admin to enable device code )"
        R"(authentication","code":"x"}})",
        Kind::AccessDenied);
    row("redirect", 302, "", Kind::InvalidResponse);
    row("nothing", 200, "", Kind::InvalidResponse);
    row("a page", 200, "<html>Log in to this network</html>", Kind::InvalidResponse);
    row("garbage", 200, "\x00\xff\x01{"_ba, Kind::InvalidResponse);
    row("an array", 200, "[1]", Kind::InvalidResponse);
    row("no id", 200, R"({"user_code":"AB"})", Kind::InvalidResponse);
    row("no code", 200, R"({"device_auth_id":"d"})", Kind::InvalidResponse);
    row("id with a line break", 200, R"({"device_auth_id":"a\nb","user_code":"AB"})",
        Kind::InvalidResponse);
    row("id is a number", 200, R"({"device_auth_id":1,"user_code":"AB"})", Kind::InvalidResponse);
    row("id beyond measure", 200,
        R"({"device_auth_id":")" + QByteArray(5000, 'a') + R"(","user_code":"AB"})",
        Kind::InvalidResponse);
    row("code that says something", 200,
        R"({"device_auth_id":"d","user_code":"call 555-0100 now"})", Kind::InvalidResponse);
    row("code with markup", 200, R"({"device_auth_id":"d","user_code":"<b>AB</b>"})",
        Kind::InvalidResponse);
    row("code that runs backwards", 200, R"({"device_auth_id":"d","user_code":"AB\u202ECD"})",
        Kind::InvalidResponse);
    row("code nobody can type", 200,
        R"({"device_auth_id":"d","user_code":")" + QByteArray(33, 'A') + "\"}",
        Kind::InvalidResponse);
    row("more than a megabyte", 200, Fine + QByteArray(LongestTokenReply, ' '),
        Kind::InvalidResponse);
}

void tst_DeviceCode::refusesWhatIsNoCode()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    const auto read = readDeviceCode(status, body);
    QVERIFY(!read);
    QCOMPARE(read.error().kind, kind);
    QVERIFY(!read.error().message.isEmpty());
    QVERIFY(!read.error().advice.isEmpty());
    QVERIFY(read.error().detail.size() < 300);
}

void tst_DeviceCode::waitsOn_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<DevicePending>("pending");
    const auto row = [](const char *name, int status, const QByteArray &body,
                        const QByteArray &retryAfter, const DevicePending &pending) {
        QTest::newRow(name) << status << body << retryAfter << pending;
    };
    const DevicePending notYet;
    row("403 as OpenAI sends it", 403, R"({"error":{"code":"deviceauth_authorization_pending"}})",
        "", notYet);
    row("403 without words", 403, "", "", notYet);
    row("403 page", 403, "<html>", "", notYet);
    row("404", 404, "{}", "", notYet);
    row("400 as in RFC 8628", 400, R"({"error":"authorization_pending"})", "", notYet);
    row("400 in OpenAI's word", 400, R"({"error":{"code":"deviceauth_authorization_pending"}})", "",
        notYet);
    row("slow_down with 400", 400, R"({"error":"slow_down"})", "", {true, {}});
    row("slow_down with 403", 403, R"({"error":{"code":"slow_down"}})", "", {true, {}});
    row("429", 429, "", "", {true, {}});
    row("429 with a time", 429, "", "30", {true, 30s});
    row("503 with a time", 503, "", " 7 ", {true, 7s});
    row("403 with a time", 403, "", "20", {false, 20s});
    row("a time beyond the code's life", 403, "", "86400", {false, 900s});
    row("a time in the past", 403, "", "-1", notYet);
    row("a date", 403, "", "Wed, 21 Oct 2026 07:28:00 GMT", notYet);
    row("a time that overflows", 403, "", "99999999999999999999", notYet);
}

void tst_DeviceCode::waitsOn()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, retryAfter);
    QFETCH(DevicePending, pending);
    const DeviceAnswer answer = readDeviceAnswer(status, body, retryAfter);
    QVERIFY(std::holds_alternative<DevicePending>(answer));
    QCOMPARE(std::get<DevicePending>(answer), pending);
}

void tst_DeviceCode::takesTheGrant()
{
    const DeviceAnswer answer = readDeviceAnswer(
        200, R"({"authorization_code":"ac_1","code_challenge":"c","code_verifier":"v"})", {});
    QVERIFY(std::holds_alternative<DeviceGrant>(answer));
    QCOMPARE(std::get<DeviceGrant>(answer), (DeviceGrant{Secret("ac_1"), Secret("v")}));
}

void tst_DeviceCode::endsOnWhatIsNeither_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    using Kind = Error::Kind;
    QTest::newRow("the person said no")
        << 400 << R"({"error":"access_denied"})"_ba << Kind::AccessDenied;
    QTest::newRow("the person said no, with 403")
        << 403 << R"({"error":"access_denied"})"_ba << Kind::AccessDenied;
    QTest::newRow("too late") << 400 << R"({"error":"expired_token"})"_ba << Kind::Timeout;
    QTest::newRow("another 400") << 400 << "{}"_ba << Kind::InvalidRequest;
    QTest::newRow("401") << 401 << ""_ba << Kind::AuthenticationRequired;
    QTest::newRow("500") << 500 << ""_ba << Kind::ServerFailure;
    QTest::newRow("503 without a time") << 503 << ""_ba << Kind::ServerFailure;
    QTest::newRow("redirect") << 307 << ""_ba << Kind::InvalidResponse;
    QTest::newRow("nothing") << 200 << ""_ba << Kind::InvalidResponse;
    QTest::newRow("a page") << 200 << "<html>"_ba << Kind::InvalidResponse;
    QTest::newRow("no verifier") << 200 << R"({"authorization_code":"ac_1"})"_ba
                                 << Kind::InvalidResponse;
    QTest::newRow("no code") << 200 << R"({"code_verifier":"v"})"_ba << Kind::InvalidResponse;
    QTest::newRow("code with a line break")
        << 200 << R"({"authorization_code":"a\r\nb","code_verifier":"v"})"_ba
        << Kind::InvalidResponse;
}

void tst_DeviceCode::endsOnWhatIsNeither()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    const DeviceAnswer answer = readDeviceAnswer(status, body, {});
    QVERIFY(std::holds_alternative<Error>(answer));
    QCOMPARE(std::get<Error>(answer).kind, kind);
    QVERIFY(!std::get<Error>(answer).advice.isEmpty());
}

void tst_DeviceCode::namesEndpointsThatAreWrong()
{
    QVERIFY(!findFault(openAiProfile()));
    QVERIFY(!anthropicProfile(u"client-1"_s).device);
    for (const char *server : {"http://auth.openai.com", "https://a:b@auth.openai.com", "file://x",
                               "http://localhost.evil.example"}) {
        OAuthProfile profile = openAiProfile();
        profile.device = deviceEndpointsAt(QUrl(QString::fromLatin1(server)));
        const auto fault = findFault(profile);
        QVERIFY2(fault, server);
        QCOMPARE(fault->kind, Error::Kind::Configuration);
        QVERIFY(fault->message.contains(u"device sign-in"_s));
    }
    OAuthProfile local = openAiProfile();
    local.device = deviceEndpointsAt(QUrl(u"http://127.0.0.1:8080/below"_s));
    QVERIFY(!findFault(local));
    QCOMPARE(local.device->verificationUrl, QUrl(u"http://127.0.0.1:8080/below/codex/device"_s));
}

void tst_DeviceCode::warnsOfPhishing()
{
    QVERIFY(deviceCodeWarning().contains(u"only if you started this sign-in yourself"_s));
    QVERIFY(describeExpiredDeviceCode().advice.contains(u"Security"_s));
}

QTEST_GUILESS_MAIN(tst_DeviceCode)
#include "tst_devicecode.moc"
