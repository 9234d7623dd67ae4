// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "composition.h"

#include <memory>

namespace Maestro::Cli {

//! Everything a command works with, made from the environment, which loses its secrets, and with the
//! vault opened. Null if the environment is wrong; that has been said, and the exit code is
//! WrongUsage.
std::unique_ptr<Composition> compose();
//! For a command that only looks: nothing is opened, and nothing made on the disk.
std::unique_ptr<Composition> composeUnopened();

} // namespace Maestro::Cli
