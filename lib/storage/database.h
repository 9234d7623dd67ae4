// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/jobthread.h"
#include "core/result.h"
#include "storage/databasefile.h"
#include "storage/databaseschema.h"
#include "storage/statement.h"

#include <QFuture>
#include <QSqlDatabase>

#include <type_traits>

namespace Maestro {

//! An SQLite database on a thread and a connection of its own: values go in, values come out.
//! Only this person can read its folder and files.
class Database
{
public:
    //! What came of opening.
    struct Opened
    {
        //! A file that was foreign or damaged, and where it is now. Somebody has to be told.
        std::optional<Error> setAside = {};
    };

    Database(QString path, DatabaseSchema schema);
    //! Waits for what is under way, which is as long as one transaction takes.
    ~Database();
    Q_DISABLE_COPY_MOVE(Database)

    const QString &path() const { return m_path; }

    //! Opens the database, or makes it where there is none. What is no database of ours, or a
    //! damaged one, is set aside and a new one begun. One of a newer Maestro is left alone, and an
    //! error.
    QFuture<Result<Opened>> open();
    //! Sets the database aside, sound as it may be, and begins a new one. The result says where it
    //! is.
    QFuture<Result<Opened>> startOver();

    //! Runs the function on the database's thread; it returns a value. Before open() has succeeded,
    //! its queries fail.
    template <typename Function>
    auto run(Function function) -> QFuture<std::invoke_result_t<Function &, QSqlDatabase &>>
    {
        return m_jobs.run(
            [this, work = std::move(function)]() mutable { return work(m_connection); });
    }

    //! On the database's thread: whether the file that is open is not the one at the path any more,
    //! since another process has set it aside or somebody has put back a copy.
    bool isMoved() const;

private:
    enum class Access { Reading, Writing };

    // On the database's thread.
    Result<Opened> openHere();
    Result<Opened> openWhatIsThere();
    std::optional<Error> backUp();
    Result<Opened> setAsideHere(const QString &why, const QString &message);
    std::optional<Error> makeNew();
    bool connectTo(const QString &path, Access access);
    void disconnectHere();

    const QString m_path;
    const DatabaseSchema m_schema;
    const QString m_connectionName;
    QSqlDatabase m_connection; // used on the thread alone
    DatabaseFile::Identity m_identity; // of the file that is open
    JobThread m_jobs; // last: its jobs use the rest
};

} // namespace Maestro
