// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providerids.h"

#include "providers/openai/compatibleprovider.h"
#include "providers/registry.h"

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

QString providerIds(const QStringList &further)
{
    QStringList ids;
    const QList<Provider> providers = allProviders();
    for (const Provider &provider : providers) {
        ids.append(provider.id);
    }
    ids += further;
    ids.removeDuplicates();
    const QString last = ids.takeLast();
    return u"%1 or %2"_s.arg(ids.join(u", "_s), last);
}

QString providerIdsWithCompatible() { return providerIds({OpenAi::CompatibleId}); }

QString wrongProvider(const QString &ids) { return u"--provider must be %1."_s.arg(ids); }

} // namespace Maestro::Cli
