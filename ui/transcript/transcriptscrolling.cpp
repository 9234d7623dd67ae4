// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the transcript lays out what is seen, and moves it.

#include "ui/common/theme.h"
#include "ui/transcript/codecoloring.h"
#include "ui/transcript/transcriptview.h"

#include <QPushButton>
#include <QScrollBar>

namespace Maestro {

namespace {

//! A line longer than this is tiring to read.
constexpr double LongestLineSteps = 100;
//! Laying out what was estimated moves what is to be seen; this many times at most.
constexpr int MostRounds = 12;
//! Of the time between two frames, what may go into parts that are not seen yet.
constexpr qint64 IdleMs = 3;

} // namespace

int TranscriptView::topMargin() const { return m_column.look().steps(1); }

int TranscriptView::bottomMargin() const { return m_column.look().steps(4); }

int TranscriptView::contentHeight() const
{
    const int room = m_room.below(m_column.height(), viewport()->height());
    return topMargin() + m_column.height() + room + bottomMargin();
}

int TranscriptView::furthestTop() const { return qMax(0, contentHeight() - viewport()->height()); }

double TranscriptView::columnWidth() const
{
    const TranscriptLook &look = m_column.look();
    return qMax<double>(
        look.steps(8),
        qMin<double>(viewport()->width() - 2.0 * look.steps(3), look.steps(LongestLineSteps)));
}

int TranscriptView::columnLeft() const
{
    // In the middle of the window, as what stands above and below; the scroll bar does not count.
    return qRound((width() - columnWidth()) / 2.0);
}

//! What is painted of the column, selections and frames that stand out of it too, is within this.
QRect TranscriptView::columnStrip() const
{
    const int overhang = m_column.look().steps(2);
    return {columnLeft() - overhang, 0, m_column.width() + 2 * overhang, viewport()->height()};
}

QPointF TranscriptView::toColumn(QPointF inViewport) const
{
    return inViewport - QPointF(columnLeft(), topMargin() - m_top);
}

QRect TranscriptView::partRect(PartPlace place) const
{
    const int top = topMargin() + m_column.topOf(place) - m_top;
    return {columnLeft(), top, m_column.width(),
            m_column.entry(place.entry).partHeight(place.part)};
}

void TranscriptView::updatePart(PartPlace place)
{
    if (m_column.has(place)) {
        const QRect rect = partRect(place);
        const QRect strip = columnStrip();
        viewport()->update(strip.left(), rect.top(), strip.width(), rect.height());
    }
}

int TranscriptView::settledTop()
{
    if (m_following) {
        return furthestTop();
    }
    const int top = topMargin() + m_column.topOf(m_anchor) + m_anchorOffset;
    return qBound(0, top, furthestTop());
}

void TranscriptView::layOutScreen(int top)
{
    std::optional<PartPlace> place = m_column.placeAt(top - topMargin());
    if (place->part >= m_column.entry(place->entry).partCount()) {
        place = m_column.next(*place);
    }
    const int bottom = top + viewport()->height();
    for (; place && topMargin() + m_column.topOf(*place) < bottom; place = m_column.next(*place)) {
        m_column.layOut(*place);
    }
}

void TranscriptView::makeRoom()
{
    if (!m_room.isWanted() || !m_following || m_allChanged || furthestTop() <= m_top) {
        return;
    }
    const int height = m_column.height();
    m_room.makeFor({m_now(), viewport()->height(), height, height - m_shownHeight});
    m_room.noteMoved(furthestTop() - m_top);
}

void TranscriptView::settle()
{
    if (m_settling) {
        return;
    }
    m_settling = true;
    const TextPlace reference = m_column.bounded({m_anchor, 0});
    const int referenceY = -m_anchorOffset;
    const bool isSame = reference.at == m_anchor;
    m_anchor = reference.at;
    int top = 0;
    if (!m_column.isEmpty()) {
        for (int round = 0; round < MostRounds; ++round) {
            top = settledTop();
            layOutScreen(top);
            if (settledTop() == top) {
                break;
            }
        }
        makeRoom();
        top = settledTop();
    }
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, furthestTop());
    verticalScrollBar()->setValue(top);
    m_top = top;
    m_allChanged = m_allChanged || !isSame;
    // Above the end of an answer that grows is what was seen before.
    const bool hasNewNeighbours = m_allChanged || !m_following;
    updateAfterSettling(reference.at, referenceY);
    setAnchor(top);
    m_column.trim(top - 2 * viewport()->height(), top + 3 * viewport()->height());
    m_settling = false;
    m_coloring->goOn();
    if (hasNewNeighbours && !m_idle.isActive()) {
        m_idle.start(0);
    }
}

void TranscriptView::onColored(PartPlace first)
{
    m_changed = qMin(m_changed.value_or(first), first);
    if (!m_frame.isActive()) {
        settle(); // otherwise it is shown with what comes next
    }
}

void TranscriptView::updateAfterSettling(PartPlace reference, int referenceY)
{
    const std::optional<PartPlace> changed = std::exchange(m_changed, std::nullopt);
    if (std::exchange(m_allChanged, false) || m_column.isEmpty()) {
        viewport()->update();
        m_shownHeight = m_column.height();
        return;
    }
    const int y = topMargin() + m_column.topOf(reference) - m_top;
    const int moved = y - referenceY;
    const double ratio = devicePixelRatioF();
    if (moved != 0) {
        // Only whole pixels of the screen can be moved.
        if (qAbs(moved) < viewport()->height() && ratio == qRound(ratio)) {
            viewport()->scroll(0, moved, columnStrip());
        } else {
            viewport()->update();
        }
    }
    if (changed) {
        viewport()->update(takeChanged(*changed));
    }
    m_shownHeight = m_column.height();
}

QRect TranscriptView::takeChanged(PartPlace first)
{
    QRect changed = columnStrip();
    const PartPlace place = m_column.bounded({first, 0}).at;
    const int top = topMargin() + m_column.topOf(place) - m_top;
    changed.setTop(top);
    // Under the end of all, now and before, nothing is painted but what stands out a little.
    changed.setBottom(topMargin() + qMax(m_column.height(), m_shownHeight) - m_top
                      + m_column.look().steps(1));
    const QRect inPart = m_column.takeChanged(first);
    // What is found may begin before what came.
    if (inPart.isEmpty() || !m_found.isEmpty()) {
        return changed;
    }
    changed.setTop(top + inPart.top());
    if (place == m_column.lastPart() && m_column.height() == m_shownHeight) {
        // Nothing stands below that could have changed.
        changed.setHeight(inPart.height());
        changed.setLeft(inPart.left() > 0 ? columnLeft() + inPart.left() : changed.left());
    }
    return changed;
}

void TranscriptView::setAnchor(int top)
{
    if (m_column.isEmpty()) {
        m_anchor = {};
        m_anchorOffset = 0;
        return;
    }
    m_anchor = m_column.placeAt(top - topMargin());
    m_anchorOffset = top - topMargin() - m_column.topOf(m_anchor);
}

void TranscriptView::scrollContentsBy(int, int)
{
    if (m_settling) {
        return;
    }
    const int value = verticalScrollBar()->value();
    const int moved = m_top - value;
    // However little the person goes up, it is away from the end.
    setFollowing(value >= verticalScrollBar()->maximum());
    if (m_column.isEmpty()) {
        return;
    }
    if (qAbs(moved) < viewport()->height() && devicePixelRatioF() == qRound(devicePixelRatioF())
        && !m_allChanged) {
        // What is seen stays where it is, even if what comes into view is not as high as estimated.
        m_anchorOffset -= moved;
        viewport()->scroll(0, moved, columnStrip());
    } else {
        setAnchor(value);
        m_allChanged = true;
    }
    settle();
}

void TranscriptView::layOutNearby()
{
    if (m_column.isEmpty()) {
        return;
    }
    QElapsedTimer clock;
    clock.start();
    const int before = m_column.height();
    const int screen = viewport()->height();
    const int top = m_top - topMargin();
    std::optional<PartPlace> place = m_anchor;
    while (place && m_column.topOf(*place) > top - screen && clock.elapsed() < IdleMs) {
        place = m_column.previous(*place);
        if (place) {
            m_column.layOut(*place);
        }
    }
    place = m_column.placeAt(top + screen);
    while (place && m_column.topOf(*place) < top + 2 * screen && clock.elapsed() < IdleMs
           && place->part < m_column.entry(place->entry).partCount()) {
        m_column.layOut(*place);
        place = m_column.next(*place);
    }
    const bool again = clock.elapsed() >= IdleMs;
    if (m_column.height() != before) {
        settle();
    }
    if (again) {
        m_idle.start(0);
    } else {
        m_idle.stop();
    }
}

void TranscriptView::setFollowing(bool following)
{
    m_following = following;
    if (following) {
        m_newText->hide();
    }
}

void TranscriptView::scrollToEnd()
{
    setFollowing(true);
    showPending();
    settle();
}

void TranscriptView::showPlace(const TextPlace &place)
{
    if (m_column.isEmpty()) {
        return;
    }
    const TextPlace bounded = m_column.bounded(place);
    const QRectF caret = m_column.caret(bounded).translated(0, topMargin());
    const int margin = gridSteps(3);
    const int screen = viewport()->height();
    int top = m_top;
    if (caret.top() < top + margin) {
        top = qFloor(caret.top()) - (caret.bottom() < top ? screen / 3 : margin);
    } else if (caret.bottom() > top + screen - margin) {
        top = qCeil(caret.bottom()) - screen + (caret.top() > top + screen ? screen / 3 : margin);
    }
    if (top != m_top) {
        setFollowing(false);
        setAnchor(qMax(0, top));
        m_allChanged = true;
        settle();
    }
    const PartLayout &layout = m_column.layOut(bounded.at);
    if (!layout.window.isEmpty()) {
        const double inside = caret.x();
        if (inside < layout.window.left()) {
            scrollSideways(bounded.at, qFloor(inside - layout.window.left()) - margin);
        } else if (inside > layout.window.right()) {
            scrollSideways(bounded.at, qCeil(inside - layout.window.right()) + margin);
        }
    }
}

void TranscriptView::scrollSideways(PartPlace place, int by)
{
    const PartLayout &layout = m_column.layOut(place);
    TranscriptEntry &entry = m_column.entry(place.entry);
    const int now = entry.scrolledBy(place.part);
    const int next = qBound(0, now + by, layout.furthestScroll());
    if (next != now) {
        entry.setScrolledBy(place.part, next);
        // Its stretches move together.
        viewport()->update();
    }
}

void TranscriptView::fitColumn()
{
    const int width = qFloor(columnWidth());
    if (width != m_column.width()) {
        const bool hasAnchor = m_column.has(m_anchor);
        const double before
            = hasAnchor ? m_column.entry(m_anchor.entry).partHeight(m_anchor.part) : 0;
        m_column.setWidth(width);
        if (hasAnchor && before > 0) {
            const int after = m_column.layOut(m_anchor).height;
            m_anchorOffset = qRound(m_anchorOffset * after / before);
        }
    }
    m_room.drop();
    m_allChanged = true;
    settle();
}

void TranscriptView::placeNewTextButton()
{
    m_newText->adjustSize();
    m_newText->move((width() - m_newText->width()) / 2,
                    height() - m_newText->height() - gridSteps(1.5));
}

void TranscriptView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    fitColumn();
    placeNewTextButton();
}

} // namespace Maestro
