// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/modellist.h"

#include "net/httpfetch.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>

namespace Maestro {

namespace {

Result<QStringList> readList(const Provider &provider, const Result<HttpReply> &reply)
{
    if (!reply) {
        return reply.error();
    }
    if (reply->status != 200) {
        return provider.readError(provider, *reply);
    }
    const QStringList models = provider.readModels(reply->body);
    if (models.isEmpty()) {
        return Error{Error::Kind::InvalidResponse,
                     QCoreApplication::translate("ModelList", "%1 sent no list of models.")
                         .arg(provider.baseUrl.host()),
                     QCoreApplication::translate(
                         "ModelList", "A network login page or a wrong address can cause this.")};
    }
    return models;
}

} // namespace

QFuture<Result<QStringList>> fetchModels(QNetworkAccessManager &network, const Provider &provider,
                                         const Credential &credential, qint64 bodyLimit)
{
    return fetch(network, provider.makeModelsRequest(provider), provider.authorize(credential),
                 bodyLimit)
        .then([provider](const Result<HttpReply> &reply) { return readList(provider, reply); });
}

} // namespace Maestro
