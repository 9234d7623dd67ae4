// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QTcpServer>
#include <QTcpSocket>

namespace Maestro {

//! A proxy that leads everybody to one server on this computer, whatever was asked for. Speaks
//! CONNECT of HTTP and SOCKS 5.
class FakeProxy final : public QTcpServer
{
    Q_OBJECT

public:
    enum class Mood { Willing, Refusing, Closing, Silent };

    FakeProxy(quint16 target, const QByteArray &user, const QByteArray &password)
        : m_target(target)
        , m_user(user)
        , m_password(password)
    {
        if (!listen(QHostAddress(QHostAddress::LocalHost))) {
            qFatal("A proxy cannot listen.");
        }
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *client = nextPendingConnection();
            ++connections;
            connect(client, &QTcpSocket::readyRead, this, [this, client] { onReadyRead(*client); });
        });
    }

    Mood mood = Mood::Willing;
    int connections = 0;
    int tunnels = 0;
    QByteArray asked; //!< for which host
    QByteArray received; //!< before there was a tunnel

private:
    enum class Stage { Greeting, Password, Request, Tunnel };

    void onReadyRead(QTcpSocket &client)
    {
        if (auto *server = client.findChild<QTcpSocket *>()) {
            server->write(client.readAll());
            return;
        }
        if (mood == Mood::Closing) {
            client.disconnectFromHost();
            return;
        }
        if (mood == Mood::Silent) {
            return;
        }
        QByteArray bytes = client.property("unread").toByteArray() + client.readAll();
        if (bytes.startsWith('\5') || client.property("stage").isValid()) {
            bytes = takeSocks(client, bytes);
        } else if (bytes.contains("\r\n\r\n")) {
            takeConnect(client, bytes);
            bytes.clear();
        }
        client.setProperty("unread", bytes);
    }

    void takeConnect(QTcpSocket &client, const QByteArray &head)
    {
        received += head;
        asked = head.split(' ').value(1);
        const QByteArray wanted = "Basic " + QByteArray(m_user + ':' + m_password).toBase64();
        if (mood == Mood::Refusing) {
            client.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        } else if (!m_user.isEmpty() && !head.contains(wanted)) {
            client.write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic "
                         "realm=\"office\"\r\nContent-Length: 0\r\n\r\n");
        } else {
            lead(client, "HTTP/1.1 200 Connection established\r\n\r\n");
        }
    }

    //! RFC 1928 and 1929, as far as a client of ours goes.
    QByteArray takeSocks(QTcpSocket &client, const QByteArray &bytes)
    {
        received += bytes;
        switch (client.property("stage").toInt()) {
        case 0: {
            const bool wantsUser = !m_user.isEmpty();
            const bool offersUser = bytes.mid(2, bytes[1]).contains('\2');
            if (wantsUser && !offersUser) {
                client.write("\5\xFF", 2);
                return {};
            }
            client.setProperty("stage", wantsUser ? 1 : 2);
            client.write(wantsUser ? QByteArray("\5\2", 2) : QByteArray("\5\0", 2));
            return {};
        }
        case 1: {
            const QByteArray user = bytes.mid(2, bytes[1]);
            const QByteArray password = bytes.mid(3 + user.size());
            const bool isRight = user == m_user && password == m_password;
            client.setProperty("stage", 2);
            client.write(isRight ? QByteArray("\1\0", 2) : QByteArray("\1\1", 2));
            if (!isRight) {
                client.disconnectFromHost();
            }
            return {};
        }
        default:
            asked = bytes.mid(5, bytes[4]);
            if (mood == Mood::Refusing) {
                client.write(QByteArray("\5\2\0\1\0\0\0\0\0\0", 10));
                client.disconnectFromHost();
            } else {
                lead(client, QByteArray("\5\0\0\1\0\0\0\0\0\0", 10));
            }
            return {};
        }
    }

    void lead(QTcpSocket &client, const QByteArray &hello)
    {
        auto *server = new QTcpSocket(&client);
        server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
        connect(server, &QTcpSocket::readyRead, &client,
                [server, &client] { client.write(server->readAll()); });
        connect(server, &QTcpSocket::disconnected, &client, &QTcpSocket::disconnectFromHost);
        ++tunnels;
        client.write(hello);
    }

    quint16 m_target;
    QByteArray m_user;
    QByteArray m_password;
};

} // namespace Maestro
