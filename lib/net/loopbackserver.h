// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"
#include "core/httprequestreader.h"

#include <QList>
#include <QTcpServer>
#include <QTimer>

#include <chrono>

class QTcpSocket;

namespace Maestro {

//! One connection to the loopback server: one request, one answer, and it is closed.
class LoopbackConnection final : public QObject
{
    Q_OBJECT

public:
    //! Takes the socket.
    LoopbackConnection(QTcpSocket *socket, std::chrono::milliseconds patience,
                       QObject *parent = nullptr);

    bool hasAsked() const { return m_state != State::Reading; }
    //! Whether the peer is still there to be answered.
    bool isOpen() const;
    bool isAnswered() const { return m_state == State::Answered; }
    //! Sends the bytes and closes. A second answer is ignored.
    void answer(const QByteArray &response);
    void abort();

Q_SIGNALS:
    void requested(const Maestro::HttpRequestReader::Request &request);
    void rejected(int status);
    void closed();

private:
    enum class State { Reading, Asked, Answered };

    void onReadyRead();

    QTcpSocket *m_socket;
    QTimer m_timer;
    std::chrono::milliseconds m_patience;
    HttpRequestReader m_reader;
    State m_state = State::Reading;
};

//! Listens on one port of both loopback addresses, 127.0.0.1 and ::1, and on nothing else: a
//! browser may take `localhost` for either, and nobody on the network can reach it.
class LoopbackServer final : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        //! Beyond it the oldest that has not asked yet makes room.
        qsizetype connections = 16;
        //! For the whole request to come, and then for the answer to be taken.
        std::chrono::milliseconds patience = std::chrono::seconds(5);
    };

    //! What came of trying a port.
    enum class Attempt {
        Listening,
        Taken, //!< by another program
        Forbidden, //!< by the system: Windows reserves ranges, security programs deny
        Failed,
    };

    explicit LoopbackServer(Limits limits, QObject *parent = nullptr);
    ~LoopbackServer() override;

    //! The first of the ports that is free on both addresses. A port that another program holds on
    //! either of them counts as taken, since the browser might go there.
    [[nodiscard]] std::optional<Error> listen(const QList<quint16> &ports);
    //! The same for one port, without words.
    Attempt listenOn(quint16 port);
    bool isListening() const { return m_ipv4.isListening(); }
    quint16 port() const { return m_port; }
    //! The addresses it listens on, for a report.
    QString addresses() const;

    //! Accepts nobody any more and drops who was not answered; drained() when the rest is through.
    void finish();
    //! Ends everything at once. No signal follows.
    void close();

Q_SIGNALS:
    void requested(Maestro::LoopbackConnection *connection,
                   const Maestro::HttpRequestReader::Request &request);
    void rejected(Maestro::LoopbackConnection *connection, int status);
    void drained();

private:
    void accept(QTcpServer &server);
    void makeRoom();
    void onClosed(LoopbackConnection *connection);

    Limits m_limits;
    QTcpServer m_ipv4;
    QTcpServer m_ipv6;
    quint16 m_port = 0;
    QList<LoopbackConnection *> m_connections; // children, oldest first
    bool m_isFinishing = false;
};

} // namespace Maestro
