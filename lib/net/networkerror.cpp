// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/networkerror.h"

#include "net/offline.h"
#include "net/probes/systemproxy.h"
#include "net/tlsproblem.h"

#include <QCoreApplication>
#include <QMetaEnum>
#include <QNetworkReply>

namespace Maestro {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("NetworkError", text); }

//! The error's name and number, not errorString(): that holds the whole address.
QString nameOf(QNetworkReply::NetworkError error)
{
    const char *name = QMetaEnum::fromType<QNetworkReply::NetworkError>().valueToKey(error);
    return tr("Network error %1 (%2)")
        .arg(QString::fromLatin1(name ? name : "Unknown"))
        .arg(static_cast<int>(error));
}

QString proxySentence(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ProxyConnectionRefusedError:
        return tr("The proxy on the way to %1 refused the connection.");
    case QNetworkReply::ProxyConnectionClosedError:
        return tr("The proxy on the way to %1 closed the connection.");
    case QNetworkReply::ProxyNotFoundError:
        return tr("The name of the proxy on the way to %1 was not found.");
    case QNetworkReply::ProxyTimeoutError:
        return tr("The proxy on the way to %1 did not answer in time.");
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return tr("The proxy on the way to %1 wants a user name and a password, or others.");
    case QNetworkReply::HostNotFoundError:
        return tr("The proxy on the way to %1 does not find it, or does not let us through.");
    default:
        return tr("The proxy on the way to %1 cannot be reached, or does not let us through.");
    }
}

//! Beside what Qt calls the proxy's, what it does not: an HTTP proxy that is not there or refuses
//! is an unknown error, a SOCKS proxy that refuses a name that was not found.
bool isOfTheProxy(const QNetworkReply &reply)
{
    switch (reply.error()) {
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return true;
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::UnknownNetworkError:
        return systemProxyFor(reply.url()).type() != QNetworkProxy::NoProxy;
    default:
        return false;
    }
}

} // namespace

Error describeNetworkError(const QNetworkReply &reply)
{
    const QString host = reply.url().host();
    const QString detail = nameOf(reply.error());
    if (auto offline = describeOffline(reply)) {
        offline->detail = detail;
        return *offline;
    }
    if (isOfTheProxy(reply)) {
        return {Error::Kind::Proxy, proxySentence(reply.error()).arg(host),
                reply.error() == QNetworkReply::ProxyAuthenticationRequiredError
                    ? tr("Name them in the system's proxy settings.")
                    : tr("Check the system's proxy settings, and whether the proxy runs."),
                detail};
    }
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return {Error::Kind::Network, tr("The name %1 was not found.").arg(host),
                tr("Check that this computer is online."), detail};
    case QNetworkReply::ConnectionRefusedError:
        return {Error::Kind::Network, tr("%1 refused the connection.").arg(host),
                tr("Check the address, and whether a firewall is in the way."), detail};
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return {Error::Kind::Network, tr("%1 closed the connection before it answered.").arg(host),
                tr("Try again. The request was sent once and not repeated."), detail};
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // a transfer timeout, in Qt's words
        return {Error::Kind::Timeout, tr("%1 was silent for too long.").arg(host), tr("Try again."),
                detail};
    case QNetworkReply::SslHandshakeFailedError:
        return describeTlsProblem(reply);
    case QNetworkReply::ContentAccessDenied:
        return {Error::Kind::Configuration, tr("The address of %1 is not allowed.").arg(host),
                tr("An address must begin with https, or with http on this computer."), detail};
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::UnknownNetworkError:
        return {Error::Kind::Network, tr("There is no way to %1 on this network.").arg(host),
                tr("Check that this computer is online."), detail};
    default:
        return {Error::Kind::Network, tr("The connection to %1 failed.").arg(host),
                tr("Try again."), detail};
    }
}

} // namespace Maestro
