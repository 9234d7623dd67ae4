// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

//! What it is a file of, `contents`, is for the words of an error: "saved sign-ins".
namespace Maestro::DatabaseFile {

enum class Content {
    None, //!< there is no file
    Sqlite, //!< begins as an SQLite database
    Other,
};

//! Which file it is, whatever its name; the default is none.
struct Identity
{
    quint64 device = 0;
    quint64 number = 0;

    friend bool operator==(const Identity &, const Identity &) = default;
};
Identity identityOf(const QString &path);

//! Makes the folder where it is missing, and both folder and files this person's alone, whatever
//! the umask. An error if what is there is no plain file of this person's.
std::optional<Error> protect(const QString &path, const QString &contents);
Result<Content> contentOf(const QString &path, const QString &contents);
//! An empty file of this person's alone, beside the path, for a new database to be written to.
Result<QString> makeDraft(const QString &path, const QString &contents);
//! Removes a draft that was not published, and what SQLite left beside it.
void discard(const QString &draft);
//! Gives the draft its name. False if another process was first; the draft is gone then.
Result<bool> publish(const QString &draft, const QString &path, const QString &contents);
//! Renames the database and its log to a free name beside it, which is returned. Nothing is
//! deleted.
Result<QString> setAside(const QString &path, const QString &why, const QString &contents);

} // namespace Maestro::DatabaseFile
