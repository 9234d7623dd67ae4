// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/probe.h"
#include "net/policynam.h"

#include <QElapsedTimer>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslError>
#include <QUrl>

class QNetworkReply;

namespace Maestro {

//! Whether a server answers over a secure connection, and who vouches for its certificate: a
//! company's own issuer is named, and never an exception. Any HTTP status is an answer; nothing of
//! an account is sent.
class ConnectionProbe final : public Probe
{
    Q_OBJECT

public:
    explicit ConnectionProbe(const QUrl &server, const QList<QSslCertificate> &authorities = {},
                             QObject *parent = nullptr);

    void start() override;

private:
    void onFinished();
    void concludeUnreachable();
    void refuse(const QSslError &error);

    QUrl m_server;
    PolicyNam m_network; // one's own: a connection that is open already proves nothing
    QNetworkReply *m_reply = nullptr; // the network's child
    QList<QSslError> m_sslErrors;
    QSslCipher m_cipher;
    QElapsedTimer m_clock;
};

} // namespace Maestro
