// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The lists of models: the next page is always of the same server and list, since it is asked for
// with the key.

#include "fuzz.h"
#include "providers/openai/compatibleprovider.h"
#include "providers/registry.h"

using namespace Maestro;
using namespace Maestro::Fuzz;
using namespace Qt::StringLiterals;

namespace {

QList<Provider> everyProvider()
{
    return allProviders() << OpenAi::compatibleProvider(QUrl(u"https://models.example/v1"_s));
}

void judgeNext(const Provider &provider, const HttpRequest &next)
{
    const HttpRequest first = provider.makeModelsRequest(provider);
    constexpr auto Place = QUrl::RemoveQuery;
    require(next.url.isValid(), "the next page has an address");
    require(next.url.adjusted(Place) == first.url.adjusted(Place),
            "the next page is where the first is");
    require(!next.url.hasFragment(), "an address has no fragment");
    require(next.method == first.method && next.headers == first.headers && next.body == first.body,
            "the next page is asked for as the first is");
    require(next.url.query(QUrl::FullyEncoded).count(u'&')
                == first.url.query(QUrl::FullyEncoded).count(u'&') + 1,
            "the next page has one parameter more");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QList<Provider> providers = everyProvider();
    const QByteArray body = viewOf(data, size).toByteArray();
    for (const Provider &provider : providers) {
        const QStringList models = provider.readModels(body);
        require(!models.contains(QString()), "every model has a name");
        if (provider.makeNextModelsRequest) {
            if (const auto next = provider.makeNextModelsRequest(provider, body)) {
                judgeNext(provider, *next);
            }
        }
    }
    return 0;
}
