// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "syntax/language.h"

#include <QFuture>
#include <QStringList>
#include <QThreadPool>

namespace Maestro::Syntax {

//! Reads code aside, on a thread of its own: nobody waits for a language to come from the disk, or
//! for a line on which a library takes long.
class Reader
{
public:
    Reader();
    //! What is being read is given up.
    ~Reader();
    Q_DISABLE_COPY_MOVE(Reader)

    //! What the lines are, after the one that left `before`. There are fewer than were asked for if
    //! they took too long, and none for a language that is unknown.
    QFuture<QList<ReadLine>> read(const QString &language, const State &before,
                                  const QStringList &lines);

private:
    struct Thread;

    std::shared_ptr<Thread> m_thread;
    QThreadPool m_pool;
};

} // namespace Maestro::Syntax
