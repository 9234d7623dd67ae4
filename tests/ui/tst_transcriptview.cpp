// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transcriptreader.h"
#include "ui/common/themestyle.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString Sample
    = u"# Title\n\nSome **bold** and `code`.\n\n1. one\n2. two\n   - three\n\n"
      u"```python\ndef f():\n\n    return 1\n```\n\n| A | B |\n|---|---|\n| 1 | `2` |\n\n"
      u"> quoted\n\n---\nlast line"_s;

QStringList linesOf(TranscriptView &view)
{
    return view.toPlainText().split(u'\n', Qt::SkipEmptyParts);
}

Done complete() { return {.ending = Done::Ending::Complete, .stop = Done::Stop::End}; }

struct Fixture
{
    std::chrono::milliseconds passed{0};
    TranscriptView view{nullptr, [this] { return passed; }};

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
        QVERIFY(frame);
        QVERIFY(!frame->isActive() || QMetaObject::invokeMethod(frame, "timeout"));
        QVERIFY(!frame->isActive());
    }
    void turnWheel(QPoint pixels, QPoint angle)
    {
        const QPointF point = view.viewport()->rect().center();
        QWheelEvent wheel(point, view.viewport()->mapToGlobal(point), pixels, angle, {}, {},
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(view.viewport(), &wheel);
    }
    QStringList lines() { return linesOf(view); }
    QString text() { return view.toPlainText(); }
};

} // namespace

class tst_TranscriptView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsMarkdown()
    {
        Fixture f;
        f.say({Content{0, Sample}});
        f.end();
        const QStringList expected{u"question"_s, u"Title"_s,        u"Some bold and code."_s,
                                   u"1. one"_s,   u"2. two"_s,       u"   - three"_s,
                                   u"def f():"_s, u"    return 1"_s, u"A\tB"_s,
                                   u"1\t2"_s,     u"quoted"_s,       u"last line"_s};
        QCOMPARE(f.lines(), expected);
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
        whole.say({Content{0, Sample}});
        whole.end();
        Fixture cut;
        for (qsizetype at = 0; at < Sample.size(); at += size) {
            cut.say({Content{0, Sample.mid(at, size)}});
            // Each piece is shown on its own.
            cut.nextFrame();
        }
        cut.end();
        QCOMPARE(cut.lines(), whole.lines());
        QCOMPARE(cut.view.viewport()->grab().toImage(), whole.view.viewport()->grab().toImage());
    }

    void gathersPiecesForAFrame()
    {
        Fixture f;
        QSignalSpy changes(&f.view, &TranscriptView::contentChanged);
        for (int i = 0; i < 500; ++i) {
            f.say({Content{0, u"word "_s}});
        }
        QVERIFY2(changes.size() <= 4, qPrintable(QString::number(changes.size())));
        QTRY_COMPARE(f.lines().last().count(u"word"_s), 500);
        QVERIFY2(changes.size() <= 6, qPrintable(QString::number(changes.size())));
    }

    void showsTheFirstPieceAtOnce()
    {
        Fixture f;
        f.say({Content{0, u"first"_s}});
        QCOMPARE(f.lines().last(), u"first"_s);
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
        QCOMPARE(f.text().count(u"<img src=file:///x>"_s), 7);
        QVERIFY(!f.text().contains(QChar::ObjectReplacementCharacter));
        for (const FoundTarget &each : targetsIn(f.view)) {
            QVERIFY2(each.target.kind != Target::Kind::Link
                         || each.target.url == u"javascript:alert(1)"_s,
                     qPrintable(each.target.url));
        }
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
        QVERIFY(chooseTarget(f.view, u"Thought for 1 s"_s));
        QCOMPARE(f.lines().value(2), u"first thought"_s);
        QCOMPARE(f.lines().last(), u"answer"_s);
        QVERIFY(chooseTarget(f.view, u"Thought for 1 s"_s));
        QCOMPARE(f.lines().size(), 3);
        QCOMPARE(f.lines().last(), u"answer"_s);
    }

    void letsOpenReasoningGrow()
    {
        Fixture f;
        f.say({Reasoning{0, u"one\n\n"_s}});
        QTRY_VERIFY(f.lines().last().contains(u"Thinking…"_s));
        QVERIFY(chooseTarget(f.view, u"Thinking…"_s));
        QCOMPARE(f.lines().last(), u"one"_s);
        f.say({Reasoning{0, u"two"_s}, Content{0, u"answer"_s}});
        f.end();
        QCOMPARE(f.lines().mid(2), QStringList({u"one"_s, u"two"_s, u"answer"_s}));
    }

    void countsWhileItThinks_data()
    {
        QTest::addColumn<StreamMessages>("end");
        QTest::newRow("the first text") << StreamMessages{Content{0, u"answer"_s}};
        QTest::newRow("a call") << StreamMessages{
            FunctionCall{FunctionCall::Phase::Begin, 1, u"a"_s, u"clock"_s, {}}};
        QTest::newRow("the end") << StreamMessages{complete()};
        QTest::newRow("an error") << StreamMessages{Done{.ending = Done::Ending::Failed}};
    }
    void countsWhileItThinks()
    {
        QFETCH(StreamMessages, end);
        Fixture f;
        auto *counting = f.view.findChild<QTimer *>(u"thinking"_s);
        QVERIFY(!counting->isActive());
        f.say({Reasoning{0, u"thought"_s}});
        f.nextFrame();
        QVERIFY(counting->isActive());
        QCOMPARE(counting->interval(), 1000);
        QCOMPARE(f.lines().last(), u"Thinking…"_s);
        for (const int seconds : {1, 2, 12, 70}) {
            f.passed = std::chrono::seconds(seconds) + std::chrono::milliseconds(20);
            QVERIFY(QMetaObject::invokeMethod(counting, "timeout"));
            QCOMPARE(f.lines().last(), u"Thinking… %1 s"_s.arg(seconds));
        }
        f.say(end);
        f.nextFrame();
        if (std::holds_alternative<Done>(end.first())) {
            f.view.endAnswer();
        }
        QVERIFY(!counting->isActive());
        QVERIFY(f.text().contains(u"Thought for 70 s"_s));
        f.passed *= 2;
        f.say({Content{1, u"more"_s}});
        f.end();
        QVERIFY(!counting->isActive());
        QVERIFY(f.text().contains(u"Thought for 70 s"_s));
        QVERIFY(!f.text().contains(u"Thinking"_s));
    }

    void tellsHowLongAKeptAnswerThought_data()
    {
        using Messages = StreamMessages;
        QTest::addColumn<StreamMessages>("messages");
        QTest::addColumn<QStringList>("lines");
        const Reasoning first{.part = 0, .text = u"one"_s, .took = 2400ms};
        const Reasoning second{.part = 1, .text = u"two"_s, .took = 70s};
        const Content text{0, u"answer"_s};
        QTest::newRow("in one go")
            << Messages{first, text} << QStringList{u"Thought for 2 s"_s, u"answer"_s};
        QTest::newRow("in two parts")
            << Messages{first, second, text} << QStringList{u"Thought for 72 s"_s, u"answer"_s};
        QTest::newRow("before and after a text")
            << Messages{first, text, second}
            << QStringList{u"Thought for 2 s"_s, u"answer"_s, u"Thought for 70 s"_s};
        QTest::newRow("for next to no time")
            << Messages{Reasoning{.part = 0, .text = u"one"_s, .took = 0ms}}
            << QStringList{u"Thought for 1 s"_s};
        QTest::newRow("when nobody looked at the clock")
            << Messages{Reasoning{0, u"one"_s}, text} << QStringList{u"Thoughts"_s, u"answer"_s};
        QTest::newRow("and said nothing of it")
            << Messages{Reasoning{.part = 0, .took = 5s}, text} << QStringList{u"answer"_s};
    }
    void tellsHowLongAKeptAnswerThought()
    {
        QFETCH(StreamMessages, messages);
        QFETCH(QStringList, lines);
        Fixture f;
        Answer answer;
        for (const StreamMessage &message : messages) {
            answer.fold(message);
        }
        answer.fold(complete());
        f.view.showConversation({{}, {Prompt{u"question"_s}, ModelTurn{{}, answer}}});
        QCOMPARE(f.lines().mid(1), lines);
        QVERIFY(!f.view.findChild<QTimer *>(u"thinking"_s)->isActive());
    }

    void tellsTheTimeThatIsKept()
    {
        Fixture f;
        f.say({Reasoning{0, u"thought"_s}});
        f.nextFrame();
        f.passed = 9s;
        f.say({Reasoning{.part = 0, .took = 7s}, Content{0, u"answer"_s}});
        f.end();
        QVERIFY(f.text().contains(u"Thought for 7 s"_s));
    }

    void countsNothingThatIsGone()
    {
        Fixture f;
        auto *counting = f.view.findChild<QTimer *>(u"thinking"_s);
        f.say({Reasoning{0, u"thought"_s}});
        f.nextFrame();
        QVERIFY(counting->isActive());
        f.view.dropAnswers();
        QVERIFY(!counting->isActive());
        f.view.beginAnswer();
        f.say({Reasoning{0, u"thought"_s}});
        f.nextFrame();
        QVERIFY(counting->isActive());
        f.view.clearConversation();
        QVERIFY(!counting->isActive());
        // One that was kept thinks no more.
        Answer answer;
        answer.fold(Reasoning{0, u"thought"_s});
        f.view.showConversation({{}, {Prompt{u"question"_s}, ModelTurn{{}, answer}}});
        QVERIFY(f.text().contains(u"Thoughts"_s));
        QVERIFY(!counting->isActive());
    }

    void turnsContentIntoReasoningWhenItWasThat()
    {
        Fixture f;
        f.say({Content{0, u"{\"summary\": \"secret thoughts\"}\n\n| a | b |\n"_s}});
        QTRY_VERIFY(f.text().contains(u"secret"_s));
        f.say({Reasoning{.part = 0, .text = u"secret thoughts"_s, .replacesContent = true},
               Content{1, u"answer"_s}});
        f.end();
        QVERIFY(!f.text().contains(u"secret"_s));
        QCOMPARE(f.lines().size(), 3);
        QCOMPARE(f.lines().last(), u"answer"_s);
    }

    void replacesAPartThatWasGivenOtherwise()
    {
        Fixture f;
        f.say({Content{0, u"first *draft*\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"_s},
               Content{1, u"second"_s},
               FunctionCall{FunctionCall::Phase::Complete, 0, u"a"_s, u"f"_s, u"{}"_s}});
        QTRY_VERIFY(f.text().contains(u"draft"_s));
        f.say({Content{.part = 0, .text = u"# The **first** part\n\nas"_s, .replacesPart = true},
               Content{0, u" it is"_s}});
        f.end();
        QCOMPARE(f.lines(),
                 QStringList({u"question"_s, u"The first part"_s, u"as it is"_s, u"second"_s,
                              u"Function call   f   complete"_s, u"{}"_s}));
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
                              u"Thought for 1 s"_s}));
    }

    void showsCallsAsTheyComeTogether()
    {
        Fixture f;
        using Phase = FunctionCall::Phase;
        f.say({Content{0, u"text"_s}, FunctionCall{Phase::Begin, 0, u"a"_s, u"first"_s, {}},
               FunctionCall{Phase::Begin, 1, u"b"_s, u"second"_s, {}},
               FunctionCall{Phase::Arguments, 1, {}, {}, u"{\"b\""_s},
               FunctionCall{Phase::Arguments, 0, {}, {}, u"{\"a\":1}"_s}});
        QTRY_VERIFY(f.text().contains(u"{\"b\""_s));
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

    void showsWhatACallReturned()
    {
        Fixture f;
        using Phase = FunctionCall::Phase;
        f.say({FunctionCall{Phase::Complete, 0, u"a"_s, u"clock"_s, u"{}"_s},
               FunctionCall{Phase::Complete, 1, u"b"_s, u"fetch"_s, u"{}"_s}});
        f.end();
        f.view.setCallWaiting(u"a"_s, true);
        QVERIFY(f.text().contains(u"clock   waiting for your word"_s));
        f.view.addResult({u"a"_s, u"clock"_s, u"twelve"_s, false});
        f.view.addResult({u"b"_s, u"fetch"_s, u"not allowed"_s, true});
        f.view.addResult({u"unknown"_s, u"x"_s, u"nowhere"_s, false});
        QVERIFY(f.text().contains(u"clock   done"_s));
        QVERIFY(f.text().contains(u"fetch   failed"_s));
        QVERIFY(!f.text().contains(u"twelve"_s));
        QVERIFY(chooseTarget(f.view, u"Result"_s));
        QVERIFY(f.text().contains(u"twelve"_s));
        QVERIFY(chooseTarget(f.view, u"What went wrong"_s));
        QVERIFY(f.text().contains(u"not allowed"_s));
        QVERIFY(!f.text().contains(u"nowhere"_s));
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
        QVERIFY(f.text().contains(u"Waiting"_s));
        f.view.endAnswer();
        QCOMPARE(f.lines(), QStringList{u"question"_s});
    }

    void replacesAnAnswerThatIsAskedForAgain()
    {
        Fixture f;
        f.say({Content{0, Sample}});
        f.end({.ending = Done::Ending::CutOff});
        f.view.dropAnswers();
        f.view.beginAnswer();
        f.say({Content{0, u"second try"_s}});
        f.end();
        QCOMPARE(f.lines(), QStringList({u"question"_s, u"second try"_s}));
    }

    void offersWhatCanBeDoneAboutAnInterruptedAnswer()
    {
        Fixture f;
        QSignalSpy goOn(&f.view, &TranscriptView::continueRequested);
        QSignalSpy retry(&f.view, &TranscriptView::retryRequested);
        QSignalSpy keep(&f.view, &TranscriptView::keepRequested);
        f.view.setOffersActions(true);
        f.say({Content{0, u"half"_s}});
        f.end({.ending = Done::Ending::CutOff});
        QVERIFY(chooseTarget(f.view, u"Continue"_s));
        QVERIFY(chooseTarget(f.view, u"Retry"_s));
        QVERIFY(chooseTarget(f.view, u"Keep"_s));
        QVERIFY(!chooseTarget(f.view, u"Retry"_s));
        QCOMPARE(goOn.size() + retry.size() + keep.size(), 3);
        f.view.dropAnswers();
        f.view.beginAnswer();
        f.say({Content{0, u"half"_s}});
        f.end({.ending = Done::Ending::CutOff});
        QVERIFY(chooseTarget(f.view, u"Retry"_s));
        f.view.addPrompt(u"something else"_s);
        QVERIFY(!chooseTarget(f.view, u"Retry"_s));
    }

    void putsWhatCanBeDoneUnderWhatItIsAbout()
    {
        Fixture f;
        f.say({Content{1, u"answer"_s}});
        f.end();
        f.view.setFooters({{{.kind = Target::Kind::Edit, .text = u"Edit"_s}},
                           {{.kind = Target::Kind::AskAgain, .text = u"Ask again"_s}}});
        QMap<QString, QRectF> buttons;
        for (const FoundTarget &each : targetsIn(f.view)) {
            const PartLayout &layout = f.view.column().layOut(each.place);
            buttons[each.target.text] = layout.buttons.value(each.index);
            QCOMPARE(layout.targetAt(f.view.column().part(each.place),
                                     layout.buttons.value(each.index).center(), 0),
                     each.index);
        }
        // A prompt's bubble stands at the right, an answer at the left.
        QCOMPARE(buttons[u"Edit"_s].right(), f.view.column().width() * 1.0);
        QCOMPARE(buttons[u"Ask again"_s].left(), 0.0);
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
        const QRect shown = f.view.partRect({1, 5});
        f.say({Content{0, u"more\n\nand more\n\n"_s}});
        auto *button = f.view.findChild<QPushButton *>();
        QTRY_VERIFY(button->isVisible());
        QCOMPARE(f.view.partRect({1, 5}), shown);
        QVERIFY(bar->value() < bar->maximum() / 2);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(bar->value(), bar->maximum());
        QVERIFY(!button->isVisible());
        f.say({Content{0, u"still more\n\nand more\n\n"_s}});
        QTRY_VERIFY(f.text().contains(u"still"_s));
        QCOMPARE(bar->value(), bar->maximum());
    }

    void leavesTheEndWithTheLeastScroll_data()
    {
        QTest::addColumn<QPoint>("pixels");
        QTest::addColumn<QPoint>("angle");
        QTest::addColumn<QKeyCombination>("key");
        const auto wheel = [](const char *name, QPoint pixels, QPoint angle) {
            QTest::newRow(name) << pixels << angle << QKeyCombination();
        };
        wheel("the least that a touchpad tells", {}, {0, 1});
        wheel("a slow touchpad", {}, {0, 8});
        wheel("a touchpad that tells pixels", {0, 3}, {0, 3});
        wheel("a wheel", {}, {0, 120});
        const auto press = [](const char *name, QKeyCombination key) {
            QTest::newRow(name) << QPoint() << QPoint() << key;
        };
        press("a page up", Qt::Key_PageUp);
        press("a line up, selecting", Qt::ShiftModifier | Qt::Key_Up);
    }
    void leavesTheEndWithTheLeastScroll()
    {
        QFETCH(QPoint, pixels);
        QFETCH(QPoint, angle);
        QFETCH(QKeyCombination, key);
        Fixture f;
        f.say({Content{0, u"line\n\n"_s.repeated(100)}});
        f.nextFrame();
        QScrollBar *bar = f.view.verticalScrollBar();
        QVERIFY(bar->maximum() > 400);
        QCOMPARE(bar->value(), bar->maximum());
        if (angle.isNull()) {
            QTest::keyClick(&f.view, key.key(), key.keyboardModifiers());
        } else {
            f.turnWheel(pixels, angle);
        }
        const int left = bar->value();
        QVERIFY(left < bar->maximum());
        QVERIFY(left > bar->maximum() - f.view.height());
        const QRect shown = f.view.partRect({1, 90});
        const int end = bar->maximum();
        f.say({Content{0, u"more\n\nand more\n\n"_s.repeated(20)}});
        f.nextFrame();
        QVERIFY(bar->maximum() > end);
        QCOMPARE(bar->value(), left);
        QCOMPARE(f.view.partRect({1, 90}), shown);
    }

    void followsAgainFromTheVeryEndOnly()
    {
        Fixture f;
        f.say({Content{0, u"line\n\n"_s.repeated(100)}});
        f.nextFrame();
        QScrollBar *bar = f.view.verticalScrollBar();
        f.turnWheel({}, {0, 120});
        f.turnWheel({}, {0, -110});
        QVERIFY(bar->value() < bar->maximum() && bar->value() > bar->maximum() - 20);
        const int left = bar->value();
        f.say({Content{0, u"more\n\n"_s}});
        f.nextFrame();
        QCOMPARE(bar->value(), left);
        for (int i = 0; i < 4; ++i) {
            f.turnWheel({}, {0, -120});
        }
        QCOMPARE(bar->value(), bar->maximum());
        f.say({Content{0, u"still more\n\n"_s}});
        f.nextFrame();
        QCOMPARE(bar->value(), bar->maximum());
        // What moves the end without the person stops nothing.
        for (const QSize size : {QSize(500, 300), QSize(800, 700), QSize(640, 200)}) {
            f.view.resize(size);
            QCOMPARE(bar->value(), bar->maximum());
            f.say({Content{0, u"on and on\n\n"_s.repeated(5)}});
            f.nextFrame();
            QCOMPARE(bar->value(), bar->maximum());
        }
    }

    void movesInLargerStepsWhatGoesByTooFastToRead()
    {
        Fixture f;
        QScrollBar *bar = f.view.verticalScrollBar();
        int moves = 0;
        int before = 0;
        QString whole;
        const auto grow = [&](int frames, int ms) {
            moves = 0;
            for (int i = 0; i < frames; ++i) {
                f.passed += std::chrono::milliseconds(ms);
                f.say({Content{0, u"line\n\n"_s}});
                whole += u"line\n\n"_s;
                f.nextFrame();
                QCOMPARE(bar->value(), bar->maximum());
                const PartPlace last = f.view.column().lastPart();
                QVERIFY(f.view.viewport()->rect().contains(f.view.partRect(last)));
                moves += bar->value() != before;
                before = bar->value();
            }
        };
        grow(20, 200);
        QVERIFY(bar->maximum() > 0);
        grow(20, 200);
        QCOMPARE(moves, 20);
        // Two that come at once are no reason.
        grow(3, 16);
        QCOMPARE(moves, 3);
        grow(20, 200);
        QCOMPARE(moves, 20);
        grow(24, 16);
        QVERIFY2(moves >= 8 && moves <= 10, qPrintable(QString::number(moves)));
        // The reader who leaves is not moved, and stays where there is nothing any more.
        const int left = bar->value() - 50;
        bar->setValue(left);
        f.say({Content{0, u"line\n\n"_s.repeated(10)}});
        whole += u"line\n\n"_s.repeated(10);
        f.passed += std::chrono::milliseconds(16);
        f.nextFrame();
        QCOMPARE(bar->value(), left);
        bar->setValue(bar->maximum());
        grow(20, 200);
        QVERIFY2(moves > 15, qPrintable(QString::number(moves)));
        grow(10, 16);
        // At its end it stands as if it had come at once.
        Fixture atOnce;
        atOnce.say({Content{0, whole}});
        f.end();
        atOnce.end();
        const auto end
            = [](TranscriptView &view) { return view.partRect(view.column().lastPart()).bottom(); };
        QCOMPARE(end(f.view), end(atOnce.view));
        // And so it does with what is put under it.
        f.view.setFooters({{}, {{.kind = Target::Kind::AskAgain, .text = u"Ask again"_s}}});
        QCOMPARE(end(f.view), end(atOnce.view));
        QCOMPARE(bar->value(), bar->maximum());
    }

    void staysWhereTheReaderIsWhenAFastAnswerEnds()
    {
        Fixture f;
        QScrollBar *bar = f.view.verticalScrollBar();
        const auto blank = [&f] {
            const QRect last = f.view.partRect(f.view.column().lastPart());
            return f.view.viewport()->height() - last.bottom();
        };
        f.say({Content{0, u"line\n\n"_s.repeated(30)}});
        f.nextFrame();
        const int usual = blank();
        for (int i = 0; i < 10 && blank() < usual + 20; ++i) {
            f.say({Content{0, u"line\n\n"_s}});
            f.nextFrame();
        }
        QVERIFY(blank() >= usual + 20);
        bar->setValue(bar->value() - 1);
        const int left = bar->value();
        f.end();
        QCOMPARE(bar->value(), left);
    }

    void takesAnotherThemeAndSize()
    {
        Fixture f;
        f.say({Content{0, Sample}, Reasoning{0, u"thought"_s}});
        f.end();
        const QStringList before = f.lines();
        const int height = f.view.column().height();
        f.view.setPalette(themePalette(Appearance::Dark, {}));
        QFont font = f.view.font();
        font.setPointSize(20);
        f.view.setFont(font);
        f.view.resize(400, 300);
        QCOMPARE(f.lines(), before);
        QVERIFY(f.view.column().height() > height);
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
        for (const FoundTarget &each : targetsIn(f.view)) {
            f.view.choose(each.place, each.index);
        }
        QVERIFY(!f.lines().isEmpty());
    }
};

QTEST_MAIN(tst_TranscriptView)
#include "tst_transcriptview.moc"
