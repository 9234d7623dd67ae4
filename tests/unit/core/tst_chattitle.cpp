// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chattitle.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_ChatTitle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheFirstSentence_data();
    void isTheFirstSentence();
    void isNeverLong();
    void isQuickForABook();
};

void tst_ChatTitle::isTheFirstSentence_data()
{
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("title");

    QTest::newRow("a question") << u"How do I sort a list in Python?"_s
                                << u"How do I sort a list in Python?"_s;
    QTest::newRow("two sentences")
        << u"Explain monads to me. I know Haskell a little."_s << u"Explain monads to me"_s;
    QTest::newRow("a greeting takes the next sentence along")
        << u"Hi. Explain monads to me. Thanks."_s << u"Hi. Explain monads to me"_s;
    QTest::newRow("lines") << u"\n\n  Fix this program\n\nint main() {}\n"_s
                           << u"Fix this program"_s;
    QTest::newRow("a short line takes the next along")
        << u"Fix:\nint main() {}"_s << u"Fix: int main() {}"_s;
    QTest::newRow("markdown") << u"## **Review** this text"_s << u"Review** this text"_s;
    QTest::newRow("German") << u"Wie heißt der Fluß in Köln? Und warum?"_s
                            << u"Wie heißt der Fluß in Köln?"_s;
    QTest::newRow("Chinese") << u"请用三句话解释一下量子力学的基本原理。谢谢你。"_s
                             << u"请用三句话解释一下量子力学的基本原理"_s;
    QTest::newRow("Arabic") << u"ما هي عاصمة فرنسا؟ شكرا لك"_s << u"ما هي عاصمة فرنسا؟"_s;
    QTest::newRow("a family of one letter") << u"👨‍👩‍👧 and what it is made of"_s
                                            << u"👨‍👩‍👧 and what it is made of"_s;
    QTest::newRow("controls") << u"a\u202Ebackwards\u0000\u001B[31m and red"_s
                              << u"a backwards [31m and red"_s;
    QTest::newRow("blanks") << u" \n\t "_s << QString();
    QTest::newRow("nothing") << QString() << QString();
}

void tst_ChatTitle::isTheFirstSentence()
{
    QFETCH(QString, prompt);
    QTEST(titleOf(prompt), "title");
}

void tst_ChatTitle::isNeverLong()
{
    const QString words = titleOf(u"supercalifragilistic "_s.repeated(50));
    QVERIFY(words.size() <= 80);
    QVERIFY2(words.endsWith(u"supercalifragilistic…"_s), qPrintable(words));
    const QString one = titleOf(u"x"_s.repeated(500));
    QVERIFY(one.size() <= 80);
    // Never half a letter.
    for (int before = 0; before < 4; ++before) {
        const QString emoji = titleOf(u"a"_s.repeated(before) + u"😀"_s.repeated(500));
        QVERIFY(emoji.size() <= 80);
        QVERIFY(emoji.isValidUtf16());
    }
}

void tst_ChatTitle::isQuickForABook()
{
    const QString book = u"Call me Ishmael "_s.repeated(1000000);
    QCOMPARE(titleOf(book).left(15), u"Call me Ishmael"_s);
}

QTEST_GUILESS_MAIN(tst_ChatTitle)
#include "tst_chattitle.moc"
