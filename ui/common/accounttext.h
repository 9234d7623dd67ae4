// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"

namespace Maestro {

//! Where the account's secret lives, as a sentence.
//! `keyringName` is which keyring has the key, where that is known.
QString keepingText(const Account &account, const QString &keyringName = {});
//! How it came to be: "In the browser", "API key", …
QString wayInText(const Account &account);
//! Until when it holds, and whether it renews by itself; empty where it simply holds.
QString validityText(const Account &account);

} // namespace Maestro
