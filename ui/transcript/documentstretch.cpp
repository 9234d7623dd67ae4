// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/documentstretch.h"

#include <QTextBlock>
#include <QTextDocument>

namespace Maestro {

DocumentStretch DocumentStretch::appendTo(QTextDocument &document)
{
    QTextCursor cursor(&document);
    cursor.movePosition(QTextCursor::End);
    if (document.isEmpty()) {
        cursor.setBlockFormat(QTextBlockFormat());
        cursor.setBlockCharFormat(QTextCharFormat());
    } else {
        cursor.insertBlock(QTextBlockFormat(), QTextCharFormat());
    }
    DocumentStretch stretch;
    stretch.m_begin = cursor;
    stretch.m_end = cursor;
    // What is inserted at a stretch's very edge is its own affair: writer() is the only way in.
    stretch.m_begin.setKeepPositionOnInsert(true);
    stretch.m_end.setKeepPositionOnInsert(true);
    return stretch;
}

QTextCursor DocumentStretch::writer() const
{
    QTextCursor cursor = m_end;
    cursor.setKeepPositionOnInsert(false);
    // A cursor that keeps its position lets its anchor go, and so selects what was inserted there.
    cursor.setPosition(m_end.position());
    return cursor;
}

void DocumentStretch::extendTo(const QTextCursor &cursor) { m_end.setPosition(cursor.position()); }

void DocumentStretch::clear()
{
    QTextCursor cursor = writer();
    cursor.setPosition(beginning());
    cursor.setPosition(end(), QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    cursor.setBlockFormat(QTextBlockFormat());
    cursor.setBlockCharFormat(QTextCharFormat());
}

void DocumentStretch::remove()
{
    QTextCursor cursor = writer();
    cursor.setPosition(qMax(0, beginning() - 1));
    cursor.setPosition(end(), QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
}

} // namespace Maestro
