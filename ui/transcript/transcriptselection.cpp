// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcriptselection.h"

#include <QTextBoundaryFinder>

namespace Maestro {

namespace {

//! The word that an offset is in, or the space between two.
Stretch wordAround(const QString &text, qsizetype offset)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
    finder.setPosition(offset);
    qsizetype from = offset;
    if (!finder.isAtBoundary() || offset == text.size()) {
        from = qMax<qsizetype>(0, finder.toPreviousBoundary());
    }
    finder.setPosition(from);
    const qsizetype to = finder.toNextBoundary();
    return {from, to < 0 ? text.size() : to};
}

} // namespace

bool TranscriptSelection::isRightToLeft() const
{
    if (!m_column.has(m_caret.at)) {
        return false;
    }
    const PlacedText *text = m_column.layOut(m_caret.at).textAt(m_caret.offset);
    return text && text->flow->isRightToLeft();
}

void TranscriptSelection::clear()
{
    m_anchor = m_caret = {};
    m_caretShown = false;
    m_x.reset();
}

void TranscriptSelection::select(const TextPlace &from, const TextPlace &to)
{
    m_anchor = from;
    m_caret = to;
    m_caretShown = true;
    m_x.reset();
}

void TranscriptSelection::setCaret(const TextPlace &place, Mode mode)
{
    select(mode == Mode::Extend ? m_anchor : place, place);
}

std::pair<TextPlace, TextPlace> TranscriptSelection::around(const TextPlace &place) const
{
    const QString text = textOf(m_column.part(place.at));
    switch (m_unit) {
    case Unit::Letter:
        break;
    case Unit::Word: {
        const Stretch word = wordAround(text, place.offset);
        return {{place.at, word.from}, {place.at, word.to}};
    }
    case Unit::Part:
        return {{place.at, 0}, {place.at, text.size()}};
    }
    return {place, place};
}

void TranscriptSelection::begin(const TextPlace &place, Unit unit)
{
    m_unit = unit;
    m_first = around(place);
    select(m_first.first, m_first.second);
}

void TranscriptSelection::extendTo(const TextPlace &place)
{
    const auto [from, to] = around(place);
    if (to < m_first.second) {
        select(m_first.second, from);
    } else {
        select(m_first.first, to);
    }
}

TextPlace TranscriptSelection::letterFrom(TextPlace place, bool forward)
{
    const QString text = textOf(m_column.part(place.at));
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    finder.setPosition(place.offset);
    const qsizetype to = forward ? finder.toNextBoundary() : finder.toPreviousBoundary();
    if (to >= 0 && to != place.offset) {
        return {place.at, to};
    }
    const auto other = forward ? m_column.next(place.at) : m_column.previous(place.at);
    if (!other) {
        return place;
    }
    return {*other, forward ? 0 : textOf(m_column.part(*other)).size()};
}

TextPlace TranscriptSelection::wordFrom(TextPlace place, bool forward)
{
    const TextPlace one = letterFrom(place, forward);
    if (one.at != place.at || one == place) {
        return one;
    }
    const QString text = textOf(m_column.part(place.at));
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
    finder.setPosition(place.offset);
    qsizetype to = place.offset;
    do {
        to = forward ? finder.toNextBoundary() : finder.toPreviousBoundary();
    } while (to > 0 && to < text.size()
             && !(finder.boundaryReasons() & QTextBoundaryFinder::StartOfItem));
    return {place.at, to < 0 ? (forward ? text.size() : 0) : to};
}

TextPlace TranscriptSelection::lineFrom(const TextPlace &place, bool forward)
{
    const QRectF caret = m_column.caret(place);
    const double x = m_x.value_or(caret.x());
    m_x = x;
    const PartLayout &layout = m_column.layOut(place.at);
    const double top = m_column.topOf(place.at);
    // Within the part, if there is another line; the gap between parts is never the target.
    const double y
        = forward ? caret.bottom() + caret.height() * 0.75 : caret.top() - caret.height() * 0.75;
    const int shift = m_column.entry(place.at.entry).scrolledBy(place.at.part);
    const qsizetype inside = layout.offsetAt({x, y - top}, shift);
    const TextPlace found{place.at, inside};
    const double moved = m_column.caret(found).top() - caret.top();
    if (forward ? moved > caret.height() / 2 : moved < -caret.height() / 2) {
        return found;
    }
    auto other = forward ? m_column.next(place.at) : m_column.previous(place.at);
    while (other && !m_column.layOut(*other).textAt(0)) {
        other = forward ? m_column.next(*other) : m_column.previous(*other);
    }
    if (!other) {
        return place;
    }
    const PartLayout &next = m_column.layOut(*other);
    const int nextShift = m_column.entry(other->entry).scrolledBy(other->part);
    return {*other, next.offsetAt({x, forward ? 0.0 : next.height}, nextShift)};
}

TextPlace TranscriptSelection::lineEdge(const TextPlace &place, bool forward)
{
    const PlacedText *text = m_column.layOut(place.at).textAt(place.offset);
    if (!text) {
        return place;
    }
    const qsizetype inside = place.offset - text->offset;
    return {place.at,
            text->offset + (forward ? text->flow->lineEnd(inside) : text->flow->lineStart(inside))};
}

void TranscriptSelection::move(Step step, bool forward, Mode mode)
{
    if (m_column.isEmpty()) {
        return;
    }
    const TextPlace from = m_column.bounded(m_caret);
    const std::optional<double> x = m_x;
    TextPlace to = from;
    switch (step) {
    case Step::Letter:
        // Leaving a selection goes to its edge.
        to = mode == Mode::Move && hasSelection() ? (forward ? end() : begin())
                                                  : letterFrom(from, forward);
        break;
    case Step::Word:
        to = wordFrom(from, forward);
        break;
    case Step::Line:
        to = lineFrom(from, forward);
        break;
    case Step::LineEdge:
        to = lineEdge(from, forward);
        break;
    case Step::Document: {
        const PartPlace last = m_column.lastPart();
        to = forward ? TextPlace{last, textOf(m_column.part(last)).size()} : m_column.bounded({});
        break;
    }
    }
    const std::optional<double> kept = step == Step::Line ? (x ? x : m_x) : std::nullopt;
    setCaret(to, mode);
    m_x = kept;
}

void TranscriptSelection::moveVertically(int by, Mode mode)
{
    if (m_column.isEmpty()) {
        return;
    }
    const QRectF caret = m_column.caret(m_column.bounded(m_caret));
    const double x = m_x.value_or(caret.x());
    const double y = qBound(0.0, caret.center().y() + by, m_column.height() - 1.0);
    setCaret(m_column.textAt({x, y}), mode);
    m_x = x;
}

Stretch TranscriptSelection::stretchIn(PartPlace place) const
{
    const TextPlace from = begin();
    const TextPlace to = end();
    if (!hasSelection() || place < from.at || place > to.at) {
        return {};
    }
    return {place == from.at ? from.offset : 0,
            place == to.at ? to.offset : textOf(m_column.part(place)).size()};
}

void TranscriptSelection::keepInBounds()
{
    m_anchor = m_column.bounded(m_anchor);
    m_caret = m_column.bounded(m_caret);
}

} // namespace Maestro
