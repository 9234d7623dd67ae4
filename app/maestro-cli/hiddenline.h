// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QString>

namespace Maestro::Cli {

//! Asks on the terminal, wherever standard input comes from, and shows nothing of what is typed. An
//! error if there is no terminal, or the line is longer than any secret.
Result<Secret> readHiddenLine(const QString &question);

} // namespace Maestro::Cli
