// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/planprovider.h"

#include "providers/obstacles.h"
#include "providers/openai/openaiprovider.h"
#include "providers/openai/planerrors.h"
#include "providers/openai/planlimits.h"
#include "providers/openai/responsesrequest.h"
#include "providers/openai/responsesstreamhandler.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

//! What a plan does not take is refused with the whole request, so only what it is known to take is
//! sent: no limit of the answer's length, and no options of the stream.
HttpRequest makePlanRequest(const Provider &provider, const ChatRequest &request)
{
    HttpRequest http = makeResponsesRequest(provider, request);
    QJsonObject body = QJsonDocument::fromJson(http.body).object();
    body.remove("max_output_tokens"_L1);
    body.remove("stream_options"_L1);
    http.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return http;
}

//! What would have to be left out is said instead.
std::optional<Error> findPlanObstacle(const Provider &provider, const ChatRequest &request)
{
    if (request.maxOutputTokens || request.temperature) {
        return unsupported(
            Tr::tr("A ChatGPT plan takes no limit of the answer's length and no temperature."),
            Tr::tr("Leave them out, or ask with an API key."));
    }
    return findObstacle(provider, request);
}

//! In the server's order. Which of them are for a person to choose, it says itself.
QStringList readPlanModels(const QByteArray &body)
{
    const QJsonArray list = QJsonDocument::fromJson(body).object()["models"_L1].toArray();
    QStringList models;
    for (const QJsonValue &model : list) {
        const QString slug = model["slug"_L1].toString();
        if (model["visibility"_L1] == "list"_L1 && !slug.isEmpty() && !models.contains(slug)) {
            models.append(slug);
        }
    }
    return models;
}

} // namespace

Provider planProvider()
{
    Provider provider = responsesProvider();
    provider.id = u"chatgpt"_s;
    provider.name = Tr::tr("ChatGPT plan");
    provider.models = {u"gpt-5.6"_s, u"gpt-5.5"_s, u"gpt-5.4"_s, u"gpt-5.4-mini"_s};
    provider.usageNotice = Tr::tr("You're using your ChatGPT plan.");
    provider.usageUrl = planUsageUrl();
    provider.findObstacle = findPlanObstacle;
    provider.makeChatRequest = makePlanRequest;
    provider.makeStreamHandler = [](const Provider &row) -> std::unique_ptr<StreamHandler> {
        return std::make_unique<ResponsesStreamHandler>(planErrorReading(row.name));
    };
    provider.readError = readPlanError;
    provider.readPlanLimits = readPlanLimits;
    provider.readModels = readPlanModels;
    return provider;
}

} // namespace Maestro::OpenAi
