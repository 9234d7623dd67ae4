// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/themestyle.h"
#include "ui/transcript/textflow.h"

#include <QApplication>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

TranscriptLook lookOfTests() { return {QApplication::font(), QApplication::palette()}; }

FlowText flowText(const QString &words, double width)
{
    FlowText text{{words, {}, {}}, TextLook::Body};
    text.width = width;
    return text;
}

//! What a reader sees and a caret meets, as text for a test to show.
QStringList described(const TextFlow &flow)
{
    QStringList lines{u"height %1, width %2"_s.arg(flow.height()).arg(flow.usedWidth())};
    for (qsizetype at = 0; at <= flow.text().text.text.size(); ++at) {
        const QRectF caret = flow.caret(at);
        lines.append(u"%1: %2 to %3, caret %4, %5"_s.arg(at)
                         .arg(flow.lineStart(at))
                         .arg(flow.lineEnd(at))
                         .arg(qRound(caret.x()))
                         .arg(caret.y()));
    }
    return lines;
}

} // namespace

class tst_TextFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new ThemeStyle(Appearance::Light)); }

    void standsAsLaidOutAtOnceHoweverItGrew_data()
    {
        QTest::addColumn<QString>("words");
        QTest::newRow("words")
            << u"The sentence goes on for a while, so that it is broken somewhere, "
               u"and then (once more) in another place – as it should be."_s;
        QTest::newRow("a word that is longer than a line")
            << u"before "_s + QString(90, u'x') + u" behind"_s;
        QTest::newRow("amounts and signs")
            << u"It costs $(12.50), 100 % of what the 3-year-old one did: -5 or +7, A/B/C/D/E/F/G, "
               u"https://x.example/a/long/address?with=words&and=more, well-known… “quoted”."_s;
        QTest::newRow("hard breaks")
            << u"one\u2028two that is longer than the one above\u2028\u2028"
               u"four after an empty one\u2028"_s;
        QTest::newRow("Japanese") << u"日本語の文は、どこでも改行できます。「括弧」も、句読点も。"
                                     u"そして、もう少し長く続きます。"_s;
        QTest::newRow("Thai") << u"ภาษาไทยเขียนติดกันโดยไม่มีช่องว่างระหว่างคำและตัดบรรทัดตามคำ"_s;
        QTest::newRow("Arabic") << u"هذا نص من اليمين إلى اليسار، وفيه 123 رقم، وهو طويل بما يكفي "
                                   u"ليكون في أكثر من سطر واحد."_s;
        QTest::newRow("Hebrew in English")
            << u"An English sentence that has שלום עולם (and 12 more) in it, and goes on in "
               u"English until the line is broken, and ends with עברית."_s;
        QTest::newRow("emoji")
            << u"Some 😀 words 👩‍👩‍👧 and 🇫🇷 flags, that go on for a while "
               u"until "
               u"😀😀😀😀😀😀😀 they do not."_s;
        QTest::newRow("combining marks") << u"e\u0301a\u0300 "_s.repeated(30);
        QTest::newRow("much")
            << u"A long paragraph, of which the first lines are never laid out again. "_s.repeated(
                   9);
    }
    void standsAsLaidOutAtOnceHoweverItGrew()
    {
        QFETCH(const QString, words);
        const TranscriptLook look = lookOfTests();
        for (const double width : {90.0, 110.0, 420.0}) {
            TextFlow grown(flowText(words.left(1), width), look);
            for (qsizetype size = 2; size <= words.size(); ++size) {
                if (words[size - 1].isHighSurrogate()) {
                    continue; // no stream brings half a letter
                }
                const FlowText now = flowText(words.left(size), width);
                if (!grown.growTo(now, look)) {
                    grown = TextFlow(now, look);
                }
                QCOMPARE(described(grown), described(TextFlow(now, look)));
            }
        }
    }

    void takesAnyOtherTextInItsPlaceOrSaysThatItCannot_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        const QString words
            = u"The sentence goes on for a while, so that it is broken somewhere. "_s;
        QTest::newRow("shorter") << words.repeated(3) << words;
        QTest::newRow("much shorter") << words.repeated(3) << u"The"_s;
        QTest::newRow("none") << words.repeated(3) << QString();
        QTest::newRow("another beginning") << words.repeated(3) << u"A "_s + words.repeated(3);
        QTest::newRow("another end") << words.repeated(3) << words.repeated(2) + u"And no more"_s;
        QTest::newRow("another direction") << u"12 "_s << u"12 שלום"_s;
        QTest::newRow("a mark of direction")
            << words.repeated(3) << words.repeated(3) + QChar(0x202e);
    }
    void takesAnyOtherTextInItsPlaceOrSaysThatItCannot()
    {
        QFETCH(const QString, before);
        QFETCH(const QString, after);
        const TranscriptLook look = lookOfTests();
        const FlowText then = flowText(before, 260);
        const FlowText now = flowText(after, 260);
        TextFlow flow(flowText(before.left(before.size() / 2), 260), look);
        flow.growTo(then, look);
        if (flow.growTo(now, look)) {
            QCOMPARE(described(flow), described(TextFlow(now, look)));
        } else {
            QCOMPARE(described(flow), described(TextFlow(then, look)));
        }
    }

    void saysWhatLooksOtherwise()
    {
        const TranscriptLook look = lookOfTests();
        const QString words = u"The sentence goes on for a while, so that it is broken somewhere"_s;
        TextFlow flow(flowText(words, 260), look);
        const double last = flow.caret(words.size()).top();
        QVERIFY(last > 0);
        QVERIFY(flow.growTo(flowText(words + u'!', 260), look));
        // The last word alone.
        QVERIFY(flow.changed().top() > 0);
        QVERIFY(flow.changed().top() <= last);
        QVERIFY(flow.changed().left() > 0);
        QVERIFY(flow.changed().left() < flow.caret(words.size() - 9).x());
        QVERIFY(flow.changed().bottom() >= flow.height());

        QVERIFY(flow.growTo(flowText(words + u"! And more of it, in another line"_s, 260), look));
        QVERIFY(flow.changed().left() <= 0);
        QVERIFY(flow.changed().bottom() >= flow.height());
    }

    void saysThatALineChangedWhoseMiddleDid()
    {
        const TranscriptLook look = lookOfTests();
        FlowText text = flowText(u"some words here"_s, 500);
        TextFlow flow(text, look);
        text.text.spans = {{0, 4, Markdown::Style::Strong, -1}};
        QVERIFY(flow.growTo(text, look));
        QVERIFY(flow.changed().left() <= 0);
        QCOMPARE(flow.changed().top(), 0.0);
    }
};

QTEST_MAIN(tst_TextFlow)
#include "tst_textflow.moc"
