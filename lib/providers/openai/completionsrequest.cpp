// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/completionsrequest.h"

#include "core/overloaded.h"
#include "providers/openai/compatibleprovider.h"
#include "providers/openai/responsesrequest.h"
#include "providers/requests.h"

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

QJsonObject message(const QString &role, const QString &content)
{
    return {{u"role"_s, role}, {u"content"_s, content}};
}

QJsonObject contentPart(const Attachment &attachment)
{
    if (attachment.isImage()) {
        return {{u"type"_s, u"image_url"_s},
                {u"image_url"_s, QJsonObject{{u"url"_s, dataUrlOf(attachment)}}}};
    }
    if (attachment.isText()) {
        return {{u"type"_s, u"text"_s}, {u"text"_s, wordsOf(attachment)}};
    }
    return {
        {u"type"_s, u"file"_s},
        {u"file"_s,
         QJsonObject{{u"filename"_s, attachment.name}, {u"file_data"_s, dataUrlOf(attachment)}}}};
}

//! Words alone are a string, which every server understands.
QJsonObject userMessage(const Prompt &prompt)
{
    if (prompt.attachments.isEmpty()) {
        return message(u"user"_s, prompt.text);
    }
    QJsonArray content;
    for (const Attachment &attachment : prompt.attachments) {
        content.append(contentPart(attachment));
    }
    if (!prompt.text.isEmpty()) {
        content.append(QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, prompt.text}});
    }
    return {{u"role"_s, u"user"_s}, {u"content"_s, content}};
}

//! The items of a response stand under the same provider, but are typed.
bool isAssistantMessage(const QJsonArray &items)
{
    return items.size() == 1 && items.first()["role"_L1] == "assistant"_L1
        && !items.first()["type"_L1].isString();
}

//! Nothing if the answer holds nothing that can be sent.
std::optional<QJsonObject> rebuilt(const Answer &answer)
{
    QJsonArray toolCalls;
    const QList<FunctionCallPart> calls = answerableCalls(answer);
    for (const FunctionCallPart &call : calls) {
        const QJsonObject function{
            {u"name"_s, call.name},
            {u"arguments"_s, call.arguments.isEmpty() ? u"{}"_s : call.arguments}};
        toolCalls.append(
            QJsonObject{{u"id"_s, call.id}, {u"type"_s, u"function"_s}, {u"function"_s, function}});
    }
    const QString text = answer.text().isEmpty() ? answer.refusal() : answer.text();
    if (text.isEmpty() && toolCalls.isEmpty()) {
        return {};
    }
    QJsonObject assistant{{u"role"_s, u"assistant"_s},
                          {u"content"_s, text.isEmpty() ? QJsonValue() : QJsonValue(text)}};
    if (!toolCalls.isEmpty()) {
        assistant.insert("tool_calls"_L1, toolCalls);
    }
    return assistant;
}

QJsonArray messagesOf(const Provider &provider, const Conversation &conversation)
{
    QJsonArray messages;
    if (!conversation.system.isEmpty()) {
        messages.append(message(u"system"_s, conversation.system));
    }
    for (const Turn &turn : conversation.turns) {
        std::visit(Overloaded{
                       [&](const Prompt &prompt) { messages.append(userMessage(prompt)); },
                       [&](const FunctionResult &result) {
                           if (!result.callId.isEmpty()) {
                               QJsonObject tool = message(u"tool"_s, result.output);
                               tool.insert("tool_call_id"_L1, result.callId);
                               messages.append(tool);
                           }
                       },
                       [&](const ModelTurn &model) {
                           if (isVerbatim(provider, model)
                               && isAssistantMessage(model.answer.done()->items)) {
                               messages.append(model.answer.done()->items.first());
                           } else if (const auto assistant = rebuilt(model.answer)) {
                               messages.append(*assistant);
                           }
                       },
                   },
                   turn);
    }
    return messages;
}

QJsonArray toolsOf(const QList<FunctionDeclaration> &functions)
{
    QJsonArray tools;
    for (const FunctionDeclaration &function : functions) {
        const QJsonObject declaration{{u"name"_s, function.name},
                                      {u"description"_s, function.description},
                                      {u"parameters"_s, function.parameters}};
        tools.append(QJsonObject{{u"type"_s, u"function"_s}, {u"function"_s, declaration}});
    }
    return tools;
}

} // namespace

HttpRequest makeCompletionsRequest(const Provider &provider, const ChatRequest &request)
{
    QJsonObject body{{u"model"_s, request.model},
                     {u"stream"_s, true},
                     {u"stream_options"_s, QJsonObject{{u"include_usage"_s, true}}},
                     {u"messages"_s, messagesOf(provider, request.conversation)}};
    if (!request.functions.isEmpty()) {
        body.insert("tools"_L1, toolsOf(request.functions));
        insertToolChoice(body, request.toolChoice);
    }
    if (request.maxOutputTokens) {
        // Many of the other servers know the older name alone.
        body.insert(provider.id == CompatibleId ? "max_tokens"_L1 : "max_completion_tokens"_L1,
                    *request.maxOutputTokens);
    }
    if (!request.reasoningEffort.isEmpty()) {
        body.insert("reasoning_effort"_L1, request.reasoningEffort);
    }
    if (request.temperature) {
        body.insert("temperature"_L1, *request.temperature);
    }
    if (request.jsonOutput) {
        const QJsonObject schema{{u"name"_s, request.jsonOutput->name},
                                 {u"schema"_s, request.jsonOutput->schema},
                                 {u"strict"_s, true}};
        body.insert("response_format"_L1,
                    QJsonObject{{u"type"_s, u"json_schema"_s}, {u"json_schema"_s, schema}});
    }
    return streamingPost(provider, u"/chat/completions"_s, body);
}

} // namespace Maestro::OpenAi
