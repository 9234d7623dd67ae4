// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QCoreApplication>
#include <QFuture>
#include <QFutureWatcher>

namespace Maestro::Cli {

//! Runs the event loop until there is a result. For the steps of a command before its own exec(),
//! and never from within one.
template <typename Value>
Value await(const QFuture<Value> &future)
{
    QFutureWatcher<Value> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, qApp,
                     [] { QCoreApplication::exit(); });
    watcher.setFuture(future);
    QCoreApplication::exec();
    return future.result();
}

} // namespace Maestro::Cli
