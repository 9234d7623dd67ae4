// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QStringList>

namespace Maestro::Cli {

//! Runs a recorded stream through the decoder. `arguments` are those after the word "parse".
int runParse(const QStringList &arguments);

} // namespace Maestro::Cli
