// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "practice/practicepace.h"
#include "practice/practiceroutes.h"

#include <QObject>
#include <QTimer>

QT_FORWARD_DECLARE_CLASS(QTcpSocket)

namespace Maestro::Practice {

//! One connection, which carries one request and its answer. Every stage of it has a time limit,
//! and what waits to be sent a size limit.
class Connection : public QObject
{
    Q_OBJECT

public:
    //! Takes the socket. `routes` must outlive the connection.
    Connection(QTcpSocket *socket, Routes &routes, Pace pace, QObject *parent);

Q_SIGNALS:
    //! `request` is what Routes::nameOf() says.
    void answered(const QString &request, int status);
    //! The connection is closed; to be deleted later.
    void finished();

private:
    void onReadyRead();
    void onDeadline();
    void take(const HttpRequestReader::Request &request);
    void reject(int status);
    void send(const HttpReply &reply);
    void start(EventStream stream);
    //! Sends events until one must wait for the pace or for the other side to read.
    void advance();
    void onPaceElapsed();
    void endStream();

    QTcpSocket *m_socket; // our child
    Routes &m_routes;
    Pace m_pace;
    HttpRequestReader m_reader;
    bool m_settled = false; // the request is read: what else comes is dropped
    QTimer m_deadline;
    QTimer m_paceTimer;
    std::optional<EventStream> m_stream;
    qsizetype m_nextStep = 0;
    bool m_mayPass = false; // the pause before the next paced step is over
};

} // namespace Maestro::Practice
