// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/openaiprovider.h"

#include "providers/openai/chatstreamhandler.h"
#include "providers/openai/completionsrequest.h"
#include "providers/openai/openaierrors.h"
#include "providers/openai/responsesrequest.h"
#include "providers/openai/responsesstreamhandler.h"
#include "providers/requests.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

HttpRequest makeModelsRequest(const Provider &provider) { return plainGet(provider, u"/models"_s); }

HttpHeaders authorize(const Credential &credential)
{
    if (credential.type == Credential::Type::None) {
        return {};
    }
    return {{"Authorization", "Bearer " + credential.secret.reveal()}};
}

//! The list says nothing of what a model can do, so its name must.
bool canChat(const QString &model)
{
    static const QRegularExpression others(u"embedding|moderation|whisper|tts|transcribe|audio|"
                                           u"realtime|dall-e|image|sora|davinci|babbage|"
                                           "instruct|deep-research|computer-use|search-api"_s);
    return !others.match(model).hasMatch();
}

} // namespace

Provider responsesProvider()
{
    Provider provider;
    provider.id = u"openai"_s;
    provider.api = u"responses"_s;
    provider.name = u"OpenAI"_s;
    provider.baseUrl = QUrl(u"https://api.openai.com/v1"_s);
    provider.keyPrefix = "sk-";
    provider.models = {u"gpt-5.6"_s, u"gpt-6-astra"_s,  u"gpt-5.5"_s,
                       u"gpt-5.4"_s, u"gpt-5.4-mini"_s, u"gpt-4.1-mini"_s};
    provider.findObstacle = findObstacle;
    provider.makeChatRequest = makeResponsesRequest;
    provider.makeModelsRequest = makeModelsRequest;
    provider.authorize = authorize;
    provider.makeStreamHandler = [](const Provider &row) -> std::unique_ptr<StreamHandler> {
        return std::make_unique<ResponsesStreamHandler>(errorReading(row.name));
    };
    provider.readError = readError;
    provider.readModels = readModels;
    return provider;
}

Provider chatProvider()
{
    Provider provider = responsesProvider();
    provider.api = u"chat"_s;
    provider.makeChatRequest = makeCompletionsRequest;
    provider.makeStreamHandler = [](const Provider &row) -> std::unique_ptr<StreamHandler> {
        return std::make_unique<ChatStreamHandler>(errorReading(row.name));
    };
    return provider;
}

QStringList readModels(const QByteArray &body)
{
    const QJsonArray list = QJsonDocument::fromJson(body).object()["data"_L1].toArray();
    QList<std::pair<qint64, QString>> found;
    for (const QJsonValue &model : list) {
        const QString id = model["id"_L1].toString();
        if (!id.isEmpty() && canChat(id)) {
            found.append({model["created"_L1].toInteger(), id});
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto &a, const auto &b) { return a.first > b.first; });
    QStringList models;
    for (const auto &[created, id] : std::as_const(found)) {
        models.append(id);
    }
    return models;
}

} // namespace Maestro::OpenAi
