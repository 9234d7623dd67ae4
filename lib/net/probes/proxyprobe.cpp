// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/probes/proxyprobe.h"

#include "net/probes/systemproxy.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace Maestro {

ProxyProbe::ProxyProbe(const QList<QUrl> &servers, QObject *parent)
    : Probe(u"proxy"_s, tr("Proxy"), parent)
    , m_servers(servers)
{ }

void ProxyProbe::start()
{
    QStringList proxies; // in the order of their first server
    QHash<QString, QStringList> users;
    for (const QUrl &server : m_servers) {
        const QString proxy = describe(systemProxyFor(server));
        if (!proxies.contains(proxy)) {
            proxies.append(proxy);
        }
        users[proxy].append(server.host());
    }
    if (proxies.size() < 2) {
        conclude(ProbeResult::Status::Ok, proxies.value(0, tr("no proxy")));
        return;
    }
    for (QString &proxy : proxies) {
        proxy = tr("%1 for %2").arg(proxy, users.value(proxy).join(u", "_s));
    }
    conclude(ProbeResult::Status::Ok, proxies.join(u"; "_s));
}

} // namespace Maestro
