// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the transcript is painted.

#include "ui/common/theme.h"
#include "ui/transcript/transcriptview.h"

#include <QPaintEvent>
#include <QPainter>

#include <utility>

namespace Maestro {

namespace {

//! Of what is not sent any more.
constexpr double NotSentOpacity = 0.5;

} // namespace

void TranscriptView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), viewport()->palette().window());
    if (m_column.isEmpty()) {
        return;
    }
    const QPoint origin(columnLeft(), topMargin() - m_top);
    std::optional<PartPlace> place = m_column.placeAt(event->rect().top() - origin.y());
    if (place->part >= m_column.entry(place->entry).partCount()) {
        place = m_column.next(*place);
    }
    for (; place; place = m_column.next(*place)) {
        const int top = m_column.topOf(*place) + origin.y();
        if (top > event->rect().bottom()) {
            return;
        }
        const PartLayout &layout = m_column.layOut(*place);
        painter.setOpacity(place->entry < m_firstSent ? NotSentOpacity : 1.0);
        paint(painter, QPointF(origin.x(), top), event->rect(), m_column.part(*place), layout,
              marksOf(*place), m_column.look());
        if (m_firstSent > 0 && *place == PartPlace{m_firstSent, 0}) {
            paintTrimmingLine(painter, {origin.x(), top, m_column.width(), gridSteps(3)});
        }
    }
}

// In the room that is over a prompt.
void TranscriptView::paintTrimmingLine(QPainter &painter, QRect above) const
{
    const QString text = tr("What is above does not fit any more, and is not sent");
    const TranscriptLook &look = m_column.look();
    const QFontMetrics metrics(look.font(TextLook::Small));
    const QString shown = metrics.elidedText(text, Qt::ElideRight, above.width());
    const QRect middle = QRect(0, 0, metrics.horizontalAdvance(shown), metrics.height());
    const QRect label = middle.translated(above.center() - middle.center());
    painter.setPen(look.colors().border);
    const int y = above.center().y();
    painter.drawLine(above.left(), y, label.left() - gridSteps(1), y);
    painter.drawLine(label.right() + gridSteps(1), y, above.right(), y);
    painter.setPen(look.colors().muted);
    painter.setFont(look.font(TextLook::Small));
    painter.drawText(label, Qt::AlignCenter, shown);
}

PartMarks TranscriptView::marksOf(PartPlace place) const
{
    PartMarks marks;
    marks.selected = m_selection.stretchIn(place);
    marks.scrolledBy = m_column.entry(place.entry).scrolledBy(place.part);
    if (m_selection.isCaretShown() && m_selection.caret().at == place && hasFocus()) {
        marks.caret = m_selection.caret().offset;
    }
    if (m_focused && m_focused->at == place && hasFocus()) {
        marks.focused = m_focused->target;
    }
    if (m_hovered && m_hovered->at == place) {
        marks.hovered = m_hovered->target;
    }
    if (!m_found.isEmpty()) {
        const QString text = textOf(m_column.part(place));
        for (qsizetype at = text.indexOf(m_found, 0, Qt::CaseInsensitive); at >= 0;
             at = text.indexOf(m_found, at + m_found.size(), Qt::CaseInsensitive)) {
            marks.found.append({at, at + m_found.size()});
        }
        if (marks.found.contains(marks.selected)) {
            marks.foundNow = std::exchange(marks.selected, {});
        }
    }
    return marks;
}

} // namespace Maestro
