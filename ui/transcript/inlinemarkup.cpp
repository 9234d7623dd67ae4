// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/inlinemarkup.h"

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

constexpr QStringView Escapable = u"\\`*_{}[]()#+-.!|~>";

bool isWord(QChar c) { return c.isLetterOrNumber() || c == u'_'; }

class LineParser
{
public:
    explicit LineParser(QStringView line)
        : m_line(line)
    { }

    QList<InlineSpan> parse()
    {
        while (m_at < m_line.size()) {
            if (!(takeEscape() || takeCode() || takeLink() || takeMark(u"**", &InlineSpan::bold)
                  || takeMark(u"__", &InlineSpan::bold) || takeMark(u"~~", &InlineSpan::strike)
                  || takeMark(u"*", &InlineSpan::italic) || takeMark(u"_", &InlineSpan::italic))) {
                m_style.text += m_line[m_at++];
            }
        }
        finishSpan();
        return m_spans;
    }

private:
    void finishSpan()
    {
        if (!m_style.text.isEmpty()) {
            m_spans.append(m_style);
            m_style.text.clear();
        }
    }

    bool takeEscape()
    {
        if (m_line[m_at] != u'\\' || m_at + 1 >= m_line.size()
            || !Escapable.contains(m_line[m_at + 1])) {
            return false;
        }
        m_style.text += m_line[m_at + 1];
        m_at += 2;
        return true;
    }

    bool takeCode()
    {
        qsizetype ticks = 0;
        while (m_at + ticks < m_line.size() && m_line[m_at + ticks] == u'`') {
            ++ticks;
        }
        if (ticks == 0) {
            return false;
        }
        const QStringView fence = m_line.mid(m_at, ticks);
        const qsizetype end = m_line.indexOf(fence, m_at + ticks);
        if (end < 0) {
            m_style.text += fence;
        } else {
            finishSpan();
            InlineSpan span = m_style;
            span.code = true;
            span.text = m_line.mid(m_at + ticks, end - m_at - ticks).toString();
            m_spans.append(span);
        }
        m_at = end < 0 ? m_at + ticks : end + ticks;
        return true;
    }

    bool takeLink()
    {
        if (m_line[m_at] != u'[') {
            return false;
        }
        const qsizetype middle = m_line.indexOf(u"](", m_at);
        const qsizetype end = middle < 0 ? -1 : m_line.indexOf(u')', middle);
        if (end < 0 || m_line.mid(m_at + 1, middle - m_at - 1).contains(u'[')) {
            return false;
        }
        m_style.text += m_line.mid(m_at + 1, middle - m_at - 1);
        m_style.text += u' ';
        finishSpan();
        InlineSpan address = m_style;
        address.address = true;
        address.text = u'(' + m_line.mid(middle + 2, end - middle - 2).toString() + u')';
        m_spans.append(address);
        m_at = end + 1;
        return true;
    }

    //! Opens or closes a mark. It opens only before a non-space and if it is closed later on.
    bool takeMark(QStringView mark, bool InlineSpan::*property)
    {
        if (!m_line.mid(m_at).startsWith(mark)) {
            return false;
        }
        const qsizetype after = m_at + mark.size();
        const bool spaceBefore = m_at == 0 || m_line[m_at - 1].isSpace();
        const bool spaceAfter = after >= m_line.size() || m_line[after].isSpace();
        if (m_style.*property) {
            if (spaceBefore) {
                return false;
            }
        } else {
            const bool insideWord = mark[0] == u'_' && m_at > 0 && isWord(m_line[m_at - 1]);
            if (spaceAfter || insideWord || m_line.indexOf(mark, after) <= after) {
                return false;
            }
        }
        finishSpan();
        m_style.*property = !(m_style.*property);
        m_at = after;
        return true;
    }

    QStringView m_line;
    qsizetype m_at = 0;
    InlineSpan m_style;
    QList<InlineSpan> m_spans;
};

} // namespace

QList<InlineSpan> parseInline(QStringView line) { return LineParser(line).parse(); }

} // namespace Maestro
