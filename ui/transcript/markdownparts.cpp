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

//! The rows of a stretch, as they are shown.
QList<QList<Markdown::Inline>> shownRows(const QList<QList<Markdown::Inline>> &rows, qsizetype from)
{
    QList<QList<Markdown::Inline>> shown = rows.mid(from, RowsOfStretch);
    for (QList<Markdown::Inline> &row : shown) {
        row = withImageAddresses(row);
    }
    return shown;
}

QList<Part> partsOfRows(const Part &like, const QList<QList<Markdown::Inline>> &rows,
                        qsizetype firstStretch)
{
    QList<Part> parts;
    for (qsizetype from = firstStretch * RowsOfStretch; from == 0 || from < rows.size();
         from += RowsOfStretch) {
        Part part = like;
        part.block.rows = shownRows(rows, from);
        part.first = from;
        part.goesOnAbove = from > 0;
        part.goesOnBelow = from + RowsOfStretch < rows.size();
        parts.append(part);
    }
    return parts;
}

//! Whether a stretch of a block, with more of it below, is what it would be if it was made again.
//! What did not change shares its data, so that this looks at no word of it.
bool goesOnAs(const Part &stretch, const Part &like, const Markdown::Block &block)
{
    const bool isCode = block.kind == Kind::Code;
    const qsizetype end = stretch.first + (isCode ? LinesOfStretch : RowsOfStretch);
    if (!stretch.goesOnBelow || !isBox(block)
        || end >= (isCode ? block.lines.size() : block.rows.size())) {
        return false;
    }
    Part same = like;
    same.first = stretch.first;
    same.goesOnAbove = stretch.goesOnAbove;
    same.goesOnBelow = true;
    same.block.lines = stretch.block.lines;
    same.block.rows = stretch.block.rows;
    const auto isShownAs = [](const QList<Markdown::Inline> &shown, const auto &row) {
        return shown == row || shown == withImageAddresses(row);
    };
    const QStringList &lines = stretch.block.lines;
    const QList<QList<Markdown::Inline>> &rows = stretch.block.rows;
    return same == stretch
        && std::equal(lines.begin(), lines.end(),
                      block.lines.begin() + (isCode ? stretch.first : 0))
        && std::equal(rows.begin(), rows.end(), block.rows.begin() + (isCode ? 0 : stretch.first),
                      isShownAs);
}

} // namespace

QList<Part> partsOfLines(const Part &like, const QStringList &lines, qsizetype firstStretch)
{
    QList<Part> parts;
    for (qsizetype from = firstStretch * LinesOfStretch; from == 0 || from < lines.size();
         from += LinesOfStretch) {
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
    const qsizetype begin = firstBlock < m_begins.size() ? m_begins[firstBlock] : m_parts.size();
    m_parts.resize(firstBlock + 1 < m_begins.size() ? m_begins[firstBlock + 1] : m_parts.size());
    m_begins.resize(qMin(firstBlock, m_begins.size()));
    if (firstBlock >= m_document.blocks().size()) {
        m_parts.resize(begin);
        return begin;
    }
    const Part like = likePartsOf(firstBlock);
    const qsizetype kept = standingStretches(begin, like);
    m_parts.resize(begin + kept);
    m_begins.append(begin);
    addStretches(like, kept);
    for (qsizetype block = firstBlock + 1; block < m_document.blocks().size(); ++block) {
        m_begins.append(m_parts.size());
        addStretches(likePartsOf(block), 0);
    }
    return begin + kept;
}

Part MarkdownParts::likePartsOf(qsizetype index)
{
    const Markdown::Block &block = m_document.blocks()[index];
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
    part.wraps = block.kind == Kind::Code && m_wrapped.contains(index);
    if (block.lines.size() > LinesOfStretch || block.rows.size() > RowsOfStretch) {
        readWidths(index, block);
        part.widths = m_widths.letters;
    }
    return part;
}

qsizetype MarkdownParts::standingStretches(qsizetype begin, const Part &like) const
{
    const Markdown::Block &block = m_document.blocks()[like.source];
    qsizetype count = 0;
    for (qsizetype i = begin; i < m_parts.size() && goesOnAs(m_parts[i], like, block); ++i) {
        ++count;
    }
    return count;
}

void MarkdownParts::addStretches(const Part &like, qsizetype firstStretch)
{
    const Markdown::Block &block = m_document.blocks()[like.source];
    switch (block.kind) {
    case Kind::Paragraph:
    case Kind::Heading:
        m_parts += partsOfText(like, withImageAddresses(block.text));
        break;
    case Kind::Code:
        m_parts += partsOfLines(like, block.lines, firstStretch);
        break;
    case Kind::Table:
        m_parts += partsOfRows(like, block.rows, firstStretch);
        break;
    case Kind::Rule:
        m_parts.append(like);
        break;
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
            const QString text = block.kind == Kind::Code
                ? block.lines[i]
                : withImageAddresses(block.rows[i][cell]).text;
            if (cell >= m_widths.letters.size()) {
                m_widths.letters.append(0);
            }
            m_widths.letters[cell] = qMax(m_widths.letters[cell], widthInLetters(text));
        }
    }
    m_widths.read = count;
}

} // namespace Maestro
