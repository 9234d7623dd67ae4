// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/linecursor.h"

#include <algorithm>

namespace Maestro::Markdown {

namespace {

constexpr int TabStop = 4;

int toTabStop(int column) { return TabStop - column % TabStop; }

} // namespace

LineCursor::LineCursor(QStringView line)
    : m_line(line)
{
    findNext();
}

bool LineCursor::isAtSpace() const
{
    return m_offset < m_line.size()
        && (m_line.at(m_offset) == u' ' || m_line.at(m_offset) == u'\t');
}

QString LineCursor::remaining() const
{
    if (m_isInTab) {
        return QString(toTabStop(m_column), u' ') += m_line.sliced(m_offset + 1);
    }
    return m_line.sliced(m_offset).toString();
}

void LineCursor::skipIndent()
{
    m_offset = m_next;
    m_column = m_nextColumn;
    m_isInTab = false;
}

void LineCursor::skipCharacters(qsizetype count)
{
    m_offset += count;
    m_column += static_cast<int>(count);
    m_isInTab = false;
    findNext();
}

void LineCursor::skipColumns(int count)
{
    while (count > 0 && m_offset < m_line.size()) {
        const int width = m_line.at(m_offset) == u'\t' ? toTabStop(m_column) : 1;
        m_isInTab = width > count;
        m_column += std::min(width, count);
        m_offset += m_isInTab ? 0 : 1;
        count -= width;
    }
    findNext();
}

void LineCursor::findNext()
{
    m_next = m_offset;
    m_nextColumn = m_column;
    for (; m_next < m_line.size(); ++m_next) {
        if (m_line.at(m_next) == u'\t') {
            m_nextColumn += toTabStop(m_nextColumn);
        } else if (m_line.at(m_next) == u' ') {
            ++m_nextColumn;
        } else {
            break;
        }
    }
}

} // namespace Maestro::Markdown
