// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/boxpainter.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextFrame>

namespace Maestro {

namespace {

bool sharesBox(const QTextBlock &a, const QTextBlock &b)
{
    return b.isValid() && boxOf(a) == boxOf(b) && boxIdOf(a) == boxIdOf(b);
}

} // namespace

BlockBox boxOf(const QTextBlock &block)
{
    return static_cast<BlockBox>(block.blockFormat().intProperty(BoxProperty));
}

int boxIdOf(const QTextBlock &block) { return block.blockFormat().intProperty(BoxIdProperty); }

BoxPainter::BoxPainter(const QTextDocument &document, const ThemeColors &colors, double columnWidth)
    : m_document(document)
    , m_colors(colors)
    , m_columnWidth(columnWidth)
    , m_radius(gridSteps(1.25))
{ }

void BoxPainter::paint(QPainter &painter, const QTextBlock &first, const QRectF &visible) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    // The edge of a box lies outside of its first block.
    QTextBlock block = first.previous().isValid() ? first.previous() : first;
    while (block.isValid()) {
        const QTextBlock begin = block;
        const QRectF text = takeBox(block, visible);
        if (text.top() > visible.bottom() + 2 * m_radius) {
            return;
        }
        paintBox(painter, begin, text);
        if (text.bottom() > visible.bottom() + 2 * m_radius) {
            return;
        }
        block = block.next();
    }
}

QRectF BoxPainter::takeBox(QTextBlock &block, const QRectF &visible) const
{
    const QAbstractTextDocumentLayout *layout = m_document.documentLayout();
    const QTextBlock first = block;
    QRectF text = layout->blockBoundingRect(block);
    while (sharesBox(first, block.next())) {
        block = block.next();
        if (text.bottom() > visible.bottom() + m_radius) {
            text.setBottom(visible.bottom() + 4 * m_radius);
            break;
        }
        text |= layout->blockBoundingRect(block);
    }
    return text;
}

void BoxPainter::paintBox(QPainter &painter, const QTextBlock &first, const QRectF &text) const
{
    const double padding = boxPadding();
    const double indent = first.blockFormat().leftMargin() - padding;
    const double left = m_document.rootFrame()->frameFormat().leftMargin() + indent;
    const QRectF box(left, text.top() - padding, m_columnWidth - indent,
                     text.height() + 2 * padding);
    painter.setPen(Qt::NoPen);
    switch (boxOf(first)) {
    case BlockBox::None:
        break;
    case BlockBox::Prompt:
        painter.setBrush(m_colors.prompt);
        painter.drawRoundedRect(box.adjusted(0, padding / 4, 0, -padding / 4), m_radius, m_radius);
        break;
    case BlockBox::Code:
    case BlockBox::Card:
        painter.setPen(m_colors.border);
        painter.setBrush(boxOf(first) == BlockBox::Code ? m_colors.code : m_colors.surface);
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), m_radius, m_radius);
        break;
    case BlockBox::Bar:
        painter.setBrush(m_colors.border);
        painter.drawRoundedRect(QRectF(left, text.top(), gridSteps(0.375), text.height()), 1, 1);
        break;
    }
}

} // namespace Maestro
