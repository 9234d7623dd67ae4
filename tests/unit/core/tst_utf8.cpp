// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/utf8.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_Utf8 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replacesEachMaximalInvalidPartOnce_data();
    void replacesEachMaximalInvalidPartOnce();
    void neverFailsAndNeverChangesWhatIsValid();
    void replacesHalvesOfSurrogatePairs();
};

void tst_Utf8::replacesHalvesOfSurrogatePairs()
{
    const QChar high(0xD83D);
    const QChar low(0xDE00);
    QCOMPARE(repairUtf16(u"a😀b"_s), u"a😀b"_s);
    QCOMPARE(repairUtf16(QString()), QString());
    QCOMPARE(repairUtf16(u"a"_s + high), u"a�"_s);
    QCOMPARE(repairUtf16(low + u"a"_s), u"�a"_s);
    QCOMPARE(repairUtf16(QString(high) + high + low + low), u"�😀�"_s);
}

void tst_Utf8::replacesEachMaximalInvalidPartOnce_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");

    QTest::newRow("empty") << QByteArray() << QString();
    QTest::newRow("ASCII") << QByteArray("abc") << QStringLiteral("abc");
    QTest::newRow("two, three and four bytes")
        << QByteArray("\xC3\xA9\xE6\xBC\xA2\xF0\x9F\x98\x80") << QStringLiteral("é漢😀");
    QTest::newRow("a byte order mark is kept") << QByteArray("\xEF\xBB\xBF"
                                                             "a")
                                               << QString(QChar(0xFEFF) + QLatin1Char('a'));
    QTest::newRow("a stray byte") << QByteArray("a\xFF"
                                                "b")
                                  << QStringLiteral("a�b");
    QTest::newRow("a cut sequence is one") << QByteArray("\xE2\x82"
                                                         "c")
                                           << QStringLiteral("�c");
    QTest::newRow("a sequence cut at the end")
        << QByteArray("c\xF0\x9F\x98") << QStringLiteral("c�");
    QTest::newRow("overlong") << QByteArray("\xC0\xAF") << QStringLiteral("��");
    QTest::newRow("a surrogate") << QByteArray("\xED\xA0\x80") << QStringLiteral("���");
    QTest::newRow("beyond Unicode") << QByteArray("\xF4\x90\x80\x80") << QStringLiteral("����");
    QTest::newRow("lone continuations") << QByteArray("\x80\x80") << QStringLiteral("��");
    QTest::newRow("the Unicode standard's example") // table 3-8
        << QByteArray("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64")
        << QStringLiteral("a���b�c��d");
}

void tst_Utf8::replacesEachMaximalInvalidPartOnce()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);

    QCOMPARE(decodeUtf8(bytes), expected);
}

void tst_Utf8::neverFailsAndNeverChangesWhatIsValid()
{
    QRandomGenerator random(20261122);
    for (int round = 0; round < 5000; ++round) {
        QByteArray bytes(random.bounded(12), '\0');
        for (char &byte : bytes) {
            byte = static_cast<char>(random.bounded(256));
        }
        const QByteArray repaired = repairUtf8(bytes);
        QVERIFY(repaired.isValidUtf8());
        QCOMPARE(repairUtf8(repaired), repaired);
    }
}

QTEST_GUILESS_MAIN(tst_Utf8)
#include "tst_utf8.moc"
