// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "parse.h"

#include "command.h"

namespace Maestro::Cli {

int runParse(const QStringList &)
{
    return WrongUsage;
}

} // namespace Maestro::Cli
