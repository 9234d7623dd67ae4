// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QHostAddress>
#include <QUrl>

namespace Maestro {

//! Whether it is an address of the internet: not of this computer, its network, or one that is kept
//! for other purposes (RFC 6890).
bool isPublicAddress(const QHostAddress &address);

//! Whether a page may be asked for there at all: https on its usual port, no user information, of a
//! sensible length, and no private address for a name.
bool isPublicPage(const QUrl &url);

} // namespace Maestro
