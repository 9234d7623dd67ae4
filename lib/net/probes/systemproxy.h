// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QNetworkProxy>
#include <QUrl>

namespace Maestro {

//! The proxy that a request to this server takes first; NoProxy if it goes there directly.
QNetworkProxy systemProxyFor(const QUrl &server);

//! The proxy's kind, host and port. Its credentials are not shown, but that it has some is.
QString describe(const QNetworkProxy &proxy);

} // namespace Maestro
