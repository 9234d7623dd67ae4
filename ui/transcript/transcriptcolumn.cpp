// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/transcriptcolumn.h"

namespace Maestro {

namespace {

//! Layouts that are kept; a screen has some thirty.
constexpr size_t MostLayouts = 160;
//! Entries of a conversation that stay read.
constexpr size_t MostUnfolded = 48;

} // namespace

TranscriptColumn::TranscriptColumn(const TranscriptLook &look)
    : m_look(look)
{ }

void TranscriptColumn::append(std::unique_ptr<TranscriptEntry> entry)
{
    ++m_revision;
    entry->estimate(frame());
    m_entries.push_back(std::move(entry));
    m_sums.append(m_entries.back()->height());
    if (m_entries.back()->isUnfolded()) {
        refresh(count() - 1);
    }
}

void TranscriptColumn::removeLast()
{
    ++m_revision;
    m_entries.pop_back();
    m_sums.truncate(count());
    std::erase_if(m_laidOut, [this](PartPlace place) { return place.entry >= count(); });
    std::erase_if(m_unfolded, [this](qsizetype index) { return index >= count(); });
}

void TranscriptColumn::clear()
{
    ++m_revision;
    m_entries.clear();
    m_sums = {};
    m_laidOut.clear();
    m_unfolded.clear();
    m_uncolored.clear();
}

void TranscriptColumn::setWidth(int width)
{
    if (width == m_width) {
        return;
    }
    m_width = width;
    setLook(m_look);
}

void TranscriptColumn::setLook(const TranscriptLook &look)
{
    m_look = look;
    QList<int> heights;
    heights.reserve(count());
    for (const auto &entry : m_entries) {
        entry->reset(frame());
        heights.append(entry->height());
    }
    m_sums.assign(heights);
    m_laidOut.clear();
}

TranscriptEntry &TranscriptColumn::unfolded(qsizetype index)
{
    TranscriptEntry &found = entry(index);
    if (!found.isUnfolded()) {
        found.unfold(frame());
        m_unfolded.push_back(index);
        updateSum(index);
    }
    return found;
}

void TranscriptColumn::updateSum(qsizetype index) { m_sums.set(index, entry(index).height()); }

std::optional<PartPlace> TranscriptColumn::refresh(qsizetype index)
{
    m_revision += index < count() - 1 ? 1 : 0;
    const std::optional<qsizetype> changed = entry(index).refresh(frame());
    updateSum(index);
    return changed ? std::optional(PartPlace{index, *changed}) : std::nullopt;
}

int TranscriptColumn::topOf(PartPlace place) const
{
    const int top = m_sums.before(place.entry);
    const bool isIn = place.entry < count() && entry(place.entry).isUnfolded();
    return isIn ? top + entry(place.entry).partTop(place.part) : top;
}

int TranscriptColumn::bottomOf(PartPlace place) const
{
    return topOf(place) + entry(place.entry).partHeight(place.part);
}

PartPlace TranscriptColumn::placeAt(int y)
{
    const qsizetype index = m_sums.find(y);
    const TranscriptEntry &found = unfolded(index);
    return {index, found.partCount() == 0 ? 0 : found.partAt(y - m_sums.before(index))};
}

PartLayout &TranscriptColumn::layOut(PartPlace place)
{
    TranscriptEntry &found = unfolded(place.entry);
    if (!found.layout(place.part)) {
        m_laidOut.push_back(place);
    }
    PartLayout &layout = found.layOut(place.part, frame());
    noteUncolored(place);
    updateSum(place.entry);
    return layout;
}

QRect TranscriptColumn::takeChanged(PartPlace place)
{
    return has(place) ? entry(place.entry).takeChanged(place.part) : QRect();
}

void TranscriptColumn::noteUncolored(PartPlace place)
{
    if (has(place) && entry(place.entry).lacksColors(place.part)) {
        m_uncolored.insert(place);
    }
}

std::optional<PartPlace> TranscriptColumn::takeUncolored()
{
    while (!m_uncolored.empty()) {
        const PartPlace place = *m_uncolored.rbegin();
        m_uncolored.erase(place);
        if (has(place) && entry(place.entry).lacksColors(place.part)) {
            return place;
        }
    }
    return {};
}

bool TranscriptColumn::has(PartPlace place) const
{
    return place.entry >= 0 && place.entry < count() && place.part >= 0
        && place.part < entry(place.entry).partCount();
}

std::optional<PartPlace> TranscriptColumn::next(PartPlace place)
{
    ++place.part;
    while (place.entry < count() && place.part >= unfolded(place.entry).partCount()) {
        place = {place.entry + 1, 0};
    }
    return place.entry < count() ? std::optional(place) : std::nullopt;
}

std::optional<PartPlace> TranscriptColumn::previous(PartPlace place)
{
    --place.part;
    while (place.part < 0 && place.entry > 0) {
        --place.entry;
        place.part = unfolded(place.entry).partCount() - 1;
    }
    return place.part >= 0 ? std::optional(place) : std::nullopt;
}

PartPlace TranscriptColumn::lastPart()
{
    for (qsizetype index = count() - 1; index >= 0; --index) {
        if (const qsizetype parts = unfolded(index).partCount(); parts > 0) {
            return {index, parts - 1};
        }
    }
    return {};
}

TextPlace TranscriptColumn::bounded(TextPlace place)
{
    if (isEmpty()) {
        return {};
    }
    place.at.entry = qBound<qsizetype>(0, place.at.entry, count() - 1);
    const qsizetype parts = unfolded(place.at.entry).partCount();
    place.at.part = qBound<qsizetype>(0, place.at.part, qMax<qsizetype>(0, parts - 1));
    place.offset
        = parts == 0 ? 0 : qBound<qsizetype>(0, place.offset, textOf(part(place.at)).size());
    return place;
}

TextPlace TranscriptColumn::textAt(QPointF point)
{
    if (isEmpty()) {
        return {};
    }
    const PartPlace place = placeAt(qFloor(point.y()));
    if (place.part >= entry(place.entry).partCount()) {
        return {place, 0};
    }
    const PartLayout &layout = layOut(place);
    const QPointF inside = point - QPointF(0, topOf(place));
    return {place, layout.offsetAt(inside, entry(place.entry).scrolledBy(place.part))};
}

QRectF TranscriptColumn::caret(const TextPlace &place)
{
    const PartLayout &layout = layOut(place.at);
    return layout.caret(place.offset, entry(place.at.entry).scrolledBy(place.at.part))
        .translated(0, topOf(place.at));
}

void TranscriptColumn::trim(int top, int bottom)
{
    const auto isNear = [&](PartPlace place) {
        return topOf(place) < bottom && topOf({place.entry, place.part + 1}) > top;
    };
    for (size_t rounds = m_laidOut.size(); m_laidOut.size() > MostLayouts && rounds > 0; --rounds) {
        const PartPlace place = m_laidOut.front();
        m_laidOut.pop_front();
        TranscriptEntry &owner = entry(place.entry);
        if (!owner.isUnfolded() || place.part >= owner.partCount()) {
            continue;
        }
        if (isNear(place)) {
            m_laidOut.push_back(place);
        } else {
            owner.dropLayout(place.part);
        }
    }
    for (size_t rounds = m_unfolded.size(); m_unfolded.size() > MostUnfolded && rounds > 0;
         --rounds) {
        const qsizetype index = m_unfolded.front();
        m_unfolded.pop_front();
        const int from = m_sums.before(index);
        if (from < bottom && from + entry(index).height() > top) {
            m_unfolded.push_back(index);
        } else {
            entry(index).fold();
        }
    }
}

} // namespace Maestro
