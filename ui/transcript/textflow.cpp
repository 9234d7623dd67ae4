// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/textflow.h"

#include "ui/transcript/hiddenmarks.h"
#include "ui/transcript/part.h"

#include <QPainter>

#include <algorithm>

namespace Maestro {

namespace {

//! Characters from which on a paragraph that grows keeps its first lines.
constexpr qsizetype LongParagraph = 400;
//! A line that is not broken is as long as this.
constexpr double WholeLine = 1.0e6;
constexpr int TabLetters = 4;

//! Marks that change the direction of what follows, maybe lines later.
bool hasDirectionMarks(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return (c.unicode() >= 0x202a && c.unicode() <= 0x202e)
            || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069);
    });
}

//! What is shown in place of letters that are not seen, and how: as many letters, so that every
//! offset stays what it is.
QString withSigns(QString text, const QList<qsizetype> &hidden)
{
    for (const qsizetype at : hidden) {
        text[at] = HiddenSign;
    }
    return text;
}

QList<QTextLayout::FormatRange> signFormats(const QList<qsizetype> &hidden,
                                            const TranscriptLook &look)
{
    QTextCharFormat format;
    format.setForeground(look.colors().danger);
    format.setBackground(look.colors().dangerSoft);
    QList<QTextLayout::FormatRange> ranges;
    for (const qsizetype at : hidden) {
        ranges.append({static_cast<int>(at), 1, format});
    }
    return ranges;
}

Qt::Alignment alignmentOf(Markdown::Alignment alignment, bool rightToLeft)
{
    switch (alignment) {
    case Markdown::Alignment::Left:
        return Qt::AlignLeft;
    case Markdown::Alignment::Center:
        return Qt::AlignHCenter;
    case Markdown::Alignment::Right:
        return Qt::AlignRight;
    case Markdown::Alignment::None:
        break;
    }
    return rightToLeft ? Qt::AlignRight : Qt::AlignLeft;
}

} // namespace

TextFlow::TextFlow(const FlowText &text, const TranscriptLook &look)
    : m_text(text)
    , m_rightToLeft(text.look != TextLook::Code && text.text.text.isRightToLeft())
    , m_step(look.lineStep(text.look))
{
    append(makePiece(0, text.text.text.size(), 0, look));
}

//! Of the letter that ends there: marks are none.
qsizetype TextFlow::Piece::offsetBefore(int place) const
{
    int before = layout->previousCursorPosition(place);
    while (before > 0 && offsetOf(before) == offsetOf(place)) {
        before = layout->previousCursorPosition(before);
    }
    return offsetOf(before);
}

TextFlow::Piece TextFlow::makePiece(qsizetype from, qsizetype to, double top,
                                    const TranscriptLook &look)
{
    const bool isWhole = from == 0 && to == m_text.text.text.size();
    const Markdown::Inline text = isWhole ? m_text.text : midOf(m_text.text, from, to - from);
    const QList<qsizetype> hidden
        = m_text.look == TextLook::Code ? hiddenInCode(text.text) : hiddenInMarks(text);
    const Isolates isolates = m_rightToLeft ? Isolates(text) : Isolates();
    Piece piece{std::make_unique<QTextLayout>(isolates.applied(withSigns(text.text, hidden)),
                                              look.font(m_text.look)),
                from, top, 0, isolates};
    piece.layout->setCacheEnabled(true);
    piece.layout->setFormats(isolates.applied(
        look.formats(text) + look.formats(m_text.runs, from, to) + signFormats(hidden, look)));
    // A line that is as long as it likes has no right edge to stand at.
    QTextOption option(m_text.lines == FlowText::Lines::Whole
                           ? Qt::AlignLeft
                           : alignmentOf(m_text.alignment, m_rightToLeft));
    option.setTextDirection(m_rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setWrapMode(m_text.lines == FlowText::Lines::Broken
                           ? QTextOption::WrapAtWordBoundaryOrAnywhere
                           : QTextOption::ManualWrap);
    option.setTabStopDistance(TabLetters * look.letterWidth(m_text.look));
    piece.layout->setTextOption(option);
    layOutLines(piece, look);
    return piece;
}

void TextFlow::layOutLines(Piece &piece, const TranscriptLook &look)
{
    const bool whole = m_text.lines == FlowText::Lines::Whole;
    const bool isLast = piece.endOffset() == m_text.text.text.size();
    const double letters = look.letterHeight(m_text.look);
    double y = 0;
    piece.layout->beginLayout();
    for (QTextLine line = piece.layout->createLine(); line.isValid();
         line = piece.layout->createLine()) {
        line.setLineWidth(whole ? WholeLine : qMax(1.0, m_text.width));
        if (!isLast && line.textLength() == 0 && line.lineNumber() > 0) {
            break; // after a hard break, what goes on is in the next piece
        }
        // Emoji and other fonts may be higher than the text's own.
        const double step = m_step + qCeil(qMax(0.0, line.height() - letters));
        line.setPosition(QPointF(0, y + qRound((step - line.height()) / 2)));
        y += step;
        m_usedWidth = qMax(m_usedWidth, line.naturalTextWidth());
    }
    piece.layout->endLayout();
    piece.height = y;
}

void TextFlow::append(Piece piece)
{
    m_height = piece.top + piece.height;
    m_pieces.push_back(std::move(piece));
}

void TextFlow::freeze(const TranscriptLook &look)
{
    const Piece &last = m_pieces.back();
    const int lines = last.layout->lineCount();
    if (m_text.text.text.size() - last.from < LongParagraph || lines < 4
        || m_text.lines == FlowText::Lines::Whole || hasDirectionMarks(m_text.text.text)) {
        return;
    }
    // Where a line was broken does not depend on what comes after it, nor the lines after it on
    // what was before.
    const qsizetype begin = last.from;
    const qsizetype from = last.offsetOf(last.layout->lineAt(lines - 2).textStart());
    const double top = last.top;
    m_pieces.pop_back();
    append(makePiece(begin, from, top, look));
    append(makePiece(from, m_text.text.text.size(), m_height, look));
}

bool TextFlow::growTo(const FlowText &text, const TranscriptLook &look)
{
    freeze(look);
    if (m_pieces.size() < 2) {
        return false;
    }
    const qsizetype frozen = m_pieces.back().from;
    FlowText same = text;
    same.text = m_text.text;
    if (same != m_text || text.text.text.size() < frozen
        || QStringView(text.text.text).left(frozen) != QStringView(m_text.text.text).left(frozen)
        || midOf(text.text, 0, frozen).spans != midOf(m_text.text, 0, frozen).spans
        || hasDirectionMarks(QStringView(text.text.text).mid(frozen))) {
        return false;
    }
    m_changedFrom = m_pieces.back().top;
    m_text = text;
    m_pieces.pop_back();
    append(makePiece(frozen, m_text.text.text.size(), m_changedFrom, look));
    return true;
}

const TextFlow::Piece &TextFlow::pieceOf(qsizetype offset) const
{
    auto it = m_pieces.rbegin();
    while (it + 1 != m_pieces.rend() && it->from > offset) {
        ++it;
    }
    return *it;
}

void TextFlow::paint(QPainter &painter, QPointF at, const QRectF &clip) const
{
    for (const Piece &piece : m_pieces) {
        const QRectF where(at.x(), at.y() + piece.top, qMax(m_text.width, m_usedWidth),
                           piece.height);
        if (where.bottom() >= clip.top() && where.top() <= clip.bottom()) {
            piece.layout->draw(&painter, where.topLeft(), {}, clip);
        }
    }
}

qsizetype TextFlow::offsetAt(QPointF point) const
{
    const Piece *piece = &m_pieces.front();
    for (const Piece &each : m_pieces) {
        if (each.top <= point.y()) {
            piece = &each;
        }
    }
    const double y = point.y() - piece->top;
    double bottom = 0;
    for (int i = 0; i < piece->layout->lineCount(); ++i) {
        const QTextLine line = piece->layout->lineAt(i);
        bottom = line.y() + line.height() + (m_step - line.height()) / 2;
        if (y < bottom || i == piece->layout->lineCount() - 1) {
            const int cursor = line.xToCursor(point.x());
            // Behind a broken line's last letter begins the next line.
            const int end = line.textStart() + line.textLength();
            const bool broken = i < piece->layout->lineCount() - 1;
            return broken && cursor == end ? piece->offsetBefore(end) : piece->offsetOf(cursor);
        }
    }
    return piece->from;
}

QRectF TextFlow::caret(qsizetype offset) const
{
    const Piece &piece = pieceOf(offset);
    const int place = piece.isolates.beginAt(offset - piece.from);
    const QTextLine line = piece.layout->lineForTextPosition(place);
    if (!line.isValid()) {
        return {0, piece.top, 1, m_step};
    }
    const double x = line.cursorToX(place);
    return {x, piece.top + line.y(), 1, line.height()};
}

QList<QRectF> TextFlow::rects(qsizetype from, qsizetype to) const
{
    QList<QRectF> rects;
    for (const Piece &piece : m_pieces) {
        const qsizetype until = qMin(piece.endOffset(), to) - piece.from;
        const int begin = piece.isolates.beginAt(qMax<qsizetype>(0, from - piece.from));
        const int end = piece.isolates.endAt(until);
        if (begin >= end) {
            continue;
        }
        const QTextLine first = piece.layout->lineForTextPosition(begin);
        for (int i = first.isValid() ? first.lineNumber() : 0; i < piece.layout->lineCount(); ++i) {
            const QTextLine line = piece.layout->lineAt(i);
            if (line.textStart() >= end) {
                break;
            }
            const int a = qMax(begin, line.textStart());
            const int b = qMin(end, line.textStart() + line.textLength());
            if (a < b) {
                const double x1 = line.cursorToX(a);
                const double x2 = line.cursorToX(b);
                const double above = (m_step - line.height()) / 2;
                rects.append(QRectF(qMin(x1, x2), piece.top + line.y() - qMax(0.0, above),
                                    qAbs(x2 - x1), qMax(line.height(), m_step)));
            }
        }
    }
    return rects;
}

qsizetype TextFlow::lineStart(qsizetype offset) const
{
    const Piece &piece = pieceOf(offset);
    const QTextLine line
        = piece.layout->lineForTextPosition(piece.isolates.beginAt(offset - piece.from));
    return line.isValid() ? piece.offsetOf(line.textStart()) : offset;
}

qsizetype TextFlow::lineEnd(qsizetype offset) const
{
    const Piece &piece = pieceOf(offset);
    const QTextLine line
        = piece.layout->lineForTextPosition(piece.isolates.beginAt(offset - piece.from));
    if (!line.isValid()) {
        return offset;
    }
    const int end = line.textStart() + line.textLength();
    const bool isLast = line.lineNumber() == piece.layout->lineCount() - 1;
    return isLast ? piece.offsetOf(end) : piece.offsetBefore(end);
}

} // namespace Maestro
