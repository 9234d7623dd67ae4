// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/quotation.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_Quotation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shortens_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << QString() << QString();
        QTest::newRow("short enough") << u"It is so. Really."_s << u"It is so. Really."_s;
        QTest::newRow("as long as may be")
            << u"Exactly twenty-four long"_s << u"Exactly twenty-four long"_s;
        QTest::newRow("lines and tabs") << u" It\r\n\tis \u2028 so.\n"_s << u"It is so."_s;
        QTest::newRow("after a sentence")
            << u"The model is gone. Choose another one."_s << u"The model is gone. …"_s;
        QTest::newRow("a sentence that says little")
            << u"No. The model that you named is gone."_s << u"No. The model that you…"_s;
        QTest::newRow("a word") << u"The model that you named is gone"_s
                                << u"The model that you…"_s;
        QTest::newRow("no word ends") << u"x"_s.repeated(40) << u"x"_s.repeated(23) + u'…';
        QTest::newRow("no half characters")
            << u"x😀"_s.repeated(20) << u"x😀"_s.repeated(7) + u"x…"_s;
        QTest::newRow("no half letters")
            << u"x"_s.repeated(22) + u"e\u0301e\u0301e\u0301"_s << u"x"_s.repeated(22) + u"…"_s;
    }

    void shortens()
    {
        constexpr qsizetype Limit = 24;
        QFETCH(QString, text);
        const QString result = shortened(text, Limit);
        QTEST(result, "expected");
        QVERIFY(result.size() <= Limit);
        QCOMPARE(shortened(result, Limit), result);
    }

    void quotesAReasonAndNothingElse()
    {
        QCOMPARE(quotation(u"The model is gone."_s), u"“The model is gone.”"_s);
        QCOMPARE(quotation(u"%1 of %2"_s), u"“%1 of %2”"_s);
        QCOMPARE(quotation(u" \n"_s), QString());
        QVERIFY(quotation(u"on and on "_s.repeated(1000)).size() <= LongestReason + 2);
    }

    void tellsWhatHappenedThenWhyThenWhatToDo()
    {
        Error error{Error::Kind::ModelNotFound, u"It knows no such model."_s};
        QCOMPARE(paragraphOf(error), u"It knows no such model."_s);
        error.advice = u"Choose another."_s;
        QCOMPARE(paragraphOf(error), u"It knows no such model. Choose another."_s);
        error.reason = u"x is gone."_s;
        error.detail = u"HTTP 404"_s;
        QCOMPARE(paragraphOf(error), u"It knows no such model. “x is gone.” Choose another."_s);
    }
};

QTEST_GUILESS_MAIN(tst_Quotation)
#include "tst_quotation.moc"
