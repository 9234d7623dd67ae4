// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatid.h"
#include "core/result.h"

#include <QSqlDatabase>
#include <QVariantList>

class QSqlQuery;

//! The full-text index of the messages. It can always be made of them anew, and is, if it turns out
//! to be damaged. For the database's thread.
namespace Maestro::ChatIndex {

std::optional<Error> add(QSqlDatabase &database, ChatId message);
//! Before the messages change or go: the index must be told what it had. `which` is a condition.
std::optional<Error> remove(QSqlDatabase &database, const QString &which,
                            const QVariantList &values);
//! A statement that uses the index.
Result<QSqlQuery> use(QSqlDatabase &database, const QString &statement, const QVariantList &values);

} // namespace Maestro::ChatIndex
