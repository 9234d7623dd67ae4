// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reads one judged conversation as JSON from standard input and prints, as JSON, the request that
// Maestro would send for it: what the official SDKs' requests are compared with. Answers of the
// model are given as the bytes of their streams, so that they go the way they go in the program.

#include "core/streamdecoder.h"
#include "providers/openai/compatibleprovider.h"
#include "providers/registry.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

using namespace Maestro;
using namespace Qt::StringLiterals;

namespace {

Provider providerOf(const QJsonObject &judged)
{
    const QString id = judged["provider"_L1].toString();
    if (id == OpenAi::CompatibleId) {
        return OpenAi::compatibleProvider(QUrl(judged["baseUrl"_L1].toString()));
    }
    Provider provider = findProvider(allProviders(), id, judged["api"_L1].toString()).value();
    provider.baseUrl = QUrl(judged["baseUrl"_L1].toString());
    return provider;
}

Prompt promptOf(const QJsonObject &turn)
{
    Prompt prompt{turn["text"_L1].toString()};
    const QJsonArray files = turn["files"_L1].toArray();
    for (const QJsonValue &file : files) {
        const Result<Attachment> attachment
            = makeAttachment(file["name"_L1].toString(),
                             QByteArray::fromBase64(file["data"_L1].toString().toLatin1()));
        if (!attachment) {
            qFatal("%s", qPrintable(attachment.error().message));
        }
        prompt.attachments.append(*attachment);
    }
    return prompt;
}

ModelTurn modelTurnOf(const QJsonObject &turn, const Provider &provider)
{
    StreamDecoder decoder(provider);
    StreamMessages messages = decoder.feed(turn["stream"_L1].toString().toUtf8());
    messages += decoder.finish();
    ModelTurn model{provider.id, {}};
    for (const StreamMessage &message : std::as_const(messages)) {
        model.answer.fold(message);
    }
    return model;
}

Turn turnOf(const QJsonObject &turn, const Provider &provider)
{
    if (turn.contains("stream"_L1)) {
        return modelTurnOf(turn, provider);
    }
    if (turn.contains("callId"_L1)) {
        return FunctionResult{turn["callId"_L1].toString(), turn["name"_L1].toString(),
                              turn["output"_L1].toString(), turn["failed"_L1].toBool()};
    }
    return promptOf(turn);
}

void readOptions(const QJsonObject &judged, ChatRequest &request)
{
    request.reasoningEffort = judged["effort"_L1].toString();
    if (judged.contains("maxTokens"_L1)) {
        request.maxOutputTokens = judged["maxTokens"_L1].toInt();
    }
    if (judged.contains("temperature"_L1)) {
        request.temperature = judged["temperature"_L1].toDouble();
    }
    if (judged.contains("thinking"_L1)) {
        request.thinkingBudget = judged["thinking"_L1].toInt();
    }
    if (judged.contains("schema"_L1)) {
        request.jsonOutput = JsonOutput{u"answer"_s, judged["schema"_L1].toObject()};
    }
    const QString choice = judged["toolChoice"_L1].toString();
    request.toolChoice = choice == "none"_L1 ? ToolChoice::None
        : choice == "required"_L1            ? ToolChoice::Required
                                             : ToolChoice::Auto;
    const QJsonArray tools = judged["tools"_L1].toArray();
    for (const QJsonValue &tool : tools) {
        request.functions.append({tool["name"_L1].toString(), tool["description"_L1].toString(),
                                  tool["parameters"_L1].toObject()});
    }
}

QJsonObject wireOf(const HttpRequest &http)
{
    QJsonObject headers;
    for (const HttpHeader &header : http.headers) {
        headers.insert(QString::fromLatin1(header.name).toLower(),
                       QString::fromLatin1(header.value));
    }
    const QUrl target = http.url.adjusted(QUrl::RemoveScheme | QUrl::RemoveAuthority);
    return {{u"method"_s, QString::fromLatin1(http.method)},
            {u"url"_s, QString::fromLatin1(target.toEncoded())},
            {u"headers"_s, headers},
            {u"body"_s, QJsonDocument::fromJson(http.body).object()}};
}

} // namespace

int main()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly)) {
        qFatal("Standard input cannot be read.");
    }
    const QJsonObject judged = QJsonDocument::fromJson(input.readAll()).object();
    const Provider provider = providerOf(judged);
    ChatRequest request;
    request.model = judged["model"_L1].toString();
    request.conversation.system = judged["system"_L1].toString();
    const QJsonArray turns = judged["turns"_L1].toArray();
    for (const QJsonValue &turn : turns) {
        request.conversation.turns.append(turnOf(turn.toObject(), provider));
    }
    readOptions(judged, request);
    QJsonObject printed;
    if (const auto obstacle = provider.findObstacle(provider, request)) {
        printed = {{u"obstacle"_s, toWord(obstacle->kind)}, {u"message"_s, obstacle->message}};
    } else {
        printed = wireOf(provider.makeChatRequest(provider, request));
    }
    std::puts(QJsonDocument(printed).toJson(QJsonDocument::Compact).constData());
    return 0;
}
