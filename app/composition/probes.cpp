// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "probes.h"

#include "composition.h"
#include "net/probes/browserprobe.h"
#include "net/probes/clockprobe.h"
#include "net/probes/connectionprobe.h"
#include "net/probes/datadirectoryprobe.h"
#include "net/probes/keyringprobe.h"
#include "net/probes/nameprobe.h"
#include "net/probes/portsprobe.h"
#include "net/probes/proxyprobe.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! What the probes are made from, once each.
struct Targets
{
    QList<QUrl> servers;
    QList<quint16> ports;

    void add(const QUrl &server)
    {
        const auto isSame = [&server](const QUrl &other) {
            return other.scheme() == server.scheme() && other.host() == server.host()
                && other.port() == server.port();
        };
        if (std::none_of(servers.begin(), servers.end(), isSame)) {
            servers.append(server);
        }
    }
    void add(const OAuth::OAuthProfile &profile)
    {
        add(profile.authorizeUrl);
        add(profile.tokenUrl);
        if (const auto *redirect = std::get_if<OAuth::LoopbackRedirect>(&profile.redirect)) {
            std::copy_if(redirect->ports.begin(), redirect->ports.end(), std::back_inserter(ports),
                         [](quint16 port) { return port != 0; }); // any free one is never taken
        }
    }
};

Targets targetsOf(const Composition &composition, const QString &providerId)
{
    Targets targets;
    for (const Provider &provider : composition.providers()) {
        if (provider.isPractice || (!providerId.isEmpty() && provider.id != providerId)) {
            continue;
        }
        targets.add(provider.baseUrl);
        if (const auto profile = composition.profile(provider.id)) {
            targets.add(*profile);
        }
    }
    return targets;
}

} // namespace

Probes makeProbes(const Composition &composition, const QString &providerId)
{
    const Targets targets = targetsOf(composition, providerId);
    Probes probes;
    probes.push_back(std::make_unique<ProxyProbe>(targets.servers));
    for (const QUrl &server : targets.servers) {
        probes.push_back(std::make_unique<NameProbe>(server));
        probes.push_back(std::make_unique<ConnectionProbe>(server, composition.authorities()));
    }
    probes.push_back(std::make_unique<ClockProbe>(targets.servers, composition.authorities()));
    probes.push_back(std::make_unique<PortsProbe>(targets.ports));
    probes.push_back(std::make_unique<BrowserProbe>(QProcessEnvironment::systemEnvironment()));
    probes.push_back(std::make_unique<KeyringProbe>());
    probes.push_back(std::make_unique<DataDirectoryProbe>(composition.dataDirectory()));
    return probes;
}

} // namespace Maestro
