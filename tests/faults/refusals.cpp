// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "faults/scenario.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Maestro::Faults {

namespace {

using Pause = Expectation::Pause;
using Kind = Error::Kind;

constexpr Pause First{375ms, 625ms};
constexpr Pause Second{1500ms, 2500ms};

QByteArray httpDate(qint64 secondsFromNow)
{
    const QDateTime time = QDateTime::currentDateTimeUtc().addSecs(secondsFromNow);
    return QLocale::c().toString(time, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

FaultScript refusal(const QByteArray &status, const QByteArray &body,
                    const QByteArray &headers = {})
{
    return Fault::answer(Fault::http(status, "Content-Type: application/json\r\n" + headers, body));
}

//! Gemini says it in the body.
QByteArray withDelay(const QByteArray &delay)
{
    return R"({"error":{"code":429,"message":"Slow.","status":"RESOURCE_EXHAUSTED","details":)"
           R"([{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":")"
        + delay + R"("}]}})";
}

FaultScript healthy(const Wire &wire) { return Fault::answer(Fault::stream(wire.whole())); }

//! Refused once, then answered.
Expectation answeredAfter(const QList<Pause> &pauses)
{
    Expectation expected = complete();
    expected.requests = 1 + static_cast<int>(pauses.size());
    expected.pauses = pauses;
    return expected;
}

Expectation refusedAfter(const QList<Pause> &pauses, Kind kind)
{
    Expectation expected = refused(kind);
    expected.requests = 1 + static_cast<int>(pauses.size());
    expected.pauses = pauses;
    return expected;
}

//! What Retry-After may say: R04.
Scenarios delays(const Wire &wire)
{
    const auto told = [&wire](const QByteArray &what, const QByteArray &headers,
                              std::chrono::milliseconds least, std::chrono::milliseconds most) {
        return Scenario{
            "R04 429, " + what,
            {refusal("429 Too Many Requests", wire.rateLimited, headers), healthy(wire)},
            answeredAfter({Pause{least, most}})};
    };
    const auto tooLong = [&wire](const QByteArray &what, const QByteArray &headers) {
        Scenario scenario{
            "R04 429, " + what,
            {refusal("429 Too Many Requests", wire.rateLimited, headers), healthy(wire)},
            refused(Kind::RateLimited)};
        return scenario;
    };
    const auto untold = [&told](const QByteArray &what, const QByteArray &headers) {
        return told(what, headers, First.least, First.most);
    };
    const auto toldInside = [&wire](const QByteArray &delay, const Expectation &expected) {
        return Scenario{"R04 429, in the body " + delay,
                        {refusal("429 Too Many Requests", withDelay(delay)), healthy(wire)},
                        expected};
    };
    Scenarios inTheBody;
    if (wire.name == "Gemini") {
        inTheBody = {
            toldInside("20s", answeredAfter({Pause{20s, 20s}})),
            toldInside("1.5s", answeredAfter({Pause{1500ms, 1500ms}})),
            toldInside("60s", answeredAfter({Pause{60s, 60s}})),
            toldInside("61s", refused(Kind::RateLimited)),
            toldInside("86400s", refused(Kind::RateLimited)),
            toldInside("0s", answeredAfter({First})),
            toldInside("-5s", answeredAfter({First})),
            toldInside("soon", answeredAfter({First})),
        };
    }
    return inTheBody
        + Scenarios{
            untold("not told how long", {}),
            told("20 seconds", "Retry-After: 20\r\n", 20s, 20s),
            told("one and a half", "Retry-After: 1.5\r\n", 1500ms, 1500ms),
            untold("0 seconds", "Retry-After: 0\r\n"),
            told("a minute", "Retry-After: 60\r\n", 60s, 60s),
            tooLong("61 seconds", "Retry-After: 61\r\n"),
            tooLong("a milliard seconds", "Retry-After: 1e9\r\n"),
            tooLong("more than numbers hold", "Retry-After: 99999999999999999999\r\n"),
            untold("less than nothing", "Retry-After: -5\r\n"),
            untold("not a number", "Retry-After: nan\r\n"),
            untold("infinite", "Retry-After: inf\r\n"),
            untold("words", "Retry-After: soon\r\n"),
            untold("nothing", "Retry-After: \r\n"),
            untold("a past date", "Retry-After: " + httpDate(-3600) + "\r\n"),
            told("a date", "Date: " + httpDate(0) + "\r\nRetry-After: " + httpDate(30) + "\r\n",
                 29s, 31s),
            told("a date in the form of 1994",
                 "Date: Sun, 06 Nov 2044 08:49:00 GMT\r\nRetry-After: Sunday, 06-Nov-44 08:49:37 "
                 "GMT\r\n",
                 37s, 37s),
            told("a date by a clock that is a day ahead",
                 "Date: " + httpDate(86400) + "\r\nRetry-After: " + httpDate(86430) + "\r\n", 30s,
                 30s),
            tooLong("the date of tomorrow", "Retry-After: " + httpDate(86400) + "\r\n"),
            tooLong("the date of another century",
                    "Retry-After: Fri, 31 Dec 2199 23:59:59 GMT\r\n"),
            told("milliseconds", "retry-after-ms: 1500\r\n", 1500ms, 1500ms),
            told("milliseconds and seconds", "Retry-After: 50\r\nretry-after-ms: 1500\r\n", 1500ms,
                 1500ms),
            untold("a wish that is none", "x-should-retry: perhaps\r\n"),
            tooLong("not to be asked again", "x-should-retry: false\r\n"),
        };
}

//! R05
Scenarios failures(const Wire &wire)
{
    Scenarios scenarios;
    for (const auto &[status, kind] :
         {std::pair{QByteArray("500 Internal Server Error"), Kind::ServerFailure},
          std::pair{QByteArray("502 Bad Gateway"), Kind::Overloaded},
          std::pair{QByteArray("503 Service Unavailable"), Kind::Overloaded},
          std::pair{QByteArray("504 Gateway Timeout"), Kind::Timeout},
          std::pair{QByteArray("529 Overloaded"), Kind::Overloaded}}) {
        Scenario three{"R05 " + status.left(3) + ", three times",
                       {refusal(status, "<html><h1>nginx</h1></html>", "x-request-id: req_1\r\n")},
                       refusedAfter({First, Second}, kind)};
        three.expected.detail = u"req_1"_s;
        scenarios.append(three);
        scenarios.append({"R05 " + status.left(3) + ", then answered",
                          {refusal(status, {}), healthy(wire)},
                          answeredAfter({First})});
    }
    const auto once = [](const QByteArray &name, const FaultScript &script, Kind kind) {
        return Scenario{
            name, {script}, refused(kind), Credential::Type::ApiKey, {.errorTime = 300ms}};
    };
    return scenarios
        + Scenarios{
            {"R05 503, 429, then answered",
             {refusal("503 Service Unavailable", {}),
              refusal("429 Too Many Requests", wire.rateLimited, "Retry-After: 3\r\n"),
              healthy(wire)},
             answeredAfter({First, Pause{3s, 3s}})},
            {"R05 503, then reset",
             {refusal("503 Service Unavailable", {}), Fault::reset()},
             refusedAfter({First}, Kind::Network)},
            {"R04 429, three times",
             {refusal("429 Too Many Requests", wire.rateLimited)},
             refusedAfter({First, Second}, Kind::RateLimited)},
            once("R04 429, used up",
                 refusal("429 Too Many Requests", wire.usedUp, "Retry-After: 1\r\n"),
                 Kind::QuotaExceeded),
            once("400 whose body never comes",
                 Fault::send("HTTP/1.1 400 Bad Request\r\nContent-Length: 500\r\n\r\n"),
                 Kind::InvalidRequest),
            once("400", refusal("400 Bad Request", "{}"), Kind::InvalidRequest),
            once("400, half a body",
                 Fault::answer("HTTP/1.1 400 Bad Request\r\nContent-Length: 500\r\n\r\n{\"err"),
                 Kind::InvalidRequest),
            once("403", refusal("403 Forbidden", {}), Kind::PermissionDenied),
            once("404", refusal("404 Not Found", {}), Kind::InvalidRequest),
            once("413 before the question was read",
                 Fault::asSoonAs(FaultScript::When::HeadRead, refusal("413 Content Too Large", {})),
                 Kind::TooLarge),
            {"a status that does not exist",
             {refusal("799 Whatever", {})},
             refusedAfter({First, Second}, Kind::ServerFailure)}};
}

//! Errors inside a stream that began well: R06.
Scenarios faults(const Wire &wire)
{
    const auto stream
        = [](const QByteArray &events) { return Fault::answer(Fault::stream(events)); };
    Expectation failed;
    failed.text = Hello;
    failed.ending = Done::Ending::Failed;
    failed.kind = Kind::Overloaded;
    Expectation failedAtOnce = failed;
    failedAtOnce.text.clear();
    Expectation failedLater = failed;
    failedLater.text = HelloWorld; // what came is kept
    Expectation failedThrice = failedAtOnce;
    failedThrice.requests = 3;
    failedThrice.pauses = {First, Second};
    return {
        {"R06 an error as the first event, three times", {stream(wire.overloaded)}, failedThrice},
        {"R06 an error as the first event, then answered",
         {stream(wire.overloaded), healthy(wire)},
         answeredAfter({First})},
        {"R06 an error after the opening",
         {stream(wire.opening + wire.overloaded)},
         wire.openingIsAnAnswer ? failedAtOnce : failedThrice},
        {"R06 an error after the first word",
         {stream(wire.opening + wire.hello + wire.overloaded)},
         failed},
        {"R06 an error after the first word, and more after it",
         {stream(wire.opening + wire.hello + wire.overloaded + wire.world + wire.ending)},
         failedLater},
        {"R06 an error, and the connection kept",
         {Fault::send(Fault::stream(wire.opening + wire.hello + wire.overloaded))},
         failed,
         Credential::Type::ApiKey,
         {.betweenBytes = 300ms}},
    };
}

//! R07, for a key and for a token.
Scenarios rejections(const Wire &wire)
{
    const auto unauthorized = [&wire](const QByteArray &headers = {}) {
        return refusal("401 Unauthorized", wire.wrongKey, headers);
    };
    Expectation renewed = complete();
    renewed.requests = 2;
    renewed.secret = "canary-two";
    Expectation twice = refused(Kind::AuthenticationRequired, u"renewed"_s);
    twice.requests = 2;
    twice.secret = "canary-two";
    Scenarios scenarios{
        {"R07 401 for a key",
         {unauthorized(), healthy(wire)},
         refused(Kind::AuthenticationRequired)},
        {"R07 401 for a token, then answered",
         {unauthorized(), healthy(wire)},
         renewed,
         Credential::Type::OAuthToken},
        {"R07 401 for a token, twice", {unauthorized()}, twice, Credential::Type::OAuthToken},
    };
    // Qt answers a challenge by itself where it can; there is nothing it may answer with.
    for (const QByteArray scheme :
         {"Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"y\"", "NTLM", "Negotiate", "Bearer"}) {
        scenarios.append({"R07 401 for a key, asked for " + scheme.split(' ').first(),
                          {unauthorized("WWW-Authenticate: " + scheme + "\r\n"), healthy(wire)},
                          refused(Kind::AuthenticationRequired)});
    }
    return scenarios;
}

} // namespace

Scenarios refusals(const Wire &wire)
{
    return delays(wire) + failures(wire) + faults(wire) + rejections(wire);
}

} // namespace Maestro::Faults
