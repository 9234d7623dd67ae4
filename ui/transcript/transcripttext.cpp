// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcripttext.h"

#include <utility>

namespace Maestro {

qsizetype TranscriptText::count(qsizetype entry)
{
    const TranscriptEntry &counted = m_column.unfolded(entry);
    qsizetype length = 0;
    for (qsizetype part = 0; part < counted.partCount(); ++part) {
        length += textOf(counted.part(part)).size() + 1;
    }
    return length;
}

qsizetype TranscriptText::lengthOf(qsizetype entry)
{
    if (std::exchange(m_revision, m_column.revision()) != m_column.revision()) {
        m_lengths.clear();
    }
    if (entry == m_column.count() - 1) {
        return count(entry);
    }
    while (m_lengths.size() <= entry) {
        m_lengths.append(count(m_lengths.size()));
    }
    return m_lengths[entry];
}

qsizetype TranscriptText::length()
{
    qsizetype sum = 0;
    for (qsizetype entry = 0; entry < m_column.count(); ++entry) {
        sum += lengthOf(entry);
    }
    return sum;
}

qsizetype TranscriptText::offsetOf(const TextPlace &place)
{
    const TextPlace bounded = m_column.bounded(place);
    qsizetype offset = bounded.offset;
    for (qsizetype entry = 0; entry < bounded.at.entry; ++entry) {
        offset += lengthOf(entry);
    }
    for (qsizetype part = 0; part < bounded.at.part; ++part) {
        offset += textOf(m_column.part({bounded.at.entry, part})).size() + 1;
    }
    return offset;
}

TextPlace TranscriptText::placeAt(qsizetype offset)
{
    qsizetype entry = 0;
    while (entry < m_column.count() - 1 && offset >= lengthOf(entry)) {
        offset -= lengthOf(entry);
        ++entry;
    }
    TextPlace place = m_column.bounded({{entry, 0}, 0});
    const qsizetype parts = m_column.isEmpty() ? 0 : m_column.unfolded(entry).partCount();
    while (place.at.part < parts - 1) {
        const qsizetype length = textOf(m_column.part(place.at)).size() + 1;
        if (offset < length) {
            break;
        }
        offset -= length;
        ++place.at.part;
    }
    place.offset = offset;
    return m_column.bounded(place);
}

QString TranscriptText::mid(qsizetype from, qsizetype to)
{
    QString text;
    if (m_column.isEmpty() || from >= to) {
        return text;
    }
    const TextPlace begin = placeAt(from);
    std::optional<PartPlace> place = begin.at;
    qsizetype skipped = begin.offset;
    while (place && text.size() < to - from) {
        if (place->part < m_column.entry(place->entry).partCount()) {
            text += QStringView(textOf(m_column.part(*place))).mid(skipped).toString() + u'\n';
        }
        skipped = 0;
        place = m_column.next(*place);
    }
    return text.left(to - from);
}

} // namespace Maestro
