// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QSqlDatabase>

//! Search in the conversations' database.
namespace Maestro::ChatSearch {

//! The words that are searched for; a few, where there are very many.
QStringList wordsOf(const QString &text);
//! Sets the line around the first of the words, and where they are in it.
void setSnippet(SearchHit &hit, const QString &text, const QStringList &words);
//! For the database's thread.
Result<QList<SearchHit>> search(QSqlDatabase &database, const QString &text, int most);

} // namespace Maestro::ChatSearch
