// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFuture>
#include <QTest>

namespace Maestro {

//! The future's result, for which the event loop runs. Fails the program if there is none in time.
template <typename Value>
Value settled(const QFuture<Value> &future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }) || future.resultCount() == 0) {
        qFatal("There was no result.");
    }
    return future.result();
}

} // namespace Maestro
