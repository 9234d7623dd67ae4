// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/blockreader.h"

#include "markdown/entities.h"
#include "markdown/tablerow.h"

#include <algorithm>
#include <utility>

namespace Maestro::Markdown {

namespace {

constexpr int CodeIndent = 4;

QString languageOf(QStringView info)
{
    const QString words = unescaped(info).simplified();
    return words.first(std::max(words.indexOf(u' '), words.contains(u' ') ? 0 : words.size()));
}

} // namespace

//! Where reading a line has got to.
struct BlockReader::Position
{
    const SourceLine &line;
    LineCursor at;
    qsizetype matched = 0; //!< containers that the line stands in
    bool isInAll = false; //!< that were open before it
    bool isInParagraph = false; //!< not lazily
};

void BlockReader::read(const SourceLine &line)
{
    Position position{.line = line, .at = LineCursor(line.text)};
    position.matched = m_containers.match(position.at);
    position.isInAll = position.matched == m_containers.depth();
    position.isInParagraph = position.isInAll && m_leaf.kind == Leaf::Kind::Paragraph;
    const bool isInMath
        = position.isInParagraph && !m_leaf.mathEnd.isEmpty() && !position.at.isBlank();
    if (goesOnWithCode(position) || (!isInMath && beginsBlock(position))) {
        return;
    }
    if (position.at.isBlank()) {
        closeDownTo(position.matched);
    } else if (m_leaf.kind == Leaf::Kind::Paragraph) { // in it, or going on lazily
        addToParagraph(position.at.rest(), line);
    } else if (m_leaf.kind == Leaf::Kind::Table && position.isInAll) {
        addRow(position.at.rest(), line);
    } else {
        closeDownTo(position.matched);
        beginParagraph(position.at.rest(), line);
    }
}

bool BlockReader::goesOnWithCode(Position &position)
{
    LineCursor &at = position.at;
    if (!position.isInAll) {
        return false;
    }
    if (m_leaf.kind == Leaf::Kind::Fenced) {
        if (!at.isIndented() && closesFence(at.rest(), m_leaf.fence)) {
            m_blocks[m_leaf.block].to = position.line.to();
            closeLeaf();
        } else {
            at.skipColumns(std::min(at.indent(), m_leaf.fenceIndent));
            addCode(at.remaining(), position.line);
        }
        return true;
    }
    if (m_leaf.kind == Leaf::Kind::Indented && (at.isIndented() || at.isBlank())) {
        at.skipColumns(CodeIndent);
        if (at.isBlank()) {
            m_leaf.blankLines.append(at.remaining());
        } else {
            addCode(at.remaining(), position.line);
        }
        return true;
    }
    return false;
}

//! Whether the line is done with. If it is not, what is left of it is text, or nothing.
bool BlockReader::beginsBlock(Position &position)
{
    while (!position.at.isBlank()) {
        if (position.at.isIndented()) {
            return beginsIndentedCode(position);
        }
        if (beginsLeaf(position)) {
            return true;
        }
        if (!beginsContainer(position)) {
            return false;
        }
        if (m_leaf.kind != Leaf::Kind::None) {
            return true; // a task's text
        }
        position.matched = m_containers.depth();
        position.isInParagraph = false;
    }
    return false;
}

bool BlockReader::beginsIndentedCode(Position &position)
{
    if (m_leaf.kind == Leaf::Kind::Paragraph
        || (m_leaf.kind == Leaf::Kind::Table && position.isInAll)) {
        return false;
    }
    closeDownTo(position.matched);
    position.at.skipColumns(CodeIndent);
    addBlock(Block::Kind::Code, position.line.from, position.line.to());
    openLeaf({.kind = Leaf::Kind::Indented, .block = m_blocks.size() - 1});
    addCode(position.at.remaining(), position.line);
    return true;
}

bool BlockReader::beginsLeaf(Position &position)
{
    const SourceLine &line = position.line;
    const QStringView rest = position.at.rest();
    if (const auto heading = atxHeading(rest)) {
        closeDownTo(position.matched);
        addHeading(heading->level, heading->text, line.from, line.to());
        return true;
    }
    if (const auto fence = openingFence(rest)) {
        closeDownTo(position.matched);
        addBlock(Block::Kind::Code, line.from, line.to()).language = languageOf(fence->info);
        openLeaf({.kind = Leaf::Kind::Fenced,
                  .block = m_blocks.size() - 1,
                  .fence = {.mark = fence->mark, .length = fence->length, .info = {}},
                  .fenceIndent = position.at.indent()});
        return true;
    }
    if (position.isInParagraph && (underlines(position) || beginsTable(position))) {
        return true;
    }
    if (isThematicBreak(rest)) {
        closeDownTo(position.matched);
        addBlock(Block::Kind::Rule, line.from, line.to());
        return true;
    }
    return false;
}

bool BlockReader::beginsContainer(Position &position)
{
    LineCursor &at = position.at;
    if (position.matched >= Containers::MostDepth) {
        return false;
    }
    if (at.rest().startsWith(u'>')) {
        closeDownTo(position.matched);
        at.skipIndent();
        at.skipCharacters(1);
        if (at.isAtSpace()) {
            at.skipColumns(1);
        }
        m_containers.openQuote();
        return true;
    }
    const auto mark = listMark(at.rest());
    if (!mark) {
        return false;
    }
    const bool isEmpty = LineCursor(at.rest().sliced(mark->length)).isBlank();
    if (position.isInParagraph && (isEmpty || (mark->isNumbered && mark->number != 1))) {
        return false; // too weak to interrupt a paragraph
    }
    closeDownTo(position.matched);
    openItem(position, *mark);
    return true;
}

void BlockReader::openItem(Position &position, const ListMark &mark)
{
    LineCursor &at = position.at;
    const int markEnd = at.indent() + static_cast<int>(mark.length);
    at.skipIndent();
    at.skipCharacters(mark.length);
    // Five spaces and more are one, and code behind it.
    const int spaces = at.isBlank() || at.indent() > CodeIndent ? 1 : at.indent();
    at.skipColumns(spaces);
    m_containers.openItem(mark, markEnd + spaces, {position.line.from, position.line.to()});
    const auto task = at.isIndented() ? std::nullopt : taskMark(at.rest());
    if (!task) {
        return;
    }
    m_containers.setTask(task->isDone);
    m_containers.fill();
    at.skipIndent();
    at.skipCharacters(task->length);
    if (!at.isBlank()) {
        beginParagraph(at.rest(), position.line);
    }
}

//! Whether the line makes a heading of the paragraph above it.
bool BlockReader::underlines(const Position &position)
{
    const int level = setextLevel(position.at.rest());
    if (level == 0) {
        return false;
    }
    takeDefinitions({});
    if (m_leaf.start >= m_leaf.text.size()) {
        return false; // nothing but definitions stood there
    }
    addHeading(level, QStringView(m_leaf.text).sliced(m_leaf.start), m_leaf.from,
               position.line.to());
    openLeaf({});
    return true;
}

//! Whether the line makes a table of the last line of the paragraph above it.
bool BlockReader::beginsTable(const Position &position)
{
    const QList<Alignment> columns = tableColumns(position.at.rest());
    if (columns.isEmpty() || m_leaf.lastLine < m_leaf.start) {
        return false;
    }
    const QString head = m_leaf.text.sliced(m_leaf.lastLine);
    if (tableCells(head).size() != columns.size()) {
        return false;
    }
    if (m_leaf.lastLine > m_leaf.start) {
        closeParagraph(QStringView(m_leaf.text).first(m_leaf.lastLine - 1), m_leaf.lineBeforeTo);
    }
    addBlock(Block::Kind::Table, m_leaf.lastLineFrom, position.line.to()).columns = columns;
    openLeaf({.kind = Leaf::Kind::Table, .block = m_blocks.size() - 1});
    addRow(head, position.line);
    return true;
}

void BlockReader::openLeaf(Leaf leaf)
{
    if (m_trial && m_leaf.id == m_trial->leaf.id) {
        m_trial->leaf.text = std::move(m_leaf.text);
    }
    m_leaf = std::move(leaf);
    m_leaf.id = ++m_lastLeafId;
}

void BlockReader::end() { closeDownTo(0); }

//! Code and tables grow where they stand.
qsizetype BlockReader::growingBlock(const Leaf &leaf)
{
    const bool grows = leaf.kind != Leaf::Kind::None && leaf.kind != Leaf::Kind::Paragraph;
    return grows ? leaf.block : -1;
}

qsizetype BlockReader::grownBlock() const { return m_trial ? growingBlock(m_trial->leaf) : -1; }

void BlockReader::beginTrial()
{
    Trial trial;
    trial.blocks = m_blocks.size();
    trial.text = m_leaf.text.size();
    trial.containers = m_containers;
    QString text = std::move(m_leaf.text);
    trial.leaf = m_leaf;
    trial.leaf.text.clear();
    m_leaf.text = std::move(text);
    if (growingBlock(m_leaf) >= 0) {
        const Block &block = m_blocks.at(growingBlock(m_leaf));
        trial.to = block.to;
        trial.lines = block.lines.size();
        trial.rows = block.rows.size();
    }
    m_references.beginTrial();
    m_trial = std::move(trial);
}

void BlockReader::undo()
{
    if (!m_trial) {
        return;
    }
    m_references.undo();
    if (m_leaf.id == m_trial->leaf.id) {
        m_trial->leaf.text = std::move(m_leaf.text);
    }
    m_leaf = std::move(m_trial->leaf);
    m_leaf.text.truncate(m_trial->text);
    m_containers = m_trial->containers;
    m_blocks.resize(m_trial->blocks);
    if (growingBlock(m_leaf) >= 0) {
        Block &block = m_blocks[growingBlock(m_leaf)];
        block.to = m_trial->to;
        block.lines.resize(m_trial->lines);
        block.rows.resize(m_trial->rows);
    }
    m_trial.reset();
}

} // namespace Maestro::Markdown
