// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/codecolors.h"

namespace Maestro {

Syntax::Runs CodeColors::runs(qsizetype line, const QString &text) const
{
    if (line >= m_lines.size() || !text.startsWith(m_lines[line].text)) {
        return {};
    }
    return m_lines[line].read.runs;
}

qsizetype CodeColors::firstUnread(qsizetype first, const QStringList &lines) const
{
    if (m_lines.size() < first) {
        return m_lines.size();
    }
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (first + i >= m_lines.size() || m_lines[first + i].text != lines[i]) {
            return first + i;
        }
    }
    return first + lines.size();
}

CodeColors::Request CodeColors::request(qsizetype first, const QStringList &lines) const
{
    return {first, first > 0 ? m_lines[first - 1].read.after : Syntax::State(), lines,
            first < m_lines.size()};
}

void CodeColors::take(const Request &request, const QList<Syntax::ReadLine> &read)
{
    if (request.first > m_lines.size()) {
        return; // what it went on from is gone
    }
    m_lines.resize(request.first);
    for (qsizetype i = 0; i < qMin(read.size(), request.lines.size()); ++i) {
        m_lines.append({request.lines[i], read[i]});
    }
    m_givenUp = read.size() < request.lines.size();
}

} // namespace Maestro
