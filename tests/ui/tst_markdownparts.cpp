// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/transcript/markdownparts.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

constexpr int Rows = 150;

//! How wide something is may be told by what it was for a moment, an open mark for one; all of a
//! block must be told the same.
QList<Part> withoutWidths(QList<Part> parts)
{
    for (Part &part : parts) {
        part.widths.clear();
    }
    return parts;
}

bool shareWidths(const QList<Part> &parts)
{
    for (qsizetype i = 1; i < parts.size(); ++i) {
        if (parts[i].source == parts[i - 1].source && parts[i].widths != parts[i - 1].widths) {
            return false;
        }
    }
    return true;
}

QString table(const QString &cell)
{
    QString text = u"| A | B |\n|---|:-:|\n"_s;
    for (int row = 0; row < Rows; ++row) {
        text += u"| %1 | %2 |\n"_s.arg(row).arg(cell);
    }
    return text;
}

} // namespace

class tst_MarkdownParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void growAsTheyWouldBeReadWhole_data();
    void growAsTheyWouldBeReadWhole();
    void keepWhatALargeTableBeginsWith();
    void wrapAllStretchesOfACode();
};

void tst_MarkdownParts::growAsTheyWouldBeReadWhole_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("a table") << table(u"some **more** words"_s);
    QTest::newRow("a table that grows wider")
        << table(u"x"_s) + u"| much wider than before | y |\n"_s;
    QTest::newRow("images in a table") << table(u"![a](https://x.example/a.png)"_s);
    QTest::newRow("a table, its links named late")
        << table(u"[a link][late]"_s) + u"\n[late]: https://x.example/\n\nAnd more.\n"_s;
    QTest::newRow("what is no table") << table(u"x"_s).replace(u"|---|:-:|"_s, u"|---|:x:|"_s);
    QTest::newRow("a table in a list")
        << u"- item\n\n  "_s + table(u"x"_s).replace(u'\n', u"\n  "_s) + u"\n- next\n"_s;
    QString code;
    for (int line = 0; line < Rows; ++line) {
        code += u"line %1\n"_s.arg(line);
    }
    QTest::newRow("code") << u"```cpp\n"_s + code + u"```\n\nAnd more.\n"_s;
    QTest::newRow("code in a quote") << u"> ```\n> "_s + QString(code).replace(u'\n', u"\n> "_s);
    QTest::newRow("code by its indent, its blank lines last")
        << u"    "_s + code.replace(u'\n', u"\n    "_s) + u"\n\n\nAnd more.\n"_s;
}

void tst_MarkdownParts::growAsTheyWouldBeReadWhole()
{
    QFETCH(const QString, text);
    constexpr qsizetype Step = 11;
    MarkdownParts grown(Part::Role::Answer);
    QList<Part> shown;
    for (qsizetype at = 0; at < text.size(); at += Step) {
        const qsizetype changed = grown.append(QStringView(text).mid(at, Step));
        // What is said to have stayed did.
        QVERIFY(changed <= qMin(shown.size(), grown.parts().size()));
        QVERIFY(std::equal(shown.begin(), shown.begin() + changed, grown.parts().begin()));
        shown = grown.parts();

        MarkdownParts whole(Part::Role::Answer);
        whole.append(QStringView(text).left(at + Step));
        QCOMPARE(withoutWidths(shown), withoutWidths(whole.parts()));
        QVERIFY(shareWidths(shown));
    }
}

void tst_MarkdownParts::keepWhatALargeTableBeginsWith()
{
    MarkdownParts parts(Part::Role::Answer);
    parts.append(table(u"![a](https://x.example/a.png)"_s));
    const qsizetype count = parts.parts().size();
    QVERIFY(count > 2);
    QCOMPARE(parts.append(u"| 1 | x |\n"), count - 1);
}

void tst_MarkdownParts::wrapAllStretchesOfACode()
{
    MarkdownParts parts(Part::Role::Answer);
    parts.append(u"```\n"_s + u"line\n"_s.repeated(Rows));
    QVERIFY(parts.parts().size() > 2);
    QCOMPARE(parts.toggleWrap(0), 0);
    for (const Part &part : parts.parts()) {
        QVERIFY(part.wraps);
    }
}

QTEST_APPLESS_MAIN(tst_MarkdownParts)
#include "tst_markdownparts.moc"
