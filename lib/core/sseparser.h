// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/serversentevent.h"

#include <QList>

#include <functional>
#include <variant>

namespace Maestro {

//! Splits a byte stream into server-sent events by the rules of the WHATWG HTML standard, §9.2.5
//! and §9.2.6, whatever the chunks. Linear in the bytes; no I/O.
class SseParser
{
public:
    enum class AtEnd {
        Discard, //!< as the standard says: what no blank line ended is dropped
        Flush, //!< gateways lose the last blank line in practice, and the event before it is the
               //!< final one
    };
    //! An event longer than the limit. It is skipped; the stream goes on after it.
    struct Oversized
    {
        qsizetype limit = 0;

        friend bool operator==(const Oversized &, const Oversized &) = default;
    };
    using Item = std::variant<ServerSentEvent, Oversized>;
    //! What is called with each item as soon as it is whole. The parser uses the item's memory again.
    using Sink = std::function<void(const Item &)>;

    //! Images come as one line of megabytes; nothing sensible is longer than this.
    static constexpr qsizetype DefaultEventLimit = 16 * 1024 * 1024;

    explicit SseParser(AtEnd atEnd = AtEnd::Flush, qsizetype eventLimit = DefaultEventLimit);

    void feed(QByteArrayView bytes, const Sink &sink);
    //! The bytes have ended; feed() must not be called again.
    void finish(const Sink &sink);
    //! The same, with all items at the end.
    QList<Item> feed(QByteArrayView bytes);
    QList<Item> finish();

    //! Lines that were no field of an event, joined with LF: a JSON body that is not framed as
    //! events, for one. Bounded to StrayLimit; what is longer is cut there.
    QByteArrayView stray() const { return m_stray; }

    static constexpr qsizetype StrayLimit = 64 * 1024;

private:
    void takeLine(QByteArrayView line, const Sink &sink);
    void takeField(QByteArrayView line);
    void dispatch(const Sink &sink);
    ServerSentEvent &event() { return std::get<ServerSentEvent>(m_item); }
    const ServerSentEvent &event() const { return std::get<ServerSentEvent>(m_item); }
    bool fits(qsizetype more) const;

    AtEnd m_atEnd;
    qsizetype m_eventLimit;
    QByteArray m_partialLine;
    //! The event that is being read: what one event has allocated serves the next one.
    Item m_item;
    QByteArray m_stray;
    bool m_isNamed = false;
    bool m_hasData = false;
    bool m_skipLf = false; // the last byte was a CR that ended a line: an LF now belongs to it
    bool m_oversized = false; // this event is over the limit: drop its bytes until a blank line
    bool m_lineOversized
        = false; // the partial line is over the limit: drop its bytes until it ends
    int m_bomBytes = 0; // how much of a leading BOM has been seen; -1 when the start is past
};

} // namespace Maestro
