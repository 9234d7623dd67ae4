// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How words are found in the transcript.

#include "ui/transcript/transcriptview.h"

namespace Maestro {

namespace {

//! The first place of any of the words from an offset on, or the last up to it; the longest word of
//! those that begin there. An empty stretch if there is none.
Stretch findAny(const QString &text, const QStringList &words, qsizetype offset, bool forward)
{
    Stretch nearest;
    if (offset < 0) {
        return nearest;
    }
    bool isFound = false;
    for (const QString &word : words) {
        const qsizetype at = forward ? text.indexOf(word, offset, Qt::CaseInsensitive)
                                     : text.lastIndexOf(word, offset, Qt::CaseInsensitive);
        const bool isNearer = forward ? at < nearest.from : at > nearest.from;
        const bool isLonger = at == nearest.from && at + word.size() > nearest.to;
        if (at >= 0 && (!isFound || isNearer || isLonger)) {
            isFound = true;
            nearest = {at, at + word.size()};
        }
    }
    return nearest;
}

} // namespace

bool TranscriptView::find(const QString &text, Direction direction)
{
    return find(QStringList(text), direction);
}

bool TranscriptView::find(const QStringList &words, Direction direction)
{
    m_found = words;
    m_found.removeAll(QString());
    viewport()->update();
    if (m_found.isEmpty() || m_column.isEmpty()) {
        return false;
    }
    const bool forward = direction != Direction::Backward;
    const TextPlace from
        = m_column.bounded(hasSelection() ? m_selection.begin() : m_selection.caret());
    // The selection itself is the last to be found, after all others.
    const bool passes = hasSelection() && direction != Direction::Here;
    qsizetype offset = forward ? from.offset + (passes ? 1 : 0) : from.offset - 1;
    PartPlace place = from.at;
    bool wrapped = false;
    while (true) {
        if (m_column.entry(place.entry).partCount() > place.part) {
            const QString text = textOf(m_column.part(place));
            if (const Stretch found = findAny(text, m_found, offset, forward); found != Stretch()) {
                m_selection.select({place, found.from}, {place, found.to});
                onSelected();
                showPlace({place, found.to});
                showPlace({place, found.from});
                return true;
            }
        }
        if (wrapped && place == from.at) {
            return false;
        }
        auto other = forward ? m_column.next(place) : m_column.previous(place);
        if (!other) {
            other = forward ? m_column.bounded({}).at : m_column.lastPart();
        }
        place = *other;
        wrapped = wrapped || place == from.at;
        offset = forward || m_column.entry(place.entry).partCount() <= place.part
            ? 0
            : textOf(m_column.part(place)).size();
    }
}

void TranscriptView::reveal(qsizetype entry, const QStringList &words)
{
    (void)m_column.unfolded(entry); // so that it has a place
    const TextPlace beginning{{entry, 0}, 0};
    m_selection.select(beginning, beginning);
    if (!find(words, Direction::Here) || m_selection.begin().at.entry != entry) {
        m_selection.select(beginning, beginning);
        onSelected();
        showPlace(beginning);
    }
}

} // namespace Maestro
