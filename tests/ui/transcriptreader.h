// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/transcriptview.h"

#include <functional>

namespace Maestro {

//! Something in a transcript that can be chosen.
struct FoundTarget
{
    PartPlace place;
    int index = 0;
    Target target;
};

inline QList<FoundTarget> targetsIn(TranscriptView &view)
{
    QList<FoundTarget> found;
    TranscriptColumn &column = view.column();
    for (qsizetype entry = 0; entry < column.count(); ++entry) {
        for (qsizetype part = 0; part < column.unfolded(entry).partCount(); ++part) {
            const QList<Target> targets = targetsOf(column.part({entry, part}));
            for (int i = 0; i < targets.size(); ++i) {
                found.append({{entry, part}, i, targets[i]});
            }
        }
    }
    return found;
}

//! Chooses the first target that is called so; false if there is none.
inline bool chooseTarget(TranscriptView &view, const QString &text)
{
    for (const FoundTarget &each : targetsIn(view)) {
        if (each.target.text == text) {
            view.choose(each.place, each.index);
            return true;
        }
    }
    return false;
}

//! The first part that has such a text.
inline PartPlace partWith(TranscriptView &view, const QString &text)
{
    TranscriptColumn &column = view.column();
    for (qsizetype entry = 0; entry < column.count(); ++entry) {
        for (qsizetype part = 0; part < column.unfolded(entry).partCount(); ++part) {
            if (textOf(column.part({entry, part})).contains(text)) {
                return {entry, part};
            }
        }
    }
    qFatal("no part has that text");
}

} // namespace Maestro
