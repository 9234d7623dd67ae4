// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/textflow.h"

#include "ui/transcript/hiddenmarks.h"
#include "ui/transcript/part.h"

#include <QGlyphRun>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace Maestro {

namespace {

//! A line that is not broken is as long as this.
constexpr double WholeLine = 1.0e6;
constexpr int TabLetters = 4;

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
    if (hidden.isEmpty()) {
        return {};
    }
    QTextCharFormat format;
    format.setForeground(look.colors().danger);
    format.setBackground(look.colors().dangerSoft);
    QList<QTextLayout::FormatRange> ranges;
    for (const qsizetype at : hidden) {
        ranges.append({static_cast<int>(at), 1, format});
    }
    return ranges;
}

using Stretches = QList<std::pair<double, double>>;

//! Where letters of a line stand, from left to right. Neighbours need not be where some go the
//! other way: then each is looked at.
Stretches stretches(const QTextLine &line, int from, int to, bool isMixed)
{
    if (from >= to) {
        return {};
    }
    if (!isMixed) {
        return {{line.cursorToX(from), line.cursorToX(to)}};
    }
    Stretches letters;
    const QList<QGlyphRun> runs = line.glyphRuns(from, to - from);
    for (const QGlyphRun &run : runs) {
        letters.append({run.boundingRect().left(), run.boundingRect().right()});
    }
    if (letters.isEmpty()) {
        return {};
    }
    std::sort(letters.begin(), letters.end());
    Stretches joined{letters.first()};
    for (const auto &[left, right] : std::as_const(letters)) {
        constexpr double Rounding = 0.5;
        if (left > joined.last().second + Rounding) {
            joined.append({left, right});
        }
        joined.last().second = qMax(joined.last().second, right);
    }
    return joined;
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
    , m_rightToLeft(text.isRightToLeft())
    , m_step(look.lineStep(text.look))
    , m_letters(look.letterHeight(text.look))
{
    append(makePiece(0, 0, look));
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

TextFlow::Piece TextFlow::makePiece(qsizetype from, double top, const TranscriptLook &look)
{
    const qsizetype to = m_text.text.text.size();
    const Markdown::Inline text = from == 0 ? m_text.text : midOf(m_text.text, from, to - from);
    const QList<qsizetype> hidden
        = m_text.look == TextLook::Code ? hiddenInCode(text.text) : hiddenInMarks(text);
    const Isolates isolates = m_rightToLeft ? Isolates(text) : Isolates();
    Piece piece{std::make_unique<QTextLayout>(isolates.applied(withSigns(text.text, hidden)),
                                              look.font(m_text.look)),
                from,
                to,
                0,
                top,
                0,
                isolates};
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
    layOutLines(piece);
    return piece;
}

void TextFlow::layOutLines(Piece &piece)
{
    const bool whole = m_text.lines == FlowText::Lines::Whole;
    piece.layout->beginLayout();
    for (QTextLine line = piece.layout->createLine(); line.isValid();
         line = piece.layout->createLine()) {
        line.setLineWidth(whole ? WholeLine : qMax(1.0, m_text.width));
        const double step = stepOf(line);
        line.setPosition(QPointF(0, piece.height + qRound((step - line.height()) / 2)));
        piece.height += step;
        ++piece.lines;
    }
    piece.layout->endLayout();
}

// Emoji and other fonts may be higher than the text's own.
double TextFlow::stepOf(const QTextLine &line) const
{
    return m_step + qCeil(qMax(0.0, line.height() - m_letters));
}

qsizetype TextFlow::startOf(const Piece &piece, int line)
{
    return line < piece.layout->lineCount() ? piece.offsetOf(piece.layout->lineAt(line).textStart())
                                            : piece.to;
}

bool TextFlow::isLastLine(const Piece &piece, int line) const
{
    return &piece == &m_pieces.back() && line == piece.lines - 1;
}

double TextFlow::heightOf(const Piece &piece, int lines) const
{
    double height = 0;
    for (int i = 0; i < lines; ++i) {
        height += stepOf(piece.layout->lineAt(i));
    }
    return height;
}

double TextFlow::widthOf(const Piece &piece)
{
    double width = 0;
    for (int i = 0; i < piece.lines; ++i) {
        width = qMax(width, piece.layout->lineAt(i).naturalTextWidth());
    }
    return width;
}

void TextFlow::append(Piece piece)
{
    m_height = piece.top + piece.height;
    m_usedWidth = qMax(m_stayingWidth, widthOf(piece));
    m_pieces.push_back(std::move(piece));
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
        const QPointF corner = at + QPointF(0, piece.top);
        if (corner.y() > clip.bottom() || corner.y() + piece.height < clip.top()) {
            continue;
        }
        for (int i = 0; i < piece.lines; ++i) {
            const QTextLine line = piece.layout->lineAt(i);
            const double top = corner.y() + line.y();
            if (top <= clip.bottom() && top + line.height() >= clip.top()) {
                line.draw(&painter, corner);
            }
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
    for (int i = 0; i < piece->lines; ++i) {
        const QTextLine line = piece->layout->lineAt(i);
        bottom = line.y() + line.height() + (m_step - line.height()) / 2;
        if (y < bottom || i == piece->lines - 1) {
            const int cursor = line.xToCursor(point.x());
            // Behind a broken line's last letter begins the next line.
            const int end = line.textStart() + line.textLength();
            return isLastLine(*piece, i) || cursor != end ? piece->offsetOf(cursor)
                                                          : piece->offsetBefore(end);
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
    const bool isMixed = hasRightToLeft(m_text.text.text);
    for (const Piece &piece : m_pieces) {
        const int begin = piece.isolates.beginAt(qMax<qsizetype>(0, from - piece.from));
        const int end = piece.isolates.endAt(qMin(piece.to, to) - piece.from);
        if (begin >= end) {
            continue;
        }
        const QTextLine first = piece.layout->lineForTextPosition(begin);
        for (int i = first.isValid() ? first.lineNumber() : 0; i < piece.lines; ++i) {
            const QTextLine line = piece.layout->lineAt(i);
            if (line.textStart() >= end) {
                break;
            }
            const int a = qMax(begin, line.textStart());
            const int b = qMin(end, line.textStart() + line.textLength());
            const double above = (m_step - line.height()) / 2;
            for (const auto &[left, right] : stretches(line, a, b, isMixed)) {
                rects.append(QRectF(left, piece.top + line.y() - qMax(0.0, above), right - left,
                                    qMax(line.height(), m_step)));
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
    return isLastLine(piece, line.lineNumber()) ? piece.offsetOf(end) : piece.offsetBefore(end);
}

} // namespace Maestro
