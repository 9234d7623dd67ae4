// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropic/messagesrequest.h"

#include "core/overloaded.h"
#include "core/utf8.h"
#include "providers/anthropic/claudemodel.h"
#include "providers/requests.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::Anthropic {

namespace {

//! Messages alternate: what one side says in a row is one message.
class Messages
{
public:
    void append(const QString &role, const QJsonArray &content)
    {
        if (content.isEmpty()) {
            return;
        }
        if (m_role != role) {
            flush();
            m_role = role;
        }
        for (const QJsonValue &block : content) {
            m_content.append(block);
        }
    }
    QJsonArray take()
    {
        flush();
        return m_messages;
    }

private:
    void flush()
    {
        if (!m_content.isEmpty()) {
            m_messages.append(QJsonObject{{u"role"_s, m_role}, {u"content"_s, m_content}});
            m_content = {};
        }
    }

    QJsonArray m_messages;
    QString m_role;
    QJsonArray m_content;
};

QJsonArray textBlock(const QString &text)
{
    return text.isEmpty() ? QJsonArray()
                          : QJsonArray{QJsonObject{{u"type"_s, u"text"_s}, {u"text"_s, text}}};
}

QJsonObject attachmentBlock(const Attachment &attachment)
{
    if (attachment.isText()) {
        const QJsonObject source{{u"type"_s, u"text"_s},
                                 {u"media_type"_s, u"text/plain"_s},
                                 {u"data"_s, decodeUtf8(attachment.bytes)}};
        return {{u"type"_s, u"document"_s}, {u"source"_s, source}, {u"title"_s, attachment.name}};
    }
    const QJsonObject source{{u"type"_s, u"base64"_s},
                             {u"media_type"_s, attachment.mimeType},
                             {u"data"_s, base64Of(attachment)}};
    if (attachment.isImage()) {
        return {{u"type"_s, u"image"_s}, {u"source"_s, source}};
    }
    return {{u"type"_s, u"document"_s}, {u"source"_s, source}, {u"title"_s, attachment.name}};
}

//! Files first: the words are about them.
QJsonArray contentOf(const Prompt &prompt)
{
    QJsonArray content;
    for (const Attachment &attachment : prompt.attachments) {
        content.append(attachmentBlock(attachment));
    }
    const QJsonArray text = textBlock(prompt.text);
    if (!text.isEmpty()) {
        content.append(text.first());
    }
    return content;
}

//! Without its thinking, which only Anthropic's own signature makes acceptable.
QJsonArray rebuilt(const Answer &answer)
{
    QJsonArray content = textBlock(answer.text().isEmpty() ? answer.refusal() : answer.text());
    const QList<FunctionCallPart> calls = answerableCalls(answer);
    for (const FunctionCallPart &call : calls) {
        content.append(QJsonObject{{u"type"_s, u"tool_use"_s},
                                   {u"id"_s, call.id},
                                   {u"name"_s, call.name},
                                   {u"input"_s, argumentsObject(call)}});
    }
    return content;
}

QJsonArray toolResult(const FunctionResult &result)
{
    if (result.callId.isEmpty()) {
        return {};
    }
    QJsonObject block{{u"type"_s, u"tool_result"_s},
                      {u"tool_use_id"_s, result.callId},
                      {u"content"_s, result.output}};
    if (result.failed) {
        block.insert("is_error"_L1, true);
    }
    return {block};
}

QJsonArray messagesOf(const Provider &provider, const Conversation &conversation)
{
    Messages messages;
    for (const Turn &turn : conversation.turns) {
        std::visit(Overloaded{
                       [&](const Prompt &prompt) { messages.append(u"user"_s, contentOf(prompt)); },
                       [&](const FunctionResult &result) {
                           messages.append(u"user"_s, toolResult(result));
                       },
                       [&](const ModelTurn &model) {
                           messages.append(u"assistant"_s,
                                           isVerbatim(provider, model) ? model.answer.done()->items
                                                                       : rebuilt(model.answer));
                       },
                   },
                   turn);
    }
    return messages.take();
}

QJsonArray toolsOf(const QList<FunctionDeclaration> &functions)
{
    QJsonArray tools;
    for (const FunctionDeclaration &function : functions) {
        tools.append(QJsonObject{{u"name"_s, function.name},
                                 {u"description"_s, function.description},
                                 {u"input_schema"_s, function.parameters}});
    }
    return tools;
}

//! Older models take a budget of tokens in place of an effort.
std::optional<QJsonObject> thinkingBudget(const QString &effort, int maxTokens)
{
    static const QHash<QString, int> budgets{
        {u"low"_s, 2048}, {u"medium"_s, 8192}, {u"high"_s, 16'384}};
    const int budget
        = std::min(budgets.value(effort, budgets.value(u"medium"_s)), maxTokens - LeastBudget);
    if (budget < LeastBudget) {
        return {};
    }
    return QJsonObject{{u"type"_s, u"enabled"_s}, {u"budget_tokens"_s, budget}};
}

void insertThinking(QJsonObject &body, const ChatRequest &request, int maxTokens)
{
    const QVersionNumber generation = generationOf(request.model);
    if (request.thinkingBudget) {
        body.insert(
            "thinking"_L1,
            QJsonObject{{u"type"_s, u"enabled"_s}, {u"budget_tokens"_s, *request.thinkingBudget}});
    }
    if (request.reasoningEffort.isEmpty() || generation < FirstThinking) {
        return;
    }
    if (generation >= FirstAdaptive) {
        if (!request.thinkingBudget) {
            body.insert("thinking"_L1,
                        QJsonObject{{u"type"_s, u"adaptive"_s}, {u"display"_s, u"summarized"_s}});
        }
        body.insert("output_config"_L1, QJsonObject{{u"effort"_s, request.reasoningEffort}});
    } else if (const auto thinking = thinkingBudget(request.reasoningEffort, maxTokens)) {
        body.insert("thinking"_L1, *thinking);
    }
}

void insertJsonOutput(QJsonObject &body, const JsonOutput &output)
{
    QJsonObject config = body["output_config"_L1].toObject();
    config.insert("format"_L1,
                  QJsonObject{{u"type"_s, u"json_schema"_s}, {u"schema"_s, output.schema}});
    body.insert("output_config"_L1, config);
}

} // namespace

HttpRequest makeMessagesRequest(const Provider &provider, const ChatRequest &request)
{
    const int maxTokens = maxTokensOf(request);
    QJsonObject body{{u"model"_s, request.model},
                     {u"stream"_s, true},
                     {u"max_tokens"_s, maxTokens},
                     {u"messages"_s, messagesOf(provider, request.conversation)}};
    if (!request.conversation.system.isEmpty()) {
        body.insert("system"_L1, request.conversation.system);
    }
    if (!request.functions.isEmpty()) {
        body.insert("tools"_L1, toolsOf(request.functions));
        if (request.toolChoice != ToolChoice::Auto) {
            const bool isNone = request.toolChoice == ToolChoice::None;
            body.insert("tool_choice"_L1, QJsonObject{{u"type"_s, isNone ? u"none"_s : u"any"_s}});
        }
    }
    insertThinking(body, request, maxTokens);
    if (request.jsonOutput) {
        insertJsonOutput(body, *request.jsonOutput);
    }
    return streamingPost(provider, u"/v1/messages"_s, body);
}

} // namespace Maestro::Anthropic
