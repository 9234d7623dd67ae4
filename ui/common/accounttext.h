// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"

namespace Maestro {

//! Where the account's secret lives, as a sentence.
QString keepingText(const Account &account);

} // namespace Maestro
