// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "compose.h"

#include "await.h"
#include "command.h"

#include <QProcessEnvironment>

namespace Maestro::Cli {

std::unique_ptr<Composition> composeUnopened()
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

std::unique_ptr<Composition> compose()
{
    std::unique_ptr<Composition> composition = composeUnopened();
    if (!composition) {
        return nullptr;
    }
    // What keeps the vault shut matters to those commands alone that need something out of it.
    std::ignore = await(composition->open());
    if (const auto setAside = composition->vault().setAside()) {
        fail(*setAside);
    }
    return composition;
}

} // namespace Maestro::Cli
