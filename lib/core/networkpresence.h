// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>

#include <utility>

namespace Maestro {

//! Whether this computer has a network, as its system says it. Nothing waits for that, or is kept
//! back by it: it explains what has failed, and tells when asking again may help.
class NetworkPresence : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Unknown, //!< nobody has said anything, or nobody is there to say it
        Offline,
        Online,
    };
    Q_ENUM(State)

    using QObject::QObject;

    State state() const { return m_state; }
    void set(State state)
    {
        if (std::exchange(m_state, state) != state) {
            Q_EMIT changed(state);
        }
    }

Q_SIGNALS:
    void changed(Maestro::NetworkPresence::State state);

private:
    State m_state = State::Unknown;
};

} // namespace Maestro
