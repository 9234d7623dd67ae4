// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "markdown/references.h"

#include "markdown/inlinetext.h"

#include <QSet>

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
    QList<Reference> references;
    QSet<QString> open;
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
            open.insert(normalized);
        }
    }
    if (!open.isEmpty()) {
        for (const QString &label : std::as_const(open)) {
            m_mentioning[label].append(m_mentions.size());
        }
        m_mentions.append({place, text.toString(), QStringList(open.cbegin(), open.cend())});
    }
    return readInline(text, references);
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

    qsizetype first = blocks.size();
    for (const qsizetype index : std::as_const(again)) {
        const Mention &mention = m_mentions.at(index);
        QList<Reference> references;
        const QList<QStringView> labels = labelsIn(mention.text);
        for (const QStringView label : labels) {
            if (const Address *address = find(normalizedLabel(label))) {
                references.append({label, *address});
            }
        }
        Block &block = blocks[mention.place.block];
        Inline &text = mention.place.row < 0 ? block.text
                                             : block.rows[mention.place.row][mention.place.column];
        text = readInline(mention.text, references);
        first = std::min(first, mention.place.block);
    }
    for (const QString &label : std::as_const(m_newlyDefined)) {
        m_mentioning.remove(label);
    }
    m_newlyDefined.clear();
    return first;
}

} // namespace Maestro::Markdown
