// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/transcriptentry.h"

#include <QPointF>

#include <deque>
#include <set>

namespace Maestro {

//! A part of the transcript.
struct PartPlace
{
    qsizetype entry = 0;
    qsizetype part = 0;

    friend auto operator<=>(const PartPlace &, const PartPlace &) = default;
};

//! A place between two letters of the transcript.
struct TextPlace
{
    PartPlace at;
    qsizetype offset = 0;

    friend auto operator<=>(const TextPlace &, const TextPlace &) = default;
};

//! All entries below one another at one width. The heights of what was never seen are estimates;
//! what is asked for is laid out.
class TranscriptColumn
{
public:
    explicit TranscriptColumn(const TranscriptLook &look);

    void append(std::unique_ptr<TranscriptEntry> entry);
    void removeLast();
    void clear();
    void setWidth(int width);
    void setLook(const TranscriptLook &look);
    const TranscriptLook &look() const { return m_look; }
    int width() const { return m_width; }

    qsizetype count() const { return static_cast<qsizetype>(m_entries.size()); }
    bool isEmpty() const { return m_entries.empty(); }
    const TranscriptEntry &entry(qsizetype index) const
    {
        return *m_entries[static_cast<size_t>(index)];
    }
    TranscriptEntry &entry(qsizetype index) { return *m_entries[static_cast<size_t>(index)]; }
    //! Reads the entry if that was not done yet.
    TranscriptEntry &unfolded(qsizetype index);
    //! Takes up what changed in an entry's content.
    std::optional<PartPlace> refresh(qsizetype index);

    //! Changes whenever anything but the last entry does.
    quint64 revision() const { return m_revision; }

    int height() const { return m_sums.total(); }
    int topOf(PartPlace place) const;
    int bottomOf(PartPlace place) const;
    //! What is at a height; the column must not be empty.
    PartPlace placeAt(int y);
    PartLayout &layOut(PartPlace place);
    //! What of a part looks otherwise since the last time; empty if that is not known.
    QRect takeChanged(PartPlace place);
    //! Whether there is such a part; what was read again may have others.
    bool has(PartPlace place) const;
    const Part &part(PartPlace place) const { return entry(place.entry).part(place.part); }
    std::optional<PartPlace> next(PartPlace place);
    std::optional<PartPlace> previous(PartPlace place);
    //! The nearest place that there is.
    TextPlace bounded(TextPlace place);
    PartPlace lastPart();

    //! The letter at a point of the column.
    TextPlace textAt(QPointF point);
    QRectF caret(const TextPlace &place);

    //! What was laid out without the colours of its code, and is to be read: each once.
    std::optional<PartPlace> takeUncolored();
    //! If it is such a part.
    void noteUncolored(PartPlace place);

    //! Drops the layouts that were used longest ago, but for those between two heights.
    void trim(int top, int bottom);
    qsizetype layoutCount() const { return static_cast<qsizetype>(m_laidOut.size()); }

private:
    LayoutFrame frame() const { return {m_width, &m_look}; }
    void updateSum(qsizetype entry);

    TranscriptLook m_look;
    int m_width = 100;
    std::vector<std::unique_ptr<TranscriptEntry>> m_entries;
    HeightSums m_sums;
    quint64 m_revision = 1;
    std::deque<PartPlace> m_laidOut; //!< in the order in which they were
    std::set<PartPlace> m_uncolored;
    std::deque<qsizetype> m_unfolded; //!< entries that could be folded again
};

} // namespace Maestro
