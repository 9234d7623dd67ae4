// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringView>

namespace Maestro::Markdown {

//! A way along one line that knows its columns: a tab reaches to the next multiple of four, and a
//! part of it may be taken.
class LineCursor
{
public:
    explicit LineCursor(QStringView line);

    //! Columns of white space before the next character.
    int indent() const { return m_nextColumn - m_column; }
    bool isIndented() const { return indent() >= 4; }
    bool isBlank() const { return m_next == m_line.size(); }
    bool isAtSpace() const;
    int column() const { return m_column; }

    //! What follows the white space.
    QStringView rest() const { return m_line.sliced(m_next); }
    //! All that is left, the rest of a tab as spaces.
    QString remaining() const;

    void skipIndent();
    void skipCharacters(qsizetype count);
    void skipColumns(int count);

private:
    void findNext();

    QStringView m_line;
    qsizetype m_offset = 0;
    qsizetype m_next = 0;
    int m_column = 0;
    int m_nextColumn = 0;
    bool m_isInTab = false;
};

} // namespace Maestro::Markdown
