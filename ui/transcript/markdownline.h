// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>
#include <QStringView>

namespace Maestro {

//! What a line of Markdown is, by its own beginning.
enum class MarkdownLine { None, Text, Heading, Item, Quote, Rule, Fence, Code, TableRow };

//! Of a line outside of a code block.
MarkdownLine lineKind(QStringView line);

//! The number of # before a heading; 0 if it is none.
int headingLevel(QStringView line);

struct ListItem
{
    QString mark; //!< the bullet or number as it is shown, with the space after it
    double level = 0; //!< how far it is moved in
    QStringView text; //!< a part of the line it was read from
};
ListItem readListItem(QStringView line);

//! The cells of a line of a table.
QStringList tableCells(QStringView line);
//! Whether these are the dashes between a table's head and its rows.
bool isTableRule(const QStringList &cells);

} // namespace Maestro
