// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/parttext.h"

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

using Kind = Markdown::Block::Kind;
using Markdown::Style;

bool isWhole(const PartPiece &piece)
{
    return piece.stretch.from == 0 && piece.stretch.to >= textOf(piece.part).size();
}

bool isOwnLine(const Part &part) { return part.role != Part::Role::Actions; }

//! What stands before the first letter of a block: quote marks, and a bullet or number or its
//! width.
QString prefix(const Part &part, bool isFirstLine, QStringView quote)
{
    QString text;
    for (const Markdown::Container &container : part.block.containers) {
        if (container.kind == Markdown::Container::Kind::Quote) {
            text += quote;
            continue;
        }
        QString mark = container.kind == Markdown::Container::Kind::Bullet
            ? u"- "_s
            : QString::number(container.number) + u". "_s;
        if (container.done) {
            mark += *container.done ? u"[x] "_s : u"[ ] "_s;
        }
        text += isFirstLine && container.begins && !part.goesOnAbove ? mark
                                                                     : QString(mark.size(), u' ');
    }
    return text;
}

QString styled(const QString &text, Markdown::Styles styles, const QString &url)
{
    if (text.trimmed().isEmpty()) {
        return text;
    }
    if (styles & Style::Code) {
        const QString fence = text.contains(u'`') ? u"``"_s : u"`"_s;
        const QString space = text.contains(u'`') ? u" "_s : QString();
        return fence + space + text + space + fence;
    }
    QString marked = text;
    if (styles & Style::Emphasis) {
        marked = u'*' + marked + u'*';
    }
    if (styles & Style::Strong) {
        marked = u"**"_s + marked + u"**"_s;
    }
    if (styles & Style::Strikethrough) {
        marked = u"~~"_s + marked + u"~~"_s;
    }
    return url.isEmpty() || url == text ? marked : u'[' + marked + u"]("_s + url + u')';
}

QString inlineMarkdown(const Markdown::Inline &text)
{
    QString marked;
    qsizetype at = 0;
    for (const Markdown::Span &span : text.spans) {
        marked += QStringView(text.text).mid(at, span.from - at);
        const QString url = span.address >= 0 && span.address < text.addresses.size()
            ? text.addresses[span.address].url
            : QString();
        at = span.from + span.length;
        if (!span.styles.testFlag(Style::Address)) { // the link has it already
            marked += styled(text.text.mid(span.from, span.length), span.styles, url);
        }
    }
    return marked + text.text.mid(at);
}

QString tableMarkdown(const Part &part)
{
    QStringList rows;
    for (qsizetype i = 0; i < part.block.rows.size(); ++i) {
        QStringList cells;
        for (const Markdown::Inline &cell : part.block.rows[i]) {
            cells.append(inlineMarkdown(cell).replace(u'|', u"\\|"_s));
        }
        rows.append(u"| "_s + cells.join(u" | "_s) + u" |"_s);
        if (i == 0 && part.first == 0) {
            QString line = u"|"_s;
            for (qsizetype column = 0; column < cells.size(); ++column) {
                const auto alignment = part.block.columns.value(column, Markdown::Alignment::None);
                const bool left = alignment == Markdown::Alignment::Left
                    || alignment == Markdown::Alignment::Center;
                const bool right = alignment == Markdown::Alignment::Right
                    || alignment == Markdown::Alignment::Center;
                line += (left ? u":--"_s : u"---"_s) + (right ? u":|"_s : u"|"_s);
            }
            rows.append(line);
        }
    }
    return rows.join(u'\n');
}

//! A block as Markdown, without what it stands in.
QString bareMarkdown(const PartPiece &piece)
{
    const Part &part = piece.part;
    const QString text
        = textOf(part).mid(piece.stretch.from, piece.stretch.to - piece.stretch.from);
    if (part.block.kind == Kind::Rule) {
        return u"---"_s;
    }
    if (part.block.kind == Kind::Code) {
        // Inside of a block of code, what is selected is code without a fence.
        if (!isWhole(piece)) {
            return text;
        }
        return (part.goesOnAbove ? QString() : u"```"_s + part.block.language + u'\n') + text
            + (part.goesOnBelow ? QString() : u"\n```"_s);
    }
    if (part.block.kind == Kind::Table) {
        return isWhole(piece) ? tableMarkdown(part) : text;
    }
    const QString marked = inlineMarkdown(
        midOf(part.block.text, piece.stretch.from, piece.stretch.to - piece.stretch.from));
    return part.block.kind == Kind::Heading && piece.stretch.from == 0
        ? QString(part.block.level, u'#') + u' ' + marked
        : marked;
}

QString withPrefixes(const QString &text, const Part &part, QStringView quote, bool isFirst)
{
    QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        lines[i].prepend(prefix(part, isFirst && i == 0, quote));
    }
    return lines.join(u'\n');
}

bool isTight(const Part &above, const Part &part)
{
    return part.goesOnAbove
        || (!part.block.containers.isEmpty() && part.block.containers.last().begins
            && !above.block.containers.isEmpty());
}

} // namespace

QString plainText(const QList<PartPiece> &pieces)
{
    QStringList lines;
    for (const PartPiece &piece : pieces) {
        if (!isOwnLine(piece.part)) {
            continue;
        }
        const QString text
            = textOf(piece.part).mid(piece.stretch.from, piece.stretch.to - piece.stretch.from);
        lines.append(withPrefixes(text, piece.part, {}, piece.stretch.from == 0));
    }
    return lines.join(u'\n').replace(QChar(QChar::LineSeparator), u'\n');
}

QString markdownText(const QList<PartPiece> &pieces)
{
    QString text;
    for (qsizetype i = 0; i < pieces.size(); ++i) {
        const PartPiece &piece = pieces[i];
        if (!isOwnLine(piece.part)) {
            continue;
        }
        if (!text.isEmpty()) {
            text += isTight(pieces[i - 1].part, piece.part) ? u"\n"_s : u"\n\n"_s;
        }
        text += withPrefixes(bareMarkdown(piece).replace(QChar(QChar::LineSeparator), u"\\\n"_s),
                             piece.part, u"> ", piece.stretch.from == 0);
    }
    return text;
}

QString tabSeparated(const QList<QList<Markdown::Inline>> &rows)
{
    QStringList lines;
    for (const QList<Markdown::Inline> &row : rows) {
        QStringList cells;
        for (const Markdown::Inline &cell : row) {
            QString text = cell.text;
            cells.append(text.replace(u'\t', u' ').replace(QChar(QChar::LineSeparator), u' '));
        }
        lines.append(cells.join(u'\t'));
    }
    return lines.join(u'\n');
}

} // namespace Maestro
