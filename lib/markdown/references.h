// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"
#include "markdown/definition.h"
#include "markdown/pieces.h"

#include <QHash>
#include <QList>
#include <QSet>

namespace Maestro::Markdown {

//! The reference definitions of a text, and the texts that wait for one. What the last, unfinished
//! line defines holds for now only: it is said anew with every piece that arrives.
class References
{
public:
    //! Where a text stands: in a block, or in a cell of its table.
    struct Place
    {
        qsizetype block = 0;
        qsizetype row = -1;
        qsizetype column = -1;
    };

    void define(const Definition &definition);

    //! Reads a text with what is defined so far. If it mentions what is not, it is kept.
    Inline read(QStringView text, Place place);

    //! What is defined from here on, and which texts are read, holds until undo().
    void beginTrial();
    void undo();

    //! Reads the texts again whose references have changed; returns the first block of them, or
    //! blocks.size().
    qsizetype settle(QList<Block> &blocks);

private:
    struct Mention
    {
        Place place;
        QString text;
        QStringList labels; //!< that were not defined for good
    };

    //! A piece of a long text as it was last read.
    struct ReadPiece
    {
        QString window; //!< what decided where it ends
        Piece piece;
        Inline read = {};
        QSet<QString> labels = {}; //!< that were not defined for good
        int round = 0; //!< of definitions, if it mentions any
    };

    QStringList changedLabels() const;
    const Address *find(const QString &label) const;
    Inline readPieces(QStringView text, QSet<QString> &open);
    const ReadPiece &readPiece(QStringView rest, qsizetype index);

    QHash<QString, Address> m_defined;
    QStringList m_newlyDefined; //!< since settle()
    QHash<QString, Address> m_onTrial; //!< as settle() left it
    QHash<QString, Address> m_nextOnTrial;
    QList<Mention> m_mentions;
    QHash<QString, QList<qsizetype>> m_mentioning;
    QList<ReadPiece> m_pieces; //!< of the text that was read last
    int m_round = 1; //!< counts what changes definitions
    qsizetype m_mentionsBeforeTrial = 0;
    bool m_isTrial = false;
};

} // namespace Maestro::Markdown
