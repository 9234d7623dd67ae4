// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/announcer.h"

#include "ui/transcript/transcriptview.h"

#include <QAccessible>
#include <QTextBoundaryFinder>

namespace Maestro {

namespace {

//! Up to where a text consists of whole sentences; the last one may still be growing.
qsizetype endOfSentences(const QString &text, qsizetype from)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Sentence, text);
    finder.setPosition(text.size());
    const qsizetype last = finder.toPreviousBoundary();
    return qMax(from, last);
}

} // namespace

Announcer::Announcer(TranscriptView &view)
    : QObject(&view)
    , m_view(view)
    , m_text(view.column())
    , m_isHeard(QAccessible::isActive())
{
    QAccessible::installActivationObserver(this);
}

Announcer::~Announcer() { QAccessible::removeActivationObserver(this); }

void Announcer::begin() { m_said = {{m_view.column().count() - 1, 0}, 0}; }

QString Announcer::takeWhole(bool everything)
{
    TranscriptColumn &column = m_view.column();
    QString said;
    if (m_said.at.entry < 0 || m_said.at.entry >= column.count()) {
        return said;
    }
    const qsizetype parts = column.unfolded(m_said.at.entry).partCount();
    while (m_said.at.part < parts) {
        const QString text = textOf(column.part(m_said.at));
        const bool isLast = m_said.at.part == parts - 1;
        const qsizetype end
            = isLast && !everything ? endOfSentences(text, m_said.offset) : text.size();
        if (end > m_said.offset) {
            said += QStringView(text).mid(m_said.offset, end - m_said.offset).toString();
        }
        m_said.offset = qMax(m_said.offset, end);
        if (isLast) {
            break;
        }
        said += said.isEmpty() ? QString() : QStringLiteral("\n");
        m_said = {{m_said.at.entry, m_said.at.part + 1}, 0};
    }
    return said;
}

void Announcer::announce(bool everything)
{
    if (!m_isHeard) {
        return;
    }
    const TextPlace before = m_said;
    if (const QString said = takeWhole(everything); !said.trimmed().isEmpty()) {
        QAccessibleTextInsertEvent event(&m_view, static_cast<int>(m_text.offsetOf(before)), said);
        QAccessible::updateAccessibility(&event);
        Q_EMIT announced(said);
    }
}

void Announcer::tellSelection()
{
    if (!m_isHeard) {
        return;
    }
    const TranscriptSelection &selection = m_view.selection();
    const auto caret = static_cast<int>(m_text.offsetOf(selection.caret()));
    QAccessibleTextSelectionEvent selected(&m_view,
                                           static_cast<int>(m_text.offsetOf(selection.begin())),
                                           static_cast<int>(m_text.offsetOf(selection.end())));
    selected.setCursorPosition(caret);
    QAccessible::updateAccessibility(&selected);
    QAccessibleTextCursorEvent moved(&m_view, caret);
    QAccessible::updateAccessibility(&moved);
}

void Announcer::tellFocus()
{
    if (!m_isHeard || !m_view.hasFocus()) {
        return;
    }
    const QAccessibleInterface *transcript = QAccessible::queryAccessibleInterface(&m_view);
    if (QAccessibleInterface *focused = transcript->focusChild()) {
        QAccessibleEvent event(focused, QAccessible::Focus);
        QAccessible::updateAccessibility(&event);
        Q_EMIT focusTold(event.uniqueId());
    }
}

} // namespace Maestro
