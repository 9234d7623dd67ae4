// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/offline.h"

#include "core/networkpresence.h"
#include "net/policynam.h"

#include <QCoreApplication>
#include <QNetworkReply>
#include <QVariant>

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Offline)
};

constexpr const char *PresenceProperty = "maestroNetworkPresence";
constexpr const char *SentProperty = "maestroSent";

//! What may come of having no network. With a proxy, a name that is not found is called unknown.
bool mayBeOffline(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::NoError: // so far: our own clock has ended it
    case QNetworkReply::HostNotFoundError:
    case QNetworkReply::OperationCanceledError: // a transfer timeout
    case QNetworkReply::TimeoutError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::UnknownNetworkError:
        return true;
    default:
        return false;
    }
}

} // namespace

void rememberPresence(QNetworkReply &reply, NetworkPresence &presence)
{
    reply.setProperty(PresenceProperty, QVariant::fromValue(&presence));
    QObject::connect(&reply, &QNetworkReply::requestSent, &reply,
                     [&reply] { reply.setProperty(SentProperty, true); });
}

std::optional<Error> describeOffline(const QNetworkReply &reply)
{
    const auto *presence = reply.property(PresenceProperty).value<NetworkPresence *>();
    if (!presence || presence->state() != NetworkPresence::State::Offline
        || reply.property(SentProperty).toBool() || !mayBeOffline(reply.error())
        || isLoopbackHost(reply.url().host())) {
        return std::nullopt;
    }
    return Error{Error::Kind::Offline,
                 Tr::tr("You are offline, so %1 could not be reached.").arg(reply.url().host()),
                 Tr::tr("Connect this computer to a network and try again. Nothing was sent.")};
}

} // namespace Maestro
