// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/theme.h"
#include "ui/transcript/transcriptformat.h"

#include <QRectF>

class QPainter;
class QTextBlock;

namespace Maestro {

//! Paints what lies behind the text of a transcript: bubbles, code, cards and bars.
class BoxPainter
{
public:
    //! All of them must outlive the painter; `columnWidth` is that of the text.
    BoxPainter(const QTextDocument &document, const ThemeColors &colors, double columnWidth);

    //! `first` is the block at the top of `visible`.
    void paint(QPainter &painter, const QTextBlock &first, const QRectF &visible) const;

private:
    //! How far the box that begins with `block` reaches, which is moved to its last block. What
    //! lies far below `visible` is not measured.
    QRectF takeBox(QTextBlock &block, const QRectF &visible) const;
    void paintBox(QPainter &painter, const QTextBlock &first, const QRectF &text) const;

    const QTextDocument &m_document;
    const ThemeColors &m_colors;
    double m_columnWidth;
    double m_radius;
};

BlockBox boxOf(const QTextBlock &block);
int boxIdOf(const QTextBlock &block);

} // namespace Maestro
