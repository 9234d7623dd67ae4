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

    bool isRightToLeft() const { return look != TextLook::Code && text.text.isRightToLeft(); }

    friend bool operator==(const FlowText &, const FlowText &) = default;
};

//! A text laid out in lines. What grows is not laid out again from its beginning: its lines but the
//! last two stay as they are.
class TextFlow
{
public:
    TextFlow(const FlowText &text, const TranscriptLook &look);

    const FlowText &text() const { return m_text; }
    bool isRightToLeft() const { return m_rightToLeft; }
    //! Takes a text in its place, if it differs only behind the lines that stay.
    bool growTo(const FlowText &text, const TranscriptLook &look);
    //! What looks otherwise than before it grew.
    const QRectF &changed() const { return m_changed; }

    double height() const { return m_height; }
    //! The width of the longest line.
    double usedWidth() const { return m_usedWidth; }

    void paint(QPainter &painter, QPointF at, const QRectF &clip) const;
    qsizetype offsetAt(QPointF point) const;
    QRectF caret(qsizetype offset) const;
    //! One for every line that the range has a part in; more where its letters go both ways.
    QList<QRectF> rects(qsizetype from, qsizetype to) const;
    qsizetype lineStart(qsizetype offset) const;
    qsizetype lineEnd(qsizetype offset) const;

private:
    //! Lines that were laid out together; more than are its own, if more was laid out since.
    struct Piece
    {
        std::unique_ptr<QTextLayout> layout;
        qsizetype from = 0;
        qsizetype to = 0;
        int lines = 0;
        double top = 0;
        double height = 0;
        Isolates isolates = {};

        //! In the text, for places in the layout.
        qsizetype offsetOf(int place) const { return from + isolates.offsetOf(place); }
        qsizetype offsetBefore(int place) const;
    };

    //! Lays out all that begins there.
    Piece makePiece(qsizetype from, double top, const TranscriptLook &look);
    void layOutLines(Piece &piece);
    void append(Piece piece);
    //! How many lines of the last piece stay as they are if the text is the same up to `alike`.
    int stayingLines(qsizetype alike) const;
    QRectF changedBetween(const Piece &before, int first, const Piece &now, qsizetype alike) const;
    //! How many lines of `now` look as those of `before` from `first` on, if the text is the same
    //! up to `alike`.
    int unchangedLines(const Piece &before, int first, const Piece &now, qsizetype alike) const;
    //! Where a line begins in the whole text; behind the last one is its end.
    static qsizetype startOf(const Piece &piece, int line);
    bool isLastLine(const Piece &piece, int line) const;
    //! The height of that many of its lines.
    double heightOf(const Piece &piece, int lines) const;
    static double widthOf(const Piece &piece);
    double stepOf(const QTextLine &line) const;
    const Piece &pieceOf(qsizetype offset) const;

    FlowText m_text;
    bool m_rightToLeft = false;
    std::vector<Piece> m_pieces;
    double m_step = 0;
    double m_letters = 0; //!< how high a line of the text's own font is
    double m_height = 0;
    double m_usedWidth = 0;
    double m_stayingWidth = 0; //!< of the pieces but the last
    QRectF m_changed;
};

} // namespace Maestro
