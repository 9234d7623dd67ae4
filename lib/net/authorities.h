// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>
#include <QSslCertificate>

#include <optional>

namespace Maestro {

//! The certificates in the bytes of a PEM file; nothing if there is none, or one that cannot be
//! read, or a private key: who names the wrong file shall hear of it.
std::optional<QList<QSslCertificate>> readAuthorities(const QByteArray &pem);

} // namespace Maestro
