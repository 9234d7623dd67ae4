// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

#include <QSslError>

class QNetworkReply;
class QSslCertificate;

namespace Maestro {

//! Keeps with the reply what will be found wrong with the server's certificate: afterwards Qt knows
//! only that there was no connection.
void rememberTlsErrors(QNetworkReply &reply);

//! Why there is no secure connection, in plain words, for a reply that failed for it.
Error describeTlsProblem(const QNetworkReply &reply);

//! What the person can do about it. Making an exception is not among it.
QString tlsAdvice(QSslError::SslError error);

//! Who vouches for the certificate, as it may be shown.
QString issuerOf(const QSslCertificate &certificate);

} // namespace Maestro
