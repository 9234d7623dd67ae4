// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/tlsproblem.h"

#include "auth/redact.h"

#include <QCoreApplication>
#include <QLocale>
#include <QNetworkReply>
#include <QSslCertificate>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(TlsProblem)
};

constexpr const char *ErrorsProperty = "maestroTlsErrors";
constexpr qsizetype NameLimit = 120;

QString dayOf(const QDateTime &time)
{
    return QLocale().toString(time.date(), QLocale::LongFormat);
}

//! The name it was made for, for a person who wonders who answered.
QString ownerOf(const QSslCertificate &certificate)
{
    const QStringList names = certificate.subjectAlternativeNames().values(QSsl::DnsEntry)
        + certificate.subjectInfo(QSslCertificate::CommonName);
    return OAuth::quoted(names.value(0), NameLimit);
}

QString sentenceFor(const QSslError &error, const QString &host)
{
    const QSslCertificate certificate = error.certificate();
    switch (error.error()) {
    case QSslError::CertificateExpired:
        return Tr::tr("The certificate of %1 is not valid any more: it ended on %2.")
            .arg(host, dayOf(certificate.expiryDate()));
    case QSslError::CertificateNotYetValid:
        return Tr::tr("The certificate of %1 is not valid yet: it begins on %2.")
            .arg(host, dayOf(certificate.effectiveDate()));
    case QSslError::HostNameMismatch:
        return Tr::tr("In place of %1 another server answered: its certificate is for %2.")
            .arg(host, ownerOf(certificate));
    case QSslError::CertificateRevoked:
        return Tr::tr("The certificate of %1 was revoked by who issued it.").arg(host);
    case QSslError::SelfSignedCertificate:
        return Tr::tr("The certificate of %1 is its own word: nobody else vouches for it.")
            .arg(host);
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return Tr::tr("The certificate of %1 was issued by %2, whom this computer does not trust.")
            .arg(host, issuerOf(certificate));
    default:
        return Tr::tr("The certificate of %1 is not to be trusted.").arg(host);
    }
}

//! What Qt passes on of OpenSSL's words when the two sides found no version in common.
bool saysOutdated(const QString &words)
{
    return words.contains("unsupported protocol"_L1, Qt::CaseInsensitive)
        || words.contains("protocol version"_L1, Qt::CaseInsensitive);
}

} // namespace

void rememberTlsErrors(QNetworkReply &reply)
{
    QObject::connect(&reply, &QNetworkReply::sslErrors, &reply,
                     [&reply](const QList<QSslError> &errors) {
                         reply.setProperty(ErrorsProperty, QVariant::fromValue(errors));
                     });
}

Error describeTlsProblem(const QNetworkReply &reply)
{
    const QString host = reply.url().host();
    const auto errors = reply.property(ErrorsProperty).value<QList<QSslError>>();
    if (!errors.isEmpty()) {
        const auto named = std::find_if(errors.begin(), errors.end(), [](const QSslError &error) {
            return !error.certificate().isNull();
        });
        const QSslError &error = named == errors.end() ? errors.first() : *named;
        return {Error::Kind::Tls, sentenceFor(error, host), tlsAdvice(error.error()),
                OAuth::quoted(error.errorString())};
    }
    const QString words = OAuth::quoted(reply.errorString());
    if (saysOutdated(words)) {
        return {Error::Kind::Tls,
                Tr::tr("%1 offers nothing but outdated, insecure versions of TLS.").arg(host),
                Tr::tr("Something on the way may answer in its place, such as an old company "
                       "proxy. Tell who runs it."),
                words};
    }
    return {Error::Kind::Tls, Tr::tr("No secure connection to %1 could be made.").arg(host),
            Tr::tr("A wrong clock, a company proxy or a network login page can cause this."),
            words};
}

QString tlsAdvice(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateNotYetValid:
    case QSslError::CertificateExpired:
        return Tr::tr("Check date and time of this computer. If they are right, tell who runs the "
                      "server or the proxy.");
    case QSslError::HostNameMismatch:
        return Tr::tr("Something else answers in the server's place: a network login page, or a "
                      "proxy. Sign in to the network first.");
    default:
        return Tr::tr("If your company reads its network's traffic, have its root certificate "
                      "installed in the system, or name its file in MAESTRO_CA_FILE. Maestro makes "
                      "no exception.");
    }
}

QString issuerOf(const QSslCertificate &certificate)
{
    const QStringList names = certificate.issuerInfo(QSslCertificate::Organization)
        + certificate.issuerInfo(QSslCertificate::CommonName);
    const QString issuer = OAuth::quoted(names.join(u", "_s), NameLimit);
    return issuer.isEmpty() ? Tr::tr("an issuer without a name") : issuer;
}

} // namespace Maestro
