// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropic/messagesrequest.h"

#include "core/overloaded.h"
#include "core/utf8.h"
#include "providers/obstacles.h"
#include "providers/requests.h"

#include <QCoreApplication>
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

//! Anthropic takes 32 MB in a request; files grow by a third on the way.
constexpr qsizetype AttachmentsLimit = 22 * 1024 * 1024;

// Generations of models, by what they take.
const QVersionNumber FirstThinking(3, 7);
const QVersionNumber FirstWithJson(4, 1);
//! Those think as much as they find right, with an effort for a hint.
const QVersionNumber FirstAdaptive(4, 6);
const QVersionNumber LastWithBudget(4, 6);

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

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

int maxTokensOf(const ChatRequest &request)
{
    const int limit = generationOf(request.model) < FirstThinking ? OldModelsLimit : Limit;
    return request.maxOutputTokens.value_or(limit);
}

std::optional<Error> findThinkingObstacle(const ChatRequest &request)
{
    const QVersionNumber generation = generationOf(request.model);
    if (!request.thinkingBudget && request.reasoningEffort.isEmpty()) {
        return {};
    }
    if (generation < FirstThinking) {
        return unsupported(Tr::tr("%1 does not reason before it answers.").arg(request.model),
                           Tr::tr("Ask without, or choose a newer model."));
    }
    if (request.toolChoice == ToolChoice::Required) {
        return invalid(Tr::tr("Claude cannot be made to call a tool while it reasons."),
                       Tr::tr("Leave the choice to the model, or ask without reasoning."));
    }
    if (!request.thinkingBudget) {
        return {};
    }
    if (generation > LastWithBudget) {
        return unsupported(
            Tr::tr("%1 decides by itself how many tokens it reasons.").arg(request.model),
            Tr::tr("Say how much it shall reason in a word, such as low or high."));
    }
    if (!request.reasoningEffort.isEmpty() && generation < FirstAdaptive) {
        return invalid(
            Tr::tr("%1 takes a number of tokens or a word for how much it shall reason, not both.")
                .arg(request.model),
            Tr::tr("Leave out one of the two."));
    }
    if (*request.thinkingBudget < LeastBudget || *request.thinkingBudget >= maxTokensOf(request)) {
        return invalid(
            Tr::tr("The reasoning must have %1 tokens at least, and fewer than the whole answer.")
                .arg(LeastBudget),
            Tr::tr("Choose another number, or allow a longer answer."));
    }
    return {};
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

std::optional<Error> findObstacle(const Provider &provider, const ChatRequest &request)
{
    if (request.temperature) {
        return unsupported(Tr::tr("Claude takes no temperature any more."),
                           Tr::tr("Leave it out."));
    }
    if (request.jsonOutput && generationOf(request.model) < FirstWithJson) {
        return unsupported(
            Tr::tr("%1 cannot be held to a schema of its answer.").arg(request.model),
            Tr::tr("Choose a newer model."));
    }
    if (auto obstacle = findThinkingObstacle(request)) {
        return obstacle;
    }
    return findCommonObstacle(provider, request, AttachmentsLimit);
}

} // namespace Maestro::Anthropic
