// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QUrl>

namespace Maestro::Cli {

//! Starts the browser of $BROWSER (a list of commands with colons between; %s stands for the
//! address), or else the desktop's opener. Whether one could be started; nobody knows whether it
//! shows the page.
bool openBrowser(const QUrl &url);

enum class Browser { Open, LeaveClosed };

//! Prints the address for a person to open, opens it unless told not to, and says what to do on
//! another machine.
void presentAddress(const QUrl &url, Browser browser);

//! Prints what to type where, and what to beware of. Nothing is opened: the browser may be on
//! another machine.
void presentCode(const QUrl &where, const QString &userCode, const QDateTime &expiresAt);

} // namespace Maestro::Cli
