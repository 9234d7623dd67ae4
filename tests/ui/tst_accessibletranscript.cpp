// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transcriptreader.h"
#include "ui/transcript/announcer.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

#include <chrono>

using namespace Maestro;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Fixture
{
    std::chrono::milliseconds passed{0};
    TranscriptView view{nullptr, [this] { return passed; }};
    QString heard;
    QList<QAccessible::Id> toldFocus;

    Fixture()
    {
        QObject::connect(view.findChild<Announcer *>(), &Announcer::focusTold, &view,
                         [this](QAccessible::Id focused) { toldFocus.append(focused); });
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

    void saysOnceHowLongItThought()
    {
        Fixture f;
        auto *counting = f.view.findChild<QTimer *>(u"thinking"_s);
        for (int i = 0; i < 5; ++i) {
            f.view.addToAnswer({Reasoning{0, u"A thought. "_s}});
            f.passed += 1s;
            QVERIFY(QMetaObject::invokeMethod(counting, "timeout"));
        }
        f.say(u"An answer."_s);
        f.end();
        QCOMPARE(f.heard, u"Thought for 5 s\nAn answer."_s);
    }

    void tellsWhatTabReached()
    {
        Fixture f;
        QVERIFY(QTest::qWaitForWindowActive(&f.view));
        f.view.addToAnswer({Reasoning{0, u"thought"_s}});
        f.say(u"A [link](https://x.example/a).\n\n```\ncode\n```\n"_s);
        f.end();
        f.view.setFocus();
        QStringList reached;
        for (int i = 0; i < 4; ++i) {
            QTest::keyClick(&f.view, Qt::Key_Tab);
            QCOMPARE(f.toldFocus.size(), i + 1);
            QAccessibleInterface *target = QAccessible::accessibleInterface(f.toldFocus.last());
            QVERIFY(target);
            QCOMPARE(target->parent(), &f.accessible());
            QCOMPARE(f.accessible().child(f.accessible().indexOfChild(target)), target);
            QCOMPARE(f.accessible().focusChild(), target);
            QVERIFY(target->state().focused && target->state().focusable);
            QVERIFY(!target->state().offscreen);
            QCOMPARE(
                f.accessible().childAt(target->rect().center().x(), target->rect().center().y()),
                target);
            reached.append(target->text(QAccessible::Name)
                           + (target->role() == QAccessible::Link         ? u" (link)"_s
                                  : target->role() == QAccessible::Button ? u" (button)"_s
                                                                          : QString())
                           + (target->state().collapsed ? u" collapsed"_s : QString()));
        }
        QCOMPARE(reached,
                 QStringList({u"Thought for 1 s (button) collapsed"_s, u"link (link)"_s,
                              u"Wrap (button)"_s, u"Copy code (button)"_s}));
        QVERIFY(!QAccessible::accessibleInterface(f.toldFocus[1])->state().focused);
        QCOMPARE(QAccessible::accessibleInterface(f.toldFocus[1])->text(QAccessible::Description),
                 u"https://x.example/a"_s);
    }

    void pressesWhatItTellsOf()
    {
        Fixture f;
        f.view.addToAnswer({Reasoning{0, u"thought"_s}});
        f.say(u"A [link](https://x.example/a).\n\n```\ncode\n```\n"_s);
        f.end();
        QSignalSpy link(&f.view, &TranscriptView::linkChosen);
        QSignalSpy copied(&f.view, &TranscriptView::codeCopied);
        const auto press = [&](const QString &name) {
            for (int i = 0; i < f.accessible().childCount(); ++i) {
                QAccessibleInterface *child = f.accessible().child(i);
                if (child->text(QAccessible::Name) == name) {
                    child->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
                    return QAccessible::uniqueId(child);
                }
            }
            qFatal("%s is not there", qPrintable(name));
        };
        press(u"link"_s);
        QCOMPARE(link.size(), 1);
        press(u"Copy code"_s);
        QCOMPARE(copied.size(), 1);
        const QAccessible::Id fold = press(u"Thought for 1 s"_s);
        QVERIFY(f.view.toPlainText().contains(u"thought\n"_s));
        QVERIFY(QAccessible::accessibleInterface(fold)->state().expanded);
        // What is not there any more does nothing.
        const QAccessible::Id copy = press(u"Copy code"_s);
        f.view.clearConversation();
        QVERIFY(!QAccessible::accessibleInterface(copy)->isValid());
        QVERIFY(QAccessible::accessibleInterface(copy)->state().invalid);
        QAccessible::accessibleInterface(copy)->actionInterface()->doAction(
            QAccessibleActionInterface::pressAction());
        QCOMPARE(copied.size(), 2);
    }
};

QTEST_MAIN(tst_AccessibleTranscript)
#include "tst_accessibletranscript.moc"
