// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/markdownline.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! A row with more cells than this keeps the rest in its last one.
constexpr int MostColumns = 64;
//! Lists are not moved in further than this.
constexpr double DeepestLevel = 8;

const QRegularExpression &itemPattern()
{
    static const QRegularExpression pattern(u"^(\\s*)([-*+]|\\d{1,9}[.)])\\s+"_s);
    return pattern;
}

bool isRule(QStringView line)
{
    const QString bare = line.toString().remove(u' ');
    return bare.size() >= 3
        && (bare == QString(bare.size(), u'-') || bare == QString(bare.size(), u'*')
            || bare == QString(bare.size(), u'_'));
}

} // namespace

int headingLevel(QStringView line)
{
    int level = 0;
    while (level < line.size() && level < 7 && line[level] == u'#') {
        ++level;
    }
    return level >= 1 && level <= 6 && level < line.size() && line[level] == u' ' ? level : 0;
}

MarkdownLine lineKind(QStringView line)
{
    const QStringView bare = line.trimmed();
    if (bare.isEmpty()) {
        return MarkdownLine::None;
    }
    if (bare.startsWith(u"```") || bare.startsWith(u"~~~")) {
        return MarkdownLine::Fence;
    }
    if (headingLevel(line) > 0) {
        return MarkdownLine::Heading;
    }
    if (isRule(bare)) {
        return MarkdownLine::Rule;
    }
    if (bare.startsWith(u'|') && bare.size() > 1) {
        return MarkdownLine::TableRow;
    }
    if (bare.startsWith(u"> ") || bare == u">") {
        return MarkdownLine::Quote;
    }
    return itemPattern().match(line.toString()).hasMatch() ? MarkdownLine::Item
                                                           : MarkdownLine::Text;
}

ListItem readListItem(QStringView line)
{
    const QRegularExpressionMatch match = itemPattern().match(line.toString());
    const QString mark = match.captured(2);
    // Two spaces move a list in by one level.
    const double level = static_cast<double>(match.capturedLength(1)) / 2.0;
    return {(mark.size() == 1 ? u"•"_s : mark) + u"  "_s, qMin(level, DeepestLevel),
            line.mid(match.capturedLength())};
}

QStringList tableCells(QStringView line)
{
    QStringView row = line.trimmed().mid(1);
    if (row.endsWith(u'|')) {
        row.chop(1);
    }
    QStringList cells;
    for (const QStringView cell : row.split(u'|')) {
        cells.append(cell.trimmed().toString());
    }
    while (cells.size() > MostColumns) {
        const QString last = cells.takeLast();
        cells.last() += u" | "_s + last;
    }
    return cells;
}

bool isTableRule(const QStringList &cells)
{
    static const QRegularExpression pattern(u"^:?-+:?$"_s);
    return std::all_of(cells.begin(), cells.end(),
                       [](const QString &cell) { return pattern.match(cell).hasMatch(); });
}

} // namespace Maestro
