// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "transcriptreader.h"
#include "ui/common/themestyle.h"

#include <QApplication>
#include <QScrollBar>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

struct Fixture
{
    TranscriptView view;

    Fixture()
    {
        view.resize(800, 500);
        view.show();
        if (!QTest::qWaitForWindowExposed(&view)) {
            qFatal("the view does not show");
        }
        view.addPrompt(u"question"_s);
        view.beginAnswer();
    }
    void say(const QString &text) { view.addToAnswer({Content{0, text}}); }

    //! As the part with this text is laid out.
    LineColors colorsOf(const QString &text)
    {
        LineColors colors;
        for (const PlacedText &placed : view.column().layOut(partWith(view, text)).texts) {
            if (placed.isSelectable()) {
                colors.append(placed.flow->text().runs);
            }
        }
        return colors;
    }
    bool isColored(const QString &text)
    {
        const PartPlace place = partWith(view, text);
        view.column().layOut(place);
        return !view.column().entry(place.entry).lacksColors(place.part);
    }
};

CodeColors readColors(const QStringList &lines)
{
    CodeColors colors;
    QList<Syntax::ReadLine> read;
    for (const QString &line : lines) {
        read.append({{{0, line.size(), Syntax::Role::Comment}}});
    }
    colors.take(colors.request(0, lines), read);
    return colors;
}

} // namespace

class tst_CodeColoring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void colorsWhatIsShown()
    {
        Fixture f;
        f.say(u"```cpp\nint a = 1; // one\nreturn a;\n```\n\nwords"_s);
        f.view.endAnswer();
        QTRY_VERIFY(f.isColored(u"return"_s));
        const LineColors colors = f.colorsOf(u"return"_s);
        QCOMPARE(colors.size(), 2);
        QCOMPARE(colors[0].first(), (Syntax::Run{0, 3, Syntax::Role::Type}));
        QCOMPARE(colors[0].last(), (Syntax::Run{11, 6, Syntax::Role::Comment}));
        QCOMPARE(colors[1].first(), (Syntax::Run{0, 6, Syntax::Role::Keyword}));
        QCOMPARE(f.colorsOf(u"words"_s), LineColors{Syntax::Runs()});
    }

    void colorsWhatStreamsInAsTheWhole()
    {
        const QString code
            = u"/* one\ntwo */ int main()\n{\n    return \"three\" + 4; // five\n}"_s;
        Fixture whole;
        whole.say(u"```cpp\n"_s + code);
        QTRY_VERIFY(whole.isColored(u"main"_s));
        Fixture growing;
        growing.say(u"```cpp\n"_s);
        for (const QChar c : code) {
            growing.say(QString(c));
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(growing.view.toPlainText().endsWith(u"five\n}"_s));
        QTRY_VERIFY(growing.isColored(u"main"_s));
        QCOMPARE(growing.colorsOf(u"main"_s), whole.colorsOf(u"main"_s));
        QCOMPARE(growing.colorsOf(u"main"_s)[0].first().role, Syntax::Role::Comment);
    }

    void keepsTheColorsOfALineThatGrows()
    {
        const CodeColors colors = readColors({u"int"_s});
        QCOMPARE(colors.runs(0, u"int"_s).size(), 1);
        QCOMPARE(colors.runs(0, u"int ma"_s), colors.runs(0, u"int"_s));
        QCOMPARE(colors.runs(0, u"other"_s), Syntax::Runs());
        QCOMPARE(colors.runs(1, u"int"_s), Syntax::Runs());
    }

    void readsOnlyWhatIsNew()
    {
        const CodeColors colors = readColors({u"a"_s, u"b"_s, u"c"_s});
        QCOMPARE(colors.firstUnread(0, {u"a"_s, u"b"_s, u"c"_s}), 3);
        QCOMPARE(colors.firstUnread(0, {u"a"_s, u"b"_s, u"cd"_s}), 2);
        QCOMPARE(colors.firstUnread(0, {u"a"_s, u"b"_s, u"c"_s, u"d"_s}), 3);
        QCOMPARE(colors.firstUnread(0, {u"a"_s, u"x"_s, u"c"_s}), 1);
        QCOMPARE(colors.firstUnread(64, {u"d"_s}), 3);
    }

    void givesUpABlockThatTakesTooLong()
    {
        CodeColors colors = readColors({u"a"_s});
        QVERIFY(!colors.isGivenUp());
        colors.take(colors.request(1, {u"b"_s, u"c"_s}), {Syntax::ReadLine()});
        QVERIFY(colors.isGivenUp());
        QCOMPARE(colors.runs(0, u"a"_s).size(), 1);
    }

    void leavesAnUnknownLanguagePlain_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("none") << QString();
        QTest::newRow("unknown") << u"esperanto"_s;
        QTest::newRow("a path") << u"/usr/share/source-highlight/cpp.lang"_s;
    }

    void leavesAnUnknownLanguagePlain()
    {
        QFETCH(QString, language);
        Fixture f;
        f.say(u"```"_s + language + u"\nreturn 1;\n```\n"_s);
        f.view.endAnswer();
        QVERIFY(f.isColored(u"return"_s));
        QCOMPARE(f.colorsOf(u"return"_s), LineColors{Syntax::Runs()});
    }

    void colorsTheEndOfALongBlockByItsBeginning()
    {
        Fixture f;
        f.say(u"```cpp\n/* a comment\n"_s + u"return 1;\n"_s.repeated(1000)
              + u"last line\n```\n"_s);
        f.view.endAnswer();
        QTRY_VERIFY(f.isColored(u"last line"_s));
        QCOMPARE(f.colorsOf(u"last line"_s).last(), (Syntax::Runs{{0, 9, Syntax::Role::Comment}}));
        // What is not near the screen is not laid out for it.
        QVERIFY(!f.view.column().entry(1).layout(1));
    }

    void forgetsWhatWasAskedForWhenTheConversationGoes()
    {
        Fixture f;
        f.say(u"```cpp\n"_s + u"return 1; // a\n"_s.repeated(500) + u"```\n"_s);
        f.view.clearConversation();
        f.view.addPrompt(u"other"_s);
        f.view.beginAnswer();
        f.say(u"```python\nreturn 2 # b\n```\n"_s);
        f.view.endAnswer();
        QTRY_VERIFY(f.isColored(u"return 2"_s));
        QCOMPARE(f.colorsOf(u"return 2"_s)[0].last(), (Syntax::Run{9, 3, Syntax::Role::Comment}));
    }

    void isReadableInBothThemes()
    {
        const auto luminance = [](const QColor &color) {
            const auto linear = [](double c) {
                return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
            };
            return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
                + 0.0722 * linear(color.blueF());
        };
        for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
            const TranscriptLook look(qApp->font(), themePalette(appearance, QPalette()));
            for (int role = 0; role <= static_cast<int>(Syntax::Role::Removed); ++role) {
                const auto formats
                    = look.formats(Syntax::Runs{{0, 1, static_cast<Syntax::Role>(role)}}, 0, 1);
                const double a = luminance(formats.first().format.foreground().color());
                const double b = luminance(look.colors().code);
                QVERIFY2((qMax(a, b) + 0.05) / (qMin(a, b) + 0.05) >= 4.5,
                         qPrintable(QString::number(role)));
            }
        }
    }
};

QTEST_MAIN(tst_CodeColoring)
#include "tst_codecoloring.moc"
