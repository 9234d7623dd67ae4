// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/markdownparts.h"

#include "ui/transcript/imageaddresses.h"

#include <algorithm>

namespace Maestro {

namespace {

using Kind = Markdown::Block::Kind;

//! What is longer is laid out in stretches, of which only those that are seen cost anything.
constexpr qsizetype LinesOfStretch = 64;
constexpr qsizetype RowsOfStretch = 32;
constexpr qsizetype LettersOfStretch = 16000;

bool isBox(const Markdown::Block &block)
{
    return block.kind == Kind::Code || block.kind == Kind::Table;
}

bool beginsItem(const Markdown::Block &block)
{
    return !block.containers.isEmpty() && block.containers.last().begins;
}

//! The space between two blocks, in steps of the grid.
double gapBetween(const Markdown::Block *above, const Markdown::Block &block, Part::Role role)
{
    if (!above) {
        return role == Part::Role::Thought ? 0.75 : 1.5;
    }
    if (block.kind == Kind::Heading) {
        return 2.75;
    }
    if (above->kind == Kind::Heading) {
        return 1;
    }
    if (isBox(block) || isBox(*above)) {
        return 1.5;
    }
    return beginsItem(block) && !above->containers.isEmpty() ? 0.625 : 1.25;
}

qsizetype sharedContainers(const Markdown::Block *above, const Markdown::Block &block)
{
    qsizetype shared = 0;
    while (above && shared < block.containers.size() && shared < above->containers.size()
           && block.containers[shared].kind == above->containers[shared].kind
           && !block.containers[shared].begins) {
        ++shared;
    }
    return shared;
}

//! Where a stretch of a text that begins at `from` ends: at a line's end, or at least a word's.
qsizetype endOfStretch(const QString &text, qsizetype from)
{
    if (text.size() - from <= LettersOfStretch) {
        return text.size();
    }
    const qsizetype latest = from + LettersOfStretch;
    qsizetype end = text.lastIndexOf(QChar::LineSeparator, latest - 1);
    if (end <= from + LettersOfStretch / 2) {
        end = text.lastIndexOf(u' ', latest - 1);
    }
    if (end <= from + LettersOfStretch / 2) {
        end = text[latest - 1].isHighSurrogate() ? latest - 2 : latest - 1;
    }
    return end + 1;
}

} // namespace

QList<Part> partsOfLines(const Part &like, const QStringList &lines)
{
    QList<Part> parts;
    for (qsizetype from = 0; from == 0 || from < lines.size(); from += LinesOfStretch) {
        Part part = like;
        part.block.lines = lines.mid(from, LinesOfStretch);
        part.first = from;
        part.goesOnAbove = like.goesOnAbove || from > 0;
        part.goesOnBelow = like.goesOnBelow || from + LinesOfStretch < lines.size();
        parts.append(part);
    }
    return parts;
}

QList<Part> partsOfText(const Part &like, const Markdown::Inline &text)
{
    QList<Part> parts;
    for (qsizetype from = 0; from == 0 || from < text.text.size();) {
        const qsizetype end = endOfStretch(text.text, from);
        Part part = like;
        const bool isWhole = from == 0 && end == text.text.size();
        part.block.text = isWhole ? text : midOf(text, from, end - from);
        part.first = from;
        part.goesOnAbove = like.goesOnAbove || from > 0;
        part.goesOnBelow = like.goesOnBelow || end < text.text.size();
        if (part.goesOnBelow && part.block.text.text.endsWith(QChar::LineSeparator)) {
            part.block.text.text.chop(1);
        }
        parts.append(part);
        from = qMax(end, from + 1);
    }
    return parts;
}

MarkdownParts::MarkdownParts(Part::Role role)
    : m_role(role)
{ }

qsizetype MarkdownParts::append(QStringView text) { return rebuild(m_document.append(text)); }

qsizetype MarkdownParts::toggleWrap(qsizetype block)
{
    if (!m_wrapped.remove(block)) {
        m_wrapped.insert(block);
    }
    return rebuild(block);
}

qsizetype MarkdownParts::rebuild(qsizetype firstBlock)
{
    const qsizetype first = firstBlock < m_begins.size() ? m_begins[firstBlock] : m_parts.size();
    m_parts.resize(first);
    m_begins.resize(qMin(firstBlock, m_begins.size()));
    for (qsizetype block = m_begins.size(); block < m_document.blocks().size(); ++block) {
        m_begins.append(m_parts.size());
        addBlock(block);
    }
    return first;
}

void MarkdownParts::addBlock(qsizetype index)
{
    const Markdown::Block block = withImageAddresses(m_document.blocks()[index]);
    const Markdown::Block *above = index > 0 ? &m_document.blocks()[index - 1] : nullptr;
    Part part{.role = m_role,
              .source = index,
              .gap = gapBetween(above, block, m_role),
              .sharedContainers = sharedContainers(above, block)};
    if (!above && m_role == Part::Role::Thought) {
        part.sharedContainers = -1;
    }
    const auto isQuote = [](const Markdown::Container &container) {
        return container.kind == Markdown::Container::Kind::Quote;
    };
    if (std::any_of(block.containers.begin(), block.containers.end(), isQuote)) {
        part.tone = Part::Tone::Muted;
    }
    part.block.kind = block.kind;
    part.block.containers = block.containers;
    part.block.level = block.level;
    part.block.language = block.language;
    part.block.columns = block.columns;
    switch (block.kind) {
    case Kind::Paragraph:
    case Kind::Heading:
        m_parts += partsOfText(part, block.text);
        break;
    case Kind::Code:
        addCode(part, block);
        break;
    case Kind::Table:
        addTable(part, block);
        break;
    case Kind::Rule:
        m_parts.append(part);
        break;
    }
}

void MarkdownParts::addCode(Part part, const Markdown::Block &block)
{
    part.wraps = m_wrapped.contains(part.source);
    if (block.lines.size() > LinesOfStretch) {
        readWidths(part.source, block);
        part.widths = m_widths.letters;
    }
    m_parts += partsOfLines(part, block.lines);
}

void MarkdownParts::addTable(Part part, const Markdown::Block &block)
{
    if (block.rows.size() > RowsOfStretch) {
        readWidths(part.source, block);
        part.widths = m_widths.letters;
    }
    for (qsizetype from = 0; from == 0 || from < block.rows.size(); from += RowsOfStretch) {
        part.block.rows = block.rows.mid(from, RowsOfStretch);
        part.first = from;
        part.goesOnAbove = from > 0;
        part.goesOnBelow = from + RowsOfStretch < block.rows.size();
        m_parts.append(part);
    }
}

void MarkdownParts::readWidths(qsizetype index, const Markdown::Block &block)
{
    const qsizetype count = block.kind == Kind::Code ? block.lines.size() : block.rows.size();
    if (m_widths.block != index || m_widths.read > count) {
        m_widths = {index, 0, {}};
    }
    // The last one that was read may have grown since.
    for (qsizetype i = qMax<qsizetype>(0, m_widths.read - 1); i < count; ++i) {
        const qsizetype cells = block.kind == Kind::Code ? 1 : block.rows[i].size();
        for (qsizetype cell = 0; cell < cells; ++cell) {
            const QString &text
                = block.kind == Kind::Code ? block.lines[i] : block.rows[i][cell].text;
            if (cell >= m_widths.letters.size()) {
                m_widths.letters.append(0);
            }
            m_widths.letters[cell] = qMax(m_widths.letters[cell], widthInLetters(text));
        }
    }
    m_widths.read = count;
}

} // namespace Maestro
