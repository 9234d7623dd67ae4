// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "practice/practicepace.h"

#include <QObject>
#include <QStringList>
#include <QUrl>

#include <memory>

QT_FORWARD_DECLARE_CLASS(QHostAddress)
QT_FORWARD_DECLARE_CLASS(QTcpServer)

namespace Maestro {

namespace Practice {
class Authorization;
class Routes;
} // namespace Practice

//! A provider on this computer, for trying Maestro without an account and for its tests. It speaks
//! OpenAI's OAuth (authorise page, PKCE, tokens, second exchange for a key, refresh, revocation)
//! and streams OpenAI's Responses; the name of the model chooses what goes wrong (practicemodel.h).
//!
//! It listens on loopback only and answers to loopback's names only. It is written on QTcpServer
//! and the bounded reader of core/httprequestreader.h, not on Qt HttpServer: the faults need the
//! bytes, such as a connection that ends inside a chunk or a body that ends without its last event.
//!
//! Keys and tokens begin with `practice-`; the key `practice` is always accepted. Nothing is
//! stored.
class PracticeProvider : public QObject
{
    Q_OBJECT

public:
    using Pace = Practice::Pace;

    explicit PracticeProvider(QObject *parent = nullptr);
    explicit PracticeProvider(Pace pace, QObject *parent = nullptr);
    ~PracticeProvider() override;

    //! Listens on 127.0.0.1 and, where there is IPv6, on ::1, until the object goes. With port 0 a
    //! free one is found. Returns the port, or PortInUse. To be called once.
    Result<quint16> listen(quint16 port = 0);

    //! 0 while it does not listen; the addresses below are empty then.
    quint16 port() const;
    //! The `iss` of its id tokens: http://127.0.0.1:<port>.
    QUrl issuer() const;
    //! What Provider::baseUrl is to be.
    QUrl apiUrl() const;
    QUrl authorizeUrl() const;
    QUrl tokenUrl() const;
    QUrl revokeUrl() const;

    //! The default comes first.
    static QStringList models();

    //! More connections than this are closed unanswered.
    static constexpr int MaxConnections = 32;

Q_SIGNALS:
    //! A request was answered, or its answer has begun. `request` is method and path, such as
    //! "POST /v1/responses", or "other"; there is never a query or a secret in it.
    void answered(const QString &request, int status);

private:
    std::unique_ptr<QTcpServer> listenOn(const QHostAddress &address, quint16 port);
    void onNewConnection(QTcpServer &server);
    void onConnectionFinished(QObject *connection);
    QUrl urlOf(const QString &path) const;

    Pace m_pace;
    std::unique_ptr<Practice::Authorization> m_authorization;
    std::unique_ptr<Practice::Routes> m_routes;
    std::unique_ptr<QTcpServer> m_v4;
    std::unique_ptr<QTcpServer> m_v6;
    int m_connections = 0;
};

} // namespace Maestro
