// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "faults/scenario.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Maestro::Faults {

namespace {

using When = FaultScript::When;

constexpr StreamExchange::Limits ImpatientAtFirst{.firstByte = 300ms, .betweenBytes = 20s};
constexpr StreamExchange::Limits ImpatientLater{.firstByte = 20s, .betweenBytes = 300ms};

QByteArray chunkedStream(const QByteArray &chunks)
{
    return Fault::stream(chunks, "Transfer-Encoding: chunked\r\n");
}

QByteArray countedStream(const QByteArray &events, qsizetype length)
{
    return Fault::stream(events, "Content-Length: " + QByteArray::number(length) + "\r\n");
}

//! Closed or reset in every phase.
Scenarios ended(const Wire &wire, const QByteArray &how, const FaultScript &end)
{
    const auto begun = Fault::stream({}) + wire.opening;
    const QString closed = u"closed the connection before it answered"_s;
    const QString neverBegan = u"before the answer began"_s;
    const auto row = [&how, &end](const QByteArray &when, const QByteArray &bytes,
                                  const Expectation &expected) {
        return Scenario{how + ' ' + when, {Fault::send(bytes) + end}, expected};
    };
    Scenarios scenarios{
        {"R14 " + how + " as soon as connected",
         {Fault::asSoonAs(When::Connected, end)},
         refused(Error::Kind::Network)},
        {"R14 " + how + " before a word of an answer", {end}, refused(Error::Kind::Network)},
        row("in the middle of the headers", "HTTP/1.1 200 OK\r\nContent-Type: text/ev",
            refused(Error::Kind::Network)),
        row("after the headers", Fault::stream({}),
            cutOff({}, Error::Kind::Interrupted, neverBegan)),
        row("after the first word", begun + wire.hello, cutOff(Hello)),
        row("in the middle of an event", begun + wire.hello + wire.world.chopped(12),
            cutOff(Hello)),
        row("in the middle of a character",
            begun + wire.hello + wire.world.first(wire.world.indexOf("\xC3\xB6") + 1),
            cutOff(Hello)),
        row("before the final event", begun + wire.hello + wire.world, cutOff(HelloWorld)),
        row("in the middle of a chunk",
            chunkedStream(Fault::chunked(wire.opening + wire.hello + wire.world, 4096).chopped(20)),
            cutOff(Hello)),
        row("between two chunks",
            chunkedStream(Fault::chunked(wire.opening + wire.hello + wire.world, 4096).chopped(5)),
            cutOff(HelloWorld)),
        row("after the final event, without the last chunk",
            chunkedStream(Fault::chunked(wire.whole(), 4096).chopped(5)), complete()),
        row("short of the length promised",
            countedStream(wire.opening + wire.hello, wire.whole().size()), cutOff(Hello)),
        row("after the final event, short of the length promised",
            countedStream(wire.whole(), wire.whole().size() + 100), complete()),
    };
    for (Scenario &scenario : scenarios) {
        if (!scenario.name.startsWith("R14")) {
            scenario.name.prepend("R01 ");
        }
    }
    return scenarios;
}

} // namespace

Scenarios brokenConnections(const Wire &wire)
{
    const QByteArray begun = Fault::stream(wire.opening + wire.hello);
    const QString silent = u"did not begin an answer in time"_s;
    const QString stopped = u"stopped sending in the middle of the answer"_s;
    Scenarios scenarios = ended(wire, "closed", Fault::close());
    scenarios += ended(wire, "reset", Fault::reset());
    scenarios += Scenarios{
        {"R01 answered with more than the length promised, the end outside",
         {Fault::answer(countedStream(wire.whole(), wire.whole().size() - wire.ending.size()))},
         cutOff(HelloWorld)},
        {"R01 half closed in the middle", {Fault::send(begun) + Fault::halfClose()}, cutOff(Hello)},
        {"R01 half closed after the final event",
         {Fault::send(Fault::stream(wire.whole())) + Fault::halfClose()},
         complete()},
        {"R02 silent as soon as connected",
         {Fault::asSoonAs(When::Connected, {})},
         refused(Error::Kind::Timeout, silent),
         Credential::Type::ApiKey,
         ImpatientAtFirst},
        {"R02 silent before the headers",
         {FaultScript()},
         refused(Error::Kind::Timeout, silent),
         Credential::Type::ApiKey,
         ImpatientAtFirst},
        {"R02 silent in the middle of the headers",
         {Fault::send("HTTP/1.1 200 OK\r\nX-A")},
         refused(Error::Kind::Timeout, silent),
         Credential::Type::ApiKey,
         ImpatientAtFirst},
        {"R02 silent after the headers",
         {Fault::send(Fault::stream({}))},
         cutOff({}, Error::Kind::Timeout, u"before the answer began"_s),
         Credential::Type::ApiKey,
         ImpatientAtFirst},
        {"R02 silent in the middle",
         {Fault::send(begun)},
         cutOff(Hello, Error::Kind::Timeout, stopped),
         Credential::Type::ApiKey,
         ImpatientLater},
        {"R02 silent in the middle of an event",
         {Fault::send(begun + wire.world.chopped(9))},
         cutOff(Hello, Error::Kind::Timeout, stopped),
         Credential::Type::ApiKey,
         ImpatientLater},
        {"R02 silent after the final event, with the connection kept",
         {Fault::send(Fault::stream(wire.whole()))},
         complete(),
         Credential::Type::ApiKey,
         wire.endIsSaid ? StreamExchange::Limits() : ImpatientLater},
        {"R02 silent but for comments, then answered",
         {Fault::send(Fault::stream(wire.opening))
          + Fault::sendInPieces(QByteArray(": a\n\n").repeated(8), 5, 80ms)
          + Fault::answer(wire.hello + wire.world + wire.ending)},
         complete(),
         Credential::Type::ApiKey,
         ImpatientLater},
        {"R02 byte by byte",
         {Fault::sendInPieces(Fault::stream(wire.whole()), 1) + Fault::close()},
         complete()},
        {"R02 in pieces of seven bytes, in chunks of three",
         {Fault::sendInPieces(chunkedStream(Fault::chunked(wire.whole(), 3)), 7) + Fault::close()},
         complete()},
        {"R01 answered and closed before the question was read",
         {Fault::asSoonAs(When::HeadRead,
                          Fault::send(Fault::stream(wire.whole())) + Fault::waitFor(50ms)
                              + Fault::close())},
         complete()},
    };
    return scenarios;
}

} // namespace Maestro::Faults
