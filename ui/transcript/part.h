// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/block.h"

namespace Maestro {

//! What can be chosen in a part with the mouse, or with Tab and Enter.
struct Target
{
    enum class Kind {
        Link,
        Copy,
        Wrap,
        Fold,
        Continue,
        Retry,
        Keep,
        Edit,
        AskAgain,
        PreviousVersion,
        NextVersion,
    };

    Kind kind = Kind::Link;
    QString text; //!< what it is called
    QString url = {}; //!< of a link
    qsizetype from = 0; //!< of a link: where it stands in the part's text
    qsizetype length = 0;
    //! Of a button: it is there, pale, and cannot be chosen.
    bool isOff = false;

    friend bool operator==(const Target &, const Target &) = default;
};

//! One thing of a conversation to lay out: a block, or a stretch of a large one, so that the work
//! for what is seen never depends on what is not.
struct Part
{
    enum class Role { Prompt, Answer, Thought, Fold, Call, CallFold, Notice, Source, Actions };
    enum class Tone { Plain, Muted, Danger };

    Role role = Role::Answer;
    Tone tone = Tone::Plain;
    Markdown::Block block = {};
    //! Which block of its section it is of: its stretches scroll sideways together.
    qsizetype source = 0;
    //! It is a stretch of something that does not begin, or end, with it.
    bool goesOnAbove = false;
    bool goesOnBelow = false;
    //! The number of its first line or row in the whole.
    qsizetype first = 0;
    //! Of a paragraph, or of actions; of a table, its columns have theirs.
    Markdown::Alignment alignment = Markdown::Alignment::None;
    //! The space above it, in steps of the grid.
    double gap = 0;
    //! How many of its containers go on from the part above; -1 where even the bar beside a
    //! thought begins here.
    qsizetype sharedContainers = 0;
    //! Of a fold.
    bool isOpen = false;
    //! Of code: whether its long lines are broken.
    bool wraps = false;
    //! How wide each column of the whole table, or the longest line of the whole code, is: in
    //! letters of usual width. Empty where it can be measured from this part alone.
    QList<int> widths = {};
    //! Of actions.
    QList<Target> buttons = {};

    friend bool operator==(const Part &, const Part &) = default;
};

//! The text of a part that can be selected, found and read aloud: lines end with a line feed, and
//! the cells of a row stand apart by tabs. Offsets into a part are offsets into it.
QString textOf(const Part &part);
//! What can be chosen, in the order in which Tab goes through it.
QList<Target> targetsOf(const Part &part);

//! A stretch of text with its marks. `addresses` stays whole.
Markdown::Inline midOf(const Markdown::Inline &text, qsizetype from, qsizetype length);
//! About how wide a text is, in letters of usual width.
int widthInLetters(QStringView text);

} // namespace Maestro
