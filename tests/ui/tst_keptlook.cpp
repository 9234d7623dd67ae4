// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatfixture.h"
#include "keptlook.h"
#include "storage/settings.h"
#include "ui/common/themestyle.h"

#include <QAction>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

class tst_KeptLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QApplication::setStyle(new ThemeStyle); }
    void beginsAsTheSystem();
    void looksAsItWasChosenAtOnceAndAtTheNextStart_data();
    void looksAsItWasChosenAtOnceAndAtTheNextStart();
    void zoomsNoFurtherThanCanBeRead();
    void takesNothingUnknownFromTheFile();

private:
    using Fixture = ChatFixture<ScriptedChat>;

    static bool isDark()
    {
        return QApplication::palette().color(QPalette::Window).lightness() < 128;
    }
    static QAction *action(const Fixture &f, const QString &text)
    {
        const auto actions = f.window.template findChildren<QAction *>();
        for (QAction *each : actions) {
            if (QString(each->text()).remove(u'&') == text) {
                return each;
            }
        }
        return nullptr;
    }
    QString file() const { return m_folder.filePath(u"settings.ini"_s); }

    QTemporaryDir m_folder;
};

void tst_KeptLook::beginsAsTheSystem()
{
    Settings settings(m_folder.filePath(u"none.ini"_s));
    Fixture f;
    const KeptLook look(settings, f.window);
    QVERIFY(action(f, u"As the system"_s)->isChecked());
    QVERIFY(!isDark()); // as the desktop of the tests is
    QVERIFY(!QFile::exists(m_folder.filePath(u"none.ini"_s)));
}

void tst_KeptLook::looksAsItWasChosenAtOnceAndAtTheNextStart_data()
{
    QTest::addColumn<QString>("choice");
    QTest::addColumn<bool>("dark");
    QTest::newRow("dark") << u"Dark"_s << true;
    QTest::newRow("light") << u"Light"_s << false;
    QTest::newRow("as the system") << u"As the system"_s << false;
}

void tst_KeptLook::looksAsItWasChosenAtOnceAndAtTheNextStart()
{
    QFETCH(QString, choice);
    QFETCH(bool, dark);
    double larger = 0;
    {
        Settings settings(file());
        Fixture f;
        const KeptLook look(settings, f.window);
        action(f, choice)->trigger();
        QCOMPARE(isDark(), dark);
        action(f, u"Reset zoom"_s)->trigger();
        const double usual = f.edit()->font().pointSizeF();
        action(f, u"Zoom in"_s)->trigger();
        larger = f.edit()->font().pointSizeF();
        QVERIFY(larger > usual);
    }
    QApplication::setStyle(new ThemeStyle);
    Settings settings(file());
    Fixture f;
    const KeptLook look(settings, f.window);
    QVERIFY(action(f, choice)->isChecked());
    QCOMPARE(isDark(), dark);
    QCOMPARE(f.edit()->font().pointSizeF(), larger);
}

void tst_KeptLook::zoomsNoFurtherThanCanBeRead()
{
    Settings settings(file());
    QVERIFY(!settings.setZoom(1000000));
    Fixture f;
    const KeptLook look(settings, f.window);
    const double most = f.edit()->font().pointSizeF();
    QVERIFY(most < 40);
    action(f, u"Zoom in"_s)->trigger();
    QCOMPARE(f.edit()->font().pointSizeF(), most);
    for (int i = 0; i < 100; ++i) {
        action(f, u"Zoom out"_s)->trigger();
    }
    QVERIFY(f.edit()->font().pointSizeF() >= 4);
}

void tst_KeptLook::takesNothingUnknownFromTheFile()
{
    Settings settings(file());
    QVERIFY(!settings.setAppearance(u"purple"_s));
    Fixture f;
    const KeptLook look(settings, f.window);
    QVERIFY(action(f, u"As the system"_s)->isChecked());
    QVERIFY(!isDark());
}

QTEST_MAIN(tst_KeptLook)
#include "tst_keptlook.moc"
