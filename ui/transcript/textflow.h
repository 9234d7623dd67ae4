// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/isolates.h"
#include "ui/transcript/transcriptlook.h"

#include <memory>
#include <vector>

class QPainter;

namespace Maestro {

//! A text to lay out: the same value in the same width is laid out the same.
struct FlowText
{
    enum class Lines { Broken, Whole };

    Markdown::Inline text;
    TextLook look = TextLook::Body;
    Lines lines = Lines::Broken;
    Markdown::Alignment alignment = Markdown::Alignment::None;
    Syntax::Runs runs = {}; //!< of code
    double width = 0;

    friend bool operator==(const FlowText &, const FlowText &) = default;
};

//! A text laid out in lines. What is long and only grows is not laid out again: its lines but the
//! last two stay as they are.
class TextFlow
{
public:
    TextFlow(const FlowText &text, const TranscriptLook &look);

    const FlowText &text() const { return m_text; }
    bool isRightToLeft() const { return m_rightToLeft; }
    //! Takes a longer text, if all of this one's lines that stay are also its.
    bool growTo(const FlowText &text, const TranscriptLook &look);
    //! From where down it looks otherwise than before it grew.
    double changedFrom() const { return m_changedFrom; }

    double height() const { return m_height; }
    //! The width of the longest line.
    double usedWidth() const { return m_usedWidth; }

    void paint(QPainter &painter, QPointF at, const QRectF &clip) const;
    qsizetype offsetAt(QPointF point) const;
    QRectF caret(qsizetype offset) const;
    //! One for every line that the range has a part in.
    QList<QRectF> rects(qsizetype from, qsizetype to) const;
    qsizetype lineStart(qsizetype offset) const;
    qsizetype lineEnd(qsizetype offset) const;

private:
    //! Lines that were laid out together.
    struct Piece
    {
        std::unique_ptr<QTextLayout> layout;
        qsizetype from = 0;
        double top = 0;
        double height = 0;
        Isolates isolates = {};

        //! In the text, for places in the layout.
        qsizetype offsetOf(int place) const { return from + isolates.offsetOf(place); }
        qsizetype offsetBefore(int place) const;
        qsizetype endOffset() const { return offsetOf(static_cast<int>(layout->text().size())); }
    };

    //! `to` is the end of the text for the last piece.
    Piece makePiece(qsizetype from, qsizetype to, double top, const TranscriptLook &look);
    void layOutLines(Piece &piece, const TranscriptLook &look);
    void append(Piece piece);
    //! Divides the last piece, if it is long, so that its first lines need not be done again.
    void freeze(const TranscriptLook &look);
    const Piece &pieceOf(qsizetype offset) const;

    FlowText m_text;
    bool m_rightToLeft = false;
    std::vector<Piece> m_pieces;
    double m_step = 0;
    double m_height = 0;
    double m_usedWidth = 0;
    double m_changedFrom = 0;
};

} // namespace Maestro
