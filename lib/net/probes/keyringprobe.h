// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/probe.h"

#include <QTimer>

#include <functional>
#include <memory>

class QDBusMessage;

namespace Maestro {

class PrivateBus;

//! Whether a keyring (the Secret Service of freedesktop.org) answers on the session's bus, which
//! one, and whether it is locked. It starts none and unlocks none.
class KeyringProbe final : public Probe
{
    Q_OBJECT

public:
    explicit KeyringProbe(QObject *parent = nullptr);
    ~KeyringProbe() override;

    void start() override;

private:
    using Continuation = std::function<void(const QDBusMessage &reply)>;

    void call(const QDBusMessage &message, const Continuation &then);
    void onOwner(const QDBusMessage &reply);
    void onActivatable(const QDBusMessage &reply);
    void onProcess(const QDBusMessage &reply);
    void onDefault(const QDBusMessage &reply);
    void onLocked(const QDBusMessage &reply);
    void concludeSilent();

    std::unique_ptr<PrivateBus> m_bus; // there while it is asked
    QString m_keyring; // what answers to the name
    QTimer m_limit;
};

} // namespace Maestro
