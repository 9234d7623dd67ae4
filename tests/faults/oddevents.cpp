// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "faults/scenario.h"

using namespace Qt::StringLiterals;

namespace Maestro::Faults {

namespace {

QByteArray withLineEnds(QByteArray events, const QByteArray &end)
{
    return events.replace("\n", end);
}

Scenario odd(const QByteArray &name, const QByteArray &events, const QString &text = HelloWorld)
{
    return {"R20 " + name, {Fault::answer(Fault::stream(events))}, complete(text)};
}

//! The same with something between the two words.
Scenario with(const Wire &wire, const QByteArray &name, const QByteArray &between, int skipped = 0)
{
    Scenario scenario = odd(name, wire.opening + wire.hello + between + wire.world + wire.ending);
    scenario.expected.skipped = skipped;
    return scenario;
}

} // namespace

Scenarios oddEvents(const Wire &wire)
{
    constexpr qsizetype BeyondAnyEvent = 9 * 1024 * 1024;
    QByteArray brokenWord = wire.world;
    brokenWord.replace("wörld", "w\xC3rld");
    QByteArray half = wire.world;
    half.replace("✓", "\\ud83d");
    return {
        odd("lines that end in CRLF", withLineEnds(wire.whole(), "\r\n")),
        odd("lines that end in CR", withLineEnds(wire.whole(), "\r")),
        {"R20 lines that end in CRLF, byte by byte",
         {Fault::sendInPieces(Fault::stream(withLineEnds(wire.whole(), "\r\n")), 1)
          + Fault::close()},
         complete()},
        odd("a byte order mark", "\xEF\xBB\xBF" + wire.whole()),
        odd("no blank line after the final event", wire.whole().chopped(1)),
        with(wire, "comments and pings",
             ": ping\n\n:\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\n"),
        with(wire, "an event of a type nobody knows",
             "event: news\ndata: {\"type\":\"news\",\"x\":[1]}\n\n"),
        with(wire, "an id and a retry", "id: 7\nretry: 10\n\n"),
        with(wire, "JSON that is broken", "data: {\"broken\": \n\n", 1),
        with(wire, "JSON that is no object", "data: [1, 2]\n\ndata: \"x\"\n\ndata: null\n\n", 3),
        with(wire, "a number beyond numbers", "data: {\"type\":\"news\",\"x\":1e400}\n\n", 1),
        with(wire, "a deep nest", "data: " + QByteArray(100'000, '[') + "\n\n", 1),
        with(wire, "a NUL", QByteArrayLiteral("data: {\"type\":\"news\",\"x\":\"\0\"}\n\n")),
        with(wire, "an event longer than any", "data: " + QByteArray(BeyondAnyEvent, 'x') + "\n\n",
             1),
        odd("bytes that are no UTF-8", wire.opening + wire.hello + brokenWord + wire.ending,
            u"Hello w\uFFFDrld ✓"_s),
        odd("half a surrogate pair", wire.opening + wire.hello + half + wire.ending,
            u"Hello wörld "_s + QChar(0xD83D)),
        odd("something after the end", wire.whole() + wire.hello,
            wire.endIsSaid ? HelloWorld : HelloWorld + Hello),
        {"R20 comments alone",
         {Fault::answer(Fault::stream(QByteArray(": ping\n\n").repeated(20)))},
         cutOff({}, Error::Kind::Interrupted, u"before the answer began"_s)},
        {"R20 [DONE] alone",
         {Fault::answer(Fault::stream("data: [DONE]\n\n"))},
         wire.name == "Chat" ? complete({})
                             : cutOff({}, Error::Kind::Interrupted, u"before the answer began"_s)},
    };
}

} // namespace Maestro::Faults
