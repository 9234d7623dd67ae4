// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/probe.h"
#include "net/policynam.h"

#include <QList>
#include <QSslCertificate>
#include <QUrl>

#include <chrono>

class QNetworkReply;

namespace Maestro {

//! Compares this computer's clock with that of the first server that answers.
class ClockProbe final : public Probe
{
    Q_OBJECT

public:
    //! From here on certificates and tokens may be taken for expired, or for not yet valid.
    static constexpr std::chrono::minutes Tolerance{2};

    explicit ClockProbe(const QList<QUrl> &servers, const QList<QSslCertificate> &authorities = {},
                        QObject *parent = nullptr);

    void start() override;

private:
    void onFinished(QNetworkReply &reply);

    QList<QUrl> m_servers;
    PolicyNam m_network;
    qsizetype m_open = 0;
};

} // namespace Maestro
