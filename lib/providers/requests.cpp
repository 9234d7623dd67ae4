// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/requests.h"

#include "core/utf8.h"

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

QString queryValue(const QString &words)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(words));
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

QString base64Of(const Attachment &attachment)
{
    return QString::fromLatin1(attachment.bytes.toBase64());
}

QString dataUrlOf(const Attachment &attachment)
{
    return u"data:"_s + attachment.mimeType + u";base64,"_s + base64Of(attachment);
}

QString wordsOf(const Attachment &attachment)
{
    return u"File "_s + attachment.name + u":\n"_s + decodeUtf8(attachment.bytes);
}

} // namespace Maestro
