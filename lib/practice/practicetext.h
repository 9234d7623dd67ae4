// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace Maestro::Practice {

using TextValues = QHash<QString, QString>;

//! A text of this room's resources, by its path there.
QString readText(const QString &path);

//! Fills {{name}} with the value, escaped for HTML; {{{name}}} with the value as it is; and repeats
//! {{#name}}…{{/name}} for each entry of the list. What a value holds is never filled again.
QString fillHtml(const QString &text, const TextValues &values,
                 const QHash<QString, QList<TextValues>> &lists = {});
//! Fills {{name}} with the value as it is.
QString fillText(const QString &text, const TextValues &values);

//! The first characters of a text, at most so many; a surrogate pair is not cut in two.
QString startOf(const QString &text, qsizetype characters);

//! Cuts a text into pieces of about that many characters, as a model's tokens come: at least so
//! many, then on to the next word, at most twice as many. Never inside a surrogate pair.
QStringList cutIntoPieces(const QString &text, int characters);

} // namespace Maestro::Practice
