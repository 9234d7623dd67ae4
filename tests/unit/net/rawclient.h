// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

namespace Maestro {

//! A browser as far as a listener sees one: sends bytes as they are, and keeps what comes back.
class RawClient
{
public:
    explicit RawClient(quint16 port, const QHostAddress &address = QHostAddress::LocalHost)
    {
        m_socket.connectToHost(address, port);
    }

    void send(const QByteArray &bytes) { m_socket.write(bytes); }
    void flush() { m_socket.flush(); }
    //! Whether the other side closed, having said what it had to say.
    bool isClosed()
    {
        m_received += m_socket.readAll();
        return m_socket.state() == QAbstractSocket::UnconnectedState;
    }
    bool waitUntilConnected()
    {
        QSignalSpy connected(&m_socket, &QTcpSocket::connected);
        return isConnected() || connected.wait();
    }
    bool waitUntilClosed()
    {
        QSignalSpy disconnected(&m_socket, &QTcpSocket::disconnected);
        return (isClosed() && !m_received.isEmpty()) || disconnected.wait();
    }
    //! Neither connected nor closed yet.
    bool isConnecting() const { return m_socket.state() == QAbstractSocket::ConnectingState; }
    bool isConnected() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    const QByteArray &received()
    {
        m_received += m_socket.readAll();
        return m_received;
    }
    //! The status of what came back; 0 if nothing did.
    int status() { return received().startsWith("HTTP/1.1 ") ? received().mid(9, 3).toInt() : 0; }

private:
    QTcpSocket m_socket;
    QByteArray m_received;
};

} // namespace Maestro
