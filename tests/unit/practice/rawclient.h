// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/httpmessage.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

//! What came over a connection, as bytes.
struct RawAnswer
{
    int status = 0;
    Maestro::HttpHeaders headers;
    QByteArray body; //!< dechunked, as far as it came
    bool lastChunk = false; //!< a chunked body ended as it should
    bool closed = false;
};

inline RawAnswer parseAnswer(const QByteArray &bytes, bool closed)
{
    RawAnswer answer;
    answer.closed = closed;
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0) {
        return answer;
    }
    const QList<QByteArray> lines = bytes.first(end).split('\n');
    answer.status = lines[0].split(' ').value(1).toInt();
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        answer.headers.append({line.first(colon), line.sliced(colon + 1).trimmed()});
    }
    QByteArray rest = bytes.sliced(end + 4);
    if (Maestro::headerValue(answer.headers, "Transfer-Encoding") != "chunked") {
        answer.body = rest;
        return answer;
    }
    for (qsizetype line = rest.indexOf("\r\n"); line >= 0; line = rest.indexOf("\r\n")) {
        const qsizetype size = rest.first(line).toLongLong(nullptr, 16);
        answer.body += rest.mid(line + 2, size);
        if (size == 0) {
            answer.lastChunk = rest == "0\r\n\r\n";
            break;
        }
        rest = rest.mid(line + 2 + size + 2);
    }
    return answer;
}

//! One connection, written to and read from byte by byte.
class RawClient
{
public:
    explicit RawClient(quint16 port,
                       const QHostAddress &address = QHostAddress(QHostAddress::LocalHost))
    {
        m_socket.setProxy(QNetworkProxy::NoProxy);
        m_socket.connectToHost(address, port);
    }
    bool isConnected() { return reaches(QAbstractSocket::ConnectedState); }
    bool isClosed() { return reaches(QAbstractSocket::UnconnectedState); }
    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    //! Waits for so many bytes at least, without waiting for the end.
    bool hasReceived(qsizetype bytes)
    {
        return QTest::qWaitFor([&] { return received().size() >= bytes; });
    }
    const QByteArray &received() { return m_received += m_socket.readAll(); }
    bool isStillOpen() const { return m_socket.state() == QAbstractSocket::ConnectedState; }
    RawAnswer answer() { return parseAnswer(received(), !isStillOpen()); }
    //! Sends, and waits until the other side has closed.
    RawAnswer exchange(const QByteArray &bytes)
    {
        if (!isConnected()) {
            return {};
        }
        send(bytes);
        const bool closed = isClosed();
        return parseAnswer(received(), closed);
    }

private:
    // Not qWaitFor(), which looks every 10 ms only: these tests open a thousand connections.
    bool reaches(QAbstractSocket::SocketState state)
    {
        QSignalSpy changed(&m_socket, &QAbstractSocket::stateChanged);
        while (m_socket.state() != state) {
            if (!changed.wait()) {
                return false;
            }
        }
        return true;
    }

    QTcpSocket m_socket;
    QByteArray m_received;
};
