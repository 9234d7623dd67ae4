// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

#include <QStringView>

#include <memory>

namespace Maestro::Markdown {

class BlockReader;

//! Markdown that arrives in pieces. However the text was cut, blocks() is what parse() makes of all
//! that has come. A piece costs what it holds and the end of the paragraph that is open, however
//! long the text is. (Who keeps a copy of blocks() makes the next piece pay for all of them, and
//! who keeps one of a block that grows, for that.)
class Document
{
public:
    Document();
    Document(Document &&) noexcept;
    Document &operator=(Document &&) noexcept;
    ~Document();

    //! The index of the first block that changed; blocks().size() if none did. Blocks may have
    //! gone from there on.
    qsizetype append(QStringView text);

    //! No more comes. Changes no block: the text may end anywhere, and blocks() shows it as ended.
    void finish();

    const QList<Block> &blocks() const;

    //! What has come, with U+FFFD for NUL: CommonMark knows none.
    const QString &source() const { return m_source; }

    static QList<Block> parse(QStringView text);

private:
    void readLines();

    QString m_source;
    qsizetype m_lineStart = 0; //!< of the line that is unfinished
    qsizetype m_searched = 0; //!< no line ends before here
    std::unique_ptr<BlockReader> m_reader;
};

} // namespace Maestro::Markdown
