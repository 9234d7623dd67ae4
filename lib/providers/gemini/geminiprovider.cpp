// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/gemini/geminiprovider.h"

#include "providers/gemini/geminierrors.h"
#include "providers/gemini/geministreamhandler.h"
#include "providers/gemini/generaterequest.h"
#include "providers/requests.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Maestro::Gemini {

namespace {

HttpRequest makeModelsRequest(const Provider &provider)
{
    // All at once: the default page holds 50.
    return plainGet(provider, u"/v1beta/models"_s, u"pageSize=1000"_s);
}

std::optional<HttpRequest> makeNextModelsRequest(const Provider &provider, const QByteArray &body)
{
    const QString token = QJsonDocument::fromJson(body).object()["nextPageToken"_L1].toString();
    if (token.isEmpty()) {
        return {};
    }
    return plainGet(provider, u"/v1beta/models"_s,
                    u"pageSize=1000&pageToken="_s + queryValue(token));
}

//! In a header, never in the address: addresses end up in logs.
HttpHeaders authorize(const Credential &credential)
{
    switch (credential.type) {
    case Credential::Type::ApiKey:
        return {{"x-goog-api-key", credential.secret.reveal()}};
    case Credential::Type::OAuthToken:
        return {{"Authorization", "Bearer " + credential.secret.reveal()}};
    case Credential::Type::None:
        return {};
    }
    Q_UNREACHABLE();
}

//! Speech, pictures and machines use the same method.
bool writesText(const QString &model)
{
    static const QRegularExpression others(
        u"embedding|-tts|-image|imagen|veo|native-audio|-live|robotics|computer-use|aqa"_s);
    return !others.match(model).hasMatch();
}

} // namespace

Provider provider()
{
    Provider provider;
    provider.id = u"gemini"_s;
    provider.name = u"Gemini"_s;
    provider.baseUrl = QUrl(u"https://generativelanguage.googleapis.com"_s);
    provider.keyPrefix = "AIza";
    provider.models = {u"gemini-flash-latest"_s, u"gemini-3.1-pro-preview"_s,
                       u"gemini-3-flash-preview"_s, u"gemini-2.5-pro"_s, u"gemini-2.5-flash"_s};
    provider.findObstacle = findObstacle;
    provider.makeChatRequest = makeGenerateRequest;
    provider.makeModelsRequest = makeModelsRequest;
    provider.authorize = authorize;
    provider.makeStreamHandler = [](const Provider &row) -> std::unique_ptr<StreamHandler> {
        return std::make_unique<GeminiStreamHandler>(errorReading(row.name));
    };
    provider.readError = readError;
    provider.readModels = readModels;
    provider.makeNextModelsRequest = makeNextModelsRequest;
    return provider;
}

QStringList readModels(const QByteArray &body)
{
    QStringList models;
    const QJsonArray list = QJsonDocument::fromJson(body).object()["models"_L1].toArray();
    for (const QJsonValue &model : list) {
        QString name = model["name"_L1].toString();
        if (name.startsWith("models/"_L1)) {
            name.remove(0, 7);
        }
        if (!name.isEmpty() && writesText(name)
            && model["supportedGenerationMethods"_L1].toArray().contains(u"generateContent"_s)) {
            models.append(name);
        }
    }
    return models;
}

} // namespace Maestro::Gemini
