// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/probes/systemproxy.h"

#include "auth/redact.h"
#include "net/policynam.h"

#include <QCoreApplication>
#include <QNetworkProxyFactory>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(SystemProxy)
};

QString kindOf(QNetworkProxy::ProxyType type)
{
    switch (type) {
    case QNetworkProxy::Socks5Proxy:
        return Tr::tr("SOCKS proxy");
    case QNetworkProxy::HttpProxy:
    case QNetworkProxy::HttpCachingProxy:
        return Tr::tr("HTTP proxy");
    default:
        return Tr::tr("proxy");
    }
}

} // namespace

QNetworkProxy systemProxyFor(const QUrl &server)
{
    if (isLoopbackHost(server.host())) {
        return QNetworkProxy::NoProxy;
    }
    return QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(server))
        .value(0, QNetworkProxy::NoProxy);
}

QString describe(const QNetworkProxy &proxy)
{
    if (proxy.type() == QNetworkProxy::NoProxy) {
        return Tr::tr("no proxy");
    }
    // The host is what somebody wrote into a setting: it may hold anything.
    QString text = u"%1 %2:%3"_s.arg(kindOf(proxy.type()), OAuth::quoted(proxy.hostName()))
                       .arg(proxy.port());
    if (!proxy.user().isEmpty() || !proxy.password().isEmpty()) {
        text += Tr::tr(", with a user name or password");
    }
    return text;
}

} // namespace Maestro
