// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the transcript keeps up: prints CPU times of the main thread, in milliseconds. Run it with
// QT_QPA_PLATFORM=offscreen, or on a display.

#include "ui/common/themestyle.h"
#include "ui/transcript/transcriptview.h"

#include <QApplication>
#include <QFile>
#include <QScrollBar>
#include <QTextStream>

#include <algorithm>
#include <ctime>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype Delta = 12; // letters, as tokens come
constexpr qsizetype Kilobyte = 1024;

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

double cpuMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double memoryMb()
{
    QFile status(u"/proc/self/statm"_s);
    return status.open(QIODevice::ReadOnly)
        ? status.readAll().split(' ').value(1).toDouble() * 4096 / 1e6
        : 0;
}

QString filled(const QString &unit, qsizetype size)
{
    return unit.repeated(size / unit.size() + 1).left(size);
}

QString mixed(qsizetype size)
{
    return filled(u"## A heading\n\nSome **strong** words and `code` in a paragraph that is long "
                  u"enough to be broken, with a [link](https://x.example) and *emphasis* in it.\n\n"
                  u"- an item\n- another one, with more words in it than the first\n  1. inner\n\n"
                  u"```cpp\nfor (int i = 0; i < count; ++i) {\n    sum += values[i];\n}\n```\n\n"
                  u"| Name | Value |\n|---|---:|\n| first | 1 |\n| second | 22 |\n\n> A quote.\n\n"
                  u"日本語 and emoji 😀 and Кириллица.\n\n"_s,
                  size);
}

struct Stage
{
    TranscriptView view;
    QTimer *frame = view.findChild<QTimer *>(u"frame"_s);

    Stage()
    {
        view.resize(900, 700);
        view.show();
        begin();
    }
    void begin()
    {
        view.clearConversation();
        view.addPrompt(u"question"_s);
        view.beginAnswer();
    }
    void say(const QString &text) { view.addToAnswer({Content{0, text}}); }
    //! Shows what waits, and paints it.
    void flush()
    {
        if (frame->isActive()) {
            QMetaObject::invokeMethod(frame, "timeout");
        }
        QCoreApplication::processEvents();
    }
    void prefill(const QString &text)
    {
        for (qsizetype at = 0; at < text.size(); at += 50 * Kilobyte) {
            say(text.mid(at, 50 * Kilobyte));
            flush();
        }
    }
};

//! Pieces a thousand times a second; the longest time that the thread worked without a pause.
void pace(Stage &stage, const QString &name, const QString &text)
{
    QElapsedTimer clock;
    clock.start();
    qsizetype at = 0;
    double longest = 0;
    const double begin = cpuMs();
    double last = begin;
    QEventLoop loop;
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    tick.setInterval(1);
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        const double now = cpuMs();
        longest = std::max(longest, now - last);
        last = now;
        for (; at < text.size() && at / Delta < clock.elapsed(); at += Delta) {
            stage.say(text.mid(at, Delta));
        }
        if (at >= text.size()) {
            loop.quit();
        }
    });
    tick.start();
    loop.exec();
    const double deltas = static_cast<double>(text.size()) / Delta;
    out() << QStringLiteral("%1  stall %2 ms, %3 us per delta\n")
                 .arg(name, -34)
                 .arg(longest, 0, 'f', 2)
                 .arg((cpuMs() - begin) * 1000 / deltas, 0, 'f', 0);
    out().flush();
}

double flushCost(qsizetype size)
{
    Stage stage;
    const QString text = mixed(size + 300 * Delta);
    stage.prefill(text.left(size));
    const double begin = cpuMs();
    for (qsizetype at = size; at < text.size(); at += Delta) {
        stage.say(text.mid(at, Delta));
        stage.flush();
    }
    return (cpuMs() - begin) / 300;
}

void streaming()
{
    Stage stage;
    pace(stage, u"1,000/s into 0..60 KB, mixed"_s, mixed(60 * Kilobyte));
    stage.begin();
    const QString whole = mixed(1024 * Kilobyte);
    stage.prefill(whole.left(964 * Kilobyte));
    pace(stage, u"1,000/s into 964..1,024 KB, mixed"_s, whole.mid(964 * Kilobyte));
    const qsizetype size = 100 * Kilobyte;
    const std::pair<QString, QString> worst[]
        = {{u"100 KB of one code block"_s,
            u"```cpp\n"_s + filled(u"    auto value = compute(one, two); // and so on\n"_s, size)},
           {u"100 KB of one table"_s,
            u"| A | B | C |\n|---|---|---|\n"_s
                + filled(u"| a cell | `code` | some **more** words |\n"_s, size)},
           {u"100 KB of one list"_s, filled(u"- an item with some *words* in it\n"_s, size)},
           {u"100 KB of one paragraph"_s,
            filled(u"Words that never end, with **some** of them strong, and so on; "_s, size)}};
    for (const auto &[name, text] : worst) {
        stage.begin();
        pace(stage, name, text);
    }
}

//! From the piece's arrival until it has been painted.
void arrival(int perSecond, int seconds)
{
    Stage stage;
    const QString text = mixed(static_cast<qsizetype>(perSecond) * seconds * Delta);
    QElapsedTimer clock;
    clock.start();
    QList<qint64> waiting; // in nanoseconds
    QList<double> took;
    // What is painted is on the screen when the event loop goes on.
    QObject::connect(&stage.view, &TranscriptView::contentChanged, &stage.view, [&] {
        const QList<qint64> shown = std::exchange(waiting, {});
        QTimer::singleShot(0, Qt::PreciseTimer, &stage.view, [&took, &clock, shown] {
            for (const qint64 since : shown) {
                took.append(static_cast<double>(clock.nsecsElapsed() - since) / 1e6);
            }
        });
    });
    QEventLoop loop;
    qsizetype at = 0;
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    tick.setInterval(1);
    QObject::connect(&tick, &QTimer::timeout, &loop, [&] {
        while (at < text.size() && at / Delta * 1000 / perSecond <= clock.elapsed()) {
            waiting.append(clock.nsecsElapsed());
            stage.say(text.mid(at, Delta));
            at += Delta;
        }
        if (at >= text.size()) {
            QTimer::singleShot(50, &loop, &QEventLoop::quit);
        }
    });
    tick.start();
    loop.exec();
    std::sort(took.begin(), took.end());
    out() << QStringLiteral("arrival to pixels at %1/s  p50 %2 ms, p99 %3 ms\n")
                 .arg(perSecond)
                 .arg(took[took.size() / 2], 0, 'f', 2)
                 .arg(took[took.size() * 99 / 100], 0, 'f', 2);
    out().flush();
}

void burst()
{
    Stage stage;
    const QString text = mixed(1024 * Kilobyte);
    double longest = 0;
    const double begin = cpuMs();
    for (qsizetype at = 0; at < text.size();) {
        const double before = cpuMs();
        for (int i = 0; i < 500 && at < text.size(); ++i, at += Delta) {
            stage.say(text.mid(at, Delta));
        }
        QCoreApplication::processEvents();
        longest = std::max(longest, cpuMs() - before);
    }
    stage.flush();
    out() << QStringLiteral("1 MB in one burst  %1 ms, stall %2 ms\n")
                 .arg(cpuMs() - begin, 0, 'f', 0)
                 .arg(longest, 0, 'f', 2);
}

double median(QList<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

void longConversation()
{
    Conversation conversation;
    for (int i = 0; i < 5000; ++i) {
        Answer answer;
        answer.fold(Content{0, mixed(1800 + i % 700)});
        answer.fold(Done{.ending = Done::Ending::Complete});
        conversation.turns.append(Prompt{u"Question %1, which is a little longer"_s.arg(i)});
        conversation.turns.append(ModelTurn{{}, answer});
    }
    Stage stage;
    stage.flush();
    const double memory = memoryMb();
    const double begin = cpuMs();
    stage.view.showConversation(conversation);
    stage.flush();
    out() << QStringLiteral("10,000 messages: first paint %1 ms").arg(cpuMs() - begin, 0, 'f', 1);
    const double opened = memoryMb() - memory;
    QScrollBar *bar = stage.view.verticalScrollBar();
    const auto measure = [&](int rounds, const auto &act) {
        QList<double> times;
        for (int i = 0; i < rounds; ++i) {
            const double before = cpuMs();
            act(i);
            stage.flush();
            times.append(cpuMs() - before);
        }
        return times;
    };
    const QList<double> steps = measure(500, [&](int) { bar->setValue(bar->value() - 120); });
    const QList<double> jumps
        = measure(500, [&](int i) { bar->setValue(bar->maximum() / 500 * ((i * 7) % 500)); });
    const QList<double> resizes
        = measure(20, [&](int i) { stage.view.resize(i % 2 == 0 ? 760 : 900, 700); });
    QList<double> sorted = steps;
    std::sort(sorted.begin(), sorted.end());
    out() << QStringLiteral(
                 ", step %1 (p99 %2) ms, jump %3 ms, resize %4 ms, memory +%5 MB, then +%6 MB\n")
                 .arg(median(steps), 0, 'f', 2)
                 .arg(sorted[sorted.size() * 99 / 100], 0, 'f', 2)
                 .arg(median(jumps), 0, 'f', 2)
                 .arg(median(resizes), 0, 'f', 2)
                 .arg(opened, 0, 'f', 1)
                 .arg(memoryMb() - memory, 0, 'f', 1);
    out().flush();
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    QApplication::setStyle(new ThemeStyle(Appearance::Light));
    flushCost(Kilobyte); // fonts
    const double small = flushCost(10 * Kilobyte);
    const double large = flushCost(1024 * Kilobyte);
    out() << QStringLiteral("one delta, painted: %1 ms at 10 KB, %2 ms at 1 MB\n")
                 .arg(small, 0, 'f', 3)
                 .arg(large, 0, 'f', 3);
    longConversation();
    arrival(30, 4);
    arrival(60, 4);
    arrival(1000, 4);
    burst();
    streaming();
    return 0;
}
