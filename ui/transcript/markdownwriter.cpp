// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/markdownwriter.h"

#include "ui/common/theme.h"
#include "ui/transcript/inlinemarkup.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Beyond this an open line only grows, so that the work for a frame stays small.
constexpr qsizetype LongestReformatted = 4000;
//! A fence's language is a word; anything longer is not shown as one.
constexpr qsizetype LongestLanguage = 32;
constexpr int MostColumns = 64;

const QRegularExpression &itemPattern()
{
    static const QRegularExpression pattern(u"^(\\s*)([-*+]|\\d{1,9}[.)])\\s+"_s);
    return pattern;
}

int headingLevel(QStringView line)
{
    int level = 0;
    while (level < line.size() && level < 7 && line[level] == u'#') {
        ++level;
    }
    return level >= 1 && level <= 6 && level < line.size() && line[level] == u' ' ? level : 0;
}

bool isRule(QStringView line)
{
    const QString bare = line.toString().remove(u' ');
    return bare.size() >= 3
        && (bare == QString(bare.size(), u'-') || bare == QString(bare.size(), u'*')
            || bare == QString(bare.size(), u'_'));
}

QStringList cellsOf(QStringView line)
{
    QStringView row = line.trimmed().mid(1);
    if (row.endsWith(u'|')) {
        row.chop(1);
    }
    QStringList cells;
    for (const QStringView cell : row.split(u'|')) {
        cells.append(cell.trimmed().toString());
    }
    while (cells.size() > MostColumns) {
        const QString last = cells.takeLast();
        cells.last() += u" | "_s + last;
    }
    return cells;
}

bool isTableRule(const QStringList &cells)
{
    static const QRegularExpression pattern(u"^:?-+:?$"_s);
    return std::all_of(cells.begin(), cells.end(),
                       [](const QString &cell) { return pattern.match(cell).hasMatch(); });
}

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

MarkdownWriter::Line MarkdownWriter::kindOf(QStringView line) const
{
    if (!m_fence.isEmpty()) {
        return closesFence(line) ? Line::Fence : Line::Code;
    }
    const QStringView bare = line.trimmed();
    if (bare.isEmpty()) {
        return Line::None;
    }
    if (bare.startsWith(u"```") || bare.startsWith(u"~~~")) {
        return Line::Fence;
    }
    if (headingLevel(line) > 0) {
        return Line::Heading;
    }
    if (isRule(bare)) {
        return Line::Rule;
    }
    if (bare.startsWith(u'|') && bare.size() > 1) {
        return Line::TableRow;
    }
    if (bare.startsWith(u"> ") || bare == u">") {
        return Line::Quote;
    }
    return itemPattern().match(line.toString()).hasMatch() ? Line::Item : Line::Text;
}

bool MarkdownWriter::closesFence(QStringView line) const
{
    const QStringView bare = line.trimmed();
    return bare.size() >= m_fence.size() && bare == QString(bare.size(), m_fence[0]);
}

void MarkdownWriter::endLine()
{
    const QString line = std::exchange(m_open, {});
    const Line kind = kindOf(line);
    if (kind == Line::None) {
        m_blankBefore = true;
        m_table = nullptr;
        if (m_previous != Line::TableRow) {
            m_openAt.reset();
        }
        return;
    }
    QTextCursor cursor = m_stretch.writer();
    if (m_openAt) {
        cursor.setPosition(m_openAt->position(), QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
        m_stretch.extendTo(cursor);
    } else if (kind != Line::Fence || m_fence.isEmpty()) {
        startBlock(cursor, blockFormat(line, kind));
    }
    if (kind == Line::Fence) {
        beginFence(line);
    } else if (kind == Line::TableRow) {
        appendTableRow(cellsOf(line));
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
    const Line kind = kindOf(m_open);
    // A fence shows once its line is whole.
    if (kind == Line::None || (kind == Line::Fence && !m_openAt)) {
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
    insertLine(cursor, m_open, kind == Line::Fence ? Line::Code : kind);
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
        cursor.insertBlock(format, QTextCharFormat());
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
        m_previous = Line::Code;
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
    cursor.insertText(language.isEmpty() ? QCoreApplication::translate("Transcript", "code")
                                         : language,
                      m_format.small());
    cursor.insertText(u"   "_s, m_format.small());
    cursor.insertText(QCoreApplication::translate("Transcript", "Copy code"),
                      m_format.action(u"copy:%1"_s.arg(m_codeId)));
    m_stretch.extendTo(cursor);
    m_previous = Line::Fence;
    m_openAt.reset();
}

void MarkdownWriter::appendTableRow(const QStringList &cells)
{
    m_previous = Line::TableRow;
    // The block of the open line is kept, empty, for the next line: a table needs one after it.
    markOpenLine();
    if (m_table && isTableRule(cells)) {
        return;
    }
    const bool isHeader = !m_table;
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

void MarkdownWriter::insertLine(QTextCursor &cursor, QStringView line, Line kind)
{
    const QTextCharFormat base
        = m_look == Look::Reasoning ? m_format.text(TextTint::Muted) : m_format.text();
    switch (kind) {
    case Line::Code:
        cursor.insertText(line.toString(), m_format.fixed());
        return;
    case Line::TableRow:
        cursor.insertText(line.toString(), m_format.fixed());
        return;
    case Line::Heading: {
        const int level = headingLevel(line);
        insertInline(cursor, line.mid(level).trimmed(),
                     m_look == Look::Reasoning ? base : m_format.heading(level));
        return;
    }
    case Line::Quote:
        insertInline(cursor, line.trimmed().mid(1).trimmed(), m_format.text(TextTint::Muted));
        return;
    case Line::Item: {
        const QRegularExpressionMatch match = itemPattern().match(line.toString());
        const QString mark = match.captured(2);
        cursor.insertText((mark.size() == 1 ? u"•"_s : mark) + u"  "_s, base);
        insertInline(cursor, line.mid(match.capturedLength()), base);
        return;
    }
    case Line::Rule:
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

QTextBlockFormat MarkdownWriter::blockFormat(QStringView line, Line kind) const
{
    if (!m_fence.isEmpty()) {
        QTextBlockFormat format = codeBlockFormat();
        format.setProperty(CodeLineProperty, true);
        return format;
    }
    QTextBlockFormat format;
    const bool inList = kind == Line::Item && m_previous == Line::Item;
    const bool goesOn = !m_blankBefore && m_previous == kind;
    double space = kind == Line::Heading ? 2.25 : inList ? 0.5 : goesOn ? 0.25 : 1.25;
    if (m_previous == Line::Code) {
        space += 1.5; // the lower edge of its box
    }
    format.setTopMargin(m_stretch.isEmpty() ? gridSteps(0.5) : gridSteps(space));
    format.setLineHeight(118, QTextBlockFormat::ProportionalHeight);
    if (m_look == Look::Reasoning) {
        format.merge(boxBlock(BlockBox::Bar, m_barId, static_cast<int>(format.topMargin())));
    }
    const double edge = format.leftMargin();
    if (kind == Line::Item) {
        const QRegularExpressionMatch match = itemPattern().match(line.toString());
        const QString mark = match.captured(2).size() == 1 ? u"•  "_s : match.captured(2) + u"  "_s;
        const double hang
            = QFontMetricsF(m_stretch.document().defaultFont()).horizontalAdvance(mark);
        const double level = qMin<double>(static_cast<double>(match.capturedLength(1)) / 2.0, 8.0);
        format.setLeftMargin(edge + gridSteps(1 + 2 * level) + hang);
        format.setTextIndent(-hang);
    } else if (kind == Line::Quote) {
        format.setProperty(BoxProperty, static_cast<int>(BlockBox::Bar));
        format.setLeftMargin(edge + boxPadding());
    } else if (kind == Line::Rule) {
        format.setProperty(QTextFormat::BlockTrailingHorizontalRulerWidth,
                           QTextLength(QTextLength::PercentageLength, 100));
    }
    return format;
}

} // namespace Maestro
