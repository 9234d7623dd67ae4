// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QPromise>

#include <memory>
#include <type_traits>

namespace Maestro {

//! As QFuture::then() with a context, which Qt 6.4 must not outlive: here, when the context has
//! gone, nothing is called and the future that was returned is cancelled.
template <typename Value, typename Function>
auto after(QObject *context, const QFuture<Value> &future, Function function)
    -> QFuture<std::invoke_result_t<Function &, const Value &>>
{
    using Next = std::invoke_result_t<Function &, const Value &>;
    const auto promise = std::make_shared<QPromise<Next>>();
    promise->start();
    auto *watcher = new QFutureWatcher<Value>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, promise, function]() mutable {
                         const QFuture<Value> done = watcher->future();
                         watcher->deleteLater();
                         if (done.resultCount() > 0) {
                             promise->addResult(function(done.result()));
                         } else {
                             promise->future().cancel();
                         }
                         promise->finish();
                     });
    watcher->setFuture(future);
    return promise->future();
}

} // namespace Maestro
