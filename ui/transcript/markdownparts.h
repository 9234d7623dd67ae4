// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/document.h"
#include "ui/transcript/part.h"

#include <QSet>

namespace Maestro {

//! Markdown that grows, as parts to lay out.
class MarkdownParts
{
public:
    explicit MarkdownParts(Part::Role role);

    //! The index of the first part that is not as it was.
    qsizetype append(QStringView text);
    void finish() { m_document.finish(); }
    const QList<Part> &parts() const { return m_parts; }
    const QString &source() const { return m_document.source(); }
    //! Breaks the long lines of a block of code, or no longer.
    qsizetype toggleWrap(qsizetype block);

private:
    //! How wide the longest line or each column of the block that grows is, as far as it was read.
    struct Widths
    {
        qsizetype block = -1;
        qsizetype read = 0;
        QList<int> letters;
    };

    qsizetype rebuild(qsizetype firstBlock);
    //! A part of a block without its words, which all stretches of it share.
    Part likePartsOf(qsizetype block);
    //! With how many of the parts from `begin` on a block that grew begins as it did.
    qsizetype standingStretches(qsizetype begin, const Part &like) const;
    void addStretches(const Part &like, qsizetype firstStretch);
    void readWidths(qsizetype index, const Markdown::Block &block);

    Part::Role m_role;
    Markdown::Document m_document;
    QList<Part> m_parts;
    QList<qsizetype> m_begins; //!< the first part of each block
    QSet<qsizetype> m_wrapped;
    Widths m_widths;
};

//! Lines as parts of code, each of which is quickly laid out; without the first stretches.
QList<Part> partsOfLines(const Part &like, const QStringList &lines, qsizetype firstStretch = 0);
//! A long text as parts of a paragraph.
QList<Part> partsOfText(const Part &like, const Markdown::Inline &text);

} // namespace Maestro
