// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What can be chosen in the transcript: links, buttons, folds.

#include "ui/transcript/announcer.h"
#include "ui/transcript/link.h"
#include "ui/transcript/transcriptview.h"

#include <utility>

namespace Maestro {

void TranscriptView::choose(PartPlace place, int target)
{
    if (!m_column.has(place) || target < 0 || target >= targetsOf(m_column.part(place)).size()) {
        return; // it was there when it was pointed at
    }
    const Target chosen = targetsOf(m_column.part(place)).value(target);
    switch (chosen.kind) {
    case Target::Kind::Link:
        Q_EMIT linkChosen(QUrl(chosen.url, QUrl::StrictMode), chosen.text);
        return;
    case Target::Kind::Copy:
        copyCode(place);
        return;
    case Target::Kind::Continue:
        Q_EMIT continueRequested();
        return;
    case Target::Kind::Retry:
        Q_EMIT retryRequested();
        return;
    case Target::Kind::Keep:
        m_column.entry(place.entry).content().setActions(false);
        setFocused({});
        Q_EMIT keepRequested();
        break;
    case Target::Kind::Edit:
    case Target::Kind::AskAgain:
    case Target::Kind::PreviousVersion:
    case Target::Kind::NextVersion:
        Q_EMIT messageActionChosen(place.entry, chosen.kind);
        return;
    case Target::Kind::Wrap:
    case Target::Kind::Fold:
        setFollowing(false);
        m_column.entry(place.entry).choose(place.part, chosen.kind);
        break;
    }
    m_hovered.reset();
    refreshEntry(place.entry);
    m_allChanged = true;
    settle();
    setFollowing(m_top >= furthestTop());
    Q_EMIT contentChanged();
}

void TranscriptView::focusFooter(qsizetype entry, Target::Kind kind)
{
    if (entry >= m_column.count()) {
        return;
    }
    for (qsizetype part = m_column.unfolded(entry).partCount(); part-- > 0;) {
        const QList<Target> targets = targetsOf(m_column.part({entry, part}));
        for (int i = 0; i < targets.size(); ++i) {
            if (targets[i].kind == kind) {
                setFocused(TargetPlace{{entry, part}, i});
                return;
            }
        }
    }
}

std::optional<TranscriptView::TargetPlace> TranscriptView::targetAt(QPointF inViewport)
{
    if (m_column.isEmpty()) {
        return {};
    }
    const QPointF point = toColumn(inViewport);
    const PartPlace place = m_column.placeAt(qFloor(point.y()));
    if (point.y() < 0 || point.y() >= m_column.height()
        || place.part >= m_column.entry(place.entry).partCount()) {
        return {};
    }
    const int scrolledBy = m_column.entry(place.entry).scrolledBy(place.part);
    const int found = m_column.layOut(place).targetAt(
        m_column.part(place), point - QPointF(0, m_column.topOf(place)), scrolledBy);
    return found < 0 ? std::nullopt : std::optional(TargetPlace{place, found});
}

QList<TranscriptView::TargetPlace> TranscriptView::targetsNear()
{
    QList<TargetPlace> found;
    if (m_column.isEmpty()) {
        return found;
    }
    const int reach = 2 * viewport()->height();
    std::optional<PartPlace> place = m_column.placeAt(m_top - reach);
    for (; place && m_column.topOf(*place) <= m_top + reach; place = m_column.next(*place)) {
        const qsizetype count = m_column.has(*place) ? targetsOf(m_column.part(*place)).size() : 0;
        for (int i = 0; i < count; ++i) {
            found.append({*place, i});
        }
    }
    return found;
}

QRect TranscriptView::targetRect(const TargetPlace &place)
{
    const int scrolledBy = m_column.entry(place.at.entry).scrolledBy(place.at.part);
    QRectF united;
    for (const QRectF &rect :
         m_column.layOut(place.at).targetRects(m_column.part(place.at), place.target, scrolledBy)) {
        united |= rect;
    }
    return united.toAlignedRect().translated(partRect(place.at).topLeft());
}

void TranscriptView::focusTarget(const TargetPlace &place)
{
    setFocus();
    setFocused(place);
}

void TranscriptView::setHovered(const std::optional<TargetPlace> &hovered)
{
    if (hovered == m_hovered) {
        return;
    }
    const std::optional<TargetPlace> before = std::exchange(m_hovered, hovered);
    for (const auto &each : {before, hovered}) {
        if (each) {
            updatePart(each->at);
        }
    }
    viewport()->setCursor(hovered ? Qt::PointingHandCursor : Qt::IBeamCursor);
    const Target target
        = hovered ? targetsOf(m_column.part(hovered->at)).value(hovered->target) : Target{};
    Q_EMIT linkShown(target.url.isEmpty() ? QString() : linkAddress(target.url));
}

void TranscriptView::setFocused(const std::optional<TargetPlace> &focused)
{
    const std::optional<TargetPlace> before = std::exchange(m_focused, focused);
    for (const auto &each : {before, focused}) {
        if (each) {
            updatePart(each->at);
        }
    }
    if (!before && !focused) {
        return;
    }
    Target target;
    if (focused) {
        target = targetsOf(m_column.part(focused->at)).value(focused->target);
        showPlace({focused->at, target.from});
        m_announcer->tellFocus();
    }
    Q_EMIT linkShown(target.url.isEmpty() ? QString() : linkAddress(target.url));
}

std::optional<TranscriptView::TargetPlace> TranscriptView::nextTarget(bool forward)
{
    if (m_column.isEmpty()) {
        return {};
    }
    if (m_focused && !m_column.has(m_focused->at)) {
        m_focused.reset();
    }
    const auto countAt = [this](PartPlace place) {
        return m_column.has(place) ? static_cast<int>(targetsOf(m_column.part(place)).size()) : 0;
    };
    // Without one that has the focus, it begins with what is seen.
    std::optional<PartPlace> place = m_focused ? m_focused->at
        : forward                              ? m_column.bounded({m_anchor, 0}).at
                                               : m_column.lastPart();
    int target = m_focused ? m_focused->target + (forward ? 1 : -1)
        : forward          ? 0
                           : countAt(*place) - 1;
    const int bottom = m_top + 2 * viewport()->height();
    while (place) {
        if (target >= 0 && target < countAt(*place)) {
            return TargetPlace{*place, target};
        }
        place = forward ? m_column.next(*place) : m_column.previous(*place);
        target = place && !forward ? countAt(*place) - 1 : 0;
        // Tab leaves the transcript behind what is near; it does not go through thousands.
        if (place
            && (m_column.topOf(*place) > bottom
                || m_column.topOf(*place) < m_top - 2 * viewport()->height())) {
            return {};
        }
    }
    return {};
}

bool TranscriptView::focusNextPrevChild(bool next)
{
    const std::optional<TargetPlace> target = nextTarget(next);
    setFocused(target);
    return target || QAbstractScrollArea::focusNextPrevChild(next);
}

} // namespace Maestro
