// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/document.h"

#include "markdown/blockreader.h"

#include <algorithm>

namespace Maestro::Markdown {

namespace {

constexpr QChar ByteOrderMark = u'\uFEFF';

//! What of the blocks may change with the next piece. The block that grows is not copied, but for
//! its end.
class Tail
{
public:
    Tail(const QList<Block> &blocks, qsizetype growing, qsizetype from)
        : m_growing(growing)
        , m_from(from)
        , m_blocks(blocks.mid(from))
        , m_end(endOf(blocks, growing))
    { }

    //! The first block that is another one now.
    qsizetype firstChange(const QList<Block> &blocks) const
    {
        if (m_growing >= 0 && endOf(blocks, m_growing) != m_end) {
            return m_growing;
        }
        const auto differs = std::mismatch(m_blocks.cbegin(), m_blocks.cend(),
                                           blocks.cbegin() + m_from, blocks.cend());
        return differs.second - blocks.cbegin();
    }

private:
    struct End
    {
        qsizetype lines = 0;
        QString line;
        qsizetype rows = 0;
        QList<Inline> row;
        qsizetype to = 0;

        friend bool operator==(const End &, const End &) = default;
    };

    static End endOf(const QList<Block> &blocks, qsizetype index)
    {
        if (index < 0) {
            return {};
        }
        const Block &block = blocks.at(index);
        return {block.lines.size(), block.lines.value(block.lines.size() - 1), block.rows.size(),
                block.rows.value(block.rows.size() - 1), block.to};
    }

    qsizetype m_growing = -1;
    qsizetype m_from = 0;
    QList<Block> m_blocks;
    End m_end;
};

} // namespace

Document::Document()
    : m_reader(std::make_unique<BlockReader>())
{ }

Document::Document(Document &&) noexcept = default;
Document &Document::operator=(Document &&) noexcept = default;
Document::~Document() = default;

const QList<Block> &Document::blocks() const { return m_reader->blocks(); }

qsizetype Document::append(QStringView text)
{
    if (text.isEmpty()) {
        return blocks().size();
    }
    m_source += text.toString().replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));

    const Tail tail(m_reader->blocks(), m_reader->grownBlock(), m_reader->blocksBefore());
    m_reader->undo();
    readLines();
    m_reader->beginTrial();
    if (m_lineStart < m_source.size()) {
        QStringView line = QStringView(m_source).sliced(m_lineStart);
        m_reader->read({line.endsWith(u'\r') ? line.chopped(1) : line, m_lineStart});
    }
    m_reader->end();
    const qsizetype resolved = m_reader->settle();
    return std::min(resolved, tail.firstChange(blocks()));
}

//! Reads the lines that are finished. A carriage return at the end may have its line feed to come.
void Document::readLines()
{
    if (m_lineStart == 0 && m_source.startsWith(ByteOrderMark)) {
        m_lineStart = 1;
    }
    const QStringView source = m_source;
    for (qsizetype at = std::max(m_searched, m_lineStart); at < source.size(); ++at) {
        if (source.at(at) != u'\n' && source.at(at) != u'\r') {
            continue;
        }
        const bool isPair
            = source.at(at) == u'\r' && at + 1 < source.size() && source.at(at + 1) == u'\n';
        if (source.at(at) == u'\r' && at + 1 == source.size()) {
            m_searched = at;
            return;
        }
        m_reader->read({source.sliced(m_lineStart, at - m_lineStart), m_lineStart});
        at += isPair ? 1 : 0;
        m_lineStart = at + 1;
    }
    m_searched = source.size();
}

void Document::finish() { }

QList<Block> Document::parse(QStringView text)
{
    Document document;
    document.append(text);
    return document.blocks();
}

} // namespace Maestro::Markdown
