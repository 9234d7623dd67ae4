// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropic/messagesrequest.h"

#include "core/overloaded.h"
#include "providers/requests.h"

#include <QHash>
#include <QRegularExpression>
#include <QVersionNumber>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::Anthropic {

namespace {

// Anthropic wants a limit in every question. These are the least that the models of a generation
// allow.
constexpr int OldModelsLimit = 4096;
constexpr int Limit = 32'000;
//! "budget_tokens" must be below max_tokens, and at least this.
constexpr int LeastBudget = 1024;

//! The generation in a model's name; a name without one is taken for a newer model.
QVersionNumber generationOf(const QString &model)
{
    // claude-3-5-sonnet-20241022, claude-sonnet-4-5-20250929, claude-opus-4-8, claude-fable-5
    static const QRegularExpression numbers(u"-(\\d{1,2})(?:-(\\d{1,2}))?(?:-|$)"_s);
    const QRegularExpressionMatch match = numbers.match(model);
    return match.hasMatch() ? QVersionNumber(match.captured(1).toInt(), match.captured(2).toInt())
                            : QVersionNumber(99);
}

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
        std::visit(
            Overloaded{
                [&](const Prompt &prompt) { messages.append(u"user"_s, textBlock(prompt.text)); },
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
    if (request.reasoningEffort.isEmpty() || generation < QVersionNumber(3, 7)) {
        return;
    }
    if (generation >= QVersionNumber(4, 6)) {
        body.insert("thinking"_L1,
                    QJsonObject{{u"type"_s, u"adaptive"_s}, {u"display"_s, u"summarized"_s}});
        body.insert("output_config"_L1, QJsonObject{{u"effort"_s, request.reasoningEffort}});
    } else if (const auto thinking = thinkingBudget(request.reasoningEffort, maxTokens)) {
        body.insert("thinking"_L1, *thinking);
    }
}

} // namespace

HttpRequest makeMessagesRequest(const Provider &provider, const ChatRequest &request)
{
    const int limit = generationOf(request.model) < QVersionNumber(3, 7) ? OldModelsLimit : Limit;
    const int maxTokens = request.maxOutputTokens.value_or(limit);
    QJsonObject body{{u"model"_s, request.model},
                     {u"stream"_s, true},
                     {u"max_tokens"_s, maxTokens},
                     {u"messages"_s, messagesOf(provider, request.conversation)}};
    if (!request.conversation.system.isEmpty()) {
        body.insert("system"_L1, request.conversation.system);
    }
    if (!request.functions.isEmpty()) {
        body.insert("tools"_L1, toolsOf(request.functions));
    }
    insertThinking(body, request, maxTokens);
    return streamingPost(provider, u"/v1/messages"_s, body);
}

} // namespace Maestro::Anthropic
