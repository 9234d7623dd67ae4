// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/keyring.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>

#include <functional>
#include <memory>

namespace Maestro {

//! What the freedesktop.org Secret Service says about itself, over D-Bus, without a secret. Each
//! question ends within the limit; unlock() when the person has answered, or not for a minute.
class SecretService : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        std::chrono::milliseconds answer{3000}; //!< for all that no person is asked
        std::chrono::milliseconds person{60000};
    };

    explicit SecretService(const Limits &limits, QObject *parent = nullptr);
    ~SecretService() override;

    //! Who answered last, as people call it; empty where nobody did or the system does not tell.
    const QString &name() const { return m_name; }
    QFuture<Result<Keyring::State>> state();
    QFuture<Result<Keyring::State>> unlock();

Q_SIGNALS:
    //! Another process answers now: sessions with the one before are worth nothing.
    void replaced();

private:
    class Question;

    void meet(quint32 process);

    QFuture<Result<Keyring::State>> ask(bool mayPrompt);

    const Limits m_limits;
    QString m_name;
    quint32 m_process = 0; // that answered last
};

} // namespace Maestro
