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

//! "$x$": no space within its dollars, and neither a word before nor a digit behind them.
std::optional<MathSpan> inDollars(QStringView text, qsizetype at)
{
    const qsizetype from = at + 1;
    if (from >= text.size() || text.at(from).isSpace() || (at > 0 && isDigit(text.at(at - 1)))) {
        return std::nullopt;
    }
    const qsizetype end = std::min(text.size(), at + MostOfMath);
    for (qsizetype to = from; to < end; ++to) {
        if (text.at(to) == u'\\') {
            ++to;
        } else if (text.at(to) == u'`') {
            return std::nullopt;
        } else if (text.at(to) == u'$') {
            const bool isPrice
                = to + 1 < text.size() && (isDigit(text.at(to + 1)) || text.at(to + 1).isLetter());
            if (to == from || text.at(to - 1).isSpace() || isPrice) {
                return std::nullopt;
            }
            return MathSpan{at, to + 1, text.sliced(from, to - from), false};
        }
    }
    return std::nullopt;
}

std::optional<MathSpan> between(QStringView text, qsizetype at, QStringView closing)
{
    const qsizetype from = at + 2;
    const QStringView within = text.first(std::min(text.size(), at + MostOfMath));
    qsizetype to = within.indexOf(closing, from);
    while (to >= 0 && isEscaped(text.sliced(from), to - from)) {
        to = within.indexOf(closing, to + 1);
    }
    if (to < 0 || text.sliced(from, to - from).trimmed().isEmpty()) {
        return std::nullopt;
    }
    return MathSpan{at, to + 2, text.sliced(from, to - from), closing.back() != u')'};
}

} // namespace

std::optional<MathSpan> mathAt(QStringView text, qsizetype at)
{
    const QStringView rest = text.sliced(at);
    if (rest.startsWith(u"$$")) {
        return between(text, at, u"$$");
    }
    if (rest.startsWith(u'$')) {
        return inDollars(text, at);
    }
    if (rest.startsWith(u"\\(")) {
        return between(text, at, u"\\)");
    }
    if (rest.startsWith(u"\\[")) {
        return between(text, at, u"\\]");
    }
    return std::nullopt;
}

QStringView openMath(QStringView line)
{
    const QStringView end = line.startsWith(u"$$") ? QStringView(u"$$")
        : line.startsWith(u"\\[")                  ? QStringView(u"\\]")
                                                   : QStringView();
    return end.isEmpty() || line.sliced(2).contains(end) ? QStringView() : end;
}

} // namespace Maestro::Markdown
