// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropic/anthropicprovider.h"

#include "providers/anthropic/anthropicerrors.h"
#include "providers/anthropic/messagesrequest.h"
#include "providers/anthropic/messagesstreamhandler.h"
#include "providers/requests.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro::Anthropic {

namespace {

HttpRequest makeModelsRequest(const Provider &provider)
{
    // All at once: the default page holds 20.
    return plainGet(provider, u"/v1/models"_s, u"limit=1000"_s);
}

std::optional<HttpRequest> makeNextModelsRequest(const Provider &provider, const QByteArray &body)
{
    const QJsonObject list = QJsonDocument::fromJson(body).object();
    const QString last = list["last_id"_L1].toString();
    if (!list["has_more"_L1].toBool() || last.isEmpty()) {
        return {};
    }
    return plainGet(provider, u"/v1/models"_s, u"limit=1000&after_id="_s + queryValue(last));
}

HttpHeaders authorize(const Credential &credential)
{
    switch (credential.type) {
    case Credential::Type::ApiKey:
        return {{"x-api-key", credential.secret.reveal()}};
    case Credential::Type::OAuthToken:
        return {{"Authorization", "Bearer " + credential.secret.reveal()},
                {"anthropic-beta", "oauth-2025-04-20"}};
    case Credential::Type::None:
        return {};
    }
    Q_UNREACHABLE();
}

} // namespace

Provider provider()
{
    Provider provider;
    provider.id = u"anthropic"_s;
    provider.name = u"Anthropic"_s;
    provider.baseUrl = QUrl(u"https://api.anthropic.com"_s);
    provider.keyPrefix = "sk-ant-";
    provider.headers = {{"anthropic-version", "2023-06-01"}};
    provider.models = {u"claude-sonnet-5"_s, u"claude-opus-4-8"_s, u"claude-fable-5"_s,
                       u"claude-sonnet-4-6"_s, u"claude-haiku-4-5"_s};
    provider.findObstacle = findObstacle;
    provider.makeChatRequest = makeMessagesRequest;
    provider.makeModelsRequest = makeModelsRequest;
    provider.authorize = authorize;
    provider.makeStreamHandler = [](const Provider &row) -> std::unique_ptr<StreamHandler> {
        return std::make_unique<MessagesStreamHandler>(errorReading(row.name));
    };
    provider.readError = readError;
    provider.readModels = readModels;
    provider.makeNextModelsRequest = makeNextModelsRequest;
    return provider;
}

QStringList readModels(const QByteArray &body)
{
    QStringList models;
    const QJsonArray list = QJsonDocument::fromJson(body).object()["data"_L1].toArray();
    for (const QJsonValue &model : list) {
        models.append(model["id"_L1].toString());
    }
    models.removeAll(QString());
    return models;
}

} // namespace Maestro::Anthropic
