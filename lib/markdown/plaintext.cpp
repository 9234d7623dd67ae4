// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/plaintext.h"

#include <QStringList>

#include <algorithm>

namespace Maestro::Markdown {

using namespace Qt::StringLiterals;

namespace {

constexpr QChar LineBreak = u'\u2028';

QString markOf(const Container &container)
{
    QString mark;
    switch (container.kind) {
    case Container::Kind::Quote:
        return u"> "_s;
    case Container::Kind::Bullet:
        mark = u"- "_s;
        break;
    case Container::Kind::Number:
        mark = u"%1. "_s.arg(container.number);
        break;
    }
    if (!container.begins) {
        return QString(mark.size(), u' ');
    }
    if (container.done) {
        mark += *container.done ? u"[x] "_s : u"[ ] "_s;
    }
    return mark;
}

//! What stands before a block's first line, and what before the others.
struct Margin
{
    QString first;
    QString others;
};

Margin marginOf(const QList<Container> &containers)
{
    Margin margin;
    for (Container container : containers) {
        margin.first += markOf(container);
        container.begins = false;
        margin.others += markOf(container);
    }
    return margin;
}

QStringList linesOf(const Block &block)
{
    switch (block.kind) {
    case Block::Kind::Paragraph:
    case Block::Kind::Heading:
        return block.text.text.split(LineBreak);
    case Block::Kind::Code:
        return block.lines;
    case Block::Kind::Table:
        return tabSeparated(block).chopped(1).split(u'\n');
    case Block::Kind::Rule:
        return {u"---"_s};
    }
    return {};
}

//! Whether a block is the next item of a list that the one before it stands in, or a list within.
bool goesOnWithList(const Block &block, const Block &before)
{
    const auto begins = [](const Container &container) { return container.begins; };
    const auto first = std::find_if(block.containers.cbegin(), block.containers.cend(), begins);
    return first != block.containers.cend() && !before.containers.isEmpty()
        && first - block.containers.cbegin() <= before.containers.size();
}

//! What would end a cell is a space in it.
QString cellText(const Inline &cell)
{
    QString text = cell.text;
    return text.replace(u'\t', u' ').replace(u'\n', u' ').replace(LineBreak, u' ');
}

} // namespace

QString plainText(const QList<Block> &blocks)
{
    QString text;
    const Block *before = nullptr;
    for (const Block &block : blocks) {
        if (before != nullptr) {
            text += goesOnWithList(block, *before) ? u"\n"_s : u"\n\n"_s;
        }
        before = &block;
        const Margin margin = marginOf(block.containers);
        const QStringList lines = linesOf(block);
        text += margin.first + lines.join(QString(u'\n' + margin.others));
    }
    return text;
}

QString tabSeparated(const Block &table)
{
    QString text;
    for (const QList<Inline> &row : table.rows) {
        QStringList cells;
        for (const Inline &cell : row) {
            cells.append(cellText(cell));
        }
        text += cells.join(u'\t') + u'\n';
    }
    return text;
}

} // namespace Maestro::Markdown
