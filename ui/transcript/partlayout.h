// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/part.h"
#include "ui/transcript/textflow.h"

#include <QRect>

#include <optional>

namespace Maestro {

//! What is painted behind the text of a part, or beside it.
struct Shape
{
    enum class Kind {
        Bubble,
        CodeBox,
        Card,
        TableBox,
        TableHead,
        Bar,
        Line,
        Button,
        ButtonOff,
        Task,
        TaskDone
    };

    Kind kind = Kind::Line;
    QRectF rect;
    bool isOpenAbove = false; //!< its upper edge is in another part
    bool isOpenBelow = false;
    bool scrolls = false;
};

//! A text at its place.
struct PlacedText
{
    std::unique_ptr<TextFlow> flow;
    QPointF at;
    qsizetype offset = -1; //!< of its first letter in the part's text; -1 for what is not in it
    bool scrolls = false;
    double natural = 0; //!< of a cell: how wide it would like to be

    bool isSelectable() const { return offset >= 0; }
    qsizetype end() const { return offset + flow->text().text.text.size(); }
};

//! A part laid out in a width: where everything of it is. Made by layOut().
struct PartLayout
{
    int width = 0;
    int height = 0;
    std::vector<PlacedText> texts;
    QList<Shape> shapes;
    //! Where the targets are that are no links; as many as targetsOf() has of them.
    QList<QRectF> buttons;
    //! What scrolls sideways, and how far it reaches; empty if all can be seen.
    QRectF window;
    double contentWidth = 0;
    //! Where the bar of that is painted; empty if it is in another part.
    QRectF scrollTrack;
    //! What looks otherwise than those that it was made from did, and was not painted since: the
    //! view takes it.
    QRect changed;

    int furthestScroll() const { return qMax(0, qCeil(contentWidth - window.width())); }
    //! In the part, with what scrolls moved by `scrolledBy`.
    qsizetype offsetAt(QPointF point, int scrolledBy) const;
    QRectF caret(qsizetype offset, int scrolledBy) const;
    QList<QRectF> rects(qsizetype from, qsizetype to, int scrolledBy) const;
    QList<QRectF> targetRects(const Part &part, int target, int scrolledBy) const;
    //! The target at a point, or -1.
    int targetAt(const Part &part, QPointF point, int scrolledBy) const;
    //! The text that an offset is in; null where there is none.
    const PlacedText *textAt(qsizetype offset) const;
};

//! What is known of the words of each line of a part.
using LineColors = QList<Syntax::Runs>;

//! Lays a part out. What `previous`, the layout that it takes the place of, has of the same texts
//! is taken out of it.
std::unique_ptr<PartLayout> layOut(const Part &part, const LineColors &colors, int width,
                                   const TranscriptLook &look,
                                   std::unique_ptr<PartLayout> previous = {});
//! About how high it will be.
int estimatedHeight(const Part &part, int width, const TranscriptLook &look);

} // namespace Maestro
