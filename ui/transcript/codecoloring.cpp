// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/codecoloring.h"

#include "core/after.h"

namespace Maestro {

namespace {

//! How often a line that is growing is read again: an eye does not miss its colours for so long.
constexpr int GrowingLineMs = 80;

} // namespace

CodeColoring::CodeColoring(TranscriptColumn &column, QObject *parent)
    : QObject(parent)
    , m_column(column)
    , m_pause(this)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(GrowingLineMs);
    connect(&m_pause, &QTimer::timeout, this, &CodeColoring::goOn);
}

void CodeColoring::goOn()
{
    while (!m_reading && !m_pause.isActive()) {
        const std::optional<PartPlace> place = m_column.takeUncolored();
        if (!place) {
            return;
        }
        TranscriptEntry &entry = m_column.entry(place->entry);
        const std::optional<CodeColors::Request> request = entry.colorRequest(place->part);
        if (!request) {
            continue;
        }
        if (request->isAgain) {
            m_pause.start();
        }
        m_reading = true;
        after(
            this,
            m_reader.read(entry.part(place->part).block.language, request->before, request->lines),
            [this, place = *place, request = *request,
             colors = std::weak_ptr(entry.colors(place->part))](
                const QList<Syntax::ReadLine> &read) { take(place, colors, request, read); });
    }
}

void CodeColoring::take(PartPlace place, const std::weak_ptr<CodeColors> &colors,
                        const CodeColors::Request &request, const QList<Syntax::ReadLine> &read)
{
    m_reading = false;
    const std::shared_ptr<CodeColors> known = colors.lock();
    if (known) {
        known->take(request, read);
        // What was here when it was asked for may be elsewhere now, or gone.
        if (m_column.has(place) && m_column.entry(place.entry).colors(place.part) == known) {
            const qsizetype first = m_column.entry(place.entry).recolor(place.part, request.first);
            Q_EMIT colored({place.entry, first});
            m_column.noteUncolored(place);
        }
    }
    goOn();
}

} // namespace Maestro
