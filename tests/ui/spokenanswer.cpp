// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A window whose answer comes in by the line on standard input ("\n" stands for a line's end), and
// is whole after an empty line. From there on, a line is a press of Tab. For tst_spoken to listen
// to as a screen reader does.

#include "ui/common/themestyle.h"
#include "ui/transcript/transcriptview.h"

#include <QApplication>
#include <QSocketNotifier>
#include <QTest>

#include <unistd.h>

using namespace Maestro;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(u"spokenanswer"_s);
    QApplication::setStyle(new ThemeStyle(Appearance::Light));
    TranscriptView view;
    view.resize(600, 400);
    view.show();
    view.activateWindow(); // there is nobody else to do it
    view.setFocus();
    view.addPrompt(u"question"_s);
    view.beginAnswer();
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QByteArray waiting;
    bool isWhole = false;
    const auto onLine = [&](const QByteArray &line) {
        if (isWhole) {
            QTest::keyClick(&view, Qt::Key_Tab);
        } else if (line.isEmpty()) {
            isWhole = true;
            view.addToAnswer({Done{.ending = Done::Ending::Complete, .stop = Done::Stop::End}});
            view.endAnswer();
        } else {
            view.addToAnswer({Content{0, QString::fromUtf8(line).replace(u"\\n"_s, u"\n"_s)}});
        }
    };
    QObject::connect(&input, &QSocketNotifier::activated, &view, [&] {
        char buffer[4096];
        const ssize_t size = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (size <= 0) {
            input.setEnabled(false);
            return;
        }
        waiting.append(buffer, size);
        for (qsizetype end = waiting.indexOf('\n'); end >= 0; end = waiting.indexOf('\n')) {
            const QByteArray line = waiting.left(end);
            waiting.remove(0, end + 1);
            onLine(line);
        }
    });
    return QApplication::exec();
}
