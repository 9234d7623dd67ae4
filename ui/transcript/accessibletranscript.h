// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/transcripttext.h"
#include "ui/transcript/transcriptview.h"

#include <QAccessibleWidget>

namespace Maestro {

//! The transcript for assistive technology: its text, its caret and where everything is.
class AccessibleTranscript : public QAccessibleWidget, public QAccessibleTextInterface
{
public:
    explicit AccessibleTranscript(TranscriptView *view);
    //! Makes one for every transcript from now on.
    static void install();

    QAccessible::Role role() const override { return QAccessible::Document; }
    QAccessible::State state() const override;
    QString text(QAccessible::Text kind) const override;
    void *interface_cast(QAccessible::InterfaceType type) override;

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

    mutable TranscriptText m_text;
};

} // namespace Maestro
