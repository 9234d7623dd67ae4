// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"

#include <QSqlDatabase>
#include <QVariantList>

class QSqlError;
class QSqlQuery;

namespace Maestro {

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
//! One whose result is of no interest.
std::optional<Error> change(QSqlDatabase &database, const QString &statement,
                            const QVariantList &values = {});
//! Why there was no next row, if not because it was the last.
std::optional<Error> faultOf(const QSqlDatabase &database, const QSqlQuery &query);
//! What went wrong on this connection, in words for a person.
Error databaseError(const QSqlDatabase &database, const QSqlError &error);
//! Whether it says that what the file holds is wrong. All else (busy, full, I/O) says nothing about
//! the file.
bool saysDamaged(const QSqlError &error);
//! Tells databaseError() what is in the file: "saved sign-ins".
void setContents(QSqlDatabase &database, const QString &contents);
//! The text as SQLite gives it back. A byte order mark at its beginning, either way round, is a
//! word about the bytes for SQLite; U+FFFE, U+FFFF and half a surrogate pair it does not keep.
QString storable(const QString &text);
//! Text and bytes that are not there are empty for us, and NULL for Qt's driver.
QVariant columnText(const QString &text);

} // namespace Maestro
