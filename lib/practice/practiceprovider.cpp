// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceprovider.h"

#include "practice/practiceauthorization.h"
#include "practice/practiceconnection.h"
#include "practice/practicemodel.h"
#include "practice/practiceroutes.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QTcpServer>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Ports that are free for 127.0.0.1 and taken for ::1 are rare.
constexpr int PortAttempts = 10;

Error portInUse(quint16 port, const QString &detail)
{
    return {.kind = Error::Kind::PortInUse,
            .message
            = PracticeProvider::tr("The practice provider could not listen on port %1.").arg(port),
            .advice
            = PracticeProvider::tr("Close the program that uses the port, or choose another one."),
            .detail = detail};
}

} // namespace

PracticeProvider::PracticeProvider(QObject *parent)
    : PracticeProvider(Pace(), parent)
{ }

PracticeProvider::PracticeProvider(Pace pace, QObject *parent)
    : QObject(parent)
    , m_pace(pace)
    , m_authorization(std::make_unique<Practice::Authorization>())
    , m_routes(std::make_unique<Practice::Routes>(*m_authorization))
{
    m_routes->setCharactersPerDelta(pace.charactersPerDelta);
}

PracticeProvider::~PracticeProvider() = default;

Result<quint16> PracticeProvider::listen(quint16 port)
{
    QString detail;
    for (int attempt = 0; attempt < PortAttempts; ++attempt) {
        auto v4 = listenOn(QHostAddress(QHostAddress::LocalHost), port);
        if (!v4->isListening()) {
            return portInUse(port, v4->errorString());
        }
        auto v6 = listenOn(QHostAddress(QHostAddress::LocalHostIPv6), v4->serverPort());
        // A browser may take ::1 for localhost: another program must not have it. Without IPv6
        // there is nothing to be had.
        if (v6->isListening() || v6->serverError() != QAbstractSocket::AddressInUseError) {
            m_v4 = std::move(v4);
            m_v6 = std::move(v6);
            m_routes->setPort(m_v4->serverPort());
            m_authorization->setIssuer(issuer().toString());
            return m_v4->serverPort();
        }
        detail = v6->errorString();
        if (port != 0) {
            break;
        }
    }
    return portInUse(port, detail);
}

std::unique_ptr<QTcpServer> PracticeProvider::listenOn(const QHostAddress &address, quint16 port)
{
    auto server = std::make_unique<QTcpServer>();
    server->setProxy(QNetworkProxy::NoProxy);
    server->setMaxPendingConnections(MaxConnections);
    connect(server.get(), &QTcpServer::newConnection, this,
            [this, own = server.get()] { onNewConnection(*own); });
    server->listen(address, port);
    return server;
}

void PracticeProvider::onNewConnection(QTcpServer &server)
{
    while (QTcpSocket *socket = server.nextPendingConnection()) {
        if (m_connections >= MaxConnections) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        ++m_connections;
        auto *connection = new Practice::Connection(socket, *m_routes, m_pace, this);
        connect(connection, &Practice::Connection::answered, this, &PracticeProvider::answered);
        connect(connection, &Practice::Connection::finished, this,
                [this, connection] { onConnectionFinished(connection); });
    }
}

void PracticeProvider::onConnectionFinished(QObject *connection)
{
    --m_connections;
    connection->deleteLater();
}

quint16 PracticeProvider::port() const { return m_v4 ? m_v4->serverPort() : 0; }

QUrl PracticeProvider::urlOf(const QString &path) const
{
    QUrl url;
    if (port() != 0) {
        url.setScheme(u"http"_s);
        url.setHost(u"127.0.0.1"_s);
        url.setPort(port());
        url.setPath(path);
    }
    return url;
}

QUrl PracticeProvider::issuer() const { return urlOf({}); }

QUrl PracticeProvider::apiUrl() const { return urlOf(u"/v1"_s); }

QUrl PracticeProvider::authorizeUrl() const { return urlOf(u"/oauth/authorize"_s); }

QUrl PracticeProvider::tokenUrl() const { return urlOf(u"/oauth/token"_s); }

QUrl PracticeProvider::revokeUrl() const { return urlOf(u"/oauth/revoke"_s); }

QStringList PracticeProvider::models()
{
    QStringList ids;
    for (const Practice::Model &model : Practice::models()) {
        ids.append(model.id);
    }
    return ids;
}

} // namespace Maestro
