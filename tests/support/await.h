// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>
#include <QTimer>

namespace Maestro {

//! What comes of the future, while the event loop runs on. For tests alone, and at once:
//! QTest::qWaitFor() looks every ten milliseconds. Stops the program if nothing comes.
template <typename Value>
Value await(QFuture<Value> future)
{
    QEventLoop loop;
    QFutureWatcher<Value> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(20000, &loop, [] { qFatal("No answer"); });
    watcher.setFuture(future);
    if (!future.isFinished()) {
        loop.exec();
    }
    if (future.resultCount() == 0) {
        qFatal("No answer");
    }
    return future.result();
}

} // namespace Maestro
