// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "shownanswer.h"
#include "transcriptreader.h"
#include "ui/transcript/textflow.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

const QString Hello = u"\u05e9\u05dc\u05d5\u05dd"_s;
const QString World = u"\u05e2\u05d5\u05dc\u05dd"_s;

//! A sentence with code, as it is laid out.
FlowText sentence(const QString &before, const QString &code, const QString &after = {})
{
    Markdown::Inline text{before + code + after};
    text.spans.append({before.size(), code.size(), Markdown::Style::Code});
    FlowText flow{text, TextLook::Body};
    flow.width = 500;
    return flow;
}

struct Fixture
{
    TranscriptView view;

    explicit Fixture(const QString &text) { showAnswer(view, text); }
};

} // namespace

//! What is written from right to left, and what in it is not.
class tst_RightToLeft : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsCodeAsItIsWritten_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("after");
        QTest::newRow("in the middle") << Hello + u' ' << u"f();"_s << u' ' + World;
        QTest::newRow("at the end") << Hello + u' ' << u"f();"_s << QString();
        QTest::newRow("before a point") << Hello + u' ' << u"a[0]"_s << u"."_s;
        QTest::newRow("nothing but signs") << Hello + u' ' << u"->;"_s << u' ' + World;
        QTest::newRow("in brackets") << Hello + u" ("_s << u"x=1;"_s << u") "_s + World;
    }
    void keepsCodeAsItIsWritten()
    {
        QFETCH(QString, before);
        QFETCH(QString, code);
        QFETCH(QString, after);
        const TextFlow flow(sentence(before, code, after), m_look);
        QVERIFY(flow.isRightToLeft());
        // The first letter's edge is the sentence's before it, as Qt has it.
        const QList<QRectF> chip = flow.rects(before.size(), before.size() + code.size());
        QCOMPARE(chip.size(), 1);
        double left = chip.first().left();
        for (qsizetype i = 1; i < code.size(); ++i) {
            const double x = flow.caret(before.size() + i).x();
            QVERIFY2(x > left, qPrintable(code.mid(i)));
            // Where it is seen, it is hit.
            QCOMPARE(flow.offsetAt({x + 0.5, 5}), before.size() + i);
            left = x;
        }
        QVERIFY(chip.first().right() > left);
        QVERIFY(chip.first().right() <= flow.caret(before.size() - 1).x());
    }

    void keepsTheOffsetsAroundCode()
    {
        const QString code = u"f();"_s;
        const FlowText text = sentence(Hello + u' ', code, u' ' + World);
        const TextFlow flow(text, m_look);
        const qsizetype size = text.text.text.size();
        QCOMPARE(flow.lineStart(size), 0);
        QCOMPARE(flow.lineEnd(0), size);
        QCOMPARE(flow.offsetAt({0, 5}), size);
        QCOMPARE(flow.offsetAt({500, 5}), 0);
        for (qsizetype i = size - World.size(); i < size; ++i) {
            QVERIFY(flow.caret(i).x() > flow.caret(i + 1).x());
            QCOMPARE(flow.offsetAt({flow.caret(i).x() - 0.5, 5}), i);
        }
        // What is marked ends where the next begins, and all of it is one line.
        const QRectF all = flow.rects(0, size).first();
        QCOMPARE(all.right(), flow.caret(0).x());
        QCOMPARE(all.left(), flow.caret(size).x());
        QCOMPARE(flow.rects(0, 5).first().right(), all.right());
        QCOMPARE(flow.rects(size - World.size(), size).first().left(), all.left());
    }

    void marksTheLettersThatAreMarkedWhereTheyStand()
    {
        // The name stands left of what is before it, and goes to the right.
        FlowText text{{Hello + u" Maestro "_s + World, {}, {}}, TextLook::Body};
        text.width = 500;
        const TextFlow flow(text, m_look);
        const qsizetype name = Hello.size() + 1;
        const QRectF whole = flow.rects(name, name + 7).first();
        QList<QRectF> first = flow.rects(name, name + 3);
        QCOMPARE(first.size(), 1);
        QCOMPARE(first.first().left(), whole.left());
        QCOMPARE(first.first().right(), flow.caret(name + 3).x());
        const QList<QRectF> last = flow.rects(name + 3, name + 7);
        QCOMPARE(last.size(), 1);
        QCOMPARE(last.first().left(), flow.caret(name + 3).x());
        QCOMPARE(last.first().right(), whole.right());

        // From the sentence before into the name: two stretches, the name's first letters apart.
        first = flow.rects(0, name + 3);
        QCOMPARE(first.size(), 2);
        QCOMPARE(first.first().left(), whole.left());
        QCOMPARE(first.last().left(), whole.right());
        QCOMPARE(first.last().right(), flow.caret(0).x());
    }

    void leavesASentenceFromLeftToRightAsItIs()
    {
        const FlowText text = sentence(u"Call "_s, u"f();"_s, u" with care"_s);
        const TextFlow flow(text, m_look);
        QVERIFY(!flow.isRightToLeft());
        for (qsizetype i = 0; i < text.text.text.size(); ++i) {
            QVERIFY(flow.caret(i).x() < flow.caret(i + 1).x());
        }
    }

    void looksTheSameHoweverItGrew()
    {
        const QString piece = Hello + u" \u05d0 `f(x);` "_s + World + u" `a[1]`, "_s;
        Markdown::Inline whole;
        for (int i = 0; i < 60; ++i) {
            for (const QString &word : piece.split(u'`')) {
                const bool isCode = word == "f(x);"_L1 || word == "a[1]"_L1;
                if (isCode) {
                    whole.spans.append({whole.text.size(), word.size(), Markdown::Style::Code});
                }
                whole.text += word;
            }
        }
        FlowText text{{}, TextLook::Body};
        text.width = 400;
        text.text = midOf(whole, 0, 450);
        TextFlow grown(text, m_look);
        for (qsizetype size = 500; size < whole.text.size(); size += 37) {
            text.text = midOf(whole, 0, size);
            if (!grown.growTo(text, m_look)) {
                grown = TextFlow(text, m_look);
            }
            const TextFlow fresh(text, m_look);
            QCOMPARE(grown.height(), fresh.height());
            for (qsizetype i = 0; i <= size; i += 3) {
                QCOMPARE(grown.caret(i), fresh.caret(i));
                QCOMPARE(grown.lineStart(i), fresh.lineStart(i));
            }
        }
    }

    void hasNothingInTheTextThatWasNotSaid()
    {
        const QString text = Hello + u" `f();` "_s + World;
        const QString said = Hello + u" f(); "_s + World;
        Fixture f(text);
        const PartPlace place = partWith(f.view, said);
        QCOMPARE(textOf(f.view.column().part(place)), said);
        f.view.select({place, 0}, {place, said.size()});
        QCOMPARE(f.view.selectedText(), said);
        f.view.copy();
        const QMimeData *copied = QApplication::clipboard()->mimeData();
        for (const QString &format : copied->formats()) {
            const QString bytes = QString::fromUtf8(copied->data(format));
            QVERIFY2(!bytes.contains(QChar(0x2066)) && !bytes.contains(QChar(0x2069)),
                     qPrintable(format));
        }
        // Of the code alone, the code.
        f.view.select({place, Hello.size() + 1}, {place, Hello.size() + 5});
        QCOMPARE(f.view.selectedText(), u"f();"_s);
        QVERIFY(!f.view.toPlainText().contains(QChar(0x2066)));
    }

    void numbersAnItemAsItReads()
    {
        Fixture f(u"12. "_s + Hello + u"one\n13. two"_s);
        const auto markOf = [&f](const QString &text) -> const TextFlow & {
            return *f.view.column().layOut(partWith(f.view, text)).texts.front().flow;
        };
        const auto xOf = [](const TextFlow &mark, QChar letter) {
            const qsizetype at = mark.text().text.text.indexOf(letter);
            const QList<QRectF> rects = mark.rects(at, at + 1);
            return rects.isEmpty() ? -1 : rects.first().center().x();
        };
        const TextFlow &mirrored = markOf(Hello + u"one"_s);
        QVERIFY(xOf(mirrored, u'.') >= 0);
        QVERIFY(xOf(mirrored, u'.') < mirrored.caret(mirrored.text().text.text.indexOf(u'2')).x());
        const TextFlow &plain = markOf(u"two"_s);
        QCOMPARE(plain.text().text.text, u"13."_s);
        QVERIFY(xOf(plain, u'.') > xOf(plain, u'3'));
        QVERIFY(!f.view.toPlainText().contains(QChar(0x200f)));
    }

private:
    const TranscriptLook m_look{QFont(), QPalette()};
};

QTEST_MAIN(tst_RightToLeft)
#include "tst_righttoleft.moc"
