// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/requests.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QUrl urlBelow(const QUrl &base, const QString &path, const QString &query)
{
    if (!base.isValid()) {
        return base; // a path would make it valid, without what was wrong with it
    }
    QUrl url = base;
    url.setPath(base.path() + path, QUrl::DecodedMode);
    url.setQuery(query.isEmpty() ? QString() : query);
    return url;
}

} // namespace

HttpRequest streamingPost(const Provider &provider, const QString &path, const QJsonObject &body,
                          const QString &query)
{
    const HttpHeaders headers{{"Content-Type", "application/json"},
                              {"Accept", "text/event-stream"}};
    return {"POST", urlBelow(provider.baseUrl, path, query), headers + provider.headers,
            QJsonDocument(body).toJson(QJsonDocument::Compact)};
}

HttpRequest plainGet(const Provider &provider, const QString &path, const QString &query)
{
    const HttpHeaders headers{{"Accept", "application/json"}};
    return {"GET", urlBelow(provider.baseUrl, path, query), headers + provider.headers, {}};
}

bool isVerbatim(const Provider &provider, const ModelTurn &turn)
{
    return turn.providerId == provider.id && turn.answer.isComplete()
        && !turn.answer.done()->items.isEmpty();
}

QList<FunctionCallPart> answerableCalls(const Answer &answer)
{
    QList<FunctionCallPart> calls = answer.functionCalls();
    calls.removeIf([](const FunctionCallPart &call) {
        return !call.complete || call.id.isEmpty() || call.format != FunctionCall::Format::Json;
    });
    return calls;
}

QJsonObject argumentsObject(const FunctionCallPart &call)
{
    return QJsonDocument::fromJson(call.arguments.toUtf8()).object();
}

} // namespace Maestro
