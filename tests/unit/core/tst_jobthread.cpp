// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/jobthread.h"
#include "support/await.h"

#include <QTest>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <memory>

using namespace Maestro;

class tst_JobThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doesOneJobAfterAnother();
    void worksOnOneThreadThatIsNotTheCallers();
    void finishesAFutureWhereTheJobWasGiven();
    void doesWhatIsLeftBeforeItEnds();
    void takesAFunctionThatCannotBeCopied();
};

void tst_JobThread::doesOneJobAfterAnother()
{
    QList<int> done; // the thread's alone until all is done
    JobThread jobs;
    QList<QFuture<int>> futures;
    for (int i = 0; i < 1000; ++i) {
        futures << jobs.run([&done, i] {
            done << i;
            return i;
        });
    }
    const QList<int> seen = await(jobs.run([&done] { return done; }));
    QCOMPARE(seen.size(), 1000);
    QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    for (int i = 0; i < 1000; ++i) {
        QCOMPARE(futures.at(i).result(), i);
    }
}

void tst_JobThread::worksOnOneThreadThatIsNotTheCallers()
{
    JobThread jobs;
    const auto thread
        = [&jobs] { return await(jobs.run([] { return QThread::currentThread(); })); };
    QThread *const first = thread();
    QVERIFY(first != QThread::currentThread());
    QCOMPARE(thread(), first);
}

void tst_JobThread::finishesAFutureWhereTheJobWasGiven()
{
    JobThread jobs;
    std::atomic_bool isDone = false;
    auto future = jobs.run([&isDone] {
        isDone = true;
        return true;
    });
    while (!isDone) {
        QThread::yieldCurrentThread();
    }
    QVERIFY(!future.isFinished()); // before the event loop has run
    QTRY_VERIFY(future.isFinished());
    QVERIFY(future.result());
}

void tst_JobThread::doesWhatIsLeftBeforeItEnds()
{
    int sum = 0;
    QList<QFuture<int>> futures;
    {
        JobThread jobs;
        for (int i = 1; i <= 100; ++i) {
            futures << jobs.run([&sum, i] { return sum += i; });
        }
    }
    QCOMPARE(sum, 5050);
    for (const auto &future : futures) {
        QVERIFY(future.isFinished());
    }
    QCOMPARE(futures.last().result(), 5050);
}

void tst_JobThread::takesAFunctionThatCannotBeCopied()
{
    JobThread jobs;
    const auto future
        = jobs.run([number = std::make_unique<int>(7)]() mutable { return std::move(number); });
    QTRY_VERIFY(future.isFinished());
    auto done = future;
    QCOMPARE(*done.takeResult(), 7);
}

QTEST_GUILESS_MAIN(tst_JobThread)
#include "tst_jobthread.moc"
