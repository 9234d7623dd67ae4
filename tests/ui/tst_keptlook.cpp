// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chatfixture.h"
#include "desktopappearance.h"
#include "keptlook.h"
#include "storage/settings.h"
#include "support/privatebus.h"
#include "ui/common/themestyle.h"

#include <QAction>
#include <QDBusContext>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

const QString Group = u"org.freedesktop.appearance"_s;
const QString Name = u"color-scheme"_s;

//! The desktop's settings, as far as anybody asks for them here.
class Portal : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")

public:
    Portal(QDBusConnection bus, const QVariant &scheme)
        : m_scheme(scheme)
    {
        if (!bus.registerObject(u"/org/freedesktop/portal/desktop"_s, this,
                                QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals)
            || !bus.registerService(u"org.freedesktop.portal.Desktop"_s)) {
            qFatal("the bus takes no portal");
        }
    }
    int questions() const { return m_questions; }
    void change(const QVariant &scheme)
    {
        m_scheme = scheme;
        Q_EMIT SettingChanged(Group, Name, QDBusVariant(scheme));
    }

public Q_SLOTS:
    QDBusVariant Read(const QString &group, const QString &name)
    {
        ++m_questions;
        if (group != Group || name != Name || !m_scheme.isValid()) {
            sendErrorReply(u"org.freedesktop.portal.Error.NotFound"_s, u"no such setting"_s);
            return QDBusVariant(0U);
        }
        // As all portals do it.
        return QDBusVariant(QVariant::fromValue(QDBusVariant(m_scheme)));
    }

Q_SIGNALS:
    void SettingChanged(const QString &group, const QString &name, const QDBusVariant &value);

private:
    QVariant m_scheme;
    int m_questions = 0;
};

} // namespace

class tst_KeptLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QApplication::setStyle(new ThemeStyle); }
    void beginsAsTheSystem();
    void isDarkWhereThePaletteIs();
    void followsTheSystem();
    void goesByThePaletteWhereNothingElseIsSaid_data();
    void goesByThePaletteWhereNothingElseIsSaid();
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
    const DesktopAppearance m_desktop{QDBusConnection(u"nowhere"_s)}; // says nothing
};

void tst_KeptLook::beginsAsTheSystem()
{
    Settings settings(m_folder.filePath(u"none.ini"_s));
    Fixture f;
    const KeptLook look(settings, m_desktop, f.window);
    QVERIFY(action(f, u"As the system"_s)->isChecked());
    QVERIFY(!isDark()); // as the desktop of the tests is
    QVERIFY(!QFile::exists(m_folder.filePath(u"none.ini"_s)));
}

void tst_KeptLook::isDarkWhereThePaletteIs()
{
    const auto isDarkWith = [](Appearance appearance, const QColor &system) {
        return themePalette(appearance, QPalette(system, system))
                   .color(QPalette::Window)
                   .lightness()
            < 128;
    };
    QVERIFY(isDarkWith(Appearance::System, Qt::black));
    QVERIFY(!isDarkWith(Appearance::System, Qt::white));
    QVERIFY(isDarkWith(Appearance::Dark, Qt::white));
    QVERIFY(!isDarkWith(Appearance::Light, Qt::black));
    // As the program is told when the desktop's palette changes.
    QPalette palette(Qt::black, Qt::black);
    QApplication::style()->polish(palette);
    QCOMPARE(palette.color(QPalette::Window),
             themePalette(Appearance::Dark, {}).color(QPalette::Window));
}

void tst_KeptLook::followsTheSystem()
{
    if (!PrivateBus::isPossible()) {
        QSKIP("dbus-daemon is not installed.");
    }
    PrivateBus bus;
    Portal portal(bus.connection(u"portal"_s), 1U);
    DesktopAppearance desktop(bus.connection(u"program"_s));
    QSignalSpy changed(&desktop, &DesktopAppearance::changed);
    Settings settings(m_folder.filePath(u"none.ini"_s));
    Fixture f;
    const KeptLook look(settings, desktop, f.window);
    QTRY_VERIFY(isDark());
    QVERIFY(action(f, u"As the system"_s)->isChecked());
    portal.change(2U);
    QTRY_VERIFY(!isDark());
    Q_EMIT portal.SettingChanged(Group, u"contrast"_s, QDBusVariant(1U)); // is not meant
    Q_EMIT portal.SettingChanged(u"org.example"_s, Name, QDBusVariant(1U));
    portal.change(1U);
    QTRY_VERIFY(isDark());
    QCOMPARE(changed.size(), 3);
    // Whoever has chosen is not overruled, and follows again as soon as they want to.
    action(f, u"Light"_s)->trigger();
    QVERIFY(!isDark());
    portal.change(2U);
    portal.change(1U);
    QTRY_COMPARE(changed.size(), 5);
    QVERIFY(!isDark());
    action(f, u"As the system"_s)->trigger();
    QVERIFY(isDark());
    portal.change(0U); // has no preference: the palette has
    QTRY_VERIFY(!isDark());
}

void tst_KeptLook::goesByThePaletteWhereNothingElseIsSaid_data()
{
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<QVariant>("scheme");
    QTest::newRow("no portal") << false << QVariant();
    QTest::newRow("one that does not know") << true << QVariant();
    QTest::newRow("no preference") << true << QVariant(0U);
    QTest::newRow("a number of the future") << true << QVariant(7U);
    QTest::newRow("a word") << true << QVariant(u"dark"_s);
    QTest::newRow("a signed number") << true << QVariant(1);
    QTest::newRow("a box in a box in a box")
        << true
        << QVariant::fromValue(QDBusVariant(QVariant::fromValue(QDBusVariant(QVariant(1U)))));
}

void tst_KeptLook::goesByThePaletteWhereNothingElseIsSaid()
{
    QFETCH(bool, isThere);
    QFETCH(QVariant, scheme);
    if (!PrivateBus::isPossible()) {
        QSKIP("dbus-daemon is not installed.");
    }
    PrivateBus bus;
    QDBusConnection itself = bus.connection(u"portal"_s);
    std::optional<Portal> portal;
    if (isThere) {
        portal.emplace(itself, scheme);
    }
    DesktopAppearance desktop(bus.connection(u"program"_s));
    QSignalSpy changed(&desktop, &DesktopAppearance::changed);
    if (isThere) { // what comes last says that all before has been taken
        QTRY_COMPARE(portal->questions(), 1);
        portal->change(1U);
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(desktop.appearance(), Appearance::Dark);
        portal->change(scheme.isValid() ? scheme : QVariant(0U));
        QTRY_COMPARE(changed.size(), 2);
    }
    QCOMPARE(desktop.appearance(), Appearance::System);
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
        const KeptLook look(settings, m_desktop, f.window);
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
    const KeptLook look(settings, m_desktop, f.window);
    QVERIFY(action(f, choice)->isChecked());
    QCOMPARE(isDark(), dark);
    QCOMPARE(f.edit()->font().pointSizeF(), larger);
}

void tst_KeptLook::zoomsNoFurtherThanCanBeRead()
{
    Settings settings(file());
    QVERIFY(!settings.setZoom(1000000));
    Fixture f;
    const KeptLook look(settings, m_desktop, f.window);
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
    const KeptLook look(settings, m_desktop, f.window);
    QVERIFY(action(f, u"As the system"_s)->isChecked());
    QVERIFY(!isDark());
}

QTEST_MAIN(tst_KeptLook)
#include "tst_keptlook.moc"
