// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/accessibletarget.h"

#include "ui/transcript/link.h"

#include <QWindow>

namespace Maestro {

AccessibleTarget::AccessibleTarget(TranscriptView &view, const TranscriptView::TargetPlace &place)
    : m_view(view)
    , m_place(place)
{
    const Target made = target();
    m_kind = made.kind;
    m_url = made.url;
}

Target AccessibleTarget::target() const
{
    return targetsOf(m_view.column().part(m_place.at)).value(m_place.target);
}

bool AccessibleTarget::isValid() const
{
    if (!m_view.column().has(m_place.at)) {
        return false;
    }
    const QList<Target> targets = targetsOf(m_view.column().part(m_place.at));
    return m_place.target < targets.size() && targets[m_place.target].kind == m_kind
        && targets[m_place.target].url == m_url;
}

QWindow *AccessibleTarget::window() const { return m_view.window()->windowHandle(); }

QAccessibleInterface *AccessibleTarget::parent() const
{
    return QAccessible::queryAccessibleInterface(&m_view);
}

QAccessible::Role AccessibleTarget::role() const
{
    return m_kind == Target::Kind::Link ? QAccessible::Link : QAccessible::Button;
}

QAccessible::State AccessibleTarget::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.focusable = true;
    state.focused = m_view.hasFocus() && m_view.focusedTarget() == m_place;
    state.linked = m_kind == Target::Kind::Link;
    state.offscreen = !m_view.viewport()->rect().intersects(m_view.targetRect(m_place));
    if (m_kind == Target::Kind::Fold) {
        const bool isOpen = m_view.column().part(m_place.at).isOpen;
        state.expandable = true;
        state.expanded = isOpen;
        state.collapsed = !isOpen;
    }
    return state;
}

QString AccessibleTarget::text(QAccessible::Text kind) const
{
    if (!isValid()) {
        return {};
    }
    switch (kind) {
    case QAccessible::Name:
        return target().text;
    case QAccessible::Description:
        return m_url.isEmpty() ? QString() : linkAddress(m_url);
    default:
        return {};
    }
}

QRect AccessibleTarget::rect() const
{
    return isValid()
        ? m_view.targetRect(m_place).translated(m_view.viewport()->mapToGlobal(QPoint()))
        : QRect();
}

void *AccessibleTarget::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this)
                                                : nullptr;
}

QStringList AccessibleTarget::actionNames() const { return {pressAction(), setFocusAction()}; }

void AccessibleTarget::doAction(const QString &name)
{
    if (!isValid()) {
        return;
    }
    if (name == pressAction()) {
        m_view.choose(m_place.at, m_place.target);
    } else if (name == setFocusAction()) {
        m_view.focusTarget(m_place);
    }
}

} // namespace Maestro
