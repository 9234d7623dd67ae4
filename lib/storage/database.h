// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "storage/databasefile.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QSqlDatabase>
#include <QStringList>
#include <QThread>

#include <memory>
#include <type_traits>

class QSqlQuery;

namespace Maestro {

//! What a database of ours looks like.
struct DatabaseSchema
{
    quint32 applicationId; //!< tells our files from others' (PRAGMA application_id)
    //! The statements that bring version i to i + 1; released ones never change.
    QList<QStringList> migrations;
};

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
        using Value = std::invoke_result_t<Function &, QSqlDatabase &>;
        // Not moved into the call, which is copied: QPromise can not be.
        const auto promise = std::make_shared<QPromise<Value>>();
        promise->start();
        QMetaObject::invokeMethod(
            &m_worker,
            [this, promise, work = std::move(function)]() mutable {
                promise->addResult(work(m_connection));
                promise->finish();
            },
            Qt::QueuedConnection);
        return promise->future();
    }

    //! On the database's thread: whether the file that is open is not the one at the path any more,
    //! since another process has set it aside or somebody has put back a copy.
    bool isMoved() const;

private:
    enum class Access { Reading, Writing };

    // On the database's thread.
    Result<Opened> openHere();
    Result<Opened> setAsideHere(const QString &why, const QString &message);
    std::optional<Error> makeNew();
    bool connectTo(const QString &path, Access access);
    void disconnectHere();

    const QString m_path;
    const DatabaseSchema m_schema;
    const QString m_connectionName;
    QSqlDatabase m_connection; // used on the thread alone
    DatabaseFile::Identity m_identity; // of the file that is open
    QThread m_thread;
    QObject m_worker;
};

//! Takes the write lock at once; undone by the destructor unless commit() was called and went well.
class Transaction
{
public:
    explicit Transaction(QSqlDatabase &database);
    ~Transaction();
    Q_DISABLE_COPY_MOVE(Transaction)

    //! Why it could not begin.
    const std::optional<Error> &error() const { return m_error; }
    //! After this, it is on the disk.
    std::optional<Error> commit();

private:
    QSqlDatabase &m_database;
    std::optional<Error> m_error;
    bool m_isOpen = false;
};

//! One view of the file for several questions, in which another process's change is all there or
//! not at all. Within a transaction, it is the transaction's.
class Snapshot
{
public:
    explicit Snapshot(QSqlDatabase &database);
    ~Snapshot();
    Q_DISABLE_COPY_MOVE(Snapshot)

private:
    QSqlDatabase &m_database;
};

//! A statement with its values, run.
Result<QSqlQuery> execute(QSqlDatabase &database, const QString &statement,
                          const QVariantList &values = {});
//! The text as SQLite gives it back. A byte order mark at its beginning, either way round, is a
//! word about the bytes for SQLite; U+FFFE, U+FFFF and half a surrogate pair it does not keep.
QString storable(const QString &text);
//! Text and bytes that are not there are empty for us, and NULL for Qt's driver.
QVariant columnText(const QString &text);

} // namespace Maestro
