// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/transcriptview.h"

#include <QAccessible>

namespace Maestro {

//! A link, a button or a fold of the transcript for assistive technology. It is no widget: it says
//! what stands at its place, and is not valid any more once another thing does.
class AccessibleTarget : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    //! `view` must outlive it.
    AccessibleTarget(TranscriptView &view, const TranscriptView::TargetPlace &place);

    const TranscriptView::TargetPlace &place() const { return m_place; }

    bool isValid() const override;
    QObject *object() const override { return nullptr; }
    QWindow *window() const override;
    QAccessibleInterface *parent() const override;
    QAccessibleInterface *childAt(int, int) const override { return nullptr; }
    QAccessibleInterface *child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface *) const override { return -1; }
    QAccessible::Role role() const override;
    QAccessible::State state() const override;
    QString text(QAccessible::Text kind) const override;
    void setText(QAccessible::Text, const QString &) override { }
    QRect rect() const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    QStringList actionNames() const override;
    void doAction(const QString &name) override;
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    //! As it is now; only while it is valid.
    Target target() const;

    TranscriptView &m_view;
    TranscriptView::TargetPlace m_place;
    Target::Kind m_kind;
    QString m_url;
};

} // namespace Maestro
