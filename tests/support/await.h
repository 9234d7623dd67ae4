// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>
#include <QTimer>

namespace Maestro {

//! What QCOMPARE says of an error that was not expected.
inline char *toString(const std::optional<Error> &error)
{
    using namespace Qt::StringLiterals;
    const QString text = error
        ? u"%1: %2 %3"_s.arg(toWord(error->kind), error->message, error->detail)
        : u"no error"_s;
    return qstrdup(text.toUtf8().constData());
}

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
