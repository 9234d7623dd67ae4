// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/transcript/transcriptcolumn.h"

namespace Maestro {

//! The transcript as one long text, for who reads it aloud: every part is followed by a line feed.
class TranscriptText
{
public:
    explicit TranscriptText(TranscriptColumn &column)
        : m_column(column)
    { }

    qsizetype length();
    qsizetype offsetOf(const TextPlace &place);
    TextPlace placeAt(qsizetype offset);
    QString mid(qsizetype from, qsizetype to);

private:
    //! Of an entry; that of the last one is counted anew each time, since it may grow.
    qsizetype lengthOf(qsizetype entry);
    qsizetype count(qsizetype entry);

    TranscriptColumn &m_column;
    QList<qsizetype> m_lengths;
    quint64 m_revision = 0; //!< of the column, when they were counted
};

} // namespace Maestro
