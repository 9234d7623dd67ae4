// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/partlayout.h"

#include <algorithm>

namespace Maestro {

namespace {

double shift(const PlacedText &text, int scrolledBy) { return text.scrolls ? scrolledBy : 0; }

//! How far a point is from a rectangle; what is beside it is nearer than what is over or under it.
double distance(const QRectF &rect, QPointF point)
{
    const double x = std::max({rect.left() - point.x(), 0.0, point.x() - rect.right()});
    const double y = std::max({rect.top() - point.y(), 0.0, point.y() - rect.bottom()});
    return x + 1000 * y;
}

} // namespace

qsizetype PartLayout::offsetAt(QPointF point, int scrolledBy) const
{
    const PlacedText *nearest = nullptr;
    double least = 0;
    for (const PlacedText &text : texts) {
        if (!text.isSelectable()) {
            continue;
        }
        const QRectF rect(text.at.x() - shift(text, scrolledBy), text.at.y(),
                          qMax(text.flow->text().width, text.flow->usedWidth()),
                          text.flow->height());
        const double away = distance(rect, point);
        if (!nearest || away < least) {
            nearest = &text;
            least = away;
        }
    }
    if (!nearest) {
        return 0;
    }
    const QPointF inside = point - nearest->at + QPointF(shift(*nearest, scrolledBy), 0);
    return nearest->offset + nearest->flow->offsetAt(inside);
}

const PlacedText *PartLayout::textAt(qsizetype offset) const
{
    const PlacedText *found = nullptr;
    for (const PlacedText &text : texts) {
        if (text.isSelectable() && (text.offset <= offset || !found)) {
            found = &text;
        }
    }
    return found;
}

QRectF PartLayout::caret(qsizetype offset, int scrolledBy) const
{
    const PlacedText *text = textAt(offset);
    if (!text) {
        return {0, 0, 1, static_cast<double>(height)};
    }
    const qsizetype inside
        = qBound<qsizetype>(0, offset - text->offset, text->end() - text->offset);
    return text->flow->caret(inside).translated(text->at - QPointF(shift(*text, scrolledBy), 0));
}

QList<QRectF> PartLayout::rects(qsizetype from, qsizetype to, int scrolledBy) const
{
    QList<QRectF> found;
    for (const PlacedText &text : texts) {
        if (text.isSelectable() && text.offset < to && text.end() > from) {
            for (const QRectF &rect : text.flow->rects(from - text.offset, to - text.offset)) {
                found.append(rect.translated(text.at - QPointF(shift(text, scrolledBy), 0)));
            }
        }
    }
    return found;
}

QList<QRectF> PartLayout::targetRects(const Part &part, int target, int scrolledBy) const
{
    const QList<Target> targets = targetsOf(part);
    if (target < 0 || target >= targets.size()) {
        return {};
    }
    if (targets[target].kind == Target::Kind::Link) {
        const qsizetype from = targets[target].from;
        return rects(from, from + targets[target].length, scrolledBy);
    }
    // A part has either links or buttons.
    return target < buttons.size() ? QList<QRectF>{buttons[target]} : QList<QRectF>{};
}

int PartLayout::targetAt(const Part &part, QPointF point, int scrolledBy) const
{
    for (qsizetype i = 0; i < buttons.size(); ++i) {
        if (buttons[i].contains(point)) {
            return static_cast<int>(i);
        }
    }
    if (!buttons.isEmpty()) {
        return -1;
    }
    const auto count = static_cast<int>(targetsOf(part).size());
    for (int i = 0; i < count; ++i) {
        for (const QRectF &rect : targetRects(part, i, scrolledBy)) {
            if (rect.contains(point)) {
                return i;
            }
        }
    }
    return -1;
}

} // namespace Maestro
