// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/mathspans.h"

#include <algorithm>

namespace Maestro::Markdown {

namespace {

bool isEscaped(QStringView text, qsizetype at)
{
    qsizetype backslashes = 0;
    while (at - backslashes > 0 && text.at(at - backslashes - 1) == u'\\') {
        ++backslashes;
    }
    return backslashes % 2 == 1;
}

bool isDigit(QChar character) { return character >= u'0' && character <= u'9'; }

} // namespace

//! The dollar that decides whether the one at `at` begins mathematics; the end if there is none.
qsizetype MathFinder::endOfDollars(qsizetype at) const
{
    const qsizetype end = std::min(m_text.size(), at + MostOfMath);
    qsizetype to = at + 1;
    while (to < end && m_text.at(to) != u'$' && m_text.at(to) != u'`') {
        to += m_text.at(to) == u'\\' ? 2 : 1;
    }
    return std::min(to, end);
}

//! "$x$": no space within its dollars, and neither a digit before nor a word behind them.
std::optional<MathSpan> MathFinder::inDollars(qsizetype at) const
{
    const qsizetype from = at + 1;
    if (from >= m_text.size() || m_text.at(from).isSpace()
        || (at > 0 && isDigit(m_text.at(at - 1)))) {
        return std::nullopt;
    }
    const qsizetype to = endOfDollars(at);
    const bool isPrice = to + 1 < m_text.size() && m_text.at(to + 1).isLetterOrNumber();
    if (to == m_text.size() || m_text.at(to) != u'$' || to == from || m_text.at(to - 1).isSpace()
        || isPrice) {
        return std::nullopt;
    }
    return MathSpan{at, to + 1, m_text.sliced(from, to - from), false};
}

std::optional<MathSpan> MathFinder::between(qsizetype at, Delimiter &closing)
{
    const qsizetype from = at + 2;
    if (closing.next != -1 && closing.next < from) {
        closing.next = m_text.indexOf(closing.text, from);
    }
    while (closing.next >= 0 && isEscaped(m_text.sliced(from), closing.next - from)) {
        closing.next = m_text.indexOf(closing.text, closing.next + 1);
    }
    const qsizetype to = closing.next;
    if (to < 0 || to > at + MostOfMath || m_text.sliced(from, to - from).trimmed().isEmpty()) {
        return std::nullopt;
    }
    return MathSpan{at, to + 2, m_text.sliced(from, to - from), closing.text.back() != u')'};
}

std::optional<MathSpan> MathFinder::find(qsizetype at)
{
    const QStringView rest = m_text.sliced(at);
    if (rest.startsWith(u"$$")) {
        return between(at, m_dollars);
    }
    if (rest.startsWith(u'$')) {
        return inDollars(at);
    }
    if (rest.startsWith(u"\\(")) {
        return between(at, m_parenthesis);
    }
    if (rest.startsWith(u"\\[")) {
        return between(at, m_bracket);
    }
    return std::nullopt;
}

bool MathFinder::isUndecided(qsizetype at) const
{
    const QStringView rest = m_text.sliced(at);
    if (rest.startsWith(u'$') && !rest.startsWith(u"$$")) {
        return endOfDollars(at) + 1 >= m_text.size();
    }
    const bool begins = rest.size() < 2 || QStringView(u"$([").contains(rest.at(1));
    return begins && m_text.size() - at <= MostOfMath + 2;
}

QStringView openMath(QStringView line)
{
    const QStringView end = line.startsWith(u"$$") ? QStringView(u"$$")
        : line.startsWith(u"\\[")                  ? QStringView(u"\\]")
                                                   : QStringView();
    return end.isEmpty() || line.sliced(2).contains(end) ? QStringView() : end;
}

} // namespace Maestro::Markdown
