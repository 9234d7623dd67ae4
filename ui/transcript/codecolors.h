// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "syntax/language.h"

#include <QStringList>

namespace Maestro {

//! What is known of the words of a block of code: of its first lines, as they were when they were
//! read. A block that streams in is read on from there, its last line again.
class CodeColors
{
public:
    //! Lines to read, and what the line before them left.
    struct Request
    {
        qsizetype first = 0;
        Syntax::State before;
        QStringList lines;
        bool isAgain = false; //!< the first of them has only grown since it was read
    };

    //! Of a line as it is now; what was added to it since it was read is not known.
    Syntax::Runs runs(qsizetype line, const QString &text) const;
    //! The first line that is to be read, so that these are known; the one behind them if they are.
    qsizetype firstUnread(qsizetype first, const QStringList &lines) const;
    Request request(qsizetype first, const QStringList &lines) const;
    //! Fewer lines than were asked for mean that no more of this block is to be read.
    void take(const Request &request, const QList<Syntax::ReadLine> &read);
    bool isGivenUp() const { return m_givenUp; }

private:
    struct Line
    {
        QString text;
        Syntax::ReadLine read;
    };

    QList<Line> m_lines;
    bool m_givenUp = false;
};

} // namespace Maestro
