// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/registry.h"

#include "providers/anthropic/anthropicprovider.h"
#include "providers/gemini/geminiprovider.h"
#include "providers/openai/openaiprovider.h"
#include "providers/openai/planprovider.h"

#include <algorithm>

namespace Maestro {

QList<Provider> allProviders()
{
    return {OpenAi::responsesProvider(), OpenAi::chatProvider(), OpenAi::planProvider(), Anthropic::provider(),
            Gemini::provider()};
}

std::optional<Provider> findProvider(const QList<Provider> &providers, QStringView id,
                                     QStringView api)
{
    const auto found
        = std::find_if(providers.begin(), providers.end(), [id, api](const Provider &provider) {
              return provider.id == id && (api.isEmpty() || provider.api == api);
          });
    return found == providers.end() ? std::nullopt : std::optional(*found);
}

} // namespace Maestro
