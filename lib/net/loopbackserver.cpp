// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/loopbackserver.h"

#include "core/overloaded.h"
#include "net/portholder.h"

#include <QNetworkProxy>
#include <QPointer>
#include <QTcpSocket>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! More than a request may be long, so that one is read at once, and no more of what never ends.
constexpr qint64 ReadBuffer = 64 * 1024;
//! What the system keeps for us to accept. Beyond it a browser is let in a second later.
constexpr int Backlog = 256;

//! What to do about ports that are taken, with the names of who holds them where the system tells.
QString adviceForTaken(const QList<quint16> &ports)
{
    QStringList holders;
    for (const quint16 port : ports) {
        if (const auto holder = findPortHolder(port);
            holder && !holders.contains(describe(*holder))) {
            holders.append(describe(*holder));
        }
    }
    return holders.isEmpty()
        ? LoopbackServer::tr("Close other programs that wait for a sign-in, then try again.")
        : LoopbackServer::tr("Close %1, then try again.")
              .arg(holders.join(LoopbackServer::tr(" and ")));
}

} // namespace

LoopbackConnection::LoopbackConnection(QTcpSocket *socket, std::chrono::milliseconds patience,
                                       QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_patience(patience)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(ReadBuffer);
    m_timer.setSingleShot(true);
    connect(m_socket, &QTcpSocket::readyRead, this, &LoopbackConnection::onReadyRead);
    connect(m_socket, &QTcpSocket::disconnected, this, &LoopbackConnection::closed);
    connect(&m_timer, &QTimer::timeout, this, &LoopbackConnection::abort);
    m_timer.start(m_patience);
}

bool LoopbackConnection::isOpen() const
{
    return m_socket->state() == QAbstractSocket::ConnectedState;
}

void LoopbackConnection::answer(const QByteArray &response)
{
    if (m_state == State::Answered || !isOpen()) {
        return;
    }
    m_state = State::Answered;
    m_timer.start(m_patience);
    m_socket->write(response);
    m_socket->disconnectFromHost();
}

void LoopbackConnection::abort() { m_socket->abort(); }

void LoopbackConnection::onReadyRead()
{
    const QByteArray bytes = m_socket->readAll();
    if (m_state != State::Reading) {
        return; // One connection carries one request; what follows it is read and forgotten.
    }
    std::visit(
        Overloaded{[](const HttpRequestReader::NeedsMore &) {},
                   [this](const HttpRequestReader::Request &request) {
                       m_state = State::Asked;
                       m_timer.stop(); // The wait for our own answer is not the peer's fault.
                       Q_EMIT requested(request);
                   },
                   [this](const HttpRequestReader::Rejection &rejection) {
                       m_state = State::Asked;
                       Q_EMIT rejected(rejection.status);
                   }},
        m_reader.feed(bytes));
}

LoopbackServer::LoopbackServer(Limits limits, QObject *parent)
    : QObject(parent)
    , m_limits(limits)
{
    for (QTcpServer *server : {&m_ipv4, &m_ipv6}) {
        server->setProxy(
            QNetworkProxy::NoProxy); // or an application proxy would be asked to listen
        connect(server, &QTcpServer::newConnection, this, [this, server] { accept(*server); });
    }
}

LoopbackServer::~LoopbackServer() { close(); }

std::optional<Error> LoopbackServer::listen(const QList<quint16> &ports)
{
    Attempt attempt = Attempt::Failed;
    QStringList tried;
    for (const quint16 port : ports) {
        attempt = listenOn(port);
        if (attempt == Attempt::Listening) {
            return std::nullopt;
        }
        tried.append(QString::number(port));
    }
    const QString detail = tried.join(u", "_s) + u": "_s + m_ipv4.errorString();
    switch (attempt) {
    case Attempt::Forbidden:
        return Error{Error::Kind::PortInUse,
                     tr("The system does not let Maestro listen for the browser's answer."),
                     tr("The ports may be reserved, or a security program forbids it. Restart the "
                        "computer, or use an API key."),
                     detail};
    case Attempt::Taken:
        return Error{Error::Kind::PortInUse,
                     tr("Another program holds the port that the browser's answer comes to."),
                     adviceForTaken(ports), detail};
    case Attempt::Listening:
    case Attempt::Failed:
        break;
    }
    return Error{Error::Kind::PortInUse,
                 tr("This computer cannot listen for the browser's answer."),
                 tr("Check that the loopback network works, or use an API key."), detail};
}

LoopbackServer::Attempt LoopbackServer::listenOn(quint16 port)
{
    // A free port of one family may be taken in the other; chance does not fail so often in a row.
    constexpr int MostTries = 16;
    for (int tries = 0; tries < (port == 0 ? MostTries : 1); ++tries) {
        if (!m_ipv4.listen(QHostAddress::LocalHost, port)) {
            switch (m_ipv4.serverError()) {
            case QAbstractSocket::AddressInUseError:
                return Attempt::Taken;
            case QAbstractSocket::SocketAccessError:
                return Attempt::Forbidden;
            default:
                return Attempt::Failed;
            }
        }
        const quint16 bound = m_ipv4.serverPort();
        if (m_ipv6.listen(QHostAddress::LocalHostIPv6, bound)
            || m_ipv6.serverError() != QAbstractSocket::AddressInUseError) {
            m_port = bound; // Without IPv6 on this computer no browser tries it, either.
            return Attempt::Listening;
        }
        m_ipv4.close();
    }
    return Attempt::Taken;
}

QString LoopbackServer::addresses() const
{
    return m_ipv6.isListening() ? tr("127.0.0.1 and ::1") : u"127.0.0.1"_s;
}

void LoopbackServer::finish()
{
    m_isFinishing = true;
    m_ipv4.close();
    m_ipv6.close();
    const QPointer<LoopbackServer> guard(this);
    const auto connections = m_connections;
    for (LoopbackConnection *connection : connections) {
        if (!connection->isAnswered()) {
            connection->abort();
        }
    }
    if (guard && connections.isEmpty()) {
        Q_EMIT drained();
    }
}

void LoopbackServer::close()
{
    m_ipv4.close();
    m_ipv6.close();
    const auto connections = std::exchange(m_connections, {});
    for (LoopbackConnection *connection : connections) {
        connection->disconnect(this);
        connection->abort();
        connection->deleteLater();
    }
}

void LoopbackServer::accept(QTcpServer &server)
{
    while (QTcpSocket *socket = server.nextPendingConnection()) {
        makeRoom();
        auto *connection = new LoopbackConnection(socket, m_limits.patience, this);
        m_connections.append(connection);
        connect(connection, &LoopbackConnection::closed, this,
                [this, connection] { onClosed(connection); });
        connect(connection, &LoopbackConnection::requested, this,
                [this, connection](const HttpRequestReader::Request &request) {
                    Q_EMIT requested(connection, request);
                });
        connect(connection, &LoopbackConnection::rejected, this,
                [this, connection](int status) { Q_EMIT rejected(connection, status); });
    }
}

void LoopbackServer::makeRoom()
{
    if (m_connections.size() < m_limits.connections) {
        return;
    }
    const auto idle = std::find_if(m_connections.begin(), m_connections.end(),
                                   [](const LoopbackConnection *one) { return !one->hasAsked(); });
    // The browser that waits for the outcome is the last one to be sent away.
    LoopbackConnection *victim = idle != m_connections.end() ? *idle : m_connections.first();
    victim->abort();
}

void LoopbackServer::onClosed(LoopbackConnection *connection)
{
    m_connections.removeOne(connection);
    connection->deleteLater();
    if (m_isFinishing && m_connections.isEmpty()) {
        Q_EMIT drained();
    }
}

} // namespace Maestro
