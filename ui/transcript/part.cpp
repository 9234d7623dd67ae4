// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/part.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Transcript)
};

void addLinks(QList<Target> &targets, const Markdown::Inline &text, qsizetype at)
{
    for (qsizetype i = 0; i < text.spans.size(); ++i) {
        const Markdown::Span &span = text.spans[i];
        if (span.address < 0 || span.address >= text.addresses.size()) {
            continue;
        }
        const QString words = text.text.mid(span.from, span.length);
        Target *last = targets.isEmpty() ? nullptr : &targets.last();
        // A link may be of several spans, one of them bold for example.
        if (last && i > 0 && text.spans[i - 1].address == span.address
            && last->from + last->length == at + span.from) {
            last->length += span.length;
            // It says nothing of its own that could differ from where it leads.
            last->text += span.styles.testFlag(Markdown::Style::Address) ? QString() : words;
        } else {
            targets.append({Target::Kind::Link, words, text.addresses[span.address].url,
                            at + span.from, span.length});
        }
    }
}

QString tableText(const Part &part)
{
    QStringList rows;
    for (const QList<Markdown::Inline> &row : part.block.rows) {
        QStringList cells;
        for (const Markdown::Inline &cell : row) {
            cells.append(cell.text);
        }
        rows.append(cells.join(u'\t'));
    }
    return rows.join(u'\n');
}

} // namespace

QString textOf(const Part &part)
{
    switch (part.block.kind) {
    case Markdown::Block::Kind::Paragraph:
    case Markdown::Block::Kind::Heading:
        return part.role == Part::Role::Actions ? QString() : part.block.text.text;
    case Markdown::Block::Kind::Code:
        return part.block.lines.join(u'\n');
    case Markdown::Block::Kind::Table:
        return tableText(part);
    case Markdown::Block::Kind::Rule:
        return {};
    }
    Q_UNREACHABLE();
}

QList<Target> targetsOf(const Part &part)
{
    using Kind = Target::Kind;
    QList<Target> targets;
    if (part.role == Part::Role::Fold || part.role == Part::Role::CallFold) {
        return {{Kind::Fold, part.block.text.text}};
    }
    if (part.role == Part::Role::Actions) {
        targets = part.buttons;
        targets.removeIf([](const Target &button) { return button.isOff; });
        return targets;
    }
    switch (part.block.kind) {
    case Markdown::Block::Kind::Paragraph:
    case Markdown::Block::Kind::Heading:
        addLinks(targets, part.block.text, 0);
        break;
    case Markdown::Block::Kind::Code:
        if (part.role != Part::Role::Call && !part.goesOnAbove) {
            targets = {{Kind::Wrap, part.wraps ? Tr::tr("Do not wrap") : Tr::tr("Wrap")},
                       {Kind::Copy, Tr::tr("Copy code")}};
        }
        break;
    case Markdown::Block::Kind::Table: {
        qsizetype at = 0;
        for (const QList<Markdown::Inline> &row : part.block.rows) {
            for (const Markdown::Inline &cell : row) {
                addLinks(targets, cell, at);
                at += cell.text.size() + 1;
            }
        }
        break;
    }
    case Markdown::Block::Kind::Rule:
        break;
    }
    return targets;
}

Markdown::Inline midOf(const Markdown::Inline &text, qsizetype from, qsizetype length)
{
    Markdown::Inline middle{text.text.mid(from, length), {}, text.addresses};
    for (Markdown::Span span : text.spans) {
        const qsizetype begin = qMax(from, span.from);
        const qsizetype end = qMin(from + length, span.from + span.length);
        if (begin < end) {
            span.from = begin - from;
            span.length = end - begin;
            middle.spans.append(span);
        }
    }
    return middle;
}

int widthInLetters(QStringView text)
{
    constexpr char16_t FirstWide = 0x1100; // the scripts of East Asia begin here, and so on
    int width = 0;
    for (const QChar c : text) {
        width += c == u'\t' ? 4 : c.unicode() >= FirstWide && !c.isLowSurrogate() ? 2 : 1;
    }
    return width;
}

} // namespace Maestro
