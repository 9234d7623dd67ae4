// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/attachment.h"

#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;

class tst_Attachment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWhatItsBytesSay_data();
    void isWhatItsBytesSay();
    void isRefusedWithAReason_data();
    void isRefusedWithAReason();
    void tellsNothingOfThisComputersFolders();
};

void tst_Attachment::isWhatItsBytesSay_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("type");
    QTest::newRow("PNG") << QByteArray("\x89PNG\r\n\x1a\n\0\xff", 10) << u"image/png"_s;
    QTest::newRow("JPEG") << QByteArray("\xff\xd8\xff\xe0") << u"image/jpeg"_s;
    QTest::newRow("GIF") << QByteArray("GIF89a\x01") << u"image/gif"_s;
    QTest::newRow("WebP") << QByteArray("RIFF\x04\0\0\0WEBP", 12) << u"image/webp"_s;
    QTest::newRow("PDF") << QByteArray("%PDF-1.7\n\xe2") << u"application/pdf"_s;
    QTest::newRow("text") << "Gr\u00fc\u00dfe\r\n\tof all kinds \U0001F3BC"_ba << u"text/plain"_s;
    QTest::newRow("text that is called a picture") << "just words"_ba << u"text/plain"_s;
}

void tst_Attachment::isWhatItsBytesSay()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, type);
    const auto attachment = makeAttachment(u"a.png"_s, bytes);
    QVERIFY(attachment);
    QCOMPARE(*attachment, (Attachment{u"a.png"_s, type, bytes}));
}

void tst_Attachment::isRefusedWithAReason_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("nothing") << QByteArray() << Kind::InvalidRequest;
    QTest::newRow("a program") << QByteArray("\x7f"
                                             "ELF\2\1\1\0",
                                             8)
                               << Kind::Unsupported;
    QTest::newRow("an archive") << QByteArray("PK\3\4") << Kind::Unsupported;
    QTest::newRow("a sound that begins like WebP")
        << QByteArray("RIFF\x04\0\0\0WAVE", 12) << Kind::Unsupported;
    QTest::newRow("text that is not UTF-8") << QByteArray("Gr\xfc\xdf"
                                                          "e")
                                            << Kind::Unsupported;
    QTest::newRow("half of a character") << QByteArray("Gr\xc3") << Kind::Unsupported;
    QTest::newRow("a byte too many") << QByteArray(LargestAttachment + 1, 'x') << Kind::TooLarge;
}

void tst_Attachment::isRefusedWithAReason()
{
    QFETCH(QByteArray, bytes);
    const auto attachment = makeAttachment(u"/home/ada/x"_s, bytes);
    QVERIFY(!attachment);
    QTEST(attachment.error().kind, "kind");
    QVERIFY(attachment.error().message.startsWith("x "_L1));
    QVERIFY(attachment.error().message.endsWith(u'.') && attachment.error().advice.endsWith(u'.'));
}

void tst_Attachment::tellsNothingOfThisComputersFolders()
{
    QCOMPARE(makeAttachment(u"/home/ada/secret/notes.txt"_s, "x")->name, u"notes.txt"_s);
    QCOMPARE(makeAttachment(u"no\ntes\u202e.txt"_s, "x")->name, u"notes.txt"_s);
    QCOMPARE(makeAttachment(u"/home/ada/"_s, "x")->name, u"file"_s);
    QCOMPARE(makeAttachment(QString(10'000, u'x'), "x")->name.size(), 255);
}

QTEST_GUILESS_MAIN(tst_Attachment)
#include "tst_attachment.moc"
