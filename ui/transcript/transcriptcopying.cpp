// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the transcript hands its text on.

#include "ui/transcript/parttext.h"
#include "ui/transcript/transcriptview.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QList<PartPiece> piecesBetween(TranscriptColumn &column, const TextPlace &from, const TextPlace &to)
{
    QList<PartPiece> pieces;
    std::optional<PartPlace> place = column.bounded(from).at;
    if (column.isEmpty() || column.entry(place->entry).partCount() == 0) {
        return pieces;
    }
    for (; place && *place <= to.at; place = column.next(*place)) {
        const Part &part = column.part(*place);
        const qsizetype begin = *place == from.at ? from.offset : 0;
        const qsizetype end = *place == to.at ? to.offset : textOf(part).size();
        // A caret before its first letter takes nothing of a part.
        if (begin < end || (*place != from.at && *place != to.at)) {
            pieces.append({part, {begin, end}});
        }
    }
    return pieces;
}

TextPlace endOf(TranscriptColumn &column)
{
    const PartPlace last = column.lastPart();
    return column.bounded({last, std::numeric_limits<qsizetype>::max()});
}

} // namespace

QString TranscriptView::toPlainText()
{
    return plainText(piecesBetween(m_column, {}, endOf(m_column)));
}

QString TranscriptView::selectedText()
{
    return hasSelection()
        ? plainText(piecesBetween(m_column, m_selection.begin(), m_selection.end()))
        : QString();
}

void TranscriptView::selectAll()
{
    m_selection.select(m_column.bounded({}), endOf(m_column));
    onSelected();
}

void TranscriptView::copy()
{
    if (!hasSelection()) {
        return;
    }
    const QList<PartPiece> pieces = piecesBetween(m_column, m_selection.begin(), m_selection.end());
    auto *copied = new QMimeData;
    copied->setText(plainText(pieces));
    copied->setHtml(htmlText(pieces));
    copied->setData(u"text/markdown"_s, markdownText(pieces).toUtf8());
    QGuiApplication::clipboard()->setMimeData(copied);
}

void TranscriptView::copyTable(PartPlace place)
{
    const qsizetype source = m_column.part(place).source;
    const auto isSame = [&](PartPlace at) {
        const Part &part = m_column.part(at);
        return at.entry == place.entry && part.block.kind == Markdown::Block::Kind::Table
            && part.source == source;
    };
    PartPlace first = place;
    while (m_column.part(first).goesOnAbove && first.part > 0
           && isSame({first.entry, first.part - 1})) {
        --first.part;
    }
    QList<QList<Markdown::Inline>> rows;
    for (std::optional<PartPlace> at = first; at && isSame(*at); at = m_column.next(*at)) {
        rows += m_column.part(*at).block.rows;
    }
    QGuiApplication::clipboard()->setText(tabSeparated(rows));
}

void TranscriptView::copyCode(PartPlace place)
{
    const Part &head = m_column.part(place);
    QStringList lines;
    for (std::optional<PartPlace> at = place;
         at && at->entry == place.entry && m_column.part(*at).source == head.source
         && m_column.part(*at).block.kind == Markdown::Block::Kind::Code
         && (lines.isEmpty() || m_column.part(*at).goesOnAbove);
         at = m_column.next(*at)) {
        lines += m_column.part(*at).block.lines;
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    Q_EMIT codeCopied();
}

void TranscriptView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const std::optional<TargetPlace> target = byMouse ? targetAt(event->pos()) : m_focused;
    auto *open = new QMenu(this);
    open->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copySelection
        = open->addAction(tr("&Copy"), QKeySequence::Copy, this, &TranscriptView::copy);
    copySelection->setEnabled(hasSelection());
    open->addAction(tr("Select &all"), QKeySequence::SelectAll, this, &TranscriptView::selectAll);
    open->addAction(tr("&Find…"), QKeySequence::Find, this, &TranscriptView::findRequested);
    if (target) {
        const Target chosen = targetsOf(m_column.part(target->at)).value(target->target);
        if (chosen.kind == Target::Kind::Link) {
            open->addAction(tr("Copy &link address"), this,
                            [url = chosen.url] { QGuiApplication::clipboard()->setText(url); });
        }
    }
    if (!m_column.isEmpty()) {
        const PartPlace place = byMouse ? m_column.textAt(toColumn(event->pos())).at
                                        : m_column.bounded(m_selection.caret()).at;
        const bool exists = m_column.entry(place.entry).partCount() > place.part;
        if (exists && m_column.part(place).block.kind == Markdown::Block::Kind::Table) {
            open->addAction(tr("Copy &table"), this, [this, place] { copyTable(place); });
        }
        const bool isPrompt = m_column.unfolded(place.entry).content().isPrompt();
        const auto kind = isPrompt ? Target::Kind::Edit : Target::Kind::AskAgain;
        open->addSeparator();
        open->addAction(
            isPrompt ? tr("&Edit this message…") : tr("Ask for this &again"), this,
            [this, entry = place.entry, kind] { Q_EMIT messageActionChosen(entry, kind); });
    }
    open->popup(event->globalPos());
}

} // namespace Maestro
