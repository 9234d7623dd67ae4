// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/common/desktopmotion.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_DesktopMotion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheDesktopSays_data()
    {
        QTest::addColumn<QByteArray>("gtk3");
        QTest::addColumn<QByteArray>("gtk4");
        QTest::addColumn<Motion>("motion");
        const QByteArray on = "[Settings]\ngtk-enable-animations=true\n";
        const QByteArray off = "[Settings]\ngtk-theme-name=X\ngtk-enable-animations=0\n";
        QTest::newRow("nothing") << QByteArray() << QByteArray() << Motion::Full;
        QTest::newRow("on") << on << QByteArray() << Motion::Full;
        QTest::newRow("off") << off << QByteArray() << Motion::Reduced;
        QTest::newRow("off, as a word")
            << QByteArray() << QByteArray("[Settings]\ngtk-enable-animations=False\n")
            << Motion::Reduced;
        QTest::newRow("the newer one counts") << off << on << Motion::Full;
        QTest::newRow("the newer one says nothing")
            << off << QByteArray("[Settings]\n") << Motion::Reduced;
        QTest::newRow("garbage") << QByteArray("\0[[=\n\xff\xfe gtk-enable-animations", 29)
                                 << QByteArray(70'000, '[') << Motion::Full;
    }
    void readsWhatTheDesktopSays()
    {
        QFETCH(QByteArray, gtk3);
        QFETCH(QByteArray, gtk4);
        QFETCH(Motion, motion);
        const QTemporaryDir folder;
        qputenv("XDG_CONFIG_HOME", folder.path().toUtf8());
        qputenv("XDG_CONFIG_DIRS", folder.path().toUtf8());
        for (const auto &[name, content] :
             {std::pair{u"gtk-3.0"_s, gtk3}, std::pair{u"gtk-4.0"_s, gtk4}}) {
            if (!content.isEmpty()) {
                QVERIFY(QDir(folder.path()).mkpath(name));
                QFile file(folder.filePath(name + u"/settings.ini"_s));
                QVERIFY(file.open(QIODevice::WriteOnly));
                QCOMPARE(file.write(content), content.size());
            }
        }
        QCOMPARE(desktopMotion(), motion);
    }
};

QTEST_GUILESS_MAIN(tst_DesktopMotion)
#include "tst_desktopmotion.moc"
