// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"
#include "markdown/containers.h"
#include "markdown/leaf.h"
#include "markdown/linecursor.h"
#include "markdown/references.h"

#include <optional>

namespace Maestro::Markdown {

//! A line without its end, and where it stands in the source.
struct SourceLine
{
    QStringView text;
    qsizetype from = 0;

    qsizetype to() const { return from + text.size(); }
};

//! Reads blocks line by line, as "Phase 1: block structure" of CommonMark's appendix says, with
//! GitHub's tables and tasks. A line costs what it holds, however much came before it.
//!
//! The last line may be unfinished, and the text may end here: that is tried, and undone when more
//! comes.
class BlockReader
{
public:
    const QList<Block> &blocks() const { return m_blocks; }

    void read(const SourceLine &line);

    //! What is read from here on is taken back by undo().
    void beginTrial();
    //! The text ends here: closes all that is open.
    void end();
    void undo();

    //! See References::settle().
    qsizetype settle() { return m_references.settle(m_blocks); }

    //! Of a trial: the blocks that stood before it, and which of them has grown in it, or -1.
    qsizetype blocksBefore() const { return m_trial ? m_trial->blocks : 0; }
    qsizetype grownBlock() const;

private:
    struct Position;

    bool goesOnWithCode(Position &position);
    bool beginsBlock(Position &position);
    bool beginsIndentedCode(Position &position);
    bool beginsLeaf(Position &position);
    bool beginsContainer(Position &position);
    bool underlines(const Position &position);
    bool beginsTable(const Position &position);

    void openItem(Position &position, const ListMark &mark);
    void beginParagraph(QStringView text, const SourceLine &line);
    void addToParagraph(QStringView text, const SourceLine &line);
    void addRow(QStringView text, const SourceLine &line);
    void addCode(const QString &text, const SourceLine &line);
    void addHeading(int level, QStringView text, qsizetype from, qsizetype to);
    Block &addBlock(Block::Kind kind, qsizetype from, qsizetype to);

    void takeDefinitions(QStringView next);
    void closeParagraph(QStringView text, qsizetype to);
    void closeLeaf();
    void closeDownTo(qsizetype depth);
    void openLeaf(Leaf leaf);
    static qsizetype growingBlock(const Leaf &leaf);

    //! What stood before a trial.
    struct Trial
    {
        qsizetype blocks = 0;
        qsizetype to = 0; //!< of the block that grows
        qsizetype lines = 0;
        qsizetype rows = 0;
        qsizetype text = 0;
        Containers containers;
        Leaf leaf; //!< its text comes back with undo()
    };

    QList<Block> m_blocks;
    Containers m_containers;
    Leaf m_leaf;
    References m_references;
    std::optional<Trial> m_trial;
    int m_lastLeafId = 0;
};

} // namespace Maestro::Markdown
