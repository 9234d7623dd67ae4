// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/references.h"

#include "markdown/inlinetext.h"

#include <algorithm>
#include <utility>

namespace Maestro::Markdown {

void References::define(const Definition &definition)
{
    if (m_defined.contains(definition.label)) {
        return; // the first one holds
    }
    if (!m_isTrial) {
        m_defined.insert(definition.label, definition.address);
        ++m_round;
        m_newlyDefined.append(definition.label);
    } else if (!m_nextOnTrial.contains(definition.label)) {
        m_nextOnTrial.insert(definition.label, definition.address);
    }
}

const Address *References::find(const QString &label) const
{
    if (const auto found = m_defined.constFind(label); found != m_defined.cend()) {
        return &*found;
    }
    const auto found = m_onTrial.constFind(label);
    return found == m_onTrial.cend() ? nullptr : &*found;
}

Inline References::read(QStringView text, Place place)
{
    QSet<QString> open;
    Inline result = readPieces(text, open);
    if (!open.isEmpty()) {
        for (const QString &label : std::as_const(open)) {
            m_mentioning[label].append(m_mentions.size());
        }
        m_mentions.append({place, text.toString(), QStringList(open.cbegin(), open.cend())});
    }
    return result;
}

Inline References::readPieces(QStringView text, QSet<QString> &open)
{
    Inline result;
    qsizetype index = 0;
    for (qsizetype at = 0; at < text.size(); ++index) {
        const ReadPiece &read = readPiece(text.sliced(at), index);
        if (read.piece.length == text.size()) {
            open = read.labels;
            return read.read;
        }
        appendTo(result, read.read);
        open.unite(read.labels);
        at += read.piece.length + read.piece.gap;
        if (read.piece.gap > 0) {
            result.text += u' ';
        }
    }
    return result;
}

const References::ReadPiece &References::readPiece(QStringView rest, qsizetype index)
{
    const QStringView window = rest.first(std::min(rest.size(), MostOfAPiece + 1));
    if (index < m_pieces.size() && m_pieces.at(index).window == window
        && (m_pieces.at(index).round == m_round || m_pieces.at(index).round == 0)) {
        return m_pieces.at(index);
    }
    ReadPiece piece{.window = window.toString(), .piece = firstPiece(window)};
    const QStringView text = window.first(piece.piece.length);
    QList<Reference> references;
    QSet<QStringView> seen;
    const QList<QStringView> labels = labelsIn(text);
    for (const QStringView label : labels) {
        if (seen.contains(label)) {
            continue;
        }
        seen.insert(label);
        const QString normalized = normalizedLabel(label);
        if (const Address *address = find(normalized)) {
            references.append({label, *address});
        }
        if (!m_defined.contains(normalized)) {
            piece.labels.insert(normalized);
        }
    }
    piece.read = readInline(text, references);
    piece.round = labels.isEmpty() ? 0 : m_round;
    m_pieces.resize(std::min(m_pieces.size(), index));
    m_pieces.append(piece);
    return m_pieces.last();
}

void References::beginTrial()
{
    m_isTrial = true;
    m_mentionsBeforeTrial = m_mentions.size();
}

void References::undo()
{
    if (!std::exchange(m_isTrial, false)) {
        return;
    }
    m_nextOnTrial.clear();
    while (m_mentions.size() > m_mentionsBeforeTrial) {
        const Mention mention = m_mentions.takeLast();
        for (const QString &label : mention.labels) {
            const auto found = m_mentioning.find(label);
            if (found != m_mentioning.end() && found->last() == m_mentions.size()) {
                found->removeLast();
                if (found->isEmpty()) {
                    m_mentioning.erase(found);
                }
            }
        }
    }
}

QStringList References::changedLabels() const
{
    QStringList changed;
    for (const QString &label : m_newlyDefined) {
        const auto before = m_onTrial.constFind(label);
        if (before == m_onTrial.cend() || *before != m_defined.value(label)) {
            changed.append(label);
        }
    }
    for (auto before = m_onTrial.cbegin(); before != m_onTrial.cend(); ++before) {
        const auto now = m_nextOnTrial.constFind(before.key());
        if (!m_defined.contains(before.key())
            && (now == m_nextOnTrial.cend() || *now != before.value())) {
            changed.append(before.key());
        }
    }
    for (auto now = m_nextOnTrial.cbegin(); now != m_nextOnTrial.cend(); ++now) {
        if (!m_onTrial.contains(now.key())) {
            changed.append(now.key());
        }
    }
    return changed;
}

qsizetype References::settle(QList<Block> &blocks)
{
    QSet<qsizetype> again;
    const QStringList changed = changedLabels();
    for (const QString &label : changed) {
        const QList<qsizetype> mentions = m_mentioning.value(label);
        again.unite(QSet<qsizetype>(mentions.cbegin(), mentions.cend()));
    }
    m_onTrial = m_nextOnTrial;
    if (!changed.isEmpty() || !m_newlyDefined.isEmpty()) {
        ++m_round;
    }

    qsizetype first = blocks.size();
    for (const qsizetype index : std::as_const(again)) {
        const Mention &mention = m_mentions.at(index);
        Block &block = blocks[mention.place.block];
        Inline &text = mention.place.row < 0 ? block.text
                                             : block.rows[mention.place.row][mention.place.column];
        QSet<QString> open;
        text = readPieces(mention.text, open);
        first = std::min(first, mention.place.block);
    }
    for (const QString &label : std::as_const(m_newlyDefined)) {
        m_mentioning.remove(label);
    }
    m_newlyDefined.clear();
    return first;
}

} // namespace Maestro::Markdown
