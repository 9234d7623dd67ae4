// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

namespace Maestro {

//! A core file would hold every key in memory. The first line of both programs.
void forbidCoreFiles();

} // namespace Maestro
