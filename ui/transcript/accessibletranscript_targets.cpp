// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What can be chosen in the transcript, as children of it.

#include "ui/transcript/accessibletranscript.h"

namespace Maestro {

namespace {

//! More are forgotten when they are far from what is seen.
constexpr size_t MostTargets = 200;

} // namespace

QList<TranscriptView::TargetPlace> AccessibleTranscript::targets() const
{
    // A widget that is being destroyed is no transcript any more, and may still be asked.
    auto *transcript = qobject_cast<TranscriptView *>(object());
    return transcript ? transcript->targetsNear() : QList<TranscriptView::TargetPlace>();
}

int AccessibleTranscript::childCount() const
{
    return QAccessibleWidget::childCount() + static_cast<int>(targets().size());
}

QAccessibleInterface *AccessibleTranscript::child(int index) const
{
    const int widgets = QAccessibleWidget::childCount();
    if (index < widgets) {
        return QAccessibleWidget::child(index);
    }
    const QList<TranscriptView::TargetPlace> places = targets();
    return index - widgets < places.size() ? accessible(places[index - widgets]) : nullptr;
}

int AccessibleTranscript::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *target = dynamic_cast<const AccessibleTarget *>(child);
    if (!target) {
        return QAccessibleWidget::indexOfChild(child);
    }
    const qsizetype index = targets().indexOf(target->place());
    return index < 0 ? -1 : QAccessibleWidget::childCount() + static_cast<int>(index);
}

QAccessibleInterface *AccessibleTranscript::childAt(int x, int y) const
{
    const QPoint inViewport = view().viewport()->mapFromGlobal(QPoint(x, y));
    const auto target = view().viewport()->rect().contains(inViewport) ? view().targetAt(inViewport)
                                                                       : std::nullopt;
    return target ? accessible(*target) : QAccessibleWidget::childAt(x, y);
}

QAccessibleInterface *AccessibleTranscript::focusChild() const
{
    const std::optional<TranscriptView::TargetPlace> &focused = view().focusedTarget();
    return view().hasFocus() && focused && view().column().has(focused->at)
        ? accessible(*focused)
        : QAccessibleWidget::focusChild();
}

QAccessibleInterface *
AccessibleTranscript::accessible(const TranscriptView::TargetPlace &place) const
{
    if (const auto known = m_targets.find(place); known != m_targets.end()) {
        QAccessibleInterface *found = QAccessible::accessibleInterface(known->second);
        if (found && found->isValid()) {
            return found;
        }
        QAccessible::deleteAccessibleInterface(known->second);
        m_targets.erase(known);
    }
    forgetFarTargets();
    auto *made = new AccessibleTarget(view(), place); // the table of Qt has it from here on
    m_targets[place] = QAccessible::registerAccessibleInterface(made);
    return made;
}

void AccessibleTranscript::forgetFarTargets() const
{
    if (m_targets.size() < MostTargets) {
        return;
    }
    const QList<TranscriptView::TargetPlace> kept = targets();
    std::erase_if(m_targets, [&kept](const auto &target) {
        const bool isFar = !kept.contains(target.first);
        if (isFar) {
            QAccessible::deleteAccessibleInterface(target.second);
        }
        return isFar;
    });
}

} // namespace Maestro
