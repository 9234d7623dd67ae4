// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/partbuilder.h"

#include <QFontMetricsF>

#include <numeric>

namespace Maestro {

namespace {

//! A column is not made narrower than this many letters; what does not fit then scrolls.
constexpr double NarrowestColumn = 14;
//! A column is not made wider than this many letters.
constexpr double WidestColumn = 60;
//! Columns are whole multiples of this, so that they stand still while a cell grows.
constexpr double ColumnGrid = 16;

//! Makes the widest columns narrower until all of them are no wider than `available`.
QList<double> fit(QList<double> columns, double narrowest, double available)
{
    const auto sum = [&columns] { return std::accumulate(columns.begin(), columns.end(), 0.0); };
    if (sum() <= available || columns.isEmpty()) {
        return columns;
    }
    double low = narrowest;
    double high = *std::max_element(columns.begin(), columns.end());
    const QList<double> natural = columns;
    const auto cut = [&](double level) {
        for (qsizetype i = 0; i < columns.size(); ++i) {
            columns[i] = qFloor(qMin(natural[i], level));
        }
    };
    for (int round = 0; round < 16; ++round) {
        const double middle = (low + high) / 2;
        cut(middle);
        (sum() > available ? high : low) = middle;
    }
    cut(low);
    return columns;
}

} // namespace

double PartBuilder::naturalWidth(const Markdown::Inline &cell, qsizetype index, TextLook look) const
{
    if (m_previous && static_cast<size_t>(index) < m_previous->texts.size()) {
        const PlacedText &old = m_previous->texts[static_cast<size_t>(index)];
        if (old.flow && old.flow->text().text == cell) {
            return old.natural;
        }
    }
    double width = 0;
    qsizetype at = 0;
    const QFontMetricsF plain(m_look.font(look));
    for (const Markdown::Span &span : cell.spans) {
        const TextLook shown = span.styles & Markdown::Style::Code ? TextLook::Code
            : span.styles & Markdown::Style::Strong                ? TextLook::TableHead
                                                                   : look;
        width += plain.horizontalAdvance(cell.text.mid(at, span.from - at));
        // Code in a text is in the size of the text, which is a little larger.
        width += QFontMetricsF(m_look.font(shown))
                     .horizontalAdvance(cell.text.mid(span.from, span.length))
            * (shown == TextLook::Code ? 1.08 : 1.0);
        at = span.from + span.length;
    }
    return width + plain.horizontalAdvance(cell.text.mid(at)) + 2;
}

QList<double> PartBuilder::columnWidths(const QList<double> &naturals) const
{
    QList<double> columns;
    for (const int letters : m_part.widths) {
        columns.append(letters * m_look.letterWidth(TextLook::TableHead) * 1.1);
    }
    qsizetype index = 0;
    for (qsizetype row = 0; !naturals.isEmpty() && row < m_part.block.rows.size(); ++row) {
        for (qsizetype i = 0; i < m_part.block.rows[row].size(); ++i) {
            if (i >= columns.size()) {
                columns.append(0);
            }
            columns[i] = qMax(columns[i], naturals[index++]);
        }
    }
    const double letter = m_look.letterWidth(TextLook::Body);
    for (double &column : columns) {
        column = qCeil(qMin(column, letter * WidestColumn) / ColumnGrid) * ColumnGrid;
    }
    const double paddings = static_cast<double>(columns.size()) * 2 * steps(1.25);
    return columns.isEmpty() ? columns
                             : fit(columns, qCeil(letter * NarrowestColumn), inner() - paddings);
}

QList<double> PartBuilder::naturalWidths() const
{
    QList<double> widths;
    auto index = static_cast<qsizetype>(m_layout->texts.size());
    for (qsizetype row = 0; m_part.widths.isEmpty() && row < m_part.block.rows.size(); ++row) {
        const bool isHead = row == 0 && m_part.first == 0;
        for (const Markdown::Inline &cell : m_part.block.rows[row]) {
            widths.append(naturalWidth(cell, index++, isHead ? TextLook::TableHead : bodyLook()));
        }
    }
    return widths;
}

void PartBuilder::addTable()
{
    const double top = m_y;
    const double side = steps(1.25);
    const double over = steps(0.625);
    const QList<double> naturals = naturalWidths();
    const QList<double> columns = columnWidths(naturals);
    qsizetype cell = 0;
    const double width = std::accumulate(columns.begin(), columns.end(), 0.0)
        + static_cast<double>(columns.size()) * 2 * side;
    qsizetype offset = 0;
    for (qsizetype row = 0; row < m_part.block.rows.size(); ++row) {
        const bool isHead = row == 0 && m_part.first == 0;
        const double rowTop = m_y;
        double height = m_look.lineStep(TextLook::Body);
        double x = m_left + side;
        const QList<Markdown::Inline> &cells = m_part.block.rows[row];
        for (qsizetype i = 0; i < cells.size(); ++i) {
            FlowText text{cells[i], isHead ? TextLook::TableHead : bodyLook()};
            text.alignment = m_part.block.columns.value(i, Markdown::Alignment::None);
            text.width = columns.value(i, 1);
            PlacedText &placed = add(text, QPointF(x, rowTop + over), offset);
            placed.natural = naturals.value(cell++);
            placed.scrolls = true;
            height = qMax(height, placed.flow->height());
            offset += cells[i].text.size() + 1;
            x += text.width + 2 * side;
        }
        m_y = rowTop + height + 2 * over;
        if (isHead) {
            m_layout->shapes.append({Shape::Kind::TableHead,
                                     QRectF(m_left, rowTop, qMin(width, inner()), m_y - rowTop)});
        }
        if (row > 0 || m_part.goesOnAbove) {
            m_layout->shapes.append(
                {Shape::Kind::Line, QRectF(m_left, rowTop, qMin(width, inner()), 1)});
        }
    }
    const QRectF box(m_left, top, qMin(width, inner()), m_y - top);
    m_layout->shapes.append({Shape::Kind::TableBox, box, m_part.goesOnAbove, m_part.goesOnBelow});
    endWindow(top, m_left, m_right, width);
}

} // namespace Maestro
