// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Shows an answer as it comes in at a pace, for tests/bench/peers to set beside what others do.
//
//     bench_pace FILE PREFILL DELTA RATE [gap]
//
// shows the first PREFILL letters of the file at once, and the rest DELTA letters at a time, RATE
// times a second. Prints the CPU time of the whole program for each and, if asked to, the longest
// time in which the thread was not free, both in milliseconds. Looking for that costs CPU time
// itself.

#include "ui/common/themestyle.h"
#include "ui/transcript/transcriptview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace Maestro;

namespace {

struct Pace
{
    QString text;
    qsizetype at = 0;
    qsizetype delta = 1;
    double perSecond = 1;
    bool findsGap = false;
};

//! Chromium's timers let the page of the peers look, and take what has come, this often: what that
//! costs is part of both.
constexpr int TimersOfPagesMs = 4;

double cpuMs()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

//! What the usual surroundings of an answer need once, fonts above all, is not what it costs.
void settle(int ms)
{
    QEventLoop loop;
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
}

void measure(TranscriptView &view, Pace pace)
{
    const double begin = cpuMs();
    const double deltas
        = static_cast<double>(pace.text.size() - pace.at) / static_cast<double>(pace.delta);
    double longest = 0;
    double sent = 0;
    QElapsedTimer clock;
    QElapsedTimer sinceFree;
    clock.start();
    sinceFree.start();
    QEventLoop loop;
    QTimer free;
    QTimer next;
    free.setTimerType(Qt::PreciseTimer);
    next.setTimerType(Qt::PreciseTimer);
    next.setSingleShot(true);
    QObject::connect(&free, &QTimer::timeout, &loop, [&] {
        longest = std::max(longest, static_cast<double>(sinceFree.nsecsElapsed()) / 1e6);
        sinceFree.start();
    });
    const auto say = [&] {
        while (pace.at < pace.text.size()
               && sent * 1000 / pace.perSecond <= static_cast<double>(clock.elapsed())) {
            view.addToAnswer({Content{0, pace.text.mid(pace.at, pace.delta)}});
            pace.at += pace.delta;
            ++sent;
        }
        if (pace.at >= pace.text.size()) {
            // The last of it is painted, too.
            QTimer::singleShot(20, &loop, &QEventLoop::quit);
            return;
        }
        const double left = sent * 1000 / pace.perSecond - static_cast<double>(clock.elapsed());
        next.start(std::max(TimersOfPagesMs, static_cast<int>(left)));
    };
    QObject::connect(&next, &QTimer::timeout, &loop, say);
    QTimer::singleShot(0, &loop, say);
    if (pace.findsGap) {
        free.start(TimersOfPagesMs);
    }
    loop.exec();
    std::printf("{\"cpu\": %.4f, \"gap\": %.2f}\n", (cpuMs() - begin) / deltas, longest);
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    QApplication::setStyle(new ThemeStyle(Appearance::Light));
    QFile file(QString::fromLocal8Bit(argc > 1 ? argv[1] : ""));
    if (argc < 5 || !file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "bench_pace FILE PREFILL DELTA RATE [gap]\n");
        return 2;
    }
    Pace pace{QString::fromUtf8(file.readAll()), QByteArray(argv[2]).toLongLong(),
              std::max(1LL, QByteArray(argv[3]).toLongLong()),
              std::max(1.0, QByteArray(argv[4]).toDouble()), argc > 5};
    TranscriptView view;
    view.resize(900, 700);
    view.show();
    view.addPrompt(QStringLiteral("question"));
    view.beginAnswer();
    settle(300);
    if (pace.at > 0) {
        view.addToAnswer({Content{0, pace.text.left(pace.at)}});
    }
    settle(500);
    measure(view, pace);
    return 0;
}
