// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/probes/nameprobe.h"

#include "auth/redact.h"
#include "net/policynam.h"
#include "net/probes/systemproxy.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! As many addresses as fit on a line.
constexpr qsizetype ShownAddresses = 2;

//! Filters and captive networks answer with such an address for names they block.
bool leadsNowhere(const QHostAddress &address)
{
    return address.isLoopback() || address == QHostAddress(QHostAddress::AnyIPv4)
        || address == QHostAddress(QHostAddress::AnyIPv6);
}

QString shown(const QList<QHostAddress> &addresses)
{
    QStringList texts;
    for (const QHostAddress &address : addresses.first(qMin(ShownAddresses, addresses.size()))) {
        texts.append(address.toString());
    }
    const qsizetype more = addresses.size() - texts.size();
    return texts.join(u", "_s) + (more > 0 ? NameProbe::tr(" and %1 more").arg(more) : QString());
}

} // namespace

NameProbe::NameProbe(const QUrl &server, QObject *parent)
    : Probe(u"name:"_s + server.host(), tr("Name %1").arg(server.host()), parent)
    , m_server(server)
{ }

NameProbe::~NameProbe()
{
    if (m_lookup != -1) {
        QHostInfo::abortHostLookup(m_lookup);
    }
}

void NameProbe::start()
{
    if (isLoopbackHost(m_server.host())) {
        conclude(ProbeResult::Status::Skipped, tr("it is this computer"));
    } else if (!QHostAddress(m_server.host()).isNull()) {
        conclude(ProbeResult::Status::Skipped, tr("it is an address, not a name"));
    } else {
        m_lookup = QHostInfo::lookupHost(m_server.host(), this, &NameProbe::onLookedUp);
    }
}

void NameProbe::onLookedUp(const QHostInfo &found)
{
    m_lookup = -1;
    const QList<QHostAddress> addresses = found.addresses();
    if (addresses.isEmpty()) {
        if (systemProxyFor(m_server).capabilities().testFlag(
                QNetworkProxy::HostNameLookupCapability)) {
            conclude(ProbeResult::Status::Skipped,
                     tr("not found from here; the proxy looks it up instead"));
            return;
        }
        conclude(ProbeResult::Status::Problem,
                 tr("not found (%1)").arg(OAuth::quoted(found.errorString())),
                 tr("Check that this computer is online, and which name server it uses."));
        return;
    }
    if (std::all_of(addresses.begin(), addresses.end(), leadsNowhere)) {
        conclude(ProbeResult::Status::Problem,
                 tr("leads to %1, which is not the server").arg(shown(addresses)),
                 tr("A filter, the hosts file or a network login page answers for it. Allow this "
                    "name there."));
        return;
    }
    conclude(ProbeResult::Status::Ok, shown(addresses));
}

} // namespace Maestro
