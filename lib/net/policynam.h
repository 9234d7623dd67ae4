// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "net/connectionendings.h"

#include <QNetworkAccessManager>
#include <QSslCertificate>
#include <QSslConfiguration>

namespace Maestro {

class NetworkPresence;

//! The one door to the network: everything the program sends, the sign-in's requests included, goes
//! through createRequest() and is held to the same rules there.
//! - https, or http to loopback; no user information in the address. Anything else fails before a
//!   socket is opened.
//! - Redirects are not followed: Qt would carry Authorization headers and bodies to another host.
//! - No cookies, no cache, no reuse of HTTP authentication: nothing of one account reaches another.
//! - A POST is executed once, on a connection of its own. Qt repeats one by itself when a connection
//!   closes before the answer, which means paying twice, or losing a refresh token that rotates.
//! - The system's proxy, but never for this computer itself.
//! - TLS 1.2 or later, with a certificate that the system or a named authority vouches for; there
//!   is no exception.
//! - HTTP/1.1: there, ending an answer closes its connection, which is what stops the provider.
class PolicyNam final : public QNetworkAccessManager
{
    Q_OBJECT

public:
    explicit PolicyNam(QObject *parent = nullptr);
    //! `authorities` vouch for servers beside those that the system trusts.
    explicit PolicyNam(const QList<QSslCertificate> &authorities, QObject *parent = nullptr);
    //! What fails is explained by what `presence` knows then; it must outlive the manager.
    PolicyNam(NetworkPresence &presence, const QList<QSslCertificate> &authorities,
              QObject *parent = nullptr);

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &original,
                                 QIODevice *outgoing) override;

private:
    void remember(QNetworkReply &reply);

    NetworkPresence *m_presence = nullptr;
    QSslConfiguration m_tls;
    ConnectionEndings m_endings;
};

//! Whether a credential may be sent there: https, or http to this computer, and no user
//! information.
bool isAllowedAddress(const QUrl &url);

//! Whether it is a name or an address of this computer.
bool isLoopbackHost(const QString &host);

} // namespace Maestro
