// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/jobthread.h"
#include "syntax/language.h"

#include <QHash>
#include <QStringList>

#include <atomic>

namespace Maestro::Syntax {

//! Reads code aside, on a thread of its own: nobody waits for a language to come from the disk, or
//! for a line on which a library takes long.
class Reader
{
public:
    Reader();
    //! What is being read is given up, at its next line.
    ~Reader();
    Q_DISABLE_COPY_MOVE(Reader)

    //! What the lines are, after the one that left `before`. There are fewer than were asked for if
    //! they took too long, and none for a language that is unknown.
    QFuture<QList<ReadLine>> read(const QString &language, const State &before,
                                  const QStringList &lines);

private:
    QList<ReadLine> readHere(const QString &name, State state, const QStringList &lines);
    std::shared_ptr<Language> find(const QString &name);

    std::atomic_bool m_isEnding = false;
    std::unique_ptr<Languages> m_languages; // used on the thread alone, as is the next
    QHash<QString, std::shared_ptr<Language>> m_loaded;
    JobThread m_jobs; // last: its jobs use the rest
};

} // namespace Maestro::Syntax
