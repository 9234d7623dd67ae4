// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/markdownwriter.h"

#include "ui/common/theme.h"
#include "ui/transcript/inlinemarkup.h"
#include "ui/transcript/markdownline.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QTextBlock>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Beyond this an open line only grows, so that the work for a frame stays small.
constexpr qsizetype LongestReformatted = 4000;
//! A fence's language is a word; anything longer is not shown as one.
constexpr qsizetype LongestLanguage = 32;

} // namespace

MarkdownWriter::MarkdownWriter(DocumentStretch &stretch, TranscriptFormat &format, Look look)
    : m_stretch(stretch)
    , m_format(format)
    , m_look(look)
    , m_barId(look == Look::Reasoning ? format.makeBoxId() : 0)
{ }

void MarkdownWriter::write(QStringView text)
{
    while (!text.isEmpty()) {
        const qsizetype end = text.indexOf(u'\n');
        const QStringView piece = end < 0 ? text : text.left(end);
        text = end < 0 ? QStringView() : text.mid(end + 1);
        const bool grows = m_openAt && (!m_fence.isEmpty() || m_open.size() > LongestReformatted);
        m_open += piece;
        if (grows) {
            growOpenLine(piece);
        }
        if (end >= 0) {
            endLine();
        } else if (!grows) {
            showOpenLine();
        }
    }
}

MarkdownLine MarkdownWriter::kindOf(QStringView line) const
{
    if (!m_fence.isEmpty()) {
        return closesFence(line) ? MarkdownLine::Fence : MarkdownLine::Code;
    }
    return lineKind(line);
}

bool MarkdownWriter::closesFence(QStringView line) const
{
    const QStringView bare = line.trimmed();
    return bare.size() >= m_fence.size() && bare == QString(bare.size(), m_fence[0]);
}

void MarkdownWriter::endLine()
{
    const QString line = std::exchange(m_open, {});
    const MarkdownLine kind = kindOf(line);
    if (kind == MarkdownLine::None) {
        m_blankBefore = true;
        m_table = nullptr;
        if (m_previous != MarkdownLine::TableRow) {
            m_openAt.reset();
        }
        return;
    }
    QTextCursor cursor = m_stretch.writer();
    if (m_openAt) {
        cursor.setPosition(m_openAt->position(), QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        m_stretch.extendTo(cursor);
    } else if (kind != MarkdownLine::Fence || m_fence.isEmpty()) {
        startBlock(cursor, blockFormat(line, kind));
    }
    if (kind == MarkdownLine::Fence) {
        beginFence(line);
    } else if (kind == MarkdownLine::TableRow) {
        appendTableRow(tableCells(line));
    } else {
        m_table = nullptr;
        cursor.setBlockFormat(blockFormat(line, kind));
        insertLine(cursor, line, kind);
        m_stretch.extendTo(cursor);
        m_previous = kind;
        m_openAt.reset();
    }
    m_blankBefore = false;
}

void MarkdownWriter::showOpenLine()
{
    const MarkdownLine kind = kindOf(m_open);
    // A fence shows once its line is whole.
    if (kind == MarkdownLine::None || (kind == MarkdownLine::Fence && !m_openAt)) {
        return;
    }
    const QTextBlockFormat format = blockFormat(m_open, kind);
    QTextCursor cursor = m_stretch.writer();
    if (!m_openAt) {
        startBlock(cursor, format);
        markOpenLine();
    } else {
        cursor.setPosition(m_openAt->position(), QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        cursor.setBlockFormat(format);
    }
    insertLine(cursor, m_open, kind == MarkdownLine::Fence ? MarkdownLine::Code : kind);
    m_stretch.extendTo(cursor);
}

void MarkdownWriter::markOpenLine()
{
    m_openAt = m_stretch.writer();
    m_openAt->setKeepPositionOnInsert(true);
}

void MarkdownWriter::growOpenLine(QStringView text)
{
    QTextCursor cursor = m_stretch.writer();
    cursor.insertText(text.toString());
    m_stretch.extendTo(cursor);
}

void MarkdownWriter::startBlock(QTextCursor &cursor, const QTextBlockFormat &format)
{
    if (m_stretch.isEmpty()) {
        cursor.setBlockFormat(format);
    } else {
        // An empty line of code is as high as the others.
        cursor.insertBlock(format, m_fence.isEmpty() ? QTextCharFormat() : m_format.fixed());
    }
    m_stretch.extendTo(cursor);
}

void MarkdownWriter::beginFence(QStringView line)
{
    const bool closing = !m_fence.isEmpty();
    if (closing) {
        // The fence itself took a block only if it was taken for code while it grew.
        QTextCursor cursor = m_stretch.writer();
        if (m_openAt) {
            cursor.deletePreviousChar();
            m_stretch.extendTo(cursor);
        }
        m_fence.clear();
        m_previous = MarkdownLine::Code;
        m_openAt.reset();
        return;
    }
    m_table = nullptr;
    const QStringView bare = line.trimmed();
    qsizetype length = 0;
    while (length < bare.size() && bare[length] == bare[0]) {
        ++length;
    }
    m_fence = bare.left(length).toString();
    m_codeId = m_format.makeBoxId();
    const QString language = bare.mid(length).trimmed().toString().left(LongestLanguage);
    QTextCursor cursor = m_stretch.writer();
    QTextBlockFormat format = codeBlockFormat();
    format.setTopMargin(boxPadding() + gridSteps(1));
    format.setBottomMargin(gridSteps(0.5));
    cursor.setBlockFormat(format);
    QTextCharFormat head = m_format.small();
    head.setProperty(CodeHeadProperty, true);
    QTextCharFormat copy = m_format.action(u"copy:%1"_s.arg(m_codeId));
    copy.setProperty(CodeHeadProperty, true);
    cursor.insertText(
        language.isEmpty() ? QCoreApplication::translate("Transcript", "code") : language, head);
    cursor.insertText(u"   "_s, head);
    cursor.insertText(QCoreApplication::translate("Transcript", "Copy code"), copy);
    m_stretch.extendTo(cursor);
    m_previous = MarkdownLine::Fence;
    m_openAt.reset();
}

void MarkdownWriter::appendTableRow(const QStringList &cells)
{
    m_previous = MarkdownLine::TableRow;
    // The block of the open line is kept, empty, for the next line: a table needs one after it.
    markOpenLine();
    if (m_table && isTableRule(cells)) {
        return;
    }
    const bool isHeader = m_table.isNull();
    if (isHeader) {
        QTextTableFormat format;
        format.setBorder(1);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(m_format.tableBorder());
        format.setBorderCollapse(true);
        format.setCellPadding(gridSteps(0.75));
        format.setCellSpacing(0);
        format.setTopMargin(gridSteps(1));
        format.setBottomMargin(gridSteps(1));
        QTextCursor cursor = m_stretch.writer();
        m_table = cursor.insertTable(1, static_cast<int>(cells.size()), format);
        cursor.setPosition(m_table->lastPosition() + 1);
        cursor.setBlockFormat(QTextBlockFormat());
        m_stretch.extendTo(cursor);
    } else {
        m_table->appendRows(1);
    }
    QTextCharFormat base = m_format.text();
    base.setFontWeight(isHeader ? QFont::Bold : QFont::Normal);
    const int row = m_table->rows() - 1;
    for (int column = 0; column < cells.size(); ++column) {
        QTextCursor cell
            = m_table->cellAt(row, qMin(column, m_table->columns() - 1)).lastCursorPosition();
        insertInline(cell, cells[column], base);
    }
    QTextCursor after = m_stretch.writer();
    after.setPosition(m_table->lastPosition() + 1);
    m_stretch.extendTo(after);
    markOpenLine();
}

void MarkdownWriter::insertInline(QTextCursor &cursor, QStringView line,
                                  const QTextCharFormat &base) const
{
    for (const InlineSpan &span : parseInline(line)) {
        QTextCharFormat format = base;
        if (span.code) {
            format.merge(m_format.fixed(TextTint::Code));
        } else if (span.address) {
            format.merge(m_format.text(TextTint::Muted));
        }
        if (span.bold) {
            format.setFontWeight(QFont::Bold);
        }
        format.setFontItalic(span.italic);
        format.setFontStrikeOut(span.strike);
        cursor.insertText(span.text, format);
    }
}

void MarkdownWriter::insertLine(QTextCursor &cursor, QStringView line, MarkdownLine kind)
{
    const QTextCharFormat base
        = m_look == Look::Reasoning ? m_format.text(TextTint::Muted) : m_format.text();
    switch (kind) {
    case MarkdownLine::Code:
    case MarkdownLine::TableRow:
        cursor.insertText(line.toString(), m_format.fixed());
        return;
    case MarkdownLine::Heading: {
        const int level = headingLevel(line);
        insertInline(cursor, line.mid(level).trimmed(),
                     m_look == Look::Reasoning ? base : m_format.heading(level));
        return;
    }
    case MarkdownLine::Quote:
        insertInline(cursor, line.trimmed().mid(1).trimmed(), m_format.text(TextTint::Muted));
        return;
    case MarkdownLine::Item: {
        const ListItem item = readListItem(line);
        cursor.insertText(item.mark, base);
        insertInline(cursor, item.text, base);
        return;
    }
    case MarkdownLine::Rule:
        return;
    default:
        insertInline(cursor, line.trimmed(), base);
    }
}

QTextBlockFormat MarkdownWriter::codeBlockFormat() const
{
    QTextBlockFormat format = boxBlock(BlockBox::Code, m_codeId, 0);
    format.setNonBreakableLines(false);
    return format;
}

QTextBlockFormat MarkdownWriter::blockFormat(QStringView line, MarkdownLine kind) const
{
    if (!m_fence.isEmpty()) {
        QTextBlockFormat format = codeBlockFormat();
        format.setProperty(CodeLineProperty, true);
        return format;
    }
    QTextBlockFormat format;
    const bool inList = kind == MarkdownLine::Item && m_previous == MarkdownLine::Item;
    const bool goesOn = !m_blankBefore && m_previous == kind;
    double space = kind == MarkdownLine::Heading ? 2.25 : inList ? 0.5 : goesOn ? 0.25 : 1.25;
    if (m_previous == MarkdownLine::Code) {
        space += 1.5; // the lower edge of its box
    }
    format.setTopMargin(gridSteps(m_stretch.isEmpty() ? 1.5 : space));
    format.setLineHeight(118, QTextBlockFormat::ProportionalHeight);
    if (m_look == Look::Reasoning) {
        format.merge(boxBlock(BlockBox::Bar, m_barId, static_cast<int>(format.topMargin())));
    }
    const double edge = format.leftMargin();
    if (kind == MarkdownLine::Item) {
        const ListItem item = readListItem(line);
        const QFontMetricsF metrics(m_stretch.document().defaultFont());
        const double hang = metrics.horizontalAdvance(item.mark);
        format.setLeftMargin(edge + gridSteps(1 + 2 * item.level) + hang);
        format.setTextIndent(-hang);
    } else if (kind == MarkdownLine::Quote) {
        format.setProperty(BoxProperty, static_cast<int>(BlockBox::Bar));
        format.setLeftMargin(edge + boxPadding());
    } else if (kind == MarkdownLine::Rule) {
        format.setProperty(QTextFormat::BlockTrailingHorizontalRulerWidth,
                           QTextLength(QTextLength::PercentageLength, 100));
    }
    return format;
}

} // namespace Maestro
