// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transcriptreader.h"
#include "ui/transcript/announcer.h"

#include <QAccessible>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

struct Fixture
{
    TranscriptView view;
    QString heard;

    Fixture()
    {
        QObject::connect(view.findChild<Announcer *>(), &Announcer::announced, &view,
                         [this](const QString &words) { heard += words; });
        QAccessible::setActive(true);
        view.resize(600, 400);
        view.show();
        view.addPrompt(u"question"_s);
        view.beginAnswer();
    }
    void say(const QString &text)
    {
        view.addToAnswer({Content{0, text}});
        auto *frame = view.findChild<QTimer *>(u"frame"_s);
        QVERIFY(!frame->isActive() || QMetaObject::invokeMethod(frame, "timeout"));
    }
    void end()
    {
        view.addToAnswer({Done{.ending = Done::Ending::Complete, .stop = Done::Stop::End}});
        view.endAnswer();
    }
    QAccessibleInterface &accessible() { return *QAccessible::queryAccessibleInterface(&view); }
    QAccessibleTextInterface &text() { return *accessible().textInterface(); }
};

} // namespace

class tst_AccessibleTranscript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatItIsAndSays()
    {
        Fixture f;
        f.say(u"# Title\n\nSome **bold** words.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n"_s);
        f.end();
        QCOMPARE(f.accessible().role(), QAccessible::Document);
        QCOMPARE(f.accessible().text(QAccessible::Name), u"Conversation"_s);
        QVERIFY(f.accessible().state().readOnly);
        const QString all = u"question\nTitle\nSome bold words.\nA\tB\n1\t2\n"_s;
        QCOMPARE(f.text().characterCount(), static_cast<int>(all.size()));
        QCOMPARE(f.text().text(0, -1), all);
        for (int from = 0; from < all.size(); from += 3) {
            QCOMPARE(f.text().text(from, from + 5), all.mid(from, 5));
        }
    }

    void tellsWhatEachStretchIs()
    {
        Fixture f;
        f.say(u"## Title\n\nSome **bold** [link](https://x.example) and `code`\n\n- item\n"_s);
        f.end();
        const QString all = f.text().text(0, -1);
        const auto at = [&](const QString &words) {
            int from = 0;
            int to = 0;
            const QString attributes
                = f.text().attributes(static_cast<int>(all.indexOf(words)), &from, &to);
            return all.mid(from, to - from) + u'|' + attributes.section(u';', 0, 0)
                + (attributes.contains(u"font-weight:bold"_s) ? u"|bold"_s : QString());
        };
        QCOMPARE(at(u"Title"_s), u"Title\n|tag:h2|bold"_s);
        QCOMPARE(at(u"Some"_s), u"Some |tag:p"_s);
        QCOMPARE(at(u"bold"_s), u"bold|tag:p|bold"_s);
        QCOMPARE(at(u"link"_s), u"link|tag:a"_s);
        QCOMPARE(at(u"code"_s), u"code|tag:code"_s);
        QCOMPARE(at(u"item"_s), u"item\n|tag:li"_s);
    }

    void findsLettersWordsAndLines()
    {
        Fixture f;
        f.say(u"One word. Two words.\n\nThird"_s);
        f.end();
        const auto at = static_cast<int>(f.text().text(0, -1).indexOf(u"word."_s));
        int from = 0;
        int to = 0;
        QCOMPARE(f.text().textAtOffset(at + 1, QAccessible::WordBoundary, &from, &to), u"word"_s);
        QCOMPARE(from, at);
        QCOMPARE(f.text().textAtOffset(at, QAccessible::CharBoundary, &from, &to), u"w"_s);
        QCOMPARE(f.text().textAtOffset(at, QAccessible::SentenceBoundary, &from, &to),
                 u"One word. "_s);
        QCOMPARE(f.text().textAtOffset(at, QAccessible::LineBoundary, &from, &to),
                 u"One word. Two words.\n"_s);
        QCOMPARE(f.text().textAfterOffset(at, QAccessible::LineBoundary, &from, &to), u"Third\n"_s);
        QCOMPARE(f.text().textBeforeOffset(at, QAccessible::LineBoundary, &from, &to),
                 u"question\n"_s);
        const QRect letter = f.text().characterRect(at);
        QVERIFY(letter.isValid());
        QCOMPARE(f.text().offsetAtPoint(letter.center() - QPoint(letter.width() / 2 - 1, 0)), at);
        QVERIFY(f.text().characterRect(at + 1).left() > letter.left());
    }

    void movesTheCaretAndSelects()
    {
        Fixture f;
        f.say(u"One word."_s);
        f.end();
        f.text().setCursorPosition(12);
        QCOMPARE(f.text().cursorPosition(), 12);
        f.text().setSelection(0, 9, 12);
        QCOMPARE(f.view.selectedText(), u"One"_s);
        int from = 0;
        int to = 0;
        f.text().selection(0, &from, &to);
        QCOMPARE(f.text().selectionCount(), 1);
        QCOMPARE(qMakePair(from, to), qMakePair(9, 12));
        f.text().removeSelection(0);
        QCOMPARE(f.text().selectionCount(), 0);
    }

    void announcesAnAnswerSentenceBySentence()
    {
        Fixture f;
        f.say(u"The first sent"_s);
        QCOMPARE(f.heard, QString());
        f.say(u"ence. The sec"_s);
        QCOMPARE(f.heard, u"The first sentence. "_s);
        f.say(u"ond one.\n\nAnd"_s);
        QCOMPARE(f.heard, u"The first sentence. The second one.\n"_s);
        f.say(u" the end"_s);
        f.end();
        QCOMPARE(f.heard, u"The first sentence. The second one.\nAnd the end"_s);
        QVERIFY(!f.heard.contains(u"question"_s));
    }
};

QTEST_MAIN(tst_AccessibleTranscript)
#include "tst_accessibletranscript.moc"
