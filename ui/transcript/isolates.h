// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

#include <QTextLayout>

namespace Maestro {

//! Letters of scripts that go from right to left, and marks that say so: what comes behind them may
//! stand before them.
bool hasRightToLeft(QStringView text);

//! Marks that a text is laid out with, and does not have. Around code in a sentence from right to
//! left, they keep it together as it is written (UAX #9, isolates); else the signs it ends with go
//! to its other side. Offsets are into the text, places into what is laid out.
class Isolates
{
public:
    //! None: then places are offsets.
    Isolates() = default;
    explicit Isolates(const Markdown::Inline &text);

    QString applied(QString text) const;
    QList<QTextLayout::FormatRange> applied(QList<QTextLayout::FormatRange> formats) const;

    //! Where a stretch that begins there begins, behind the marks.
    int beginAt(qsizetype offset) const;
    //! Where a stretch that ends there ends, before them.
    int endAt(qsizetype offset) const;
    qsizetype offsetOf(int place) const;

private:
    //! Where each mark is inserted, in order; they begin and end by turns.
    QList<qsizetype> m_offsets;
};

} // namespace Maestro
