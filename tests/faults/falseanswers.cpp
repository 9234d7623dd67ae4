// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "faults/scenario.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Maestro::Faults {

namespace {

constexpr qint64 KiB = 1024;
constexpr qint64 MiB = 1024 * KiB;
constexpr qsizetype GzipHeaderSize = 10;
constexpr qsizetype GzipTrailerSize = 8;
constexpr StreamExchange::Limits SmallAnswers{.firstByte = 20s, .betweenBytes = 20s, .answer = MiB};

QByteArray packedAs(const QByteArray &encoding, const QByteArray &body)
{
    return Fault::stream(body, "Content-Encoding: " + encoding + "\r\n");
}

//! Some kilobytes that become a thousand times as much.
const QByteArray &bomb()
{
    static const QByteArray bytes = Fault::gzip(QByteArray(12 * MiB, ' '));
    return bytes;
}

const QByteArray &largerBomb()
{
    static const QByteArray bytes = Fault::gzip(QByteArray(32 * MiB, ' '));
    return bytes;
}

QByteArray gzipped(const QByteArray &body) { return packedAs("gzip", body); }

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

//! R19
Scenarios packed(const Wire &wire)
{
    const QByteArray whole = Fault::gzip(wire.whole());
    const QByteArray hello = Fault::gzipBegun(wire.opening + wire.hello);
    const auto cannotBeRead = [](const QString &text) {
        return cutOff(text, Error::Kind::InvalidResponse, u"cannot be unpacked"_s);
    };
    const auto swollen = [](const QString &text) {
        return cutOff(text, Error::Kind::TooLarge, u"grew over 1 MiB"_s);
    };
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
        {"R19 gzip cut off in the middle", {Fault::answer(gzipped(hello))}, cutOff(Hello)},
        {"R19 gzip, silent in the middle",
         {Fault::send(gzipped(hello))},
         cutOff(Hello, Error::Kind::Timeout, u"stopped sending"_s),
         Credential::Type::ApiKey,
         {.betweenBytes = 300ms}},
        {"R19 gzip that breaks in the middle",
         {Fault::send(gzipped(hello)) + Fault::waitFor(100ms)
          + Fault::answer(QByteArray(64, '\xff'))},
         cannotBeRead(Hello)},
        {"R19 gzip in name only", {Fault::answer(gzipped(wire.whole()))}, cannotBeRead({})},
        {"R19 gzip of 12 MiB of nothing",
         {Fault::answer(gzipped(bomb()))},
         swollen({}),
         Credential::Type::ApiKey,
         SmallAnswers},
        {"R19 gzip of 32 MiB of nothing",
         {Fault::answer(gzipped(largerBomb()))},
         cannotBeRead({}),
         Credential::Type::ApiKey,
         SmallAnswers},
        {"R19 gzip of 12 MiB of nothing in the middle",
         {Fault::send(gzipped(hello)) + Fault::waitFor(100ms)
          + Fault::answer(bomb().mid(GzipHeaderSize).chopped(GzipTrailerSize))},
         swollen(Hello),
         Credential::Type::ApiKey,
         SmallAnswers},
        {"R19 deflate",
         {Fault::answer(packedAs("deflate", Fault::deflate(wire.whole())))},
         complete()},
        {"R19 deflate, byte by byte",
         {Fault::sendInPieces(packedAs("deflate", Fault::deflate(wire.whole())), 1)
          + Fault::close()},
         complete()},
        {"R19 deflate in name only",
         {Fault::answer(packedAs("deflate", wire.whole()))},
         cannotBeRead({})},
        {"R19 br in name only", {Fault::answer(packedAs("br", wire.whole()))}, cannotBeRead({})},
        {"R19 packed as nobody knows",
         {Fault::answer(packedAs("x-lost", whole))},
         cannotBeRead({})},
        {"R19 packed as nobody knows, but not at all",
         {Fault::answer(packedAs("x-lost", wire.whole()))},
         complete()},
    };
}

//! R19
Scenarios chunks(const Wire &wire)
{
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
    return {
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
    };
}

//! R21
Scenarios floods(const Wire &wire)
{
    // Qt reads headers byte by byte and without a limit, at some 1 MiB a second, and says nothing
    // meanwhile: the limit of time ends it.
    const auto endless = refused(Error::Kind::Timeout, u"did not begin an answer in time"_s);
    const StreamExchange::Limits impatient{.firstByte = 200ms};
    const QString headers = u"headers"_s;
    return {
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
        {"R21 a header without an end",
         {Fault::send("HTTP/1.1 200 OK\r\nX-Long: ")
          + Fault::sendForEver(QByteArray(64 * 1024, 'x'))},
         endless,
         Credential::Type::ApiKey,
         impatient},
        {"R21 headers without an end",
         {Fault::send("HTTP/1.1 200 OK\r\n")
          + Fault::sendForEver(QByteArray("X-More: and more\r\n").repeated(4096))},
         endless,
         Credential::Type::ApiKey,
         impatient},
        {"R21 a header of 1 MiB",
         {Fault::send("HTTP/1.1 200 OK\r\nX-Long: ")
          + Fault::sendInPieces(QByteArray(MiB, 'x'), 16 * 1024, 2ms)},
         endless,
         Credential::Type::ApiKey,
         impatient},
        {"R21 a header of 80 KiB",
         {Fault::answer(
             Fault::stream(wire.whole(), "X-Long: " + QByteArray(80 * KiB, 'x') + "\r\n"))},
         cutOff({}, Error::Kind::TooLarge, headers)},
        {"R21 headers of 80 KiB",
         {Fault::answer(Fault::stream(wire.whole(),
                                      ("X-Long: " + QByteArray(KiB, 'x') + "\r\n").repeated(80)))},
         cutOff({}, Error::Kind::TooLarge, headers)},
        {"R21 a refusal with a header of 80 KiB",
         {Fault::answer(Fault::http("503 Service Unavailable",
                                    "X-Long: " + QByteArray(80 * KiB, 'x') + "\r\n", {}))},
         refused(Error::Kind::TooLarge, headers)},
        {"R21 headers of 48 KiB",
         {Fault::answer(Fault::stream(wire.whole(),
                                      ("X-Long: " + QByteArray(KiB, 'x') + "\r\n").repeated(48)))},
         complete()},
    };
}

//! R18: what nobody asked for, since HTTP/1.1 is all that is spoken (see CONTRIBUTING.md).
Scenarios http2()
{
    const QByteArray settings = QByteArray::fromHex("000000040000000000");
    const QByteArray goAway = QByteArray::fromHex("0000080700000000000000000000000000");
    const QByteArray reset = QByteArray::fromHex("00000403000000000100000000");
    const auto row = [](const QByteArray &name, const QByteArray &bytes, Error::Kind kind) {
        return Scenario{"R18 HTTP/2 unasked: " + name, {Fault::answer(bytes)}, refused(kind)};
    };
    const QByteArray upgrade = "Connection: Upgrade\r\nUpgrade: h2c\r\n";
    return {
        row("GOAWAY", settings + goAway, Error::Kind::Network),
        row("RST_STREAM", settings + reset, Error::Kind::Network),
        row("a frame of garbage", QByteArray(4096, '\xff'), Error::Kind::Network),
        row("101 Switching Protocols",
            "HTTP/1.1 101 Switching Protocols\r\n" + upgrade + "\r\n" + settings + goAway,
            Error::Kind::InvalidResponse),
        row("426 Upgrade Required", Fault::http("426 Upgrade Required", upgrade, {}),
            Error::Kind::InvalidRequest),
    };
}

} // namespace

Scenarios falseAnswers(const Wire &wire)
{
    return pages(wire) + redirects() + packed(wire) + chunks(wire) + floods(wire) + http2();
}

} // namespace Maestro::Faults
