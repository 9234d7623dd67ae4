// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/modellist.h"

#include "net/httpfetch.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QSet>

namespace Maestro {

namespace {

//! Of up to 1,000 models each: no provider has so many, but one could go on for ever.
constexpr qsizetype MostPages = 20;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(ModelList)
};

//! The list as far as it has come.
struct Pages
{
    QStringList models = {};
    QSet<QUrl> asked = {};
    qint64 bytesLeft = 0;
};

QFuture<Result<QStringList>> ready(Result<QStringList> models)
{
    return QtFuture::makeReadyFuture(std::move(models));
}

Error withoutModels(const Provider &provider)
{
    return {Error::Kind::InvalidResponse,
            Tr::tr("%1 sent no list of models.").arg(provider.baseUrl.host()),
            Tr::tr("A network login page or a wrong address can cause this.")};
}

Error withoutEnd(const Provider &provider)
{
    return {Error::Kind::InvalidResponse,
            Tr::tr("The list of models of %1 has no end.").arg(provider.baseUrl.host()),
            Tr::tr("Type the name of a model instead of choosing one.")};
}

//! One page, and those after it.
QFuture<Result<QStringList>> fetchFrom(const HttpRequest &request, Pages pages,
                                       QNetworkAccessManager &network, const Provider &provider,
                                       const Credential &credential)
{
    pages.asked.insert(request.url);
    const auto read = [pages, &network, provider,
                       credential](const Result<HttpReply> &reply) mutable {
        if (!reply) {
            return ready(reply.error());
        }
        if (reply->status != 200) {
            return ready(provider.readError(provider, *reply));
        }
        pages.models += provider.readModels(reply->body);
        pages.bytesLeft -= reply->body.size();
        const auto next = provider.makeNextModelsRequest
            ? provider.makeNextModelsRequest(provider, reply->body)
            : std::nullopt;
        if (!next) {
            pages.models.removeDuplicates();
            return pages.models.isEmpty() ? ready(withoutModels(provider)) : ready(pages.models);
        }
        if (pages.asked.contains(next->url) || pages.asked.size() >= MostPages) {
            return ready(withoutEnd(provider));
        }
        return fetchFrom(*next, pages, network, provider, credential);
    };
    return fetch(network, request, provider.authorize(credential), pages.bytesLeft)
        .then(read)
        .unwrap();
}

} // namespace

QFuture<Result<QStringList>> fetchModels(QNetworkAccessManager &network, const Provider &provider,
                                         const Credential &credential, qint64 bodyLimit)
{
    return fetchFrom(provider.makeModelsRequest(provider), {.bytesLeft = bodyLimit}, network,
                     provider, credential);
}

} // namespace Maestro
