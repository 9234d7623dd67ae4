// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/inlinemarkup.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(QList<Maestro::InlineSpan>)

class tst_InlineMarkup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheMarksOfALine_data()
    {
        using Spans = QList<InlineSpan>;
        QTest::addColumn<QString>("line");
        QTest::addColumn<Spans>("spans");
        QTest::newRow("nothing") << u""_s << Spans{};
        QTest::newRow("plain") << u"plain"_s << Spans{{u"plain"_s}};
        QTest::newRow("bold") << u"a **b** c"_s
                              << Spans{{u"a "_s}, {.text = u"b"_s, .bold = true}, {u" c"_s}};
        QTest::newRow("italic") << u"*b*"_s << Spans{{.text = u"b"_s, .italic = true}};
        QTest::newRow("bold and italic")
            << u"***b***"_s << Spans{{.text = u"b"_s, .bold = true, .italic = true}};
        QTest::newRow("strike") << u"~~b~~"_s << Spans{{.text = u"b"_s, .strike = true}};
        QTest::newRow("code") << u"`a*b*`"_s << Spans{{.text = u"a*b*"_s, .code = true}};
        QTest::newRow("code with a tick inside")
            << u"``a`b``"_s << Spans{{.text = u"a`b"_s, .code = true}};
        QTest::newRow("link") << u"[t](https://x.example)"_s
                              << Spans{{u"t "_s},
                                       {.text = u"(https://x.example)"_s, .address = true}};
        QTest::newRow("escaped") << uR"(\*a\*)"_s << Spans{{u"*a*"_s}};
        QTest::newRow("not closed") << u"**a"_s << Spans{{u"**a"_s}};
        QTest::newRow("tick not closed") << u"`a"_s << Spans{{u"`a"_s}};
        QTest::newRow("multiplication") << u"2 * 3 * 4"_s << Spans{{u"2 * 3 * 4"_s}};
        QTest::newRow("a name with underscores")
            << u"get_the_price"_s << Spans{{u"get_the_price"_s}};
        QTest::newRow("HTML is text")
            << u"<img src=file:///x>"_s << Spans{{u"<img src=file:///x>"_s}};
        QTest::newRow("a bracket alone") << u"a[0] = [1]("_s << Spans{{u"a[0] = [1]("_s}};
    }
    void readsTheMarksOfALine()
    {
        QFETCH(QString, line);
        QFETCH(QList<InlineSpan>, spans);
        QCOMPARE(parseInline(line), spans);
    }

    void survivesMarksThatMakeNoSense_data()
    {
        QTest::addColumn<QString>("unit");
        for (const char *unit :
             {"*", "_", "`", "[", "](", "\\", "**a", "~~ ", "[a](b", "`` `", "<"}) {
            QTest::newRow(unit) << QString::fromLatin1(unit);
        }
    }
    void survivesMarksThatMakeNoSense()
    {
        QFETCH(QString, unit);
        const QString line = unit.repeated(2000);
        qsizetype characters = 0;
        for (const InlineSpan &span : parseInline(line)) {
            characters += span.text.size();
        }
        QVERIFY(characters <= line.size() * 2);
    }
};

QTEST_APPLESS_MAIN(tst_InlineMarkup)
#include "tst_inlinemarkup.moc"
