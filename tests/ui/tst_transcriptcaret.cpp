// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "shownanswer.h"
#include "transcriptreader.h"

#include <QApplication>
#include <QClipboard>
#include <QMouseEvent>
#include <QScrollBar>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

struct Fixture
{
    TranscriptView view;

    explicit Fixture(const QString &text, const QString &prompt = u"question"_s)
    {
        showAnswer(view, text, prompt);
        view.setFocus();
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&view, static_cast<Qt::Key>(key), modifiers);
    }
    void mouse(QEvent::Type type, QPoint at)
    {
        const bool isMove = type == QEvent::MouseMove;
        QMouseEvent event(type, at, view.viewport()->mapToGlobal(at),
                          isMove ? Qt::NoButton : Qt::LeftButton,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, {});
        QApplication::sendEvent(view.viewport(), &event);
    }
    //! Before that letter.
    QPoint pointOf(const TextPlace &place) { return rectOf(place).center().toPoint(); }
    QScrollBar *bar() { return view.verticalScrollBar(); }
    TextPlace caret() { return view.selection().caret(); }
    //! In the viewport.
    QRectF rectOf(const TextPlace &place)
    {
        const QRectF caret = view.column().caret(place);
        const QRect part = view.partRect(place.at);
        return caret.translated(part.left(), part.top() - view.column().topOf(place.at));
    }
    bool sees(const TextPlace &place)
    {
        return QRectF(view.viewport()->rect()).contains(rectOf(place));
    }
};

} // namespace

//! Where the caret is, where it goes, and what it selects.
class tst_TranscriptCaret : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithWhatIsSeen_data()
    {
        QTest::addColumn<QKeyCombination>("key");
        QTest::addColumn<double>("from"); //!< of how far down the reader is
        QTest::addColumn<int>("moves"); //!< what is seen: a page, a line or not at all
        const auto row = [](const char *name, QKeyCombination key, double from, int moves) {
            QTest::newRow(name) << key << from << moves;
        };
        row("a page up, at the end", Qt::Key_PageUp, 1, -400);
        row("a page up", Qt::Key_PageUp, 0.5, -400);
        row("a page down", Qt::Key_PageDown, 0.5, 400);
        row("a page down, selecting", Qt::ShiftModifier | Qt::Key_PageDown, 0.5, 400);
        row("a line up, at the end", Qt::Key_Up, 1, -30);
        row("a line up, selecting", Qt::ShiftModifier | Qt::Key_Up, 0.5, -30);
        row("a line down", Qt::Key_Down, 0.5, 0);
        row("a letter", Qt::Key_Right, 0.5, 0);
        row("a word, selecting", Qt::ControlModifier | Qt::ShiftModifier | Qt::Key_Right, 0.5, 0);
        row("the end of a line", Qt::Key_End, 0.5, 0);
    }
    void beginsWithWhatIsSeen()
    {
        QFETCH(QKeyCombination, key);
        QFETCH(double, from);
        QFETCH(int, moves);
        Fixture f(u"some words of a line\n\n"_s.repeated(200));
        f.bar()->setValue(qRound(from * f.bar()->maximum()));
        const int before = f.bar()->value();
        const QRect screen = f.view.viewport()->rect();
        const TextPlace first = f.view.textPlaceAt(screen.topLeft());
        const TextPlace last = f.view.textPlaceAt(screen.bottomRight());
        f.press(key.key(), key.keyboardModifiers());
        QVERIFY(f.view.selection().isCaretShown());
        QVERIFY(f.sees(f.caret()));
        QVERIFY2(qAbs(f.bar()->value() - before - moves) < (qAbs(moves) > 100 ? 90 : 30),
                 qPrintable(QString::number(f.bar()->value() - before)));
        QVERIFY(moves >= 0 || f.bar()->value() < before);
        // A selection, too, begins with what was seen.
        if (f.view.hasSelection()) {
            QVERIFY(key.keyboardModifiers() & Qt::ShiftModifier);
            const TextPlace begun
                = moves < 0 ? f.view.selection().end() : f.view.selection().begin();
            QVERIFY(begun >= first && begun <= last);
        }
    }

    void standsAndMovesAsItsScript_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<qsizetype>>("stops"); //!< of the caret
        const auto row = [](const char *name, const QString &text, QList<qsizetype> stops) {
            QTest::newRow(name) << text << stops;
        };
        row("a letter and its accent", u"ae\u0301b"_s, {0, 1, 3, 4});
        row("an astronaut", u"a\U0001f469\u200d\U0001f680b"_s, {0, 1, 6, 7});
        row("a family", u"\U0001f468\u200d\U0001f469\u200d\U0001f467b"_s, {0, 8, 9});
        row("a skin", u"a\U0001f44d\U0001f3fdb"_s, {0, 1, 5, 6});
        row("a flag", u"a\U0001f1ef\U0001f1f5b"_s, {0, 1, 5, 6});
        row("Japanese", u"\u65e5\u672c\u8a9e"_s, {0, 1, 2, 3});
        row("beyond the first plane", u"\U00020bb7\u91ce"_s, {0, 2, 3});
        row("Korean, letter by letter", u"\u1112\u1161\u11ab\uae00"_s, {0, 3, 4});
        row("Arabic", u"\u0645\u0631\u062d\u0628\u0627"_s, {0, 1, 2, 3, 4, 5});
        row("Arabic with its vowels", u"\u0645\u064e\u0631\u0652\u062d"_s, {0, 2, 4, 5});
        row("Hebrew", u"\u05e9\u05dc\u05d5\u05dd"_s, {0, 1, 2, 3, 4});
    }
    void standsAndMovesAsItsScript()
    {
        QFETCH(QString, text);
        QFETCH(QList<qsizetype>, stops);
        Fixture f(text);
        const PartPlace place = partWith(f.view, text);
        const bool isMirrored = text.isRightToLeft();
        const double width = f.view.column().width();
        const auto x = [&] { return f.view.column().caret(f.caret()).x(); };
        f.view.select({place, 0}, {place, 0});
        QVERIFY2(qAbs(x() - (isMirrored ? width : 0)) < 2, qPrintable(QString::number(x())));
        const int on = isMirrored ? Qt::Key_Left : Qt::Key_Right;
        const int back = isMirrored ? Qt::Key_Right : Qt::Key_Left;
        for (const qsizetype stop : stops.mid(1)) {
            const double before = x();
            f.press(on);
            QCOMPARE(f.caret(), (TextPlace{place, stop}));
            QVERIFY(isMirrored ? x() < before : x() > before);
        }
        for (qsizetype i = stops.size() - 1; i-- > 0;) {
            f.press(back);
            QCOMPARE(f.caret(), (TextPlace{place, stops[i]}));
        }
        f.press(on, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(text.startsWith(f.view.selectedText()));
    }

    void putsMarksAtTheSideOfTheirScript()
    {
        const QString word = u"\u0645\u0631\u062d\u0628\u0627"_s;
        Fixture f(u"- "_s + word + u"one\n\n1. "_s + word + u"two\n\n- [x] "_s + word
                  + u"three\n\n> "_s + word + u"four\n\n## "_s + word + u"five\n"_s);
        const double width = f.view.column().width();
        for (const QString &name : {u"one"_s, u"two"_s}) {
            const PartLayout &layout = f.view.column().layOut(partWith(f.view, name));
            const double begin = layout.caret(0, 0).x();
            QVERIFY(begin > width / 2 && begin < width - 10);
            const PlacedText &mark = layout.texts.front();
            QVERIFY(!mark.isSelectable());
            QVERIFY(mark.at.x() > begin);
            QVERIFY(mark.at.x() + mark.flow->usedWidth() <= width);
        }
        const PartLayout &task = f.view.column().layOut(partWith(f.view, u"three"_s));
        QVERIFY(task.shapes.first().rect.left() > task.caret(0, 0).x());
        const PartLayout &quote = f.view.column().layOut(partWith(f.view, u"four"_s));
        QCOMPARE(quote.shapes.first().rect.right(), width);
        QVERIFY(quote.caret(0, 0).x() < width - 8);
        QVERIFY(qAbs(f.view.column().layOut(partWith(f.view, u"five"_s)).caret(0, 0).x() - width)
                < 2);
    }

    void keepsCodeAtTheLeft()
    {
        const QString word = u"\u0645\u0631\u062d\u0628\u0627"_s;
        Fixture f(word + u"\n\n```\n# "_s + word + u"\n"_s + word + u"\nint a;\n```\n\n"_s + word);
        const PartPlace code = partWith(f.view, u"int a;"_s);
        const PartLayout &layout = f.view.column().layOut(code);
        const qsizetype last = textOf(f.view.column().part(code)).indexOf(u"int a;"_s);
        const double left = layout.caret(last, 0).x();
        QVERIFY(left < 40);
        QCOMPARE(layout.furthestScroll(), 0);
        for (const QRectF &rect : layout.rects(0, last, 0)) {
            QCOMPARE(rect.left(), left);
            QVERIFY(rect.right() < 200);
        }
        QCOMPARE(f.view.column().layOut(partWith(f.view, word)).caret(0, 0).x(),
                 static_cast<double>(f.view.column().width()));
    }

    void selectsFromAPromptIntoItsAnswer()
    {
        Fixture f(u"Some words.\n\nMore of them."_s, u"a question to begin in"_s);
        f.mouse(QEvent::MouseButtonPress, f.pointOf({{0, 0}, 2}));
        f.mouse(QEvent::MouseMove, f.pointOf({{1, 0}, 4}));
        QCOMPARE(f.view.selectedText(), u"question to begin in\nSome"_s);
        f.mouse(QEvent::MouseMove, f.pointOf({{1, 1}, 4}));
        f.mouse(QEvent::MouseButtonRelease, f.pointOf({{1, 1}, 4}));
        QCOMPARE(f.view.selectedText(), u"question to begin in\nSome words.\nMore"_s);
        f.view.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"question to begin in\nSome words.\nMore"_s);
        // And back, from an answer into the prompt over it.
        f.mouse(QEvent::MouseButtonPress, f.pointOf({{1, 0}, 4}));
        f.mouse(QEvent::MouseMove, f.pointOf({{0, 0}, 11}));
        f.mouse(QEvent::MouseButtonRelease, f.pointOf({{0, 0}, 11}));
        QCOMPARE(f.view.selectedText(), u"to begin in\nSome"_s);
    }

    void scrollsWhileItSelectsBeyondTheEdge()
    {
        Fixture f(u"some words of a line\n\n"_s.repeated(200));
        auto *scrolling = f.view.findChild<QTimer *>(u"selectionScroll"_s);
        f.bar()->setValue(0);
        const QPoint below(300, f.view.viewport()->height() + 60);
        f.mouse(QEvent::MouseButtonPress, f.pointOf({{0, 0}, 2}));
        f.mouse(QEvent::MouseMove, below);
        QVERIFY(scrolling->isActive());
        int before = f.bar()->value();
        TextPlace reached = f.caret();
        for (int i = 0; i < 20; ++i) {
            QVERIFY(QMetaObject::invokeMethod(scrolling, "timeout"));
            QVERIFY(f.bar()->value() > before);
            QVERIFY(f.caret() >= reached);
            before = f.bar()->value();
            reached = f.caret();
        }
        QVERIFY(reached > (TextPlace{{1, 8}, 0}));
        QVERIFY(f.view.selectedText().startsWith(u"estion\nsome words"_s));
        // Slower nearer to the edge, and not at all within it.
        f.mouse(QEvent::MouseMove, {300, f.view.viewport()->height() + 6});
        QVERIFY(QMetaObject::invokeMethod(scrolling, "timeout"));
        QVERIFY(f.bar()->value() > before && f.bar()->value() <= before + 6);
        f.mouse(QEvent::MouseMove, {300, 200});
        QVERIFY(!scrolling->isActive());
        f.mouse(QEvent::MouseMove, {300, -600});
        for (int i = 0; i < 10; ++i) {
            QVERIFY(QMetaObject::invokeMethod(scrolling, "timeout"));
        }
        QCOMPARE(f.bar()->value(), 0);
        f.mouse(QEvent::MouseButtonRelease, {300, -600});
        QVERIFY(!scrolling->isActive());
    }

    void goesOnFromACaretThatWasPut()
    {
        Fixture f(u"some words of a line\n\n"_s.repeated(200));
        f.view.select({{1, 3}, 4}, {{1, 3}, 4});
        f.press(Qt::Key_Right);
        QCOMPARE(f.caret(), (TextPlace{{1, 3}, 5}));
        QVERIFY(f.sees(f.caret()));
    }
};

QTEST_MAIN(tst_TranscriptCaret)
#include "tst_transcriptcaret.moc"
