// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What BlockReader does with the text of a line, once it knows what the line is.

#include "markdown/blockreader.h"
#include "markdown/mathspans.h"
#include "markdown/tablerow.h"
#include "markdown/wellformed.h"

#include <algorithm>
#include <utility>

namespace Maestro::Markdown {

void BlockReader::beginParagraph(QStringView text, const SourceLine &line)
{
    m_containers.closeList();
    m_containers.fill();
    openLeaf({.kind = Leaf::Kind::Paragraph,
              .from = line.from,
              .to = line.to(),
              .text = text.toString(),
              .lastLineFrom = line.from,
              .mayDefine = text.startsWith(u'['),
              .mathEnd = openMath(text)});
    if (m_leaf.mayDefine) {
        m_leaf.lineStarts.append(line.from);
    }
}

void BlockReader::addToParagraph(QStringView text, const SourceLine &line)
{
    takeDefinitions(text);
    if (m_leaf.start >= m_leaf.text.size()) { // nothing but definitions stands there
        m_leaf.start = m_leaf.text.size() + 1;
        m_leaf.from = line.from;
        m_leaf.mayDefine = text.startsWith(u'[');
    }
    m_leaf.text += u'\n';
    m_leaf.lastLine = m_leaf.text.size();
    m_leaf.lastLineFrom = line.from;
    m_leaf.lineBeforeTo = std::exchange(m_leaf.to, line.to());
    m_leaf.text += text;
    if (m_leaf.mathEnd.isEmpty()) {
        m_leaf.mathEnd = openMath(text);
    } else if (text.contains(m_leaf.mathEnd)) {
        m_leaf.mathEnd = {};
    }
    if (m_leaf.mayDefine) {
        m_leaf.lineStarts.append(line.from);
    }
}

//! Takes the definitions that the paragraph begins with, and that `next`, if there is a next line,
//! can no longer change.
void BlockReader::takeDefinitions(QStringView next)
{
    while (m_leaf.mayDefine && m_leaf.start < m_leaf.text.size()) {
        const QStringView text = QStringView(m_leaf.text).sliced(m_leaf.start);
        const auto definition = leadingDefinition(text);
        if (!definition) {
            m_leaf.mayDefine = text.size() <= MostOfADefinition;
            return;
        }
        const QStringView after = text.sliced(definition->length);
        const QStringView following = after.isEmpty() ? next : after;
        const bool mayHaveTitle = !next.isNull() && !definition->hasTitle
            && text.size() <= MostOfADefinition && !following.isEmpty()
            && QStringView(u"\"'(").contains(following.front());
        if (mayHaveTitle) {
            return;
        }
        m_references.define(*definition);
        m_leaf.start += definition->length;
        const qsizetype lines
            = text.first(definition->length).count(u'\n') + (after.isEmpty() ? 1 : 0);
        m_leaf.lineStarts.remove(0, std::min(lines, m_leaf.lineStarts.size()));
        m_leaf.from = m_leaf.lineStarts.value(0, m_leaf.from);
        m_leaf.mayDefine = after.isEmpty() || after.startsWith(u'[');
    }
}

void BlockReader::addRow(QStringView text, const SourceLine &line)
{
    const qsizetype index = m_leaf.block;
    const qsizetype row = m_blocks.at(index).rows.size();
    const QStringList cells = tableCells(text);
    QList<Inline> inlines;
    const qsizetype columns = m_blocks.at(index).columns.size();
    for (qsizetype column = 0; column < columns; ++column) {
        inlines.append(column < cells.size()
                           ? m_references.read(cells.at(column), {index, row, column})
                           : Inline());
    }
    m_blocks[index].rows.append(inlines);
    m_blocks[index].to = line.to();
}

void BlockReader::addCode(const QString &text, const SourceLine &line)
{
    Block &block = m_blocks[m_leaf.block];
    block.lines += std::exchange(m_leaf.blankLines, {});
    block.lines += wellFormed(text);
    block.to = line.to();
}

void BlockReader::addHeading(int level, QStringView text, qsizetype from, qsizetype to)
{
    Block &block = addBlock(Block::Kind::Heading, from, to);
    block.level = level;
    block.text = m_references.read(text, {.block = m_blocks.size() - 1});
}

Block &BlockReader::addBlock(Block::Kind kind, qsizetype from, qsizetype to)
{
    m_containers.closeList();
    Block block{.kind = kind, .containers = m_containers.takeFor(from)};
    block.from = from;
    block.to = to;
    m_blocks.append(block);
    return m_blocks.last();
}

void BlockReader::closeParagraph(QStringView text, qsizetype to)
{
    takeDefinitions({});
    if (m_leaf.start < text.size()) {
        Block &block = addBlock(Block::Kind::Paragraph, m_leaf.from, to);
        block.text = m_references.read(text.sliced(m_leaf.start), {.block = m_blocks.size() - 1});
    }
}

void BlockReader::closeLeaf()
{
    if (m_leaf.kind == Leaf::Kind::Paragraph) {
        closeParagraph(m_leaf.text, m_leaf.to);
    }
    if (m_leaf.kind != Leaf::Kind::None) {
        openLeaf({});
    }
}

void BlockReader::closeDownTo(qsizetype depth)
{
    closeLeaf();
    while (m_containers.depth() > depth) {
        if (const auto item = m_containers.emptyItem()) {
            addBlock(Block::Kind::Paragraph, item->from, item->to);
        }
        m_containers.closeLast();
    }
}

} // namespace Maestro::Markdown
