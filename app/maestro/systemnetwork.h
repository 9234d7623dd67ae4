// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/networkpresence.h"

#include <QDBusConnection>
#include <QObject>

#include <functional>
#include <memory>

class QDBusMessage;
class QDBusServiceWatcher;

namespace Maestro {

//! Asks the system whether it has a network, and listens from then on: the desktop's portal, which
//! a sandbox lets through, and NetworkManager where there is no portal. Neither is waited for: Qt's
//! own QNetworkInformation asks NetworkManager on the thread that loads it, and waits.
class SystemNetwork : public QObject
{
    Q_OBJECT

public:
    using Bus = std::function<QDBusConnection()>;

    //! What they say, `presence` is told; it must outlive this. `systemBus` is called if it is
    //! needed.
    SystemNetwork(const QDBusConnection &sessionBus, Bus systemBus, NetworkPresence &presence,
                  QObject *parent = nullptr);
    ~SystemNetwork() override;

private Q_SLOTS: // which the buses call by name
    void askPortal();
    void onManagerState(uint state);

private:
    void askManager();
    void askManagerState();
    void listen(const QDBusConnection &bus, const QString &service, void (SystemNetwork::*ask)());
    void call(QDBusConnection bus, const QDBusMessage &question,
              void (SystemNetwork::*take)(const QDBusMessage &));
    void takePortalReply(const QDBusMessage &reply);
    void takeManagerReply(const QDBusMessage &reply);

    QDBusConnection m_sessionBus;
    Bus m_systemBus;
    NetworkPresence &m_presence;
    std::unique_ptr<QDBusServiceWatcher> m_coming; //!< and going of whom is asked
    bool m_asksManager = false; //!< the portal knows nothing
};

} // namespace Maestro
