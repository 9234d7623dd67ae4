// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QProcess>
#include <QTest>

namespace Maestro {

//! What a program that ended left behind.
struct Outcome
{
    int code = -1; //!< also of one that crashed, or never ended
    QByteArray out;
    QByteArray err;
};

//! Gives a program that was started its input, and waits for its end. The practice provider may
//! live in this process, so this thread does not block.
inline Outcome runToItsEnd(QProcess &process, const QByteArray &input)
{
    process.write(input);
    process.closeWriteChannel();
    const bool ended
        = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 60'000);
    return {ended && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace Maestro
