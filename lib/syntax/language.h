// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QString>

#include <memory>

//! Code to runs of text with a role: no colours, no widgets.
namespace Maestro::Syntax {

//! What a stretch of code is. What is nothing of these has no run.
enum class Role : quint8 {
    Keyword,
    Type,
    String,
    Number,
    Comment,
    Function,
    Preprocessor,
    Variable,
    Added, //!< of a diff
    Removed,
};
inline constexpr std::size_t Roles = static_cast<std::size_t>(Role::Removed) + 1;

//! Offsets are in UTF-16 units of the line; runs do not overlap and come in order.
struct Run
{
    qsizetype from = 0;
    qsizetype length = 0;
    Role role = Role::Keyword;

    friend bool operator==(const Run &, const Run &) = default;
};
using Runs = QList<Run>;

//! What a line passes on to the next, an open comment for one. Null is the beginning. Only the
//! language that made it can read it, and nobody changes it.
using State = std::shared_ptr<const void>;

//! A line that was read.
struct ReadLine
{
    Runs runs;
    State after = {};
};

//! A longer line is not read, and changes nothing for the next: the libraries' expressions need
//! time that grows with its square, and more stack than there is.
constexpr qsizetype LongestLine = 300;

//! The rules of a programming language. Not for two threads at once.
class Language
{
public:
    Language() = default;
    virtual ~Language() = default;
    Q_DISABLE_COPY_MOVE(Language)

    //! Takes any line, without its end. What the library fails at has no runs.
    virtual ReadLine read(const QString &line, const State &before) = 0;
};

//! Where languages come from. Made and used on one thread, for it reads the disk.
class Languages
{
public:
    static std::unique_ptr<Languages> make();

    Languages() = default;
    virtual ~Languages() = default;
    Q_DISABLE_COPY_MOVE(Languages)

    //! By a name that a fence of code bears; null if there is none for it. No path is ever made of
    //! the name.
    virtual std::shared_ptr<Language> load(const QString &name) = 0;
};

//! Whether load() may find something; at once.
bool mayKnow(const QString &name);

} // namespace Maestro::Syntax
