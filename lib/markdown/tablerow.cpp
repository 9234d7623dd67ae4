// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/tablerow.h"

#include <algorithm>

namespace Maestro::Markdown {

using namespace Qt::StringLiterals;

namespace {

//! A row of few characters is filled up to the number of columns, so their number is a limit for
//! what a short text can become.
constexpr qsizetype MostColumns = 128;

Alignment alignmentOf(bool left, bool right)
{
    if (left) {
        return right ? Alignment::Center : Alignment::Left;
    }
    return right ? Alignment::Right : Alignment::None;
}

bool isDashes(QStringView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](QChar each) { return each == u'-'; });
}

} // namespace

QList<Alignment> tableColumns(QStringView line)
{
    // The characters first: most lines that are asked about are text.
    for (const QChar character : line) {
        if (!QStringView(u"|-: \t").contains(character)) {
            return {};
        }
    }
    if (!line.contains(u'|')) {
        return {};
    }
    QList<Alignment> columns;
    const QStringList cells = tableCells(line);
    for (const QString &cell : cells) {
        QStringView dashes = cell;
        const bool left = dashes.startsWith(u':');
        dashes = dashes.sliced(left ? 1 : 0);
        const bool right = dashes.endsWith(u':');
        if (!isDashes(dashes.chopped(right ? 1 : 0)) || columns.size() == MostColumns) {
            return {};
        }
        columns.append(alignmentOf(left, right));
    }
    return columns;
}

QStringList tableCells(QStringView line)
{
    QStringList cells;
    QStringView row = line.trimmed();
    if (row.startsWith(u'|')) {
        row = row.sliced(1);
    }
    QString cell;
    qsizetype from = 0;
    for (qsizetype at = 0; at < row.size(); ++at) {
        if (row.at(at) == u'\\' && at + 1 < row.size()) {
            if (row.at(at + 1) == u'|') {
                cell += row.sliced(from, at - from);
                from = at + 1;
            }
            ++at;
        } else if (row.at(at) == u'|') {
            cells.append((cell += row.sliced(from, at - from)).trimmed());
            cell.clear();
            from = at + 1;
        }
    }
    if (from < row.size() || !cell.isEmpty()) {
        cells.append((cell += row.sliced(from)).trimmed());
    }
    return cells;
}

} // namespace Maestro::Markdown
