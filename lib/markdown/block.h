// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFlags>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

//! Markdown as blocks of text with marks: no fonts, no widgets, nothing loaded.
namespace Maestro::Markdown {

//! How a part of a line is meant.
enum class Style {
    Plain = 0,
    Strong = 1,
    Emphasis = 2,
    Strikethrough = 4,
    Code = 8,
    Math = 16, //!< TeX that was brought into Unicode, or stands as it is if it is malformed
    Link = 32,
    Image = 64, //!< the chip that stands for an image: its description, or its address
    Address = 128, //!< beside an image's description: put there by who shows it, never by a parser
};
Q_DECLARE_FLAGS(Styles, Style)
Q_DECLARE_OPERATORS_FOR_FLAGS(Styles)

//! Where a link or an image leads: never followed or loaded by itself.
struct Address
{
    QString url;
    QString title = {};

    friend bool operator==(const Address &, const Address &) = default;
};

//! Offsets are in UTF-16 units of the text; spans do not overlap and come in order.
struct Span
{
    qsizetype from = 0;
    qsizetype length = 0;
    Styles styles;
    qsizetype address = -1; //!< of Inline::addresses, or -1

    friend bool operator==(const Span &, const Span &) = default;
};

//! Text with marks. A hard line break is U+2028. An image in a link has both marks and the link's
//! address: that is where a click leads.
struct Inline
{
    QString text;
    QList<Span> spans = {};
    QList<Address> addresses = {};

    friend bool operator==(const Inline &, const Inline &) = default;
};

//! What a block stands in, from the outside in.
struct Container
{
    enum class Kind { Quote, Bullet, Number };

    Kind kind = Kind::Quote;
    int number = 0; //!< of Number
    std::optional<bool> done = {}; //!< of a task
    bool begins = false; //!< this block is the item's first: its bullet or number stands here

    friend bool operator==(const Container &, const Container &) = default;
};

enum class Alignment { None, Left, Center, Right };

//! One thing to lay out. Lists and quotes are not blocks of their own: their blocks say that they
//! stand in them, so that a long list freezes item by item. An item without anything is an empty
//! paragraph.
struct Block
{
    enum class Kind { Paragraph, Heading, Code, Table, Rule };

    Kind kind = Kind::Paragraph;
    QList<Container> containers = {};
    int level = 0; //!< of a heading, 1 to 6
    Inline text = {}; //!< of a paragraph and a heading
    QString language = {}; //!< of code: the first word of its fence
    QStringList lines = {}; //!< of code
    QList<Alignment> columns = {}; //!< of a table
    QList<QList<Inline>> rows = {}; //!< of a table; the first is its head
    qsizetype from = 0; //!< where its first line begins in the source, in UTF-16 units
    qsizetype to = 0; //!< where its last line ends, without the line end

    friend bool operator==(const Block &, const Block &) = default;
};

} // namespace Maestro::Markdown
