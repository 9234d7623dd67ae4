// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/partlayout.h"

#include <limits>

namespace Maestro {

//! Lays out one part; one object per layout.
class PartBuilder
{
public:
    PartBuilder(const Part &part, const LineColors &colors, int width, const TranscriptLook &look,
                std::unique_ptr<PartLayout> previous);

    std::unique_ptr<PartLayout> build();

private:
    //! Bars, bullets and numbers; moves the edges of what stands in them.
    void addContainers();
    void addMarker(const Markdown::Container &container, double from, double to);
    void addParagraph();
    void addPrompt();
    void addFold();
    void addActions();
    void addRule();
    void addCode();
    void addCodeHead();
    void addCallLines();
    void addTable();
    //! Of every cell, where they alone say how wide the columns are.
    QList<double> naturalWidths() const;
    QList<double> columnWidths(const QList<double> &naturals) const;
    double naturalWidth(const Markdown::Inline &cell, qsizetype index, TextLook look) const;
    //! What is wider than it may be scrolls, and shows by how much.
    void endWindow(double top, double left, double right, double contentWidth);

    void noteChanges();
    //! From where down shapes are others than they were.
    double firstChangedShape() const;
    //! A text of the layout that this one takes the place of, if it is the same, or a new one.
    PlacedText &add(const FlowText &text, QPointF at, qsizetype offset = -1);
    TextLook bodyLook() const;
    double inner() const { return m_right - m_left; }
    int steps(double count) const { return m_look.steps(count); }

    const Part &m_part;
    const LineColors &m_colors;
    const TranscriptLook &m_look;
    std::unique_ptr<PartLayout> m_previous;
    std::unique_ptr<PartLayout> m_layout;
    double m_left = 0;
    double m_right = 0;
    double m_y = 0;
    QRectF m_changed; //!< texts that have grown where they stand
    double m_changedBelow = std::numeric_limits<double>::max();
    bool m_mirrored = false; //!< the text goes from right to left, so bullets stand at the right
};

} // namespace Maestro
