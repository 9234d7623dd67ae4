// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "support/quickplace.h"

#include <QProcess>
#include <QTest>

#include <cerrno>

namespace Maestro {

//! What came of a worker whose disk failed.
struct DiskRun
{
    QByteArray said;
    int calls = 0; //!< that could have failed
    bool hasCrashed = false;
};

//! `worker once FOLDER`, with the call of that number failing, and those after it if it is not
//! `isOnce`.
inline DiskRun runWithFailingDisk(const QString &worker, const QString &folder, int failAt,
                                  bool isOnce, int failWith)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(FAILING_DISK));
    environment.insert(QStringLiteral("MAESTRO_FAIL_AT"), QString::number(failAt));
    environment.insert(QStringLiteral("MAESTRO_FAIL_WITH"), QString::number(failWith));
    if (isOnce) {
        environment.insert(QStringLiteral("MAESTRO_FAIL_ONCE"), QStringLiteral("1"));
    }
    process.setProcessEnvironment(environment);
    process.start(worker, {QStringLiteral("once"), folder});
    const bool isDone = process.waitForFinished(20000);
    const QByteArray errors = process.readAllStandardError();
    return {.said = process.readAllStandardOutput(),
            .calls = errors.mid(errors.lastIndexOf("calls ") + 6).trimmed().toInt(),
            .hasCrashed
            = !isDone || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0};
}

inline void addDisks()
{
    QTest::addColumn<bool>("isOnce");
    QTest::addColumn<int>("failWith");
    QTest::newRow("full for a moment") << true << ENOSPC;
    QTest::newRow("full from then on") << false << ENOSPC;
    QTest::newRow("broken for a moment") << true << EIO;
    QTest::newRow("broken from then on") << false << EIO;
}

//! In plain words: what happened, and what to do about it.
inline bool isPlain(const QString &failure)
{
    const QStringList parts = failure.split(QLatin1Char('|'));
    return parts.size() == 3 && parts[1].endsWith(QLatin1Char('.'))
        && parts[2].endsWith(QLatin1Char('.'))
        && !failure.contains(QLatin1String("sql"), Qt::CaseInsensitive);
}

} // namespace Maestro
