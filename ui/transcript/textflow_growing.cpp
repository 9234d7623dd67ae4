// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a text that grows is laid out again, and no more of it than has to be.

#include "ui/transcript/hiddenmarks.h"
#include "ui/transcript/textflow.h"

#include <algorithm>

namespace Maestro {

namespace {

//! Characters from which on a paragraph that grows keeps its first lines, whatever is in it.
constexpr qsizetype LongParagraph = 400;

//! Marks that change the direction of what follows, maybe lines later.
bool hasDirectionMarks(QStringView text)
{
    return std::any_of(text.begin(), text.end(), turnsDirection);
}

//! The first place from which on two texts may look otherwise.
qsizetype alikeUpTo(const Markdown::Inline &a, const Markdown::Inline &b)
{
    const auto ends = std::mismatch(a.text.begin(), a.text.end(), b.text.begin(), b.text.end());
    qsizetype alike = ends.first - a.text.begin();
    for (qsizetype i = 0; i < qMax(a.spans.size(), b.spans.size()); ++i) {
        if (i >= a.spans.size() || i >= b.spans.size()) {
            return qMin(alike, (i < a.spans.size() ? a : b).spans[i].from);
        }
        const Markdown::Span &one = a.spans[i];
        const Markdown::Span &other = b.spans[i];
        if (one.from != other.from || one.styles != other.styles) {
            return qMin(alike, qMin(one.from, other.from));
        }
        if (one.length != other.length) {
            alike = qMin(alike, one.from + qMin(one.length, other.length));
        }
    }
    return alike;
}

//! Letters that may take less room with what comes behind them (those of a picture, joined to one),
//! or whose lines are broken by what they mean together (those of Thailand and its neighbours).
bool hasComplexScript(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= 0x0590 && u <= 0x109f) || (u >= 0x1700 && u <= 0x1cff) || u == 0x200d
            || (u >= 0xfe00 && u <= 0xfe0f) || c.isSurrogate();
    });
}

} // namespace

// Where a line was broken does not depend on what comes after it, nor the lines after it on what
// was before.
int TextFlow::stayingLines(qsizetype alike) const
{
    const Piece &last = m_pieces.back();
    const QStringView text = QStringView(m_text.text.text).mid(last.from);
    const int lines = last.lines - (hasComplexScript(text) ? 2 : 1);
    if (lines < 1 || m_text.lines == FlowText::Lines::Whole || hasDirectionMarks(m_text.text.text)
        || (text.size() < LongParagraph && hasRightToLeft(text))) {
        return 0;
    }
    return startOf(last, lines) <= alike ? lines : 0;
}

bool TextFlow::growTo(const FlowText &text, const TranscriptLook &look)
{
    const bool isLaidOutAlike = text.look == m_text.look && text.lines == m_text.lines
        && text.alignment == m_text.alignment && text.runs == m_text.runs
        && text.width == m_text.width && text.isRightToLeft() == m_rightToLeft;
    const qsizetype alike = alikeUpTo(text.text, m_text.text);
    Piece &last = m_pieces.back();
    if (!isLaidOutAlike || alike < last.from) {
        return false;
    }
    const int staying = stayingLines(alike);
    const qsizetype from = staying == 0 ? last.from : startOf(last, staying);
    if (from > 0 && hasDirectionMarks(QStringView(text.text.text).mid(from))) {
        return false;
    }
    const double top = last.top + heightOf(last, staying);
    m_text = text;
    Piece next = makePiece(from, top, look);
    m_changed = changedBetween(last, staying, next, alike);
    if (staying > 0) {
        last.to = from;
        last.lines = staying;
        last.height = top - last.top;
        m_stayingWidth = qMax(m_stayingWidth, widthOf(last));
    } else {
        m_pieces.pop_back();
    }
    append(std::move(next));
    return true;
}

QRectF TextFlow::changedBetween(const Piece &before, int first, const Piece &now,
                                qsizetype alike) const
{
    const int same = unchangedLines(before, first, now, alike);
    const double top = now.top + heightOf(now, same);
    const double bottom = qMax(before.top + before.height, now.top + now.height);
    // What is painted behind letters reaches a little over them.
    const double overhang = m_letters / 2;
    QRectF changed(-overhang, top, qMax(m_text.width, widthOf(now)) + 2 * overhang, bottom - top);
    const QString text = now.layout->text();
    if (same + 1 == now.lines && first + same + 1 == before.lines && !m_rightToLeft
        && !hasRightToLeft(text) && now.layout->textOption().alignment() == Qt::AlignLeft) {
        const QTextLine line = now.layout->lineAt(same);
        const QTextLine old = before.layout->lineAt(first + same);
        const bool standsAsItStood
            = now.top + line.y() == before.top + old.y() && line.ascent() == old.ascent();
        // The letters of a word may take others than they were alone.
        const qsizetype word = text.lastIndexOf(u' ', qMax<qsizetype>(0, alike - now.from - 1));
        if (standsAsItStood && word > line.textStart()) {
            changed.setLeft(line.cursorToX(static_cast<int>(word)) - overhang);
        }
    }
    return changed;
}

// The last line that was there has become longer; of what goes from right to left, others may have
// changed with it.
int TextFlow::unchangedLines(const Piece &before, int first, const Piece &now,
                             qsizetype alike) const
{
    if (hasRightToLeft(QStringView(m_text.text.text).mid(now.from))) {
        return 0;
    }
    int line = 0;
    while (first + line + 1 < before.lines && line < now.lines
           && startOf(before, first + line) == startOf(now, line)
           && startOf(before, first + line + 1) <= alike
           && startOf(before, first + line + 1) == startOf(now, line + 1)) {
        ++line;
    }
    return line;
}

} // namespace Maestro
