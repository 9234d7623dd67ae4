// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/probes/connectionprobe.h"

#include "auth/redact.h"
#include "net/networkerror.h"
#include "net/probes/systemproxy.h"
#include "net/tlsproblem.h"

#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Before the check as a whole gives up, since a reason is worth more than "no answer".
constexpr std::chrono::seconds Patience{10};

QString nameOf(const QSslCipher &cipher)
{
    const QString version = cipher.protocolString();
    return version.startsWith("TLSv"_L1) ? u"TLS "_s + version.mid(4) : u"TLS"_s;
}

//! Never the user information that an address may hold.
QString placeOf(const QUrl &server)
{
    return server.port() == -1 ? server.host() : u"%1:%2"_s.arg(server.host()).arg(server.port());
}

QUrl rootOf(QUrl server)
{
    server.setPath(u"/"_s);
    server.setQuery(QString());
    server.setFragment(QString());
    return server;
}

} // namespace

ConnectionProbe::ConnectionProbe(const QUrl &server, const QList<QSslCertificate> &authorities,
                                 QObject *parent)
    : Probe(u"connection:"_s + placeOf(server), tr("Connection to %1").arg(placeOf(server)), parent)
    , m_server(rootOf(server))
    , m_network(authorities)
{ }

void ConnectionProbe::start()
{
    QNetworkRequest request(m_server);
    request.setTransferTimeout(std::chrono::milliseconds(Patience).count());
    m_clock.start();
    m_reply = m_network.head(request);
    connect(m_reply, &QNetworkReply::sslErrors, this,
            [this](const QList<QSslError> &errors) { m_sslErrors = errors; });
    // A connection that is closed again does not know any more how it was secured.
    connect(m_reply, &QNetworkReply::encrypted, this,
            [this] { m_cipher = m_reply->sslConfiguration().sessionCipher(); });
    connect(m_reply, &QNetworkReply::finished, this, &ConnectionProbe::onFinished);
}

void ConnectionProbe::onFinished()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0 && !m_sslErrors.isEmpty()) {
        const auto named
            = std::find_if(m_sslErrors.begin(), m_sslErrors.end(),
                           [](const QSslError &error) { return !error.certificate().isNull(); });
        refuse(named == m_sslErrors.end() ? m_sslErrors.first() : *named);
        return;
    }
    if (status == 0) {
        concludeUnreachable();
        return;
    }
    const QSslConfiguration tls = m_reply->sslConfiguration();
    const QString secured = m_server.scheme() == "https"_L1
        ? tr("%1, certificate issued by %2").arg(nameOf(m_cipher), issuerOf(tls.peerCertificate()))
        : tr("without TLS, on this computer");
    conclude(ProbeResult::Status::Ok,
             tr("%1, answered in %2 ms").arg(secured).arg(m_clock.elapsed()));
}

void ConnectionProbe::concludeUnreachable()
{
    const Error error = describeNetworkError(*m_reply);
    const QString finding = u"%1 (%2)"_s.arg(error.message, error.detail);
    const QNetworkProxy proxy = systemProxyFor(m_server);
    if (proxy.type() == QNetworkProxy::NoProxy) {
        conclude(ProbeResult::Status::Problem, finding, error.advice);
    } else {
        conclude(ProbeResult::Status::Problem,
                 tr("%1 The way leads through the %2.").arg(finding, describe(proxy)),
                 tr("Check the system's proxy settings, and whether the proxy runs."));
    }
}

void ConnectionProbe::refuse(const QSslError &error)
{
    QSslCertificate certificate = error.certificate();
    if (certificate.isNull()) {
        certificate = m_reply->sslConfiguration().peerCertificate();
    }
    conclude(ProbeResult::Status::Problem,
             tr("the certificate is not to be trusted: %1 It was issued by %2.")
                 .arg(OAuth::quoted(error.errorString() + u'.').replace(u".."_s, u"."_s),
                      issuerOf(certificate)),
             tlsAdvice(error.error()));
}

} // namespace Maestro
