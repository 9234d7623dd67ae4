// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/isolates.h"

#include <algorithm>

namespace Maestro {

namespace {

constexpr QChar LeftToRightIsolate(0x2066);
constexpr QChar PopDirectionalIsolate(0x2069);

} // namespace

bool hasRightToLeft(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        const char16_t u = c.unicode();
        return (u >= 0x0590 && u <= 0x08ff) || u == 0x200f || (u >= 0xd802 && u <= 0xd803)
            || (u >= 0xd83a && u <= 0xd83b) || (u >= 0xfb1d && u <= 0xfdff)
            || (u >= 0xfe70 && u <= 0xfeff);
    });
}

Isolates::Isolates(const Markdown::Inline &text)
{
    for (const Markdown::Span &span : text.spans) {
        if (span.styles.testFlag(Markdown::Style::Code) && span.length > 0) {
            m_offsets.append({span.from, span.from + span.length});
        }
    }
}

QString Isolates::applied(QString text) const
{
    for (qsizetype i = m_offsets.size(); i-- > 0;) {
        text.insert(m_offsets[i], i % 2 == 0 ? LeftToRightIsolate : PopDirectionalIsolate);
    }
    return text;
}

QList<QTextLayout::FormatRange> Isolates::applied(QList<QTextLayout::FormatRange> formats) const
{
    if (!m_offsets.isEmpty()) {
        for (QTextLayout::FormatRange &range : formats) {
            const int begin = beginAt(range.start);
            range.length = endAt(range.start + range.length) - begin;
            range.start = begin;
        }
    }
    return formats;
}

int Isolates::beginAt(qsizetype offset) const
{
    const auto behind = std::upper_bound(m_offsets.begin(), m_offsets.end(), offset);
    return static_cast<int>(offset + std::distance(m_offsets.begin(), behind));
}

int Isolates::endAt(qsizetype offset) const
{
    const auto at = std::lower_bound(m_offsets.begin(), m_offsets.end(), offset);
    return static_cast<int>(offset + std::distance(m_offsets.begin(), at));
}

qsizetype Isolates::offsetOf(int place) const
{
    qsizetype marks = 0;
    while (marks < m_offsets.size() && m_offsets[marks] + marks < place) {
        ++marks;
    }
    return place - marks;
}

} // namespace Maestro
