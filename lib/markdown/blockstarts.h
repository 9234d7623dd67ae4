// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringView>

#include <optional>

//! What the beginning of a block looks like: CommonMark 0.31, chapters 4 and 5. Every function gets
//! a line from its first character that is no white space.
namespace Maestro::Markdown {

struct AtxHeading
{
    int level = 1;
    QStringView text;
};
std::optional<AtxHeading> atxHeading(QStringView line);

struct Fence
{
    QChar mark;
    qsizetype length = 0;
    QStringView info;
};
std::optional<Fence> openingFence(QStringView line);
bool closesFence(QStringView line, const Fence &fence);

//! The level that an underline gives to the paragraph above it; 0 if it is none.
int setextLevel(QStringView line);
bool isThematicBreak(QStringView line);

struct ListMark
{
    QChar mark; //!< the bullet, or what follows the number
    bool isNumbered = false;
    int number = 0;
    qsizetype length = 0;
};
std::optional<ListMark> listMark(QStringView line);

//! How long a task's "[ ]" is, with the white space after it, and whether the task is done.
struct TaskMark
{
    bool isDone = false;
    qsizetype length = 0;
};
std::optional<TaskMark> taskMark(QStringView text);

} // namespace Maestro::Markdown
