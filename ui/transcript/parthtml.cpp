// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/parttext.h"

#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

using Kind = Markdown::Block::Kind;
using Markdown::Style;

//! Characters that XML has no place for are left out.
QString writable(QString text)
{
    text.removeIf([](QChar c) {
        return (c.unicode() < 0x20 && c != u'\t' && c != u'\n') || c.unicode() >= 0xfffe;
    });
    return text;
}

void writeWords(QXmlStreamWriter &html, const QString &text)
{
    const QStringList lines = writable(text).split(QChar(QChar::LineSeparator));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (i > 0) {
            html.writeEmptyElement(u"br"_s);
        }
        html.writeCharacters(lines[i]);
    }
}

void writeSpan(QXmlStreamWriter &html, const Markdown::Inline &text, const Markdown::Span &span)
{
    int open = 0;
    const auto begin = [&](const QString &element) {
        html.writeStartElement(element);
        ++open;
    };
    if (span.address >= 0 && span.address < text.addresses.size() && span.styles & Style::Link) {
        begin(u"a"_s);
        html.writeAttribute(u"href"_s, writable(text.addresses[span.address].url));
    }
    if (span.styles & Style::Strong) {
        begin(u"b"_s);
    }
    if (span.styles & Style::Emphasis) {
        begin(u"i"_s);
    }
    if (span.styles & Style::Strikethrough) {
        begin(u"s"_s);
    }
    if (span.styles & Style::Code) {
        begin(u"code"_s);
    }
    writeWords(html, text.text.mid(span.from, span.length));
    for (; open > 0; --open) {
        html.writeEndElement();
    }
}

void writeInline(QXmlStreamWriter &html, const Markdown::Inline &text)
{
    qsizetype at = 0;
    for (const Markdown::Span &span : text.spans) {
        writeWords(html, text.text.mid(at, span.from - at));
        writeSpan(html, text, span);
        at = span.from + span.length;
    }
    writeWords(html, text.text.mid(at));
}

void writeTable(QXmlStreamWriter &html, const Part &part)
{
    html.writeStartElement(u"table"_s);
    html.writeAttribute(u"border"_s, u"1"_s);
    for (qsizetype row = 0; row < part.block.rows.size(); ++row) {
        html.writeStartElement(u"tr"_s);
        for (const Markdown::Inline &cell : part.block.rows[row]) {
            html.writeStartElement(row == 0 && part.first == 0 ? u"th"_s : u"td"_s);
            writeInline(html, cell);
            html.writeEndElement();
        }
        html.writeEndElement();
    }
    html.writeEndElement();
}

QString elementOf(const Markdown::Container &container)
{
    switch (container.kind) {
    case Markdown::Container::Kind::Quote:
        return u"blockquote"_s;
    case Markdown::Container::Kind::Bullet:
        return u"ul"_s;
    case Markdown::Container::Kind::Number:
        return u"ol"_s;
    }
    Q_UNREACHABLE();
}

void writeBlock(QXmlStreamWriter &html, const PartPiece &piece)
{
    const Part &part = piece.part;
    const qsizetype length = piece.stretch.to - piece.stretch.from;
    switch (part.block.kind) {
    case Kind::Rule:
        html.writeEmptyElement(u"hr"_s);
        return;
    case Kind::Table:
        if (piece.stretch.from == 0 && piece.stretch.to >= textOf(part).size()) {
            writeTable(html, part);
            return;
        }
        [[fallthrough]];
    case Kind::Code:
        html.writeTextElement(u"pre"_s, writable(textOf(part).mid(piece.stretch.from, length)));
        return;
    case Kind::Heading:
        html.writeStartElement(u"h%1"_s.arg(qBound(1, part.block.level, 6)));
        break;
    case Kind::Paragraph:
        html.writeStartElement(u"p"_s);
        break;
    }
    writeInline(html, midOf(part.block.text, piece.stretch.from, length));
    html.writeEndElement();
}

} // namespace

QString htmlText(const QList<PartPiece> &pieces)
{
    QString text;
    QXmlStreamWriter html(&text);
    html.writeStartElement(u"html"_s);
    html.writeStartElement(u"head"_s);
    html.writeEmptyElement(u"meta"_s);
    html.writeAttribute(u"charset"_s, u"utf-8"_s);
    html.writeEndElement();
    html.writeStartElement(u"body"_s);
    for (const PartPiece &piece : pieces) {
        if (piece.part.role == Part::Role::Actions) {
            continue;
        }
        int open = 0;
        for (const Markdown::Container &container : piece.part.block.containers) {
            html.writeStartElement(elementOf(container));
            ++open;
            if (container.kind != Markdown::Container::Kind::Quote) {
                if (container.kind == Markdown::Container::Kind::Number) {
                    html.writeAttribute(u"start"_s, QString::number(container.number));
                }
                html.writeStartElement(u"li"_s);
                ++open;
            }
        }
        writeBlock(html, piece);
        for (; open > 0; --open) {
            html.writeEndElement();
        }
    }
    html.writeEndElement();
    html.writeEndElement();
    return text;
}

} // namespace Maestro
