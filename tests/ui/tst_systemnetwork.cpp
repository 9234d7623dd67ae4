// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "programfixture.h"
#include "support/privatebus.h"
#include "systemnetwork.h"

#include <QDBusContext>
#include <QDBusVariant>
#include <QSignalSpy>

using namespace Maestro;
using State = NetworkPresence::State;

namespace {

//! The desktop's portal, as far as it is asked for the network.
class Portal : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.NetworkMonitor")

public:
    explicit Portal(const QDBusConnection &bus, const QVariantMap &status)
        : m_bus(bus)
        , m_status(status)
    {
        if (!m_bus.registerObject(u"/org/freedesktop/portal/desktop"_s, this,
                                  QDBusConnection::ExportAllSlots
                                      | QDBusConnection::ExportAllSignals)
            || !m_bus.registerService(Name)) {
            qFatal("the bus takes no portal");
        }
    }
    ~Portal() override
    {
        m_bus.unregisterService(Name);
        m_bus.unregisterObject(u"/org/freedesktop/portal/desktop"_s);
    }
    int questions() const { return m_questions; }
    void change(const QVariantMap &status)
    {
        m_status = status;
        Q_EMIT changed();
    }

public Q_SLOTS:
    QVariantMap GetStatus()
    {
        ++m_questions;
        if (m_status.isEmpty()) {
            sendErrorReply(u"org.freedesktop.portal.Error.NotAllowed"_s, u"not for you"_s);
        }
        return m_status;
    }

Q_SIGNALS:
    void changed();

private:
    static inline const QString Name = u"org.freedesktop.portal.Desktop"_s;
    QDBusConnection m_bus;
    QVariantMap m_status;
    int m_questions = 0;
};

//! NetworkManager, with the one property that is asked for.
class Manager : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.NetworkManager")
    Q_PROPERTY(uint State READ state)

public:
    explicit Manager(const QDBusConnection &bus, uint state)
        : m_bus(bus)
        , m_state(state)
    {
        if (!m_bus.registerObject(u"/org/freedesktop/NetworkManager"_s, this,
                                  QDBusConnection::ExportAllContents)
            || !m_bus.registerService(Name)) {
            qFatal("the bus takes no manager");
        }
    }
    ~Manager() override
    {
        m_bus.unregisterService(Name);
        m_bus.unregisterObject(u"/org/freedesktop/NetworkManager"_s);
    }
    uint state() const { return m_state; }
    void change(uint state)
    {
        m_state = state;
        Q_EMIT StateChanged(state);
    }

Q_SIGNALS:
    void StateChanged(uint state);

private:
    static inline const QString Name = u"org.freedesktop.NetworkManager"_s;
    QDBusConnection m_bus;
    uint m_state;
};

QVariantMap available(const QVariant &value) { return {{u"available"_s, value}}; }

} // namespace

class tst_SystemNetwork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (!PrivateBus::isPossible()) {
            QSKIP("there is no dbus-daemon");
        }
    }
    void believesThePortal();
    void asksNetworkManagerWhereThePortalKnowsNothing_data();
    void asksNetworkManagerWhereThePortalKnowsNothing();
    void readsEveryStateOfNetworkManager_data();
    void readsEveryStateOfNetworkManager();
    void knowsNothingWhereNobodyIs_data();
    void knowsNothingWhereNobodyIs();
    void forgetsWhatSomebodySaidWhoIsGone();
    void offersTheQuestionAgainOnceThereIsANetwork();
};

void tst_SystemNetwork::believesThePortal()
{
    PrivateBus bus;
    Portal portal(bus.connection(u"portal"_s), available(false));
    NetworkPresence presence;
    bool isManagerAsked = false;
    const SystemNetwork network(
        bus.connection(u"maestro"_s),
        [&] {
            isManagerAsked = true;
            return QDBusConnection(u"nowhere"_s);
        },
        presence);
    QCOMPARE(presence.state(), State::Unknown); // nobody was waited for
    QTRY_COMPARE(presence.state(), State::Offline);
    portal.change(available(true));
    QTRY_COMPARE(presence.state(), State::Online);
    portal.change(available(false));
    QTRY_COMPARE(presence.state(), State::Offline);
    QCOMPARE(portal.questions(), 3);
    QVERIFY(!isManagerAsked);
}

void tst_SystemNetwork::asksNetworkManagerWhereThePortalKnowsNothing_data()
{
    QTest::addColumn<bool>("hasPortal");
    QTest::addColumn<QVariantMap>("status");
    QTest::newRow("no portal") << false << QVariantMap();
    QTest::newRow("a portal that refuses") << true << QVariantMap();
    QTest::newRow("not a word of it") << true << QVariantMap{{u"metered"_s, true}};
    QTest::newRow("garbage") << true << available(u"false"_s);
}

void tst_SystemNetwork::asksNetworkManagerWhereThePortalKnowsNothing()
{
    QFETCH(bool, hasPortal);
    QFETCH(QVariantMap, status);
    PrivateBus session;
    PrivateBus system;
    std::unique_ptr<Portal> portal;
    if (hasPortal) {
        portal = std::make_unique<Portal>(session.connection(u"portal"_s), status);
    }
    Manager manager(system.connection(u"manager"_s), 20);
    NetworkPresence presence;
    const SystemNetwork network(
        session.connection(u"maestro"_s), [&] { return system.connection(u"maestro-system"_s); },
        presence);
    QTRY_COMPARE(presence.state(), State::Offline);
    manager.change(70);
    QTRY_COMPARE(presence.state(), State::Online);
    manager.change(30);
    QTRY_COMPARE(presence.state(), State::Offline);
    if (portal) { // it says it of something else
        const QSignalSpy told(&presence, &NetworkPresence::changed);
        portal.reset();
        manager.change(20);
        manager.change(60);
        QTRY_COMPARE(presence.state(), State::Online);
        QCOMPARE(told.size(), 1);
    }
}

void tst_SystemNetwork::readsEveryStateOfNetworkManager_data()
{
    QTest::addColumn<uint>("said");
    QTest::addColumn<State>("state");
    for (const uint offline : {10U, 20U, 30U, 40U, 50U}) {
        QTest::addRow("%u", offline) << offline << State::Offline;
    }
    for (const uint online : {60U, 70U}) {
        QTest::addRow("%u", online) << online << State::Online;
    }
    for (const uint nothing : {0U, 1U, 80U, 0xffffffffU}) {
        QTest::addRow("%u", nothing) << nothing << State::Unknown;
    }
}

void tst_SystemNetwork::readsEveryStateOfNetworkManager()
{
    QFETCH(uint, said);
    QFETCH(State, state);
    PrivateBus bus;
    Manager manager(bus.connection(u"manager"_s), state == State::Online ? 20 : 70);
    NetworkPresence presence;
    const SystemNetwork network(
        QDBusConnection(u"nowhere"_s), [&] { return bus.connection(u"maestro"_s); }, presence);
    QTRY_VERIFY(presence.state() != State::Unknown);
    manager.change(said);
    QTRY_COMPARE(presence.state(), state);
}

void tst_SystemNetwork::knowsNothingWhereNobodyIs_data()
{
    QTest::addColumn<bool>("hasSession");
    QTest::addColumn<bool>("hasSystem");
    QTest::newRow("no bus") << false << false;
    QTest::newRow("a session without a portal") << true << false;
    QTest::newRow("a system without a manager") << false << true;
    QTest::newRow("neither has anybody") << true << true;
}

void tst_SystemNetwork::knowsNothingWhereNobodyIs()
{
    QFETCH(bool, hasSession);
    QFETCH(bool, hasSystem);
    PrivateBus bus;
    NetworkPresence presence;
    const QSignalSpy told(&presence, &NetworkPresence::changed);
    const QDBusConnection nowhere(u"nowhere"_s);
    bool isAsked = false;
    const SystemNetwork network(
        hasSession ? bus.connection(u"session"_s) : nowhere,
        [&] {
            isAsked = true;
            return hasSystem ? bus.connection(u"system"_s) : nowhere;
        },
        presence);
    QTRY_VERIFY(isAsked);
    // Whoever comes later is heard, so that all there was to say has been said by then.
    if (hasSystem) {
        Manager manager(bus.connection(u"manager"_s), 70);
        QTRY_COMPARE(presence.state(), State::Online);
        QCOMPARE(told.size(), 1);
    }
    QVERIFY(told.size() <= 1);
}

void tst_SystemNetwork::forgetsWhatSomebodySaidWhoIsGone()
{
    PrivateBus bus;
    auto manager = std::make_unique<Manager>(bus.connection(u"manager"_s), 20);
    NetworkPresence presence;
    const SystemNetwork network(
        QDBusConnection(u"nowhere"_s), [&] { return bus.connection(u"maestro"_s); }, presence);
    QTRY_COMPARE(presence.state(), State::Offline);
    manager.reset();
    QTRY_COMPARE(presence.state(), State::Unknown);
    manager = std::make_unique<Manager>(bus.connection(u"manager-2"_s), 70);
    QTRY_COMPARE(presence.state(), State::Online);
}

void tst_SystemNetwork::offersTheQuestionAgainOnceThereIsANetwork()
{
    PrivateBus bus;
    qputenv("DBUS_SESSION_BUS_ADDRESS", bus.address().toUtf8()); // nobody was on it so far
    Portal portal(bus.connection(u"portal"_s), available(false));
    Configuration configuration;
    configuration.openAi.baseUrl = QUrl(u"https://maestro.invalid/v1"_s);
    configuration.openAi.apiKey = Secret("sk-nobody"_ba);
    configuration.openAi.apiKeyVariable = u"OPENAI_API_KEY"_s;
    ProgramFixture f({}, configuration);
    f.edit()->setPlainText(u"How do you do?"_s);
    QTest::keyClick(f.edit(), Qt::Key_Return);

    const QString offline = u"You are offline, so maestro.invalid could not be reached."_s;
    QTRY_VERIFY_WITH_TIMEOUT(isShown(f.window, offline), 20'000);
    QVERIFY(isShown(f.window,
                    u"Connect this computer to a network and try again. Nothing was sent."_s));
    QVERIFY(findButton(*f.banner(), u"Try again"_s));
    QCOMPARE(namelessWidgets(*f.banner()), QStringList());

    f.edit()->setPlainText(u"And"_s);
    portal.change(available(true));
    QTRY_VERIFY(isShown(f.window, u"You are online again."_s));
    QVERIFY(!isShown(f.window, offline));
    QCOMPARE(QApplication::focusWidget(), f.edit()); // who types goes on typing
    QCOMPARE(f.edit()->toPlainText(), u"And"_s);
    QVERIFY(!f.isAnswering()); // what costs something is asked by the person

    f.click(*f.banner(), u"Try again"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(f.window, u"The name maestro.invalid was not found."_s),
                             20'000);
    QCOMPARE(f.transcript().count(u"How do you do?"_s), 1);
}

QTEST_MAIN(tst_SystemNetwork)
#include "tst_systemnetwork.moc"
