// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

//! Holds the arrows of CONTRIBUTING.md against the includes: what the include path would let
//! through.
class tst_House : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void includesOnlyWhatItsRoomMaySee_data();
    void includesOnlyWhatItsRoomMaySee();
    void keepsNetworkHeadersInTheirRooms();
    void hasNoSourceOutsideOfItsRooms();
};

namespace {

const QString Root = QStringLiteral(MAESTRO_SOURCE_DIR);

QStringList sources(const QString &folder)
{
    QStringList files;
    QDirIterator it(Root + u'/' + folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        files.append(it.next());
    }
    return files;
}

QStringList includesOf(const QString &path)
{
    static const QRegularExpression include(u"^#include [\"<]([^\">]+)[\">]"_s,
                                            QRegularExpression::MultilineOption);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QStringList includes;
    auto matches = include.globalMatch(QString::fromUtf8(file.readAll()));
    while (matches.hasNext()) {
        includes.append(matches.next().captured(1));
    }
    return includes;
}

} // namespace

void tst_House::includesOnlyWhatItsRoomMaySee_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QStringList>("rooms");

    QTest::newRow("core") << u"lib/core"_s << QStringList{u"core"_s};
    QTest::newRow("auth") << u"lib/auth"_s << QStringList{u"core"_s, u"auth"_s};
    QTest::newRow("providers") << u"lib/providers"_s << QStringList{u"core"_s, u"providers"_s};
    QTest::newRow("net") << u"lib/net"_s << QStringList{u"core"_s, u"auth"_s, u"net"_s};
    QTest::newRow("storage") << u"lib/storage"_s << QStringList{u"core"_s, u"storage"_s};
    QTest::newRow("practice") << u"lib/practice"_s << QStringList{u"core"_s, u"practice"_s};
    QTest::newRow("check") << u"lib/check"_s << QStringList{u"core"_s, u"check"_s};
    QTest::newRow("markdown") << u"lib/markdown"_s << QStringList{u"markdown"_s};
    QTest::newRow("syntax") << u"lib/syntax"_s << QStringList{u"core"_s, u"syntax"_s};
    QTest::newRow("ui") << u"ui"_s
                        << QStringList{u"core"_s, u"check"_s, u"markdown"_s, u"syntax"_s, u"ui"_s};
}

void tst_House::includesOnlyWhatItsRoomMaySee()
{
    QFETCH(QString, folder);
    QFETCH(QStringList, rooms);

    static const QStringList allRooms{u"core"_s,    u"auth"_s,     u"providers"_s, u"net"_s,
                                      u"storage"_s, u"markdown"_s, u"practice"_s,  u"check"_s,
                                      u"syntax"_s,  u"ui"_s,       u"app"_s};
    const QStringList files = sources(folder);
    QVERIFY(!files.isEmpty());
    for (const QString &file : files) {
        const QStringList includes = includesOf(file);
        for (const QString &include : includes) {
            const QString room = include.section(u'/', 0, 0);
            QVERIFY2(!allRooms.contains(room) || !include.contains(u'/') || rooms.contains(room),
                     qPrintable(file + u" includes "_s + include));
        }
    }
}

void tst_House::keepsNetworkHeadersInTheirRooms()
{
    static const QRegularExpression network(
        u"^(QNetwork|QTcp|QSsl|QHost|QAbstractSocket|QOAuth|QHttp|QLocalS)"_s);
    static const QRegularExpression widgets(
        u"^(QWidget|QApplication|QMainWindow|QDialog|QLabel|QPainter|QFont)"_s);
    for (const QString &folder :
         {u"lib/core"_s, u"lib/auth"_s, u"lib/providers"_s, u"lib/storage"_s, u"lib/check"_s,
          u"lib/markdown"_s, u"lib/syntax"_s, u"ui"_s}) {
        const QStringList files = sources(folder);
        for (const QString &file : files) {
            const QStringList includes = includesOf(file);
            for (const QString &include : includes) {
                QVERIFY2(!network.match(include).hasMatch(),
                         qPrintable(file + u" includes "_s + include));
                QVERIFY2(folder == "ui"_L1 || !widgets.match(include).hasMatch(),
                         qPrintable(file + u" includes "_s + include));
            }
        }
    }
}

void tst_House::hasNoSourceOutsideOfItsRooms()
{
    QCOMPARE(QDir(Root + u"/lib"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name),
             (QStringList{u"auth"_s, u"check"_s, u"core"_s, u"markdown"_s, u"net"_s, u"practice"_s,
                          u"providers"_s, u"storage"_s, u"syntax"_s}));
    QVERIFY(QDir(Root).entryList({u"*.cpp"_s, u"*.h"_s}, QDir::Files).isEmpty());
}

QTEST_GUILESS_MAIN(tst_House)
#include "tst_house.moc"
