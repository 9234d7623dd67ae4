// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Shows 200 answers that ask for files and addresses, in every way that Markdown, HTML and TeX
// have, for tst_transcriptcorpus to follow what is opened meanwhile. Its argument is a folder that
// has the files; it is the current one.

#include "transcriptreader.h"
#include "ui/common/themestyle.h"

#include <QApplication>
#include <QClipboard>
#include <QHelpEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QToolTip>

#include <cstdio>
#include <unistd.h>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

//! For the trace: a path that nobody else asks for.
void mark(const char *name)
{
    if (::access(name, F_OK) == 0) {
        qFatal("the mark is a file");
    }
}

QStringList addresses(const QString &folder)
{
    return {u"file://"_s + folder + u"/canary.png"_s,
            folder + u"/canary.png"_s,
            u"canary.png"_s,
            u"../canary.css"_s,
            u"http://127.0.0.1:9/canary.png"_s,
            u"https://canary.invalid/?q=secret"_s,
            u"//canary.invalid/x.png"_s,
            u"\\\\\\\\canary\\\\share\\\\x.png"_s};
}

QStringList forms()
{
    return {u"![words](%1)"_s,
            u"![](<%1> \"title\")"_s,
            u"![words][late]\n\nmore\n\n[late]: %1"_s,
            u"[![badge](%1)](%1)"_s,
            u"[words](%1)"_s,
            u"<%1> and %1 alone"_s,
            u"<img src=\"%1\" srcset='%1 2x'>"_s,
            u"<p><img src=%1 onerror=\"fetch('%1')\"></p>"_s,
            u"<link rel=\"stylesheet\" href=\"%1\">"_s,
            u"<style>@import url('%1'); body { background: url(%1) }</style>"_s,
            u"<div style=\"background-image: url('%1')\">text</div>"_s,
            u"<script src=\"%1\"></script>"_s,
            u"<iframe src=\"%1\"></iframe><object data=\"%1\"></object><embed src=\"%1\">"_s,
            u"<video src=\"%1\" poster=\"%1\"></video><audio src=\"%1\"></audio>"_s,
            u"<svg><image href=\"%1\"/><use xlink:href=\"%1\"/></svg>"_s,
            u"<picture><source srcset=\"%1\"></picture>"_s,
            u"<base href=\"%1\"><meta http-equiv=\"refresh\" content=\"0;url=%1\">"_s,
            u"<font face=\"%1\">text</font><table background=\"%1\"><tr><td>x</table>"_s,
            u"# Heading ![i](%1)\n\n> ![i](%1)\n\n- ![i](%1)\n1. [l](%1)"_s,
            u"| A | ![i](%1) |\n|---|---|\n| <img src='%1'> | [l](%1) |"_s,
            u"```%1\n%1\n```\n\n~~~cpp\n#include \"%1\"\n~~~"_s,
            u"```html\n<img src=\"%1\">\n```\n\n    ![indented](%1)"_s,
            u"$$\\input{%1} \\includegraphics{%1}$$ and \\(\\href{%1}{x}\\)"_s,
            u"&lt;img src=&quot;%1&quot;&gt; <!-- <img src=\"%1\"> --> <![CDATA[%1]]>"_s,
            u"text[^1] and *![i](%1 'title')*\n\n[^1]: ![note](%1)"_s};
}

struct Screen
{
    TranscriptView view;

    //! Points at it with the mouse until its address is shown, and goes to it with the keyboard.
    void pointAt(const FoundTarget &each)
    {
        view.showPlace({each.place, each.target.from});
        const QPoint point = view.targetRect({each.place, each.index}).center();
        const QPoint onScreen = view.viewport()->mapToGlobal(point);
        QMouseEvent move(QEvent::MouseMove, point, onScreen, Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(view.viewport(), &move);
        QHelpEvent help(QEvent::ToolTip, point, onScreen);
        QApplication::sendEvent(view.viewport(), &help);
        if (!each.target.url.isEmpty() && QToolTip::text().isEmpty()) {
            qFatal("no address is shown");
        }
        view.focusTarget({each.place, each.index});
        QCoreApplication::processEvents();
    }
    void show(const StreamMessages &messages)
    {
        view.clearConversation();
        view.addPrompt(u"question"_s);
        view.beginAnswer();
        view.addToAnswer(messages);
        view.addToAnswer({Done{.ending = Done::Ending::Complete, .stop = Done::Stop::End}});
        view.endAnswer();
        for (const FoundTarget &each : targetsIn(view)) {
            if (each.target.kind == Target::Kind::Fold) {
                view.choose(each.place, each.index);
            }
        }
        QCoreApplication::processEvents();
        for (const FoundTarget &each : targetsIn(view)) {
            pointAt(each);
        }
        view.viewport()->grab();
        view.selectAll();
        view.copy();
        if (QGuiApplication::clipboard()->mimeData()->html().isEmpty()) {
            qFatal("nothing was copied");
        }
    }
};

StreamMessages everywhere(const QString &text)
{
    return {Reasoning{0, text}, FunctionCall{FunctionCall::Phase::Complete, 1, text, text, text},
            Content{2, text}, Citation{2, text, text, text}, Refusal{text}};
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication app(argc, argv);
    QApplication::setStyle(new ThemeStyle(Appearance::Light));
    const QString folder = QString::fromLocal8Bit(argc > 1 ? argv[1] : "");
    Screen screen;
    screen.view.resize(700, 500);
    screen.view.show();
    // What the first picture of anything needs is no matter of the text: fonts, for the most part.
    screen.show({Content{0, u"[words](https://x.example)\n\n```cpp\nint a;\n```\n"_s}});
    int count = 0;
    mark("maestro-corpus-begins");
    for (const QString &form : forms()) {
        for (const QString &address : addresses(folder)) {
            QString text = form;
            text.replace(u"%1"_s, address);
            screen.show(count % 10 == 0 ? everywhere(text) : StreamMessages{Content{0, text}});
            ++count;
        }
    }
    mark("maestro-corpus-ends");
    std::printf("%d\n", count);
    return 0;
}
