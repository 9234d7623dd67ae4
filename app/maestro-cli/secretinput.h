// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QString>

namespace Maestro::Cli {

//! A secret from standard input, whole; where that is a terminal, one line, asked for and not
//! shown. Secrets are never arguments: every program on the computer can read those.
Result<Secret> readSecretInput(const QString &question);

} // namespace Maestro::Cli
