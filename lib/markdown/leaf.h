// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "markdown/blockstarts.h"

#include <QList>
#include <QStringList>

namespace Maestro::Markdown {

//! The block that is open: the next line may go on with it.
struct Leaf
{
    enum class Kind { None, Paragraph, Fenced, Indented, Table };

    Kind kind = Kind::None;
    int id = 0;
    qsizetype block = 0; //!< of code and a table; a paragraph's comes when it is closed
    qsizetype from = 0;
    qsizetype to = 0;

    QString text = {}; //!< of a paragraph
    qsizetype start = 0; //!< of what is no definition in the text
    qsizetype lastLine = 0; //!< in the text
    qsizetype lastLineFrom = 0; //!< in the source
    qsizetype lineBeforeTo = 0;
    bool mayDefine = false; //!< the text may begin with a definition
    QList<qsizetype> lineStarts = {}; //!< in the source, of the lines that may be a definition

    QStringView mathEnd = {}; //!< what ends the displayed mathematics that the last line is in

    Fence fence = {};
    int fenceIndent = 0;
    QStringList blankLines = {}; //!< are code if more code follows
};

} // namespace Maestro::Markdown
