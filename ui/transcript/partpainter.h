// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/partlayout.h"

class QPainter;

namespace Maestro {

//! A stretch of a part's text.
struct Stretch
{
    qsizetype from = 0;
    qsizetype to = 0;

    friend bool operator==(const Stretch &, const Stretch &) = default;
};

//! What is marked in a part while it is painted.
struct PartMarks
{
    Stretch selected;
    QList<Stretch> found;
    Stretch foundNow; //!< the one of them that the reader is at
    qsizetype caret = -1;
    int focused = -1; //!< a target
    int hovered = -1;
    int scrolledBy = 0;
};

//! Paints a part with its upper left corner at `at`, as far as `clip` goes.
void paint(QPainter &painter, QPointF at, const QRectF &clip, const Part &part,
           const PartLayout &layout, const PartMarks &marks, const TranscriptLook &look);

} // namespace Maestro
