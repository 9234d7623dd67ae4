// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/themestyle.h"
#include "ui/transcript/transcriptview.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextTable>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

const QString Markdown
    = u"# Title\n\nSome **bold** and `code`.\n\n1. one\n2. two\n   - three\n\n"
      u"```python\ndef f():\n\n    return 1\n```\n\n| A | B |\n|---|---|\n| 1 | `2` |\n\n"
      u"> quoted\n\n---\nlast line"_s;

//! Every block, with the cells of tables, as text.
QStringList linesOf(const TranscriptView &view)
{
    QStringList lines;
    for (QTextBlock block = view.document()->begin(); block.isValid(); block = block.next()) {
        if (!block.text().isEmpty()) {
            lines.append(block.text());
        }
    }
    return lines;
}

Done complete() { return {.ending = Done::Ending::Complete, .stop = Done::Stop::End}; }

struct Fixture
{
    TranscriptView view;

    Fixture()
    {
        view.resize(800, 400);
        view.show();
        view.addPrompt(u"question"_s);
        view.beginAnswer();
    }
    void say(const StreamMessages &messages) { view.addToAnswer(messages); }
    void end(const Done &done = complete())
    {
        view.addToAnswer({done});
        view.endAnswer();
    }
    //! Lets the time until the next repaint pass.
    void nextFrame()
    {
        auto *frame = view.findChild<QTimer *>(u"frame"_s);
        QVERIFY(frame && frame->isActive());
        QVERIFY(QMetaObject::invokeMethod(frame, "timeout"));
        QVERIFY(!frame->isActive());
    }
    QStringList lines() const { return linesOf(view); }
};

} // namespace

class tst_TranscriptView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsMarkdown()
    {
        Fixture f;
        f.say({Content{0, Markdown}});
        f.end();
        const QStringList expected{u"question"_s,
                                   u"Title"_s,
                                   u"Some bold and code."_s,
                                   u"1.  one"_s,
                                   u"2.  two"_s,
                                   u"•  three"_s,
                                   u"python   Copy code"_s,
                                   u"def f():"_s,
                                   u"    return 1"_s,
                                   u"A"_s,
                                   u"B"_s,
                                   u"1"_s,
                                   u"2"_s,
                                   u"quoted"_s,
                                   u"last line"_s};
        QCOMPARE(f.lines(), expected);
        QCOMPARE(f.view.document()->rootFrame()->childFrames().size(), 1);
    }

    void showsTheSameHoweverItIsCut_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {1, 2, 3, 5, 7, 16, 64}) {
            QTest::addRow("%d characters a frame", size) << size;
        }
    }
    void showsTheSameHoweverItIsCut()
    {
        QFETCH(int, size);
        Fixture whole;
        whole.say({Content{0, Markdown}});
        whole.end();
        Fixture cut;
        for (qsizetype at = 0; at < Markdown.size(); at += size) {
            cut.say({Content{0, Markdown.mid(at, size)}});
            // Each piece is shown on its own.
            cut.nextFrame();
        }
        cut.end();
        QCOMPARE(cut.lines(), whole.lines());
    }

    void gathersPiecesForAFrame()
    {
        Fixture f;
        QSignalSpy changes(f.view.document(), &QTextDocument::contentsChanged);
        for (int i = 0; i < 500; ++i) {
            f.say({Content{0, u"word "_s}});
        }
        QCOMPARE(changes.size(), 0);
        QTRY_COMPARE(f.lines().last().count(u"word"_s), 500);
        // One frame, which may tell more than once; not one for every piece.
        QVERIFY2(changes.size() <= 4, qPrintable(QString::number(changes.size())));
    }

    void keepsHtmlAsText()
    {
        Fixture f;
        const QString html
            = u"<img src=file:///x><b>b</b> &amp; <a href=\"https://x.example\">x</a>"_s;
        f.view.addPrompt(html);
        f.view.beginAnswer();
        f.say({Content{0, html + u"\n```\n"_s + html + u"\n```\n"_s}, Reasoning{0, html},
               Refusal{html}, Citation{0, html, u"javascript:alert(1)"_s, {}},
               FunctionCall{FunctionCall::Phase::Complete, 0, {}, html, html}});
        f.end();
        QCOMPARE(f.view.toPlainText().count(u"<img src=file:///x>"_s), 7);
        QVERIFY(!f.view.toPlainText().contains(QChar::ObjectReplacementCharacter));
        for (QTextBlock block = f.view.document()->begin(); block.isValid(); block = block.next()) {
            for (auto it = block.begin(); !it.atEnd(); ++it) {
                const QTextCharFormat format = it.fragment().charFormat();
                QVERIFY(!format.isImageFormat());
                QVERIFY2(!format.isAnchor() || format.anchorHref().startsWith(u"copy:"_s)
                             || format.anchorHref().startsWith(u"reasoning:"_s),
                         qPrintable(format.anchorHref()));
            }
        }
        QVERIFY(!f.view.loadResource(QTextDocument::ImageResource, QUrl(u"file:///x"_s)).isValid());
    }

    void foldsReasoningAboveItsAnswer()
    {
        Fixture f;
        f.say({Reasoning{0, u"first"_s}, Reasoning{0, u" thought"_s}});
        QTRY_VERIFY(f.lines().last().contains(u"Thinking…"_s));
        f.say({Content{0, u"answer"_s}});
        f.end();
        QCOMPARE(f.lines().size(), 3);
        QVERIFY(f.lines()[1].contains(u"Thought for 1 s"_s));
        Q_EMIT f.view.anchorClicked(QUrl(u"reasoning:0.0"_s));
        QTRY_COMPARE(f.lines().value(2), u"first thought"_s);
        QCOMPARE(f.lines().last(), u"answer"_s);
        Q_EMIT f.view.anchorClicked(QUrl(u"reasoning:0.0"_s));
        QTRY_COMPARE(f.lines().size(), 3);
        QCOMPARE(f.lines().last(), u"answer"_s);
    }

    void letsOpenReasoningGrow()
    {
        Fixture f;
        f.say({Reasoning{0, u"one\n"_s}});
        QTRY_VERIFY(f.lines().last().contains(u"Thinking…"_s));
        Q_EMIT f.view.anchorClicked(QUrl(u"reasoning:0.0"_s));
        QTRY_COMPARE(f.lines().last(), u"one"_s);
        f.say({Reasoning{0, u"two"_s}, Content{0, u"answer"_s}});
        f.end();
        QCOMPARE(f.lines().mid(2), QStringList({u"one"_s, u"two"_s, u"answer"_s}));
    }

    void turnsContentIntoReasoningWhenItWasThat()
    {
        Fixture f;
        f.say({Content{0, u"{\"summary\": \"secret thoughts\"}\n\n| a | b |\n"_s}});
        QTRY_VERIFY(f.view.toPlainText().contains(u"secret"_s));
        f.say({Reasoning{.part = 0, .text = u"secret thoughts"_s, .replacesContent = true},
               Content{1, u"answer"_s}});
        f.end();
        QVERIFY(!f.view.toPlainText().contains(u"secret"_s));
        QCOMPARE(f.lines().size(), 3);
        QCOMPARE(f.lines().last(), u"answer"_s);
    }

    void replacesAPartThatWasGivenOtherwise()
    {
        Fixture f;
        f.say({Content{0, u"first *draft*\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"_s},
               Content{1, u"second"_s},
               FunctionCall{FunctionCall::Phase::Complete, 0, u"a"_s, u"f"_s, u"{}"_s}});
        QTRY_VERIFY(f.view.toPlainText().contains(u"draft"_s));
        f.say({Content{.part = 0, .text = u"# The **first** part\n\nas"_s, .replacesPart = true},
               Content{0, u" it is"_s}});
        f.end();
        QCOMPARE(f.lines(),
                 QStringList({u"question"_s, u"The first part"_s, u"as it is"_s, u"second"_s,
                              u"Function call   f   complete"_s, u"{}"_s}));
        QVERIFY(f.view.document()->rootFrame()->childFrames().isEmpty());
    }

    void replacesWhatIsNotShownYet()
    {
        Fixture f;
        f.say({Content{0, u"draft"_s}, Content{.part = 0, .text = u"text"_s, .replacesPart = true},
               Content{.part = 1, .text = {}, .replacesPart = true},
               Content{.part = 2, .text = u"more"_s, .replacesPart = true}});
        f.end();
        QCOMPARE(f.lines(), QStringList({u"question"_s, u"text"_s, u"more"_s}));
    }

    void keepsARefusalWhenContentTurnsIntoReasoning()
    {
        Fixture f;
        f.say({Refusal{u"I will "_s}, Content{0, u"{\"reasoning\": \"hm\"}"_s},
               Reasoning{.part = 0, .text = u"hm"_s, .replacesContent = true}, Refusal{u"not."_s}});
        f.end();
        QCOMPARE(f.lines(),
                 QStringList({u"question"_s, u"The model declined to answer:"_s, u"I will not."_s,
                              u"▸  Thought for 1 s"_s}));
    }

    void showsCallsAsTheyComeTogether()
    {
        Fixture f;
        using Phase = FunctionCall::Phase;
        f.say({Content{0, u"text"_s}, FunctionCall{Phase::Begin, 0, u"a"_s, u"first"_s, {}},
               FunctionCall{Phase::Begin, 1, u"b"_s, u"second"_s, {}},
               FunctionCall{Phase::Arguments, 1, {}, {}, u"{\"b\""_s},
               FunctionCall{Phase::Arguments, 0, {}, {}, u"{\"a\":1}"_s}});
        QTRY_VERIFY(f.view.toPlainText().contains(u"{\"b\""_s));
        f.say({FunctionCall{Phase::Complete, 0, u"a"_s, u"first"_s, u"{\"a\":1}"_s},
               FunctionCall{Phase::Arguments, 1, {}, {}, u":2"_s}});
        f.end({.ending = Done::Ending::CutOff});
        const QStringList expected{u"question"_s,
                                   u"text"_s,
                                   u"Function call   first   complete"_s,
                                   u"{\"a\":1}"_s,
                                   u"Function call   second   incomplete, was cut off"_s,
                                   u"{\"b\":2"_s,
                                   u"Interrupted – what arrived is above."_s};
        QCOMPARE(f.lines(), expected);
    }

    void saysHowAnAnswerEndedThatIsNotWhole_data()
    {
        QTest::addColumn<int>("ending");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *name, Done::Ending ending, const QString &words) {
            QTest::newRow(name) << static_cast<int>(ending) << words;
        };
        row("cut off", Done::Ending::CutOff, u"Interrupted – what arrived is above."_s);
        row("stopped", Done::Ending::Stopped, u"You stopped the answer here."_s);
        row("silent", Done::Ending::Silent,
            u"Given up after a long silence – what arrived is above."_s);
        row("failed", Done::Ending::Failed,
            u"The provider broke the answer off – what arrived is above."_s);
    }
    void saysHowAnAnswerEndedThatIsNotWhole()
    {
        QFETCH(int, ending);
        QFETCH(QString, words);
        Fixture f;
        f.say({Content{0, u"half"_s}});
        f.end({.ending = static_cast<Done::Ending>(ending)});
        QCOMPARE(f.lines(), QStringList({u"question"_s, u"half"_s, words}));
    }

    void listsRefusalsAndSources()
    {
        Fixture f;
        f.say({Refusal{u"I will not "_s}, Refusal{u"do that."_s},
               Citation{0, u"Title"_s, u"https://x.example/a"_s, {}}});
        f.end();
        const QStringList expected{u"question"_s, u"The model declined to answer:"_s,
                                   u"I will not do that."_s, u"Sources"_s,
                                   u"1.  Title  https://x.example/a"_s};
        QCOMPARE(f.lines(), expected);
    }

    void leavesNothingOfAnAnswerThatNeverCame()
    {
        Fixture f;
        QVERIFY(f.view.toPlainText().contains(u"Waiting"_s));
        f.view.endAnswer();
        QCOMPARE(f.lines(), QStringList{u"question"_s});
    }

    void replacesAnAnswerThatIsAskedForAgain()
    {
        Fixture f;
        f.say({Content{0, Markdown}});
        f.end({.ending = Done::Ending::CutOff});
        f.view.dropAnswers();
        f.view.beginAnswer();
        f.say({Content{0, u"second try"_s}});
        f.end();
        QCOMPARE(f.lines(), QStringList({u"question"_s, u"second try"_s}));
    }

    void followsTheEndOnlyWhileTheReaderIsThere()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowExposed(&f.view));
        QScrollBar *bar = f.view.verticalScrollBar();
        for (int i = 0; i < 100; ++i) {
            f.say({Content{0, u"line\n\n"_s}});
        }
        QTRY_VERIFY(bar->maximum() > 400);
        QCOMPARE(bar->value(), bar->maximum());
        bar->setValue(100);
        f.say({Content{0, u"more\n\nand more\n\n"_s}});
        auto *button = f.view.findChild<QPushButton *>();
        QTRY_VERIFY(button->isVisible());
        QCOMPARE(bar->value(), 100);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(bar->value(), bar->maximum());
        QVERIFY(!button->isVisible());
        f.say({Content{0, u"still more\n\nand more\n\n"_s}});
        QTRY_VERIFY(f.view.toPlainText().contains(u"still"_s));
        QCOMPARE(bar->value(), bar->maximum());
    }

    void copiesCodeAndSelections()
    {
        Fixture f;
        f.say({Content{0, Markdown}});
        f.end();
        QSignalSpy copied(&f.view, &TranscriptView::codeCopied);
        QString href;
        for (QTextBlock block = f.view.document()->begin(); block.isValid(); block = block.next()) {
            for (auto it = block.begin(); !it.atEnd(); ++it) {
                href = it.fragment().charFormat().isAnchor()
                    ? it.fragment().charFormat().anchorHref()
                    : href;
            }
        }
        Q_EMIT f.view.anchorClicked(QUrl(href));
        QTRY_COMPARE(copied.size(), 1);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"def f():\n\n    return 1"_s);
        f.view.setFocus();
        QTest::keyClick(&f.view, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"question\nTitle\nSome bold and code.\n1.  one\n2.  two\n•  three\n"
                 u"def f():\n\n    return 1\n\nA\nB\n1\n2\nquoted\n\nlast line"_s);
        QVERIFY(!QGuiApplication::clipboard()->mimeData()->html().contains(u"Copy code"_s));
    }

    void copiesNothingOfALineOverCode()
    {
        Fixture f;
        f.say({Content{0, u"before\n\n```python\n```\n"_s}});
        f.end();
        QTextCursor cursor = f.view.document()->find(u"thon"_s);
        cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
        f.view.setTextCursor(cursor);
        QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QString());
        cursor = f.view.document()->find(u"fore"_s);
        cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
        f.view.setTextCursor(cursor);
        QTest::keyClick(&f.view, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"fore"_s);
    }

    void takesAnotherThemeAndSize()
    {
        Fixture f;
        f.say({Content{0, Markdown}, Reasoning{0, u"thought"_s}});
        f.end();
        const QStringList before = f.lines();
        f.view.setPalette(themePalette(Appearance::Dark, {}));
        QFont font = f.view.font();
        font.setPointSize(20);
        f.view.setFont(font);
        f.view.resize(400, 300);
        QCOMPARE(f.lines(), before);
        QCOMPARE(f.view.document()->defaultFont().pointSize(), 20);
    }

    void survivesGarbage()
    {
        Fixture f;
        QString garbage;
        for (int i = 0; i < 3000; ++i) {
            garbage += u"`~|*_#>-[]()\n \t1.\u202e\U0001f600"_s.mid((i * 7) % 15, 3);
        }
        for (qsizetype at = 0; at < garbage.size(); at += 97) {
            f.say({Content{static_cast<int>(at % 3), garbage.mid(at, 97)},
                   Reasoning{0, garbage.mid(at, 31)}});
            f.nextFrame();
        }
        f.end();
        Q_EMIT f.view.anchorClicked(QUrl(u"reasoning:99999999999999999999.x"_s));
        Q_EMIT f.view.anchorClicked(QUrl(u"reasoning:0.7"_s));
        Q_EMIT f.view.anchorClicked(QUrl(u"copy:-1"_s));
        QCoreApplication::sendPostedEvents();
        QVERIFY(!f.lines().isEmpty());
    }
};

QTEST_MAIN(tst_TranscriptView)
#include "tst_transcriptview.moc"
