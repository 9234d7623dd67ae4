// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/probe.h"
#include "net/loopbackserver.h"
#include "net/portholder.h"

#include <QList>

namespace Maestro {

//! What was found at one port of this computer.
struct PortFinding
{
    quint16 port = 0;
    LoopbackServer::Attempt attempt = LoopbackServer::Attempt::Failed;
    std::optional<PortHolder> holder = {}; //!< of a taken one, where the system tells
};

//! Whether the browser's answer to a sign-in can be waited for: one of the ports must be free, on
//! 127.0.0.1 and on ::1.
class PortsProbe final : public Probe
{
    Q_OBJECT

public:
    explicit PortsProbe(const QList<quint16> &ports, QObject *parent = nullptr);

    void start() override;

    //! The verdict, of which the id and title are still to be set.
    static ProbeResult judge(const QList<PortFinding> &findings);

private:
    QList<quint16> m_ports;
};

} // namespace Maestro
