// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"
#include "markdown/blockstarts.h"
#include "markdown/linecursor.h"

#include <QList>

#include <optional>

namespace Maestro::Markdown {

//! The quotes, lists and items that are open, from the outside in.
class Containers
{
public:
    //! A part of the source.
    struct Extent
    {
        qsizetype from = 0;
        qsizetype to = 0;
    };

    //! A mark further in is text: a line costs a step for each container around it.
    static constexpr qsizetype MostDepth = 100;

    qsizetype depth() const { return m_open.size(); }

    //! How many of them a line goes on with; the cursor stands behind their marks.
    qsizetype match(LineCursor &line) const;

    //! Where the innermost item's first line stands, if no block has shown its bullet.
    std::optional<Extent> emptyItem() const;
    void closeLast();
    //! What is no item ends a list.
    void closeList();

    void openQuote();
    void openItem(const ListMark &mark, int contents, Extent line);
    void setTask(bool isDone) { m_open.last().container.done = isDone; }
    //! Something stands in all that are open.
    void fill();

    //! What a block that begins here stands in, and where in the source this began. The next
    //! block is not the first one in them.
    QList<Container> takeFor(qsizetype &from);

private:
    enum class Kind { Quote, List, Item };
    struct Open
    {
        Kind kind = Kind::Quote;
        Container container = {};
        QChar mark = {}; //!< of a list
        int next = 0; //!< number of a list's next item
        int contents = 0; //!< columns before an item's contents
        Extent line = {}; //!< an item's first
        bool isEmpty = true; //!< of an item
    };

    QList<Open> m_open;
};

} // namespace Maestro::Markdown
