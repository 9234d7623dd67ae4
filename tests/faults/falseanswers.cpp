// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "faults/scenario.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Maestro::Faults {

namespace {

constexpr qint64 MiB = 1024 * 1024;
constexpr StreamExchange::Limits SmallAnswers{.firstByte = 20s, .betweenBytes = 20s, .answer = MiB};

QByteArray gzipped(const QByteArray &body)
{
    return Fault::stream(body, "Content-Encoding: gzip\r\n");
}

//! Some 32 KiB that become a thousand times as much.
const QByteArray &bomb()
{
    static const QByteArray bytes = Fault::gzip(QByteArray(32 * MiB, ' '));
    return bytes;
}

QByteArray page(const QByteArray &body)
{
    return Fault::http("200 OK", "Content-Type: text/html; charset=utf-8\r\n", body);
}

Scenarios pages(const Wire &wire)
{
    const QString noStream = u"something that is not a stream"_s;
    const auto notAStream = cutOff({}, Error::Kind::InvalidResponse, noStream);
    return {
        {"R15 a network login page",
         {Fault::answer(page("<html><p>Please log in</html>"))},
         refused(Error::Kind::InvalidResponse, u"web page"_s)},
        {"R15 a page that holds what an answer would",
         {Fault::answer(page(wire.whole()))},
         refused(Error::Kind::InvalidResponse, u"web page"_s)},
        {"R15 an answer that calls itself nothing",
         {Fault::answer(Fault::http("200 OK", {}, wire.whole()))},
         complete()},
        {"R15 an answer that calls itself JSON",
         {Fault::answer(Fault::http("200 OK", "Content-Type: application/json\r\n", wire.whole()))},
         complete()},
        {"R15 plain words",
         {Fault::answer(Fault::http("200 OK", "Content-Type: text/plain\r\n", "It works!"))},
         notAStream},
        {"R15 no content at all", {Fault::answer("HTTP/1.1 204 No Content\r\n\r\n")}, notAStream},
        {"R15 the network asks to sign in",
         {Fault::answer(Fault::http("511 Network Authentication Required",
                                    "Content-Type: text/html\r\n", "<html>Log in</html>"))},
         refused(Error::Kind::Network, u"signed in to"_s)},
        {"R15 not HTTP at all",
         {Fault::answer("SSH-2.0-OpenSSH_9.2\r\n")},
         refused(Error::Kind::Network)},
        {"an interim answer first",
         {Fault::answer("HTTP/1.1 100 Continue\r\n\r\n" + Fault::stream(wire.whole()))},
         complete()},
    };
}

Scenarios redirects()
{
    Scenarios scenarios;
    for (const QByteArray status : {"301 Moved Permanently", "302 Found", "303 See Other",
                                    "307 Temporary Redirect", "308 Permanent Redirect"}) {
        scenarios.append(
            {"R15 " + status.left(3) + " to a login page",
             {Fault::answer(Fault::http(status, "Location: http://login.hotel.example/\r\n", {}))},
             refused(Error::Kind::InvalidResponse, u"another address"_s)});
    }
    return scenarios
        + Scenarios{
            {"R15 302 to nowhere",
             {Fault::answer(Fault::http("302 Found", {}, {}))},
             refused(Error::Kind::InvalidResponse, u"another address"_s)},
            {"R15 307 to itself",
             {Fault::answer(Fault::http("307 Temporary Redirect", "Location: \r\n", {}))},
             refused(Error::Kind::InvalidResponse, u"another address"_s)},
        };
}

Scenarios packed(const Wire &wire)
{
    const QByteArray whole = Fault::gzip(wire.whole());
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
    return {
        {"R19 gzip", {Fault::answer(gzipped(whole))}, complete()},
        {"R19 gzip, byte by byte",
         {Fault::sendInPieces(gzipped(whole), 1) + Fault::close()},
         complete()},
        {"R19 gzip without its last eight bytes",
         {Fault::answer(gzipped(whole.chopped(8)))},
         complete()},
        {"R19 gzip cut off at its beginning",
         {Fault::answer(gzipped(whole.first(12)))},
         cutOff({}, Error::Kind::Interrupted, u"before the answer began"_s)},
        {"R19 gzip in name only",
         {Fault::answer(gzipped(wire.whole()))},
         cutOff({}, Error::Kind::Interrupted, u"before the answer began"_s)},
        {"R19 gzip of 32 MiB of nothing",
         {Fault::answer(gzipped(bomb()))},
         cutOff({}, Error::Kind::Interrupted, u"before the answer began"_s)},
        {"R19 a broken chunk length",
         {Fault::answer(Fault::stream("zz\r\n" + wire.whole(), chunked))},
         cutOff({}, Error::Kind::Interrupted, u"before the answer began"_s)},
        // Qt waits on after it.
        {"R19 a broken chunk length in the middle",
         {Fault::send(Fault::stream(
             Fault::chunked(wire.opening + wire.hello, 4096).chopped(5) + "zz\r\n", chunked))},
         cutOff(Hello, Error::Kind::Timeout, u"stopped sending"_s),
         Credential::Type::ApiKey,
         {.betweenBytes = 300ms}},
        {"R19 chunks with extensions",
         {Fault::answer(Fault::stream(QByteArray::number(wire.whole().size(), 16)
                                          + ";name=\"value\"\r\n" + wire.whole()
                                          + "\r\n0\r\nTrailer: x\r\n\r\n",
                                      chunked))},
         complete()},
        {"R21 an endless stream of pings",
         {Fault::send(Fault::stream(wire.opening + wire.hello))
          + Fault::sendForEver(QByteArray(": ping\n\n").repeated(1000))},
         cutOff(Hello, Error::Kind::TooLarge, u"grew over 1 MiB"_s),
         Credential::Type::ApiKey,
         SmallAnswers},
        {"R21 an endless line",
         {Fault::send(Fault::stream(wire.opening + wire.hello) + "data: ")
          + Fault::sendForEver(QByteArray(64 * 1024, 'x'))},
         cutOff(Hello, Error::Kind::TooLarge, u"grew over 1 MiB"_s),
         Credential::Type::ApiKey,
         SmallAnswers},
        {"R21 an endless refusal",
         {Fault::send("HTTP/1.1 400 Bad Request\r\n\r\n")
          + Fault::sendForEver(QByteArray(64 * 1024, 'x'))},
         refused(Error::Kind::InvalidRequest)},
        // Qt reads headers byte by byte and without a limit, at some 1 MiB a second: the limit of
        // time ends it.
        {"R21 a header without an end",
         {Fault::send("HTTP/1.1 200 OK\r\nX-Long: ")
          + Fault::sendForEver(QByteArray(64 * 1024, 'x'))},
         refused(Error::Kind::Timeout),
         Credential::Type::ApiKey,
         {.firstByte = 200ms}},
        {"R21 headers without an end",
         {Fault::send("HTTP/1.1 200 OK\r\n")
          + Fault::sendForEver(QByteArray("X-More: and more\r\n").repeated(4096))},
         refused(Error::Kind::Timeout),
         Credential::Type::ApiKey,
         {.firstByte = 200ms}},
        {"R21 a header of 1 MiB",
         {Fault::send("HTTP/1.1 200 OK\r\nX-Long: ")
          + Fault::sendInPieces(QByteArray(MiB, 'x'), 16 * 1024, 2ms)},
         refused(Error::Kind::Timeout),
         Credential::Type::ApiKey,
         {.firstByte = 200ms}},
    };
}

} // namespace

Scenarios falseAnswers(const Wire &wire) { return pages(wire) + redirects() + packed(wire); }

} // namespace Maestro::Faults
