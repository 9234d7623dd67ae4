// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "systemnetwork.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>
#include <QDBusVariant>

#include <utility>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

using State = NetworkPresence::State;

// flatpak.github.io/xdg-desktop-portal, NetworkMonitor
const QString Portal = u"org.freedesktop.portal.Desktop"_s;
const QString PortalPath = u"/org/freedesktop/portal/desktop"_s;
const QString Monitor = u"org.freedesktop.portal.NetworkMonitor"_s;

// networkmanager.dev, D-Bus API
const QString Manager = u"org.freedesktop.NetworkManager"_s;
const QString ManagerPath = u"/org/freedesktop/NetworkManager"_s;
const QString Properties = u"org.freedesktop.DBus.Properties"_s;

//! NMState. A connection that leads to nothing but this computer's own bridges is "local".
State stateFrom(uint state)
{
    switch (state) {
    case 10: // asleep
    case 20: // disconnected
    case 30: // disconnecting
    case 40: // connecting
    case 50: // connected, local
        return State::Offline;
    case 60: // connected, site
    case 70: // connected
        return State::Online;
    default:
        return State::Unknown;
    }
}

} // namespace

SystemNetwork::SystemNetwork(const QDBusConnection &sessionBus, Bus systemBus,
                             NetworkPresence &presence, QObject *parent)
    : QObject(parent)
    , m_sessionBus(sessionBus)
    , m_systemBus(std::move(systemBus))
    , m_presence(presence)
{
    if (!m_sessionBus.isConnected()) {
        // Not from here: to connect to a bus takes its time.
        QMetaObject::invokeMethod(this, &SystemNetwork::askManager, Qt::QueuedConnection);
        return;
    }
    m_sessionBus.connect(Portal, PortalPath, Monitor, u"changed"_s, this, SLOT(askPortal()));
    listen(m_sessionBus, Portal, &SystemNetwork::askPortal);
    askPortal();
}

SystemNetwork::~SystemNetwork() = default;

//! Who comes anew is asked anew; who has gone knows nothing.
void SystemNetwork::listen(const QDBusConnection &bus, const QString &service,
                           void (SystemNetwork::*ask)())
{
    m_coming = std::make_unique<QDBusServiceWatcher>(service, bus);
    connect(m_coming.get(), &QDBusServiceWatcher::serviceUnregistered, this,
            [this] { m_presence.set(State::Unknown); });
    connect(m_coming.get(), &QDBusServiceWatcher::serviceRegistered, this, ask);
}

void SystemNetwork::call(QDBusConnection bus, const QDBusMessage &question,
                         void (SystemNetwork::*take)(const QDBusMessage &))
{
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, take] {
        watcher->deleteLater();
        (this->*take)(watcher->reply());
    });
}

void SystemNetwork::askPortal()
{
    if (!m_asksManager) {
        call(m_sessionBus,
             QDBusMessage::createMethodCall(Portal, PortalPath, Monitor, u"GetStatus"_s),
             &SystemNetwork::takePortalReply);
    }
}

void SystemNetwork::takePortalReply(const QDBusMessage &reply)
{
    if (m_asksManager) {
        return;
    }
    const auto status = qdbus_cast<QVariantMap>(reply.arguments().value(0));
    const QVariant available = status.value(u"available"_s);
    if (available.typeId() == QMetaType::Bool) {
        m_presence.set(available.toBool() ? State::Online : State::Offline);
    } else {
        m_presence.set(State::Unknown);
        askManager();
    }
}

void SystemNetwork::askManager()
{
    m_asksManager = true;
    QDBusConnection bus = m_systemBus();
    if (!bus.isConnected()) {
        return;
    }
    bus.connect(Manager, ManagerPath, Manager, u"StateChanged"_s, this, SLOT(onManagerState(uint)));
    listen(bus, Manager, &SystemNetwork::askManagerState);
    askManagerState();
}

void SystemNetwork::askManagerState()
{
    QDBusMessage question
        = QDBusMessage::createMethodCall(Manager, ManagerPath, Properties, u"Get"_s);
    question.setArguments({Manager, u"State"_s});
    question.setAutoStartService(false); // it is for the system to start it
    call(m_systemBus(), question, &SystemNetwork::takeManagerReply);
}

void SystemNetwork::takeManagerReply(const QDBusMessage &reply)
{
    const QVariant state = reply.arguments().value(0).value<QDBusVariant>().variant();
    onManagerState(state.typeId() == QMetaType::UInt ? state.toUInt() : 0);
}

void SystemNetwork::onManagerState(uint state) { m_presence.set(stateFrom(state)); }

} // namespace Maestro
