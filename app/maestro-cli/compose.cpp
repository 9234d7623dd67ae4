// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compose.h"

#include "command.h"

#include <QProcessEnvironment>

namespace Maestro::Cli {

std::unique_ptr<Composition> compose()
{
    const Result<Configuration> configuration
        = readConfiguration(QProcessEnvironment::systemEnvironment());
    if (!configuration) {
        fail(configuration.error());
        return nullptr;
    }
    forgetSecretsOfEnvironment();
    return std::make_unique<Composition>(*configuration);
}

} // namespace Maestro::Cli
