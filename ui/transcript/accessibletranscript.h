// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/accessibletarget.h"
#include "ui/transcript/transcripttext.h"
#include "ui/transcript/transcriptview.h"

#include <QAccessibleWidget>

#include <map>

namespace Maestro {

//! The transcript for assistive technology: its text, its caret and where everything is. Its
//! children are its widgets, and behind them what can be chosen near what is seen.
class AccessibleTranscript : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit AccessibleTranscript(TranscriptView *view);
    ~AccessibleTranscript() override;
    Q_DISABLE_COPY_MOVE(AccessibleTranscript)
    //! Makes one for every transcript from now on.
    static void install();

    QAccessible::Role role() const override { return QAccessible::Document; }
    QAccessible::State state() const override;
    QString text(QAccessible::Text kind) const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

    int childCount() const override;
    QAccessibleInterface *child(int index) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    QAccessibleInterface *childAt(int x, int y) const override;
    QAccessibleInterface *focusChild() const override;

    void selection(int index, int *startOffset, int *endOffset) const override;
    int selectionCount() const override;
    void addSelection(int startOffset, int endOffset) override;
    void removeSelection(int index) override;
    void setSelection(int index, int startOffset, int endOffset) override;
    int cursorPosition() const override;
    void setCursorPosition(int position) override;
    QString text(int startOffset, int endOffset) const override;
    QString textBeforeOffset(int offset, QAccessible::TextBoundaryType boundaryType,
                             int *startOffset, int *endOffset) const override;
    QString textAfterOffset(int offset, QAccessible::TextBoundaryType boundaryType,
                            int *startOffset, int *endOffset) const override;
    QString textAtOffset(int offset, QAccessible::TextBoundaryType boundaryType, int *startOffset,
                         int *endOffset) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int startIndex, int endIndex) override;
    QString attributes(int offset, int *startOffset, int *endOffset) const override;

private:
    TranscriptView &view() const { return *static_cast<TranscriptView *>(object()); }
    //! What a boundary is looked for in: the part that the offset is in.
    QString around(int offset, int *from) const;
    void tellLine(int offset, int *startOffset, int *endOffset) const;

    //! What can be chosen near what is seen.
    QList<TranscriptView::TargetPlace> targets() const;
    //! The same one as long as the same thing stands there.
    QAccessibleInterface *accessible(const TranscriptView::TargetPlace &place) const;
    void forgetFarTargets() const;

    mutable TranscriptText m_text;
    //! They are Qt's, as those of widgets are.
    mutable std::map<TranscriptView::TargetPlace, QAccessible::Id> m_targets;
};

} // namespace Maestro
