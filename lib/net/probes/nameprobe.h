// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/probe.h"

#include <QHostInfo>
#include <QUrl>

namespace Maestro {

//! Whether the name of a server is found, and leads somewhere else than to this computer.
class NameProbe final : public Probe
{
    Q_OBJECT

public:
    explicit NameProbe(const QUrl &server, QObject *parent = nullptr);
    ~NameProbe() override;

    void start() override;

private:
    void onLookedUp(const QHostInfo &found);

    QUrl m_server;
    int m_lookup = -1;
};

} // namespace Maestro
