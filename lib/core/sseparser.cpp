// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/sseparser.h"

#include <algorithm>
#include <cstring>

namespace Maestro {

namespace {

constexpr QByteArrayView Bom = "\xEF\xBB\xBF";
//! The memory of a longer event is given back.
constexpr qsizetype UsualEvent = 64 * 1024;

//! The first LF or CR at or after `from`, or the end. memchr is several times faster than a loop,
//! and a stream that uses LF alone has no CR to find, so that search is made once for a chunk.
class LineEnds
{
public:
    explicit LineEnds(QByteArrayView bytes)
        : m_bytes(bytes)
        , m_nextCr(find('\r', 0))
    { }

    qsizetype next(qsizetype from)
    {
        if (m_nextCr < from) {
            m_nextCr = find('\r', from);
        }
        const auto *found
            = std::memchr(m_bytes.data() + from, '\n', static_cast<size_t>(m_nextCr - from));
        return found ? static_cast<const char *>(found) - m_bytes.data() : m_nextCr;
    }

private:
    qsizetype find(char byte, qsizetype from) const
    {
        if (from >= m_bytes.size()) {
            return m_bytes.size();
        }
        const auto *found
            = std::memchr(m_bytes.data() + from, byte, static_cast<size_t>(m_bytes.size() - from));
        return found ? static_cast<const char *>(found) - m_bytes.data() : m_bytes.size();
    }

    QByteArrayView m_bytes;
    qsizetype m_nextCr;
};

bool isAllDigits(QByteArrayView value)
{
    return !value.isEmpty()
        && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

SseParser::SseParser(AtEnd atEnd, qsizetype eventLimit)
    : m_atEnd(atEnd)
    , m_eventLimit(eventLimit)
{ }

QList<SseParser::Item> SseParser::feed(QByteArrayView bytes)
{
    QList<Item> items;
    feed(bytes, [&](const Item &item) { items.append(item); });
    return items;
}

QList<SseParser::Item> SseParser::finish()
{
    QList<Item> items;
    finish([&](const Item &item) { items.append(item); });
    return items;
}

void SseParser::feed(QByteArrayView bytes, const Sink &sink)
{
    qsizetype position = 0;

    // One leading byte order mark is dropped, also when its bytes come one by one.
    while (m_bomBytes >= 0 && position < bytes.size()) {
        if (bytes[position] != Bom[m_bomBytes]) {
            m_partialLine = Bom.first(m_bomBytes).toByteArray();
            m_bomBytes = -1;
            break;
        }
        ++position;
        if (++m_bomBytes == Bom.size()) {
            m_bomBytes = -1;
        }
    }
    if (m_bomBytes >= 0) {
        return;
    }

    LineEnds ends(bytes);
    while (position < bytes.size()) {
        if (m_skipLf) {
            m_skipLf = false;
            if (bytes[position] == '\n') {
                ++position;
                continue;
            }
        }
        const qsizetype end = ends.next(position);
        const QByteArrayView piece = bytes.sliced(position, end - position);
        if (m_lineOversized || !fits(piece.size())) {
            m_lineOversized = true;
            m_oversized = true;
            m_partialLine = QByteArray();
        } else if (end == bytes.size() || !m_partialLine.isEmpty()) {
            m_partialLine.append(piece);
        }
        if (end == bytes.size()) {
            break;
        }
        // A CR completes its line at once: waiting for the byte after it would lose a final one.
        m_skipLf = bytes[end] == '\r';
        position = end + 1;
        if (m_lineOversized) {
            m_lineOversized = false;
        } else if (m_partialLine.isEmpty()) {
            takeLine(piece, sink);
        } else {
            const QByteArray line = std::exchange(m_partialLine, QByteArray());
            takeLine(line, sink);
        }
    }
}

void SseParser::finish(const Sink &sink)
{
    if (m_bomBytes > 0) {
        m_partialLine = Bom.first(m_bomBytes).toByteArray();
    }
    if (m_atEnd == AtEnd::Discard) {
        return;
    }
    if (!m_partialLine.isEmpty()) {
        takeField(std::exchange(m_partialLine, QByteArray()));
    }
    dispatch(sink);
}

bool SseParser::fits(qsizetype more) const
{
    return event().data.size() + m_partialLine.size() + more <= m_eventLimit;
}

void SseParser::takeLine(QByteArrayView line, const Sink &sink)
{
    if (line.isEmpty()) {
        dispatch(sink);
    } else if (!m_oversized) {
        takeField(line);
    }
}

void SseParser::takeField(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon == 0) {
        return; // a comment
    }
    const QByteArrayView field = colon < 0 ? line : line.first(colon);
    QByteArrayView value = colon < 0 ? QByteArrayView() : line.sliced(colon + 1);
    if (value.startsWith(' ')) {
        value = value.sliced(1);
    }
    if (field == "data") {
        if (m_hasData) {
            event().data.append('\n');
        }
        event().data.append(value);
        m_hasData = true;
    } else if (field == "event") {
        // Most events are of the same type as the one before.
        if (event().type != value) {
            event().type = value.toByteArray();
        }
        m_isNamed = !value.isEmpty();
    } else if (field == "id") {
        if (!value.contains('\0')) {
            event().lastEventId = value.toByteArray();
        }
    } else if (field == "retry") {
        if (isAllDigits(value)) {
            event().retry = value.toByteArray();
        }
    } else if (m_stray.size() < StrayLimit) {
        m_stray.append(line.first(std::min(line.size(), StrayLimit - m_stray.size())));
        m_stray.append('\n');
    }
}

void SseParser::dispatch(const Sink &sink)
{
    if (m_oversized) {
        m_oversized = false;
        sink(Oversized{m_eventLimit});
    } else if (m_hasData) {
        if (!m_isNamed) {
            event().type = QByteArrayLiteral("message");
        }
        sink(m_item);
        event().retry = QByteArray();
    }
    QByteArray &data = event().data;
    if (data.isDetached() && data.capacity() <= UsualEvent) {
        data.resize(0);
    } else {
        data = QByteArray();
    }
    m_isNamed = false;
    m_hasData = false;
}

} // namespace Maestro
