// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The window program from its start to the first thing that is seen, with nothing stored and with a
// person's ten thousand conversations. Starts itself again and again, as the program would start.
#include "maestroapp.h"
#include "storage/chats.h"
#include "support/await.h"
#include "support/quickplace.h"
#include "ui/common/themestyle.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int Conversations = 10000;
constexpr int Runs = 15;

//! The same clock in the program that starts and in the one that is started.
qint64 nowNs() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

//! In MB: what this program has of the memory, shared pages in proportion.
double memory()
{
    QFile file(u"/proc/self/smaps_rollup"_s);
    if (!file.open(QIODevice::ReadOnly)) {
        return 0;
    }
    const QByteArray all = file.readAll();
    const qsizetype at = all.indexOf("\nPss:") + 5;
    return all.mid(at, all.indexOf("kB", at) - at).trimmed().toDouble() / 1024;
}

//! Tells when the window has been painted, and when the list of conversations is in it.
class Watch : public QObject
{
public:
    Watch(qint64 begin, int conversations)
        : m_begin(begin)
        , m_conversations(conversations)
    {
        connect(&m_look, &QTimer::timeout, this, &Watch::look);
        m_look.start(1ms);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && m_paintedMs == 0) {
            m_paintedMs = -1;
            // When all of the window has been.
            QMetaObject::invokeMethod(
                this, [this] { m_paintedMs = sinceBegin(); }, Qt::QueuedConnection);
        }
        return QObject::eventFilter(watched, event);
    }

private:
    double sinceBegin() const { return static_cast<double>(nowNs() - m_begin) / 1e6; }
    void look()
    {
        if (m_paintedMs <= 0 || rows() < m_conversations) {
            return;
        }
        m_look.stop();
        std::printf("%.2f %.2f %.2f\n", m_paintedMs, sinceBegin(), memory());
        QCoreApplication::quit();
    }
    static int rows()
    {
        int most = 0;
        const auto widgets = QApplication::allWidgets();
        for (const QWidget *widget : widgets) {
            if (const auto *view = qobject_cast<const QAbstractItemView *>(widget);
                view && view->model()) {
                most = std::max(most, view->model()->rowCount());
            }
        }
        return most;
    }

    const qint64 m_begin;
    const int m_conversations;
    double m_paintedMs = 0;
    QTimer m_look;
};

int beTheProgram(int argc, char *argv[])
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    QApplication::setApplicationName(u"Maestro"_s);
    QApplication::setStyle(new ThemeStyle);
    Watch watch(arguments.at(2).toLongLong(), arguments.at(3).toInt());
    app.installEventFilter(&watch);
    MaestroApp maestro({}, std::nullopt, {}, arguments.at(4));
    maestro.show();
    return QApplication::exec();
}

void fill(const QString &folder)
{
    Chats chats(folder + u"/conversations.db"_s);
    if (!await(chats.open())) {
        qFatal("The store cannot be opened");
    }
    for (int i = 0; i < Conversations; ++i) {
        const ChatId conversation = newChatId();
        (void)chats.save(conversation, u"Conversation number %1"_s.arg(i), {});
        (void)chats.save(conversation,
                         {.id = newChatId(),
                          .created = QDateTime::currentDateTimeUtc().addSecs(i - Conversations),
                          .turn = Prompt{u"What is the meaning of %1?"_s.arg(i)}});
        if (i % 500 == 499) {
            (void)await(chats.flush());
        }
    }
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void measure(const char *what, const QString &folder, int conversations)
{
    QList<double> painted;
    QList<double> listed;
    QList<double> memories;
    for (int i = 0; i < Runs; ++i) {
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(
            QCoreApplication::applicationFilePath(),
            {u"start"_s, QString::number(nowNs()), QString::number(conversations), folder});
        program.waitForFinished();
        const QList<QByteArray> figures = program.readAllStandardOutput().trimmed().split(' ');
        if (figures.size() != 3) {
            qFatal("The program did not start");
        }
        painted << figures[0].toDouble();
        listed << figures[1].toDouble();
        memories << figures[2].toDouble();
    }
    std::printf("%-22s first paint %6.1f ms (best %.1f), list %6.1f ms, %5.1f MB\n", what,
                median(painted), *std::min_element(painted.begin(), painted.end()), median(listed),
                median(memories));
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc > 1) {
        return beTheProgram(argc, argv);
    }
    QCoreApplication app(argc, argv);
    const QTemporaryDir empty(quickPlace());
    const QTemporaryDir full(quickPlace());
    fill(full.path());
    measure("nothing stored", empty.path(), 0);
    measure("10,000 conversations", full.path(), Conversations);
    return 0;
}
