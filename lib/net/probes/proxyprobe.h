// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/probe.h"

#include <QList>
#include <QUrl>

namespace Maestro {

//! Which of the system's proxies the requests to these servers take. It judges none: whether the
//! way through it works is what the connections show.
class ProxyProbe final : public Probe
{
    Q_OBJECT

public:
    explicit ProxyProbe(const QList<QUrl> &servers, QObject *parent = nullptr);

    void start() override;

private:
    QList<QUrl> m_servers;
};

} // namespace Maestro
