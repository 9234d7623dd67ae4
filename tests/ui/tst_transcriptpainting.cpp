// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transcriptreader.h"
#include "ui/common/themestyle.h"

#include <QApplication>
#include <QBackingStore>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

const QString Mixed
    = u"## Heading\n\nWords **strong** and `code` that go on for a while, so that the line is "
      u"broken "
      u"somewhere, and *then* again after it has gone on a while longer than the first time.\n\n"
      u"- one\n- two with a [link](https://x.example/a)\n  1. inner\n  2. more\n- [x] done\n"
      u"- [ ] open\n\n> A quote that is\n> in two lines\n>\n> - and a list\n\n```cpp\nint "
      u"main()\n{\n"
      u"    return a_rather_long_line_of_code_that_does_not_fit(into, the, window, however, wide, "
      u"it, "
      u"is, because, it, goes, on);\n}\n```\n\n| A | Column | C |\n|:--|:-:|--:|\n| 1 | two | 3 |\n"
      u"| some more words | in the **cells** | of a `table` |\n\n---\n\n日本語の文と😀の絵文字。 "
      u"مرحبا بالعالم، هذا نص من اليمين إلى اليسار.\n\n"_s;

//! What is on the screen, painted piece by piece.
QImage shownImage(TranscriptView &view)
{
    QCoreApplication::processEvents();
    // What a screen without a display shows of it is not enlarged.
    const auto *all = dynamic_cast<const QImage *>(view.backingStore()->paintDevice());
    if (!all) {
        qFatal("the window is not painted to an image");
    }
    const double ratio = view.devicePixelRatioF();
    const QRectF shown(QPointF(view.viewport()->pos()) * ratio,
                       QSizeF(view.viewport()->size()) * ratio);
    return all->copy(shown.toAlignedRect()).convertToFormat(QImage::Format_RGB32);
}

//! The same, painted at once.
QImage wholeImage(TranscriptView &view)
{
    return view.viewport()->grab().toImage().convertToFormat(QImage::Format_RGB32);
}

//! The edge of a curve is smoothed a little otherwise where it is clipped.
bool areAlike(const QImage &a, const QImage &b)
{
    constexpr int Smoothing = 24;
    if (a == b) {
        return true;
    }
    if (a.size() != b.size()) {
        return false;
    }
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QRgb one = a.pixel(x, y);
            const QRgb other = b.pixel(x, y);
            if (qAbs(qRed(one) - qRed(other)) > Smoothing
                || qAbs(qGreen(one) - qGreen(other)) > Smoothing
                || qAbs(qBlue(one) - qBlue(other)) > Smoothing) {
                return false;
            }
        }
    }
    return true;
}

//! Once the window system has asked for what is to be painted.
bool isPaintedWhole(TranscriptView &view)
{
    return QTest::qWaitFor([&] { return areAlike(shownImage(view), wholeImage(view)); }, 2000);
}

struct Fixture
{
    TranscriptView view;

    Fixture()
    {
        view.resize(700, 420);
        view.show();
        if (!QTest::qWaitForWindowExposed(&view)) {
            qFatal("the view does not show");
        }
        view.addPrompt(u"question"_s);
        view.beginAnswer();
    }
    void showFrame()
    {
        auto *frame = view.findChild<QTimer *>(u"frame"_s);
        if (frame->isActive()) {
            QVERIFY(QMetaObject::invokeMethod(frame, "timeout"));
        }
    }
};

} // namespace

class tst_TranscriptPainting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new ThemeStyle(Appearance::Light)); }

    void givesEveryKindOfTextALineOfItsHeight()
    {
        const TranscriptLook look(QApplication::font(), QApplication::palette());
        for (std::size_t i = 0; i < TextLooks; ++i) {
            const auto each = static_cast<TextLook>(i);
            const double height = QFontMetricsF(look.font(each)).height();
            QCOMPARE(look.letterHeight(each), height);
            QVERIFY(look.lineStep(each) >= height && look.lineStep(each) < 2 * height);
        }
    }

    void paintsWhatChangedAsIfAllWerePainted_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("letters") << 2;
        QTest::newRow("words") << 9;
        QTest::newRow("lines") << 57;
    }
    void paintsWhatChangedAsIfAllWerePainted()
    {
        QFETCH(int, size);
        Fixture f;
        const QString text = Mixed.repeated(2);
        for (qsizetype at = 0; at < text.size(); at += size) {
            f.view.addToAnswer({Content{0, text.mid(at, size)}});
            f.showFrame();
            QVERIFY2(isPaintedWhole(f.view), qPrintable(QString::number(at)));
        }
    }

    void marksWhatIsFoundInWhatGrows()
    {
        Fixture f;
        f.view.addToAnswer({Content{0, u"It goes on here.\n\n"_s}});
        f.showFrame();
        QVERIFY(f.view.find(u"goes on"_s, TranscriptView::Direction::Here));
        const QString text
            = u"Words that go before, and it goes on and goes on, in another line too. "_s.repeated(
                4);
        for (qsizetype at = 0; at < text.size(); at += 3) {
            f.view.addToAnswer({Content{0, text.mid(at, 3)}});
            f.showFrame();
            QVERIFY2(isPaintedWhole(f.view), qPrintable(QString::number(at)));
        }
    }

    void fadesWhatIsNotSentAndNothingElse()
    {
        Fixture f;
        f.view.addToAnswer({Content{0, u"One."_s}, Done{Done::Ending::Complete}});
        f.view.endAnswer();
        f.view.addPrompt(u"again"_s);
        QCoreApplication::processEvents();
        const QImage before = wholeImage(f.view);
        f.view.setFirstSent(2);
        const QImage after = wholeImage(f.view);
        const PartPlace last{2, 0};
        const int boundary = f.view.partRect(last).top();
        QVERIFY(boundary > 0 && boundary < before.height());
        const double ratio = before.devicePixelRatio();
        const auto upTo = [&](const QImage &image) {
            return image.copy(0, 0, image.width(), qRound(boundary * ratio));
        };
        const int below = qRound((f.view.partRect(last).top() + gridSteps(3)) * ratio);
        const auto from = [&](const QImage &image) {
            return image.copy(0, below, image.width(), image.height() - below);
        };
        QVERIFY(upTo(before) != upTo(after));
        QCOMPARE(from(before), from(after));
        f.view.setFirstSent(0);
        QCOMPARE(wholeImage(f.view), before);
    }

    void drawsALineWhereWhatIsSentBegins()
    {
        Fixture f;
        f.view.addToAnswer({Content{0, u"One."_s}, Done{Done::Ending::Complete}});
        f.view.endAnswer();
        f.view.addPrompt(u"again"_s);
        f.view.setFirstSent(2);
        const QImage image = wholeImage(f.view);
        const double ratio = image.devicePixelRatio();
        const QRect part = f.view.partRect({2, 0});
        const QRectF gap(QPointF(part.topLeft()) * ratio,
                         QSizeF(part.width(), gridSteps(3)) * ratio);
        const QRect strip = gap.toRect();
        const QRgb border = f.view.column().look().colors().border.rgb();
        const QRgb ground = f.view.palette().window().color().rgb();
        const auto isLine = [&](int y, int from, int to) {
            for (int x = from; x < to; ++x) {
                if (image.pixel(x, y) != border) {
                    return false;
                }
            }
            return true;
        };
        const int side = strip.width() / 12;
        int lines = 0;
        int letters = 0;
        for (int y = strip.top(); y < strip.bottom(); ++y) {
            const bool left = isLine(y, strip.left(), strip.left() + side);
            QCOMPARE(isLine(y, strip.right() - side, strip.right()), left);
            lines += left ? 1 : 0;
            for (int x = strip.center().x() - side; x < strip.center().x() + side; ++x) {
                letters += image.pixel(x, y) != ground && image.pixel(x, y) != border ? 1 : 0;
            }
        }
        QVERIFY(lines == 1 || lines == qCeil(ratio));
        QVERIFY2(letters > 60, qPrintable(QString::number(letters)));
    }

    void scrollsAsIfAllWerePainted()
    {
        Fixture f;
        f.view.addToAnswer({Content{0, Mixed.repeated(30)}});
        f.showFrame();
        QRandomGenerator random(7);
        QScrollBar *bar = f.view.verticalScrollBar();
        for (int i = 0; i < 60; ++i) {
            const bool jumps = i % 10 == 9;
            bar->setValue(jumps ? random.bounded(bar->maximum())
                                : bar->value() + random.bounded(-200, 120));
            QVERIFY2(isPaintedWhole(f.view), qPrintable(QString::number(i)));
        }
    }

    void keepsWhatIsReadWhereItIsWhenTheWidthChanges()
    {
        Fixture f;
        f.view.addToAnswer({Content{0, Mixed.repeated(40)}});
        f.showFrame();
        f.view.verticalScrollBar()->setValue(f.view.verticalScrollBar()->maximum() / 2);
        QCoreApplication::processEvents();
        PartPlace first = f.view.column().bounded({{1, 0}, 0}).at;
        while (f.view.partRect(first).top() < 0) {
            first = *f.view.column().next(first);
        }
        f.view.resize(520, 420);
        QCoreApplication::processEvents();
        QVERIFY(f.view.partRect(first).top() > -420);
        QVERIFY(f.view.partRect(first).top() < 420);
    }

    void laysOutOnlyWhatIsSeen()
    {
        Fixture f;
        f.view.addToAnswer({Content{0, Mixed.repeated(400)}});
        f.showFrame();
        QVERIFY(f.view.column().layoutCount() < 200);
        QScrollBar *bar = f.view.verticalScrollBar();
        for (int i = 0; i < 300; ++i) {
            bar->setValue((bar->maximum() / 300) * i);
        }
        QVERIFY(f.view.column().layoutCount() <= 420);
    }

    void opensALongConversationWithoutReadingIt()
    {
        Conversation conversation;
        for (int i = 0; i < 2000; ++i) {
            Answer answer;
            answer.fold(Content{0, Mixed});
            answer.fold(Done{.ending = Done::Ending::Complete});
            conversation.turns.append(Prompt{u"question %1"_s.arg(i)});
            conversation.turns.append(ModelTurn{{}, answer});
        }
        Fixture f;
        f.view.showConversation(conversation);
        qsizetype unfolded = 0;
        for (qsizetype i = 0; i < f.view.column().count(); ++i) {
            unfolded += f.view.column().entry(i).isUnfolded() ? 1 : 0;
        }
        QVERIFY2(unfolded < 10, qPrintable(QString::number(unfolded)));
        QCOMPARE(f.view.verticalScrollBar()->value(), f.view.verticalScrollBar()->maximum());
        f.view.verticalScrollBar()->setValue(f.view.verticalScrollBar()->maximum() / 3);
        QVERIFY(isPaintedWhole(f.view));
    }
};

QTEST_MAIN(tst_TranscriptPainting)
#include "tst_transcriptpainting.moc"
