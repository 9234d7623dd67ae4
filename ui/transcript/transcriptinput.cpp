// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the mouse and the keys do in the transcript.

#include "ui/common/theme.h"
#include "ui/transcript/announcer.h"
#include "ui/transcript/link.h"
#include "ui/transcript/transcriptview.h"

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

bool movesCaret(int key)
{
    constexpr std::array Keys{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up,     Qt::Key_Down,
                              Qt::Key_Home, Qt::Key_End,   Qt::Key_PageUp, Qt::Key_PageDown};
    return std::find(Keys.begin(), Keys.end(), key) != Keys.end();
}

} // namespace

void TranscriptView::select(const TextPlace &from, const TextPlace &to)
{
    m_selection.select(m_column.bounded(from), m_column.bounded(to));
    onSelected();
}

TextPlace TranscriptView::textPlaceAt(QPointF inViewport)
{
    return m_column.textAt(toColumn(inViewport));
}

void TranscriptView::onSelected()
{
    if (hasSelection()) {
        setFollowing(false);
        if (QClipboard *clipboard = QGuiApplication::clipboard();
            clipboard->supportsSelection() && !m_selecting) {
            clipboard->setText(selectedText(), QClipboard::Selection);
        }
    }
    viewport()->update();
    m_announcer->tellSelection();
    Q_EMIT selectionChanged();
}

void TranscriptView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_column.isEmpty()) {
        return;
    }
    m_mouse = event->position();
    m_pressed = targetAt(event->position());
    setFocused({});
    if (m_pressed || beginSidewaysDrag(event->position())) {
        return;
    }
    const TextPlace place = m_column.textAt(toColumn(event->position()));
    if (event->modifiers() & Qt::ShiftModifier) {
        m_selection.setCaret(place, TranscriptSelection::Mode::Extend);
    } else if (m_sinceDoubleClick.isValid()
               && m_sinceDoubleClick.elapsed() < QApplication::doubleClickInterval()) {
        m_selection.begin(place, TranscriptSelection::Unit::Part);
        m_sinceDoubleClick.invalidate();
    } else {
        m_selection.begin(place, TranscriptSelection::Unit::Letter);
    }
    m_selecting = true;
    onSelected();
}

void TranscriptView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_column.isEmpty()) {
        return;
    }
    if (targetAt(event->position())) {
        mousePressEvent(event);
        return;
    }
    m_selection.begin(m_column.textAt(toColumn(event->position())),
                      TranscriptSelection::Unit::Word);
    m_selecting = true;
    m_sinceDoubleClick.start();
    onSelected();
}

void TranscriptView::mouseMoveEvent(QMouseEvent *event)
{
    m_mouse = event->position();
    if (m_sideways && m_column.has(m_sideways->at)) {
        const PartLayout &layout = m_column.layOut(m_sideways->at);
        const double share = layout.contentWidth / qMax(1.0, layout.window.width());
        const int wanted
            = m_sideways->scrolledBy + qRound((event->position().x() - m_sideways->fromX) * share);
        scrollSideways(m_sideways->at,
                       wanted
                           - m_column.entry(m_sideways->at.entry).scrolledBy(m_sideways->at.part));
    } else if (m_selecting && event->buttons() & Qt::LeftButton) {
        m_selection.extendTo(m_column.textAt(toColumn(event->position())));
        onSelected();
        const bool outside
            = event->position().y() < 0 || event->position().y() > viewport()->height();
        outside ? m_selectionScroll.start() : m_selectionScroll.stop();
    } else if (!m_pressed) {
        setHovered(targetAt(event->position()));
    }
}

void TranscriptView::scrollWhileSelecting()
{
    const double over = m_mouse.y() < 0 ? m_mouse.y() : m_mouse.y() - viewport()->height();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + qRound(over / 3));
    m_selection.extendTo(m_column.textAt(toColumn(m_mouse)));
    onSelected();
}

void TranscriptView::mouseReleaseEvent(QMouseEvent *event)
{
    m_selectionScroll.stop();
    m_sideways.reset();
    if (std::exchange(m_selecting, false)) {
        onSelected();
    }
    const std::optional<TargetPlace> pressed = std::exchange(m_pressed, std::nullopt);
    if (pressed && targetAt(event->position()) == pressed) {
        choose(pressed->at, pressed->target);
    }
}

void TranscriptView::leaveEvent(QEvent *) { setHovered({}); }

bool TranscriptView::beginSidewaysDrag(QPointF inViewport)
{
    const QPointF point = toColumn(inViewport);
    const PartPlace place = m_column.placeAt(qFloor(point.y()));
    if (place.part >= m_column.entry(place.entry).partCount()) {
        return false;
    }
    const PartLayout &layout = m_column.layOut(place);
    const double reach = gridSteps(0.5);
    if (layout.scrollTrack.isEmpty()
        || !layout.scrollTrack.adjusted(0, -reach, 0, reach)
                .contains(point - QPointF(0, m_column.topOf(place)))) {
        return false;
    }
    m_sideways = SidewaysDrag{place, qRound(inViewport.x()),
                              m_column.entry(place.entry).scrolledBy(place.part)};
    return true;
}

void TranscriptView::wheelEvent(QWheelEvent *event)
{
    const QPoint delta = event->pixelDelta().isNull() ? event->angleDelta() : event->pixelDelta();
    const bool sideways
        = qAbs(delta.x()) > qAbs(delta.y()) || event->modifiers() & Qt::ShiftModifier;
    if (!sideways || m_column.isEmpty()) {
        QAbstractScrollArea::wheelEvent(event);
        setHovered(targetAt(event->position()));
        return;
    }
    const PartPlace place = m_column.textAt(toColumn(event->position())).at;
    const int by = qAbs(delta.x()) > qAbs(delta.y()) ? delta.x() : delta.y();
    if (place.part < m_column.entry(place.entry).partCount()) {
        scrollSideways(place, -by);
    }
    event->accept();
}

void TranscriptView::putCaretWhereItIsSeen(int key)
{
    // So that PageUp and PageDown turn a whole page.
    const int margin = gridSteps(3);
    const int y = key == Qt::Key_PageDown ? viewport()->height() - margin : margin;
    m_selection.setCaret(textPlaceAt(QPointF(columnLeft(), y)), TranscriptSelection::Mode::Move);
    m_selection.move(TranscriptSelection::Step::LineEdge, false, TranscriptSelection::Mode::Move);
    // Between two paragraphs, the next one may be below what is seen.
    if (!m_column.isEmpty() && caretTop() + margin > m_top + viewport()->height()) {
        m_selection.move(TranscriptSelection::Step::Line, false, TranscriptSelection::Mode::Move);
    }
}

double TranscriptView::caretTop()
{
    return topMargin() + m_column.caret(m_column.bounded(m_selection.caret())).top();
}

bool TranscriptView::moveByKey(QKeyEvent *event)
{
    using Step = TranscriptSelection::Step;
    using Mode = TranscriptSelection::Mode;
    const Mode mode = event->modifiers() & Qt::ShiftModifier ? Mode::Extend : Mode::Move;
    const bool byWord = event->modifiers() & Qt::ControlModifier;
    if (!movesCaret(event->key())) {
        return false;
    }
    const int screen = viewport()->height() - gridSteps(5);
    const int page = event->key() == Qt::Key_PageUp ? -screen
        : event->key() == Qt::Key_PageDown          ? screen
                                                    : 0;
    if (!m_selection.isCaretShown()) {
        putCaretWhereItIsSeen(event->key());
    }
    const bool turnsPage = page != 0 && !m_column.isEmpty();
    const double onScreen = turnsPage ? caretTop() - m_top : 0;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        m_selection.move(byWord ? Step::Word : Step::Letter,
                         (event->key() == Qt::Key_Right) != m_selection.isRightToLeft(), mode);
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        m_selection.move(Step::Line, event->key() == Qt::Key_Down, mode);
        break;
    case Qt::Key_Home:
    case Qt::Key_End:
        m_selection.move(byWord ? Step::Document : Step::LineEdge, event->key() == Qt::Key_End,
                         mode);
        break;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        m_selection.moveVertically(page, mode);
        break;
    }
    const bool toEnd = byWord && event->key() == Qt::Key_End && mode == Mode::Move;
    setFollowing(false);
    if (turnsPage) {
        // What is seen goes along with the caret, so that nothing is left out.
        verticalScrollBar()->setValue(qRound(caretTop() - onScreen));
    }
    onSelected();
    showPlace(m_selection.caret());
    if (toEnd) {
        scrollToEnd();
    }
    return true;
}

void TranscriptView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->matches(QKeySequence::Find)) {
        Q_EMIT findRequested();
    } else if (m_focused
               && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
                   || event->key() == Qt::Key_Space)) {
        const TargetPlace chosen = *m_focused;
        choose(chosen.at, chosen.target);
    } else if (event->key() == Qt::Key_Space) {
        verticalScrollBar()->triggerAction(event->modifiers() & Qt::ShiftModifier
                                               ? QAbstractSlider::SliderPageStepSub
                                               : QAbstractSlider::SliderPageStepAdd);
    } else if (m_column.isEmpty() || !moveByKey(event)) {
        event->ignore();
    }
}

bool TranscriptView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
            key->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

bool TranscriptView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const Target target = m_hovered
            ? targetsOf(m_column.part(m_hovered->at)).value(m_hovered->target)
            : Target{};
        // An address that looks like HTML is shown, not read.
        const QString tip = target.url.isEmpty()
            ? QString()
            : u"<span>"_s + linkAddress(target.url).toHtmlEscaped() + u"</span>"_s;
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), tip, viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void TranscriptView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason) {
        setFocused({});
    }
    viewport()->update();
}

void TranscriptView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace Maestro
