// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/authorities.h"

#include <algorithm>

namespace Maestro {

std::optional<QList<QSslCertificate>> readAuthorities(const QByteArray &pem)
{
    // Qt skips in silence what it cannot read.
    const qsizetype promised = pem.count("-----BEGIN CERTIFICATE-----")
        + pem.count("-----BEGIN TRUSTED CERTIFICATE-----");
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(pem, QSsl::Pem);
    const bool isWhole
        = std::none_of(certificates.begin(), certificates.end(),
                       [](const QSslCertificate &certificate) { return certificate.isNull(); });
    if (promised == 0 || certificates.size() != promised || !isWhole
        || pem.contains("PRIVATE KEY-----")) {
        return std::nullopt;
    }
    return certificates;
}

} // namespace Maestro
