// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transcriptreader.h"
#include "ui/transcript/hiddenmarks.h"
#include "ui/transcript/imageaddresses.h"
#include "ui/transcript/link.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

const QString Sample
    = u"# Title\n\nSome **bold** and `code`.\n\n1. one\n2. two\n   - three\n\n"
      u"```python\ndef f():\n\n    return 1\n```\n\n| A | B |\n|---|---|\n| 1 | `2` |\n\n"
      u"> quoted\n\n---\nlast [link](https://x.example/a)"_s;

//! Wherever they stand in the text.
QList<Markdown::Block> blocksOf(const QString &text)
{
    QList<Markdown::Block> blocks = Markdown::Document::parse(text);
    for (Markdown::Block &block : blocks) {
        block.from = block.to = 0;
    }
    return blocks;
}

struct Fixture
{
    TranscriptView view;

    explicit Fixture(const QString &text = Sample)
    {
        view.resize(800, 500);
        view.show();
        if (!QTest::qWaitForWindowActive(&view)) {
            qFatal("the view does not show");
        }
        view.addPrompt(u"question"_s);
        view.beginAnswer();
        view.addToAnswer(
            {Content{0, text}, Done{.ending = Done::Ending::Complete, .stop = Done::Stop::End}});
        view.endAnswer();
        view.setFocus();
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&view, static_cast<Qt::Key>(key), modifiers);
    }
    const QMimeData *clipboard() { return QGuiApplication::clipboard()->mimeData(); }
    //! A point on the letter at an offset of the part with that text.
    QPoint pointOf(const QString &text, qsizetype offset)
    {
        const PartPlace place = partWith(view, text);
        view.showPlace({place, offset});
        const QRectF caret = view.column().caret({place, offset});
        const QRect rect = view.partRect(place);
        return {rect.left() + qRound(caret.x()) + 1,
                rect.top() + qRound(caret.center().y()) - view.column().topOf(place)};
    }
};

} // namespace

class tst_TranscriptReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copiesEverythingInThreeForms()
    {
        Fixture f;
        f.press(Qt::Key_A, Qt::ControlModifier);
        f.press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(f.clipboard()->text(),
                 u"question\nTitle\nSome bold and code.\n1. one\n2. two\n   - three\n"
                 u"def f():\n\n    return 1\nA\tB\n1\t2\nquoted\n\nlast link"_s);
        const QString html = f.clipboard()->html();
        for (const QString &piece :
             {u"<h1>Title</h1>"_s, u"<b>bold</b>"_s, u"<pre>def f()"_s, u"<th>A</th>"_s,
              u"<a href=\"https://x.example/a\">link</a>"_s}) {
            QVERIFY2(html.contains(piece), qPrintable(html));
        }
        QVERIFY(!html.contains(u"Copy code"_s));
        const QString markdown = QString::fromUtf8(f.clipboard()->data(u"text/markdown"_s));
        // What was copied reads as what was said.
        QCOMPARE(blocksOf(markdown.section(u"\n\n"_s, 1)), blocksOf(Sample));
    }

    void showsWhatIsHiddenInCodeAndCopiesItAsItIs_data()
    {
        QTest::addColumn<QString>("hidden");
        QTest::addColumn<bool>("isShown");
        const auto row = [](const char *name, const QString &hidden, bool isShown) {
            QTest::newRow(name) << hidden << isShown;
        };
        row("an override", u"a\u202e} b"_s, true);
        row("an isolate", u"a\u2066 b\u2069"_s, true);
        row("a mark of direction", u"a\u200fb"_s, true);
        row("no width", u"a\u200bb"_s, true);
        row("a joiner between ASCII letters", u"a\u200db"_s, true);
        row("a byte order mark", u"\ufeffa"_s, true);
        row("a soft hyphen", u"a\u00adb"_s, true);
        row("an escape sequence", u"\u001b[31m"_s, true);
        row("tags", u"a\U000e0041b"_s, true);
        row("a line separator", u"a\u2028b"_s, true);
        row("a leading tab", u"\ta"_s, false);
        row("a family", u"'\U0001f468\u200d\U0001f469'"_s, false);
        row("Persian", u"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"_s, false);
    }

    void showsWhatIsHiddenInCodeAndCopiesItAsItIs()
    {
        QFETCH(QString, hidden);
        QFETCH(bool, isShown);
        Fixture f(u"```\n"_s + hidden + u"\n```\n"_s);
        QCOMPARE(!hiddenInCode(hidden).isEmpty(), isShown);
        const PartPlace place = f.view.column().lastPart();
        bool isWarned = false;
        for (const PlacedText &text : f.view.column().layOut(place).texts) {
            isWarned = isWarned || text.flow->text().text.text.contains(HiddenSign);
        }
        QCOMPARE(isWarned, isShown);
        QVERIFY(chooseTarget(f.view, u"Copy code"_s));
        QCOMPARE(f.clipboard()->text(), hidden);
    }

    void showsWhatTurnsTheTextOfALink()
    {
        const Markdown::Block block
            = blocksOf(u"a [b\u202ec](https://x.example) \u202ed `e\u200bf`"_s).first();
        QCOMPARE(hiddenInMarks(block.text), (QList<qsizetype>{3, 10}));
    }

    void selectsWithTheMouse()
    {
        Fixture f;
        const QPoint from = f.pointOf(u"Some bold"_s, 5);
        const QPoint to = f.pointOf(u"Some bold"_s, 9);
        QTest::mousePress(f.view.viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(f.view.viewport(), to);
        QTest::mouseRelease(f.view.viewport(), Qt::LeftButton, {}, to);
        QCOMPARE(f.view.selectedText(), u"bold"_s);
        QTest::mouseClick(f.view.viewport(), Qt::LeftButton, {}, from);
        QVERIFY(!f.view.hasSelection());
        const QPoint later = f.pointOf(u"quoted"_s, 6);
        QTest::mouseClick(f.view.viewport(), Qt::LeftButton, Qt::ShiftModifier, later);
        QVERIFY(f.view.selectedText().startsWith(u"bold and code.\n1. one"_s));
        QVERIFY(f.view.selectedText().endsWith(u"quoted"_s));
    }

    void selectsWordsAndParagraphs()
    {
        Fixture f;
        const QPoint word = f.pointOf(u"Some bold"_s, 7);
        QTest::mouseDClick(f.view.viewport(), Qt::LeftButton, {}, word);
        QCOMPARE(f.view.selectedText(), u"bold"_s);
        QTest::mousePress(f.view.viewport(), Qt::LeftButton, {}, word);
        QCOMPARE(f.view.selectedText(), u"Some bold and code."_s);
        QTest::mouseRelease(f.view.viewport(), Qt::LeftButton, {}, word);
    }

    void selectsWithTheKeyboard()
    {
        Fixture f;
        f.press(Qt::Key_Home, Qt::ControlModifier);
        f.press(Qt::Key_Right, Qt::ShiftModifier);
        f.press(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(f.view.selectedText(), u"qu"_s);
        f.press(Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(f.view.selectedText(), u"question"_s);
        f.press(Qt::Key_Down, Qt::ShiftModifier);
        QVERIFY(f.view.selectedText().startsWith(u"question\nTitle"_s));
        f.press(Qt::Key_End, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(f.view.selectedText().endsWith(u"last link"_s));
        f.press(Qt::Key_Left);
        QVERIFY(!f.view.hasSelection());
        f.press(Qt::Key_End, Qt::ControlModifier);
        f.press(Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(f.view.selectedText(), u"link"_s);
        for (int i = 0; i < 40; ++i) {
            f.press(Qt::Key_Up);
        }
        QCOMPARE(f.view.selection().caret().at, (PartPlace{0, 0}));
        f.press(Qt::Key_PageDown);
        QVERIFY(f.view.selection().caret().at > (PartPlace{0, 0}));
    }

    void keepsASelectionWhereItIs()
    {
        Fixture f(Sample + u"\n\nwords\n\n"_s.repeated(60));
        f.view.beginAnswer();
        f.view.addToAnswer({Content{0, u"new\n\n"_s.repeated(60)}});
        QTRY_VERIFY(f.view.toPlainText().contains(u"new"_s));
        QTest::mouseDClick(f.view.viewport(), Qt::LeftButton, {}, f.pointOf(u"new"_s, 1));
        QCOMPARE(f.view.selectedText(), u"new"_s);
        const QRect shown = f.view.partRect(f.view.selection().caret().at);
        f.view.addToAnswer({Content{0, u"more\n\n"_s.repeated(60)}});
        QTRY_VERIFY(f.view.toPlainText().contains(u"more"_s));
        QCOMPARE(f.view.partRect(f.view.selection().caret().at), shown);
        QTRY_VERIFY(f.view.findChild<QPushButton *>()->isVisible());
    }

    void finds()
    {
        Fixture f(u"An Apple here.\n\nAnd an apple there, apple.\n\n```\napple\n```\n"_s);
        using Direction = TranscriptView::Direction;
        QList<TextPlace> places;
        for (int i = 0; i < 5; ++i) {
            QVERIFY(f.view.find(u"apple"_s, Direction::Forward));
            QCOMPARE(f.view.selectedText().toLower(), u"apple"_s);
            places.append(f.view.selection().begin());
        }
        QCOMPARE(places[4], places[0]);
        QVERIFY(places[0] != places[1] && places[1] != places[2] && places[2] != places[3]);
        QVERIFY(f.view.find(u"apple"_s, Direction::Backward));
        QCOMPARE(f.view.selection().begin(), places[3]);
        QVERIFY(f.view.find(u"apple"_s, Direction::Backward));
        QCOMPARE(f.view.selection().begin(), places[2]);
        QVERIFY(!f.view.find(u"pear"_s, Direction::Forward));
        QVERIFY(!f.view.find(QString(), Direction::Forward));
    }

    void copiesCodeAsItWasWritten_data()
    {
        QTest::addColumn<QString>("code");
        QTest::newRow("indented") << u"def f():\n\n    return 1"_s;
        QTest::newRow("tabs and trailing spaces") << u"a\t  \nb\t "_s;
        QTest::newRow("turned direction") << u"if (a) { /*\u202e } \u2066if*/"_s;
        QTest::newRow("more than a stretch") << (u"line\n"_s.repeated(200) + u"last"_s);
    }
    void copiesCodeAsItWasWritten()
    {
        QFETCH(QString, code);
        Fixture f(u"```\n"_s + code + u"\n```\n"_s);
        QSignalSpy copied(&f.view, &TranscriptView::codeCopied);
        QVERIFY(chooseTarget(f.view, u"Copy code"_s));
        QCOMPARE(copied.size(), 1);
        QCOMPARE(QGuiApplication::clipboard()->text(), code);
    }

    void wrapsCodeAndScrollsItSideways()
    {
        Fixture f(u"```\n"_s + u"wide "_s.repeated(100) + u"\n```\n"_s);
        const PartPlace code = partWith(f.view, u"wide"_s);
        const int furthest = f.view.column().layOut(code).furthestScroll();
        QVERIFY(furthest > 0);
        const QPointF point = f.view.partRect(code).center();
        QWheelEvent wheel(point, f.view.viewport()->mapToGlobal(point), {}, {-120, 0}, {}, {},
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(f.view.viewport(), &wheel);
        QCOMPARE(f.view.column().entry(code.entry).scrolledBy(code.part), qMin(120, furthest));
        f.view.showPlace({code, 499});
        QVERIFY(f.view.column().entry(code.entry).scrolledBy(code.part) > 120);
        QVERIFY(chooseTarget(f.view, u"Wrap"_s));
        QCOMPARE(f.view.column().layOut(code).furthestScroll(), 0);
        QVERIFY(chooseTarget(f.view, u"Do not wrap"_s));
    }

    void scrollsAWideTableSideways()
    {
        QStringList cells;
        for (int i = 0; i < 12; ++i) {
            cells.append(u"unbreakable-column-number-%1"_s.arg(i));
        }
        const QString row = u"| "_s + cells.join(u" | "_s) + u" |\n"_s;
        Fixture f(row + u"|-"_s.repeated(12) + u"|\n"_s + row);
        const PartPlace table = partWith(f.view, cells.first());
        const PartLayout &layout = f.view.column().layOut(table);
        const int furthest = layout.furthestScroll();
        QVERIFY(furthest > 0);
        QVERIFY(!layout.scrollTrack.isEmpty()); // it is seen that there is more
        const QPointF point = f.view.partRect(table).center();
        QWheelEvent wheel(point, f.view.viewport()->mapToGlobal(point), {}, {-120, 0}, {}, {},
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(f.view.viewport(), &wheel);
        QCOMPARE(f.view.column().entry(table.entry).scrolledBy(table.part), qMin(120, furthest));
        QCOMPARE(f.view.horizontalScrollBar()->maximum(), 0); // and nothing else moves
    }

    void copiesATableForASpreadsheet()
    {
        Fixture f;
        const QPoint point = f.pointOf(u"A\tB\n1\t2"_s, 4);
        QContextMenuEvent event(QContextMenuEvent::Mouse, point,
                                f.view.viewport()->mapToGlobal(point));
        QApplication::sendEvent(f.view.viewport(), &event);
        auto *menu = f.view.findChild<QMenu *>();
        QVERIFY(menu);
        const QList<QAction *> actions = menu->actions();
        const auto copy = std::find_if(actions.begin(), actions.end(), [](const QAction *action) {
            return action->text() == u"Copy &table"_s;
        });
        QVERIFY(copy != actions.end());
        (*copy)->trigger();
        QCOMPARE(f.clipboard()->text(), u"A\tB\n1\t2"_s);
        menu->close();
    }

    void goesThroughLinksAndButtonsWithTab()
    {
        Fixture f;
        QSignalSpy copied(&f.view, &TranscriptView::codeCopied);
        QSignalSpy link(&f.view, &TranscriptView::linkChosen);
        QSignalSpy shown(&f.view, &TranscriptView::linkShown);
        f.view.verticalScrollBar()->setValue(0);
        f.press(Qt::Key_Tab);
        f.press(Qt::Key_Tab);
        f.press(Qt::Key_Return);
        QCOMPARE(copied.size(), 1);
        f.press(Qt::Key_Tab);
        QCOMPARE(shown.last()[0].toString(), u"https://x.example/a"_s);
        f.press(Qt::Key_Space);
        QCOMPARE(link.size(), 1);
        QCOMPARE(link[0][0].toUrl(), QUrl(u"https://x.example/a"_s));
        f.press(Qt::Key_Backtab, Qt::ShiftModifier);
        f.press(Qt::Key_Return);
        QCOMPARE(copied.size(), 2);
    }

    void choosesALinkWithTheMouse()
    {
        Fixture f;
        QSignalSpy link(&f.view, &TranscriptView::linkChosen);
        QSignalSpy shown(&f.view, &TranscriptView::linkShown);
        const QPoint point = f.pointOf(u"last link"_s, 6);
        QMouseEvent move(QEvent::MouseMove, point, f.view.viewport()->mapToGlobal(point),
                         Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(f.view.viewport(), &move);
        QCOMPARE(shown.size(), 1);
        QTest::mouseClick(f.view.viewport(), Qt::LeftButton, {}, point);
        QCOMPARE(link.size(), 1);
        QVERIFY(!f.view.hasSelection());
    }

    void showsWhereAnImageIs_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("shown");
        QTest::newRow("short") << u"https://x.example/a.png"_s << u"x.example/a.png"_s;
        QTest::newRow("in the clear") << u"http://x.example/a.png"_s << u"http://x.example/a.png"_s;
        QTest::newRow("long")
            << u"https://x.example/one/two/three/four/five/six/seven/diagram.png"_s
            << u"x.example/…e/four/five/six/seven/diagram.png"_s;
        QTest::newRow("a long host")
            << u"https://much.longer.than.it.should.be.with.evil.example.org/path/image-1.png?t=1"_s
            << u"much.longer.than.it.should.be.with.evil.example.org/…ge-1.png?t=1"_s;
        QTest::newRow("a false name")
            << u"https://bank.example@evil.example/"_s << u"bank.example@evil.example/"_s;
        QTest::newRow("data") << u"data:image/png;base64,"_s + QString(5000, u'A')
                              << u"data:image/png;base64,AAAAA…"_s;
        QTest::newRow("a file") << u"file:///etc/passwd"_s << u"file:///etc/passwd"_s;
        QTest::newRow("relative") << u"a.png"_s << u"a.png"_s;
        QTest::newRow("turned") << u"https://x.example/\u202egnp.a"_s
                                << u"x.example/%E2%80%AEgnp.a"_s;
    }

    void showsWhereAnImageIs()
    {
        QFETCH(QString, url);
        QFETCH(QString, shown);
        QCOMPARE(shortAddress(url), shown);
        Fixture f(
            u"An image ![a **big** diagram](<%1>), ![](<%1>)\n\n| a |\n|-|\n| ![b](<%1>) |"_s.arg(
                url));
        const PartPlace at = partWith(f.view, u"An image"_s);
        QCOMPARE(textOf(f.view.column().part(at)), u"An image a big diagram %1, %1"_s.arg(shown));
        QVERIFY(textOf(f.view.column().part(partWith(f.view, u"b "_s + shown))).startsWith(u"a\n"));
        // What is chosen is the whole address, and its words are those of the answer alone.
        const QList<FoundTarget> targets = targetsIn(f.view);
        QCOMPARE(targets.size(), 3);
        QCOMPARE(targets[0].target.text, u"a big diagram"_s);
        QCOMPARE(targets[0].target.url, url);
        QCOMPARE(targets[1].target.text, shown);
        QCOMPARE(targets[2].target.text, u"b"_s);
        // A copy has no address that was cut.
        f.view.selectAll();
        f.view.copy();
        const QString markdown = QString::fromUtf8(f.clipboard()->data(u"text/markdown"_s));
        QVERIFY2(markdown.contains(u"](%1)"_s.arg(url)), qPrintable(markdown));
        QVERIFY(!markdown.contains(u"diagram "_s + shown));
    }

    void tellsAWholeAddressUnderThePointer()
    {
        const QString url
            = u"https://x.example/one/two/three/four/five/six/seven/diagram.png?a=1&lt;"_s;
        Fixture f(u"See ![a diagram](<%1>)"_s.arg(url));
        const QPoint point = f.pointOf(u"See a diagram"_s, 6);
        QTest::mouseMove(f.view.viewport(), point);
        QMouseEvent move(QEvent::MouseMove, point, f.view.viewport()->mapToGlobal(point),
                         Qt::NoButton, Qt::NoButton, {});
        QApplication::sendEvent(f.view.viewport(), &move);
        QHelpEvent help(QEvent::ToolTip, point, f.view.viewport()->mapToGlobal(point));
        QApplication::sendEvent(f.view.viewport(), &help);
        QVERIFY(QToolTip::isVisible());
        // What looks like HTML is not taken for it.
        const QString whole
            = u"https://x.example/one/two/three/four/five/six/seven/diagram.png?a=1<"_s;
        QCOMPARE(QToolTip::text(), u"<span>"_s + whole.toHtmlEscaped() + u"</span>"_s);
        QToolTip::hideText();
    }

    void judgesLinks_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("text");
        QTest::addColumn<LinkVerdict>("verdict");
        using enum LinkVerdict;
        const auto row = [](const char *name, const QString &url, const QString &text,
                            LinkVerdict verdict) { QTest::newRow(name) << url << text << verdict; };
        row("words", u"https://x.example/a"_s, u"the page"_s, Open);
        row("itself", u"https://x.example/a"_s, u"https://x.example/a"_s, Open);
        row("its host", u"https://x.example/a"_s, u"x.example"_s, Open);
        row("its host with www", u"https://www.x.example/a"_s, u"x.example"_s, Open);
        row("plain HTTP", u"http://x.example"_s, u"page"_s, Open);
        row("mail", u"mailto:ada@x.example"_s, u"write to Ada"_s, Open);
        row("another host", u"https://evil.example"_s, u"openai.com"_s, Ask);
        row("another host's address", u"https://evil.example"_s, u"https://openai.com/a"_s, Ask);
        row("a host below it", u"https://openai.com.evil.example"_s, u"openai.com"_s, Ask);
        row("a name before it", u"https://openai.com@evil.example"_s, u"sign in"_s, Ask);
        row("punycode", u"https://xn--pnai-0nbb.example"_s, u"sign in"_s, Ask);
        row("other letters", u"https://оpenai.com"_s, u"sign in"_s, Ask);
        row("turned direction", u"https://x.example"_s, u"moc.ianepo\u202e"_s, Ask);
        row("letters that are not seen", u"https://x.example"_s, u"open\u200bai.com"_s, Ask);
        row("other mail", u"mailto:eve@evil.example"_s, u"ada@x.example"_s, Ask);
        row("script", u"javascript:alert(1)"_s, u"a"_s, Refuse);
        row("file", u"file:///etc/passwd"_s, u"a"_s, Refuse);
        row("a share", u"smb://x/y"_s, u"a"_s, Refuse);
        row("another program", u"vscode://file/x"_s, u"a"_s, Refuse);
        row("data", u"data:text/html,x"_s, u"a"_s, Refuse);
        row("no scheme", u"x.example/a"_s, u"a"_s, Refuse);
        row("a path", u"/etc/passwd"_s, u"a"_s, Refuse);
        row("nothing", {}, u"a"_s, Refuse);
        row("not an address", u"https://x y"_s, u"a"_s, Refuse);
    }
    void judgesLinks()
    {
        QFETCH(QString, url);
        QFETCH(QString, text);
        QFETCH(LinkVerdict, verdict);
        QCOMPARE(linkVerdict(url, text), verdict);
        QVERIFY(!linkAddress(url).contains(u'\u202e'));
        QVERIFY(!linkAddress(url + u'\u202e').contains(u'\u202e'));
    }
};

QTEST_MAIN(tst_TranscriptReading)
#include "tst_transcriptreading.moc"
