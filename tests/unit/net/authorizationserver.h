// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/httprequestreader.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTcpSocket>

#include <functional>

namespace Maestro {

//! A token endpoint on loopback that gives the answers it was handed, one after the other, as
//! bytes. Out of answers, it reads and says nothing.
class AuthorizationServer : public QObject
{
public:
    AuthorizationServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this] { accept(); });
    }

    QUrl url() const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1/token").arg(m_server.serverPort()));
    }

    static QByteArray answer(int status, const QByteArray &body, const QByteArray &headers = {})
    {
        return "HTTP/1.1 " + QByteArray::number(status)
            + " X\r\nConnection: close\r\nContent-Length: " + QByteArray::number(body.size())
            + "\r\n" + headers + "\r\n" + body;
    }
    static QByteArray jwt(const QJsonObject &claims)
    {
        constexpr auto Options = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
        return "eyJhbGciOiJSUzI1NiJ9."
            + QJsonDocument(claims).toJson(QJsonDocument::Compact).toBase64(Options) + ".c2ln";
    }

    QByteArrayList answers;
    QList<HttpRequestReader::Request> requests;
    //! What happens meanwhile: called before each answer.
    std::function<void()> onRequest = [] {};

private:
    void accept()
    {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            auto reader = std::make_shared<HttpRequestReader>(
                HttpRequestReader::Limits{.body = 1024 * 1024});
            connect(socket, &QTcpSocket::readyRead, this,
                    [this, socket, reader] { read(*socket, *reader); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    }

    void read(QTcpSocket &socket, HttpRequestReader &reader)
    {
        const auto state = reader.feed(socket.readAll());
        if (const auto *request = std::get_if<HttpRequestReader::Request>(&state)) {
            requests.append(*request);
            onRequest();
            if (!answers.isEmpty()) {
                socket.write(answers.takeFirst());
                socket.disconnectFromHost();
            }
        }
    }

    QTcpServer m_server;
};

} // namespace Maestro
