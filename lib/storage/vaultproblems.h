// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

//! What can stand between a person and their sign-ins, in their words.
namespace Maestro::VaultProblems {

Error keyringUnavailable(const Error &cause);
Error keyringLocked();
Error keyLost();
Error tampered();
Error olderCopy();
Error needsPassphrase();
Error wrongPassphrase();
Error shortPassphrase();
Error tooManyTries(std::chrono::milliseconds pause);
Error noKeyring(const Error &cause);
Error noVault();
Error replaced();

} // namespace Maestro::VaultProblems
