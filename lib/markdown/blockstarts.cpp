// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/blockstarts.h"

#include <algorithm>

namespace Maestro::Markdown {

namespace {

bool isSpace(QChar character) { return character == u' ' || character == u'\t'; }

qsizetype runLength(QStringView text, QChar mark)
{
    const auto *end
        = std::find_if(text.begin(), text.end(), [mark](QChar other) { return other != mark; });
    return end - text.begin();
}

QStringView trimmed(QStringView text)
{
    while (!text.isEmpty() && isSpace(text.front())) {
        text = text.sliced(1);
    }
    while (!text.isEmpty() && isSpace(text.back())) {
        text = text.chopped(1);
    }
    return text;
}

bool isDigit(QChar character) { return character >= u'0' && character <= u'9'; }

} // namespace

std::optional<AtxHeading> atxHeading(QStringView line)
{
    constexpr qsizetype MostLevels = 6;
    const qsizetype level = runLength(line, u'#');
    if (level == 0 || level > MostLevels || (level < line.size() && !isSpace(line.at(level)))) {
        return std::nullopt;
    }
    QStringView text = trimmed(line.sliced(level));
    qsizetype closing = text.size();
    while (closing > 0 && text.at(closing - 1) == u'#') {
        --closing;
    }
    if (closing == 0 || isSpace(text.at(closing - 1))) {
        text = trimmed(text.first(closing));
    }
    return AtxHeading{.level = static_cast<int>(level), .text = text};
}

std::optional<Fence> openingFence(QStringView line)
{
    constexpr qsizetype LeastLength = 3;
    if (line.isEmpty() || (line.front() != u'`' && line.front() != u'~')) {
        return std::nullopt;
    }
    const qsizetype length = runLength(line, line.front());
    const QStringView info = trimmed(line.sliced(length));
    if (length < LeastLength || (line.front() == u'`' && info.contains(u'`'))) {
        return std::nullopt;
    }
    return Fence{.mark = line.front(), .length = length, .info = info};
}

bool closesFence(QStringView line, const Fence &fence)
{
    const qsizetype length = runLength(line, fence.mark);
    return length >= fence.length && trimmed(line.sliced(length)).isEmpty();
}

int setextLevel(QStringView line)
{
    if (line.isEmpty() || (line.front() != u'=' && line.front() != u'-')
        || !trimmed(line.sliced(runLength(line, line.front()))).isEmpty()) {
        return 0;
    }
    return line.front() == u'=' ? 1 : 2;
}

bool isThematicBreak(QStringView line)
{
    constexpr int LeastMarks = 3;
    if (line.isEmpty() || !QStringView(u"*-_").contains(line.front())) {
        return false;
    }
    int marks = 0;
    for (const QChar character : line) {
        if (character == line.front()) {
            ++marks;
        } else if (!isSpace(character)) {
            return false;
        }
    }
    return marks >= LeastMarks;
}

std::optional<ListMark> listMark(QStringView line)
{
    constexpr qsizetype MostDigits = 9;
    if (line.isEmpty()) {
        return std::nullopt;
    }
    ListMark mark;
    qsizetype at = 0;
    while (at < line.size() && at < MostDigits && isDigit(line.at(at))) {
        mark.number = mark.number * 10 + (line.at(at).unicode() - u'0');
        ++at;
    }
    mark.isNumbered = at > 0;
    if (at == line.size() || !QStringView(mark.isNumbered ? u".)" : u"*+-").contains(line.at(at))) {
        return std::nullopt;
    }
    mark.mark = line.at(at);
    mark.length = at + 1;
    if (mark.length < line.size() && !isSpace(line.at(mark.length))) {
        return std::nullopt;
    }
    return mark;
}

std::optional<TaskMark> taskMark(QStringView text)
{
    constexpr qsizetype Length = 3;
    if (text.size() < Length || text.at(0) != u'[' || text.at(2) != u']'
        || !QStringView(u" xX").contains(text.at(1))
        || (text.size() > Length && !isSpace(text.at(Length)))) {
        return std::nullopt;
    }
    qsizetype length = Length;
    while (length < text.size() && isSpace(text.at(length))) {
        ++length;
    }
    return TaskMark{.isDone = text.at(1) != u' ', .length = length};
}

} // namespace Maestro::Markdown
