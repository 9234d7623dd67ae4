// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The parser of server-sent events: any split of the bytes gives the same events, and they are
// those of the standard, read once more in the plainest way.

#include "core/sseparser.h"
#include "fuzz.h"

#include <QByteArrayList>

#include <algorithm>

using namespace Maestro;
using namespace Maestro::Fuzz;

namespace {

struct Parsed
{
    QList<SseParser::Item> items;
    QByteArray stray;

    friend bool operator==(const Parsed &, const Parsed &) = default;
};

Parsed parse(QByteArrayView bytes, Cut cut, SseParser::AtEnd atEnd, qsizetype limit)
{
    SseParser parser(atEnd, limit);
    Parsed parsed;
    forEachPiece(bytes, cut, [&](QByteArrayView piece) { parsed.items += parser.feed(piece); });
    parsed.items += parser.finish();
    parsed.stray = parser.stray().toByteArray();
    return parsed;
}

//! The lines of the standard; the last one is what no line end followed.
QByteArrayList linesOf(QByteArray bytes)
{
    if (bytes.startsWith("\xEF\xBB\xBF")) {
        bytes.remove(0, 3);
    }
    return bytes.replace("\r\n", "\n").replace('\r', '\n').split('\n');
}

class PlainParser
{
public:
    void takeLine(const QByteArray &line)
    {
        if (line.isEmpty()) {
            dispatch();
            return;
        }
        const qsizetype colon = line.indexOf(':');
        const QByteArray field = colon < 0 ? line : line.left(colon);
        QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
        if (value.startsWith(' ')) {
            value.remove(0, 1);
        }
        if (field == "data") {
            m_data.append(value);
        } else if (field == "event") {
            m_type = value;
        } else if (field == "id" && !value.contains('\0')) {
            m_id = value;
        } else if (field == "retry" && !value.isEmpty()
                   && std::all_of(value.begin(), value.end(),
                                  [](char c) { return c >= '0' && c <= '9'; })) {
            m_retry = value;
        } else if (!field.isEmpty() && field != "id" && field != "retry") {
            m_parsed.stray += line + '\n';
        }
    }
    void dispatch()
    {
        if (!m_data.isEmpty()) {
            m_parsed.items.append(ServerSentEvent{m_type.isEmpty() ? "message" : m_type,
                                                  m_data.join('\n'), m_id, m_retry});
            m_retry.clear();
        }
        m_data.clear();
        m_type.clear();
    }
    const Parsed &parsed() const { return m_parsed; }

private:
    QByteArrayList m_data;
    QByteArray m_type;
    QByteArray m_id;
    QByteArray m_retry;
    Parsed m_parsed;
};

Parsed parsePlainly(QByteArrayView bytes, SseParser::AtEnd atEnd)
{
    PlainParser parser;
    QByteArrayList lines = linesOf(bytes.toByteArray());
    const QByteArray last = lines.takeLast();
    for (const QByteArray &line : std::as_const(lines)) {
        parser.takeLine(line);
    }
    if (atEnd == SseParser::AtEnd::Flush) {
        if (!last.isEmpty()) {
            parser.takeLine(last);
        }
        parser.dispatch();
    }
    return parser.parsed();
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr qsizetype SmallLimit = 24;
    const QByteArrayView bytes = viewOf(data, size);
    for (const auto atEnd : {SseParser::AtEnd::Flush, SseParser::AtEnd::Discard}) {
        for (const qsizetype limit : {SseParser::DefaultEventLimit, SmallLimit}) {
            const Parsed whole = parse(bytes, Cut::Whole, atEnd, limit);
            require(parse(bytes, Cut::EveryByte, atEnd, limit) == whole,
                    "byte by byte, the events are the same");
            require(parse(bytes, Cut::AnyPieces, atEnd, limit) == whole,
                    "in any pieces, the events are the same");
            require(limit == SmallLimit || whole == parsePlainly(bytes, atEnd),
                    "the events are those of the standard");
            for (const SseParser::Item &item : whole.items) {
                const auto *event = std::get_if<ServerSentEvent>(&item);
                require(event == nullptr || event->data.size() <= limit,
                        "no event is over the limit");
            }
        }
    }
    return 0;
}
