// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/gemini/generaterequest.h"

#include "core/overloaded.h"
#include "providers/obstacles.h"
#include "providers/requests.h"

#include <QCoreApplication>
#include <QHash>
#include <QRegularExpression>
#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace Maestro::Gemini {

namespace {

//! Google takes 20 MB in a request; files grow by a third on the way.
constexpr qsizetype AttachmentsLimit = 14 * 1024 * 1024;
//! A budget that leaves it to the model.
constexpr int Automatic = -1;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

//! The generation in a model's name; a name without one ("gemini-flash-latest") is a newer model.
QVersionNumber generationOf(const QString &model)
{
    static const QRegularExpression number(u"gemini-(\\d+(?:\\.\\d+)?)"_s);
    const QRegularExpressionMatch match = number.match(model);
    return match.hasMatch() ? QVersionNumber::fromString(match.capturedView(1))
                            : QVersionNumber(99);
}

//! What one side says in a row is one content; the results of one turn must stand together.
void append(QJsonArray &contents, const QString &role, const QJsonArray &parts)
{
    if (parts.isEmpty()) {
        return;
    }
    QJsonArray all;
    if (!contents.isEmpty() && contents.last()["role"_L1] == role) {
        all = contents.takeAt(contents.size() - 1)["parts"_L1].toArray();
    }
    for (const QJsonValue &part : parts) {
        all.append(part);
    }
    contents.append(QJsonObject{{u"role"_s, role}, {u"parts"_s, all}});
}

QJsonArray textPart(const QString &text)
{
    return text.isEmpty() ? QJsonArray() : QJsonArray{QJsonObject{{u"text"_s, text}}};
}

//! Files first: the words are about them.
QJsonArray partsOf(const Prompt &prompt)
{
    QJsonArray parts;
    for (const Attachment &attachment : prompt.attachments) {
        parts.append(QJsonObject{{u"inlineData"_s,
                                  QJsonObject{{u"mimeType"_s, attachment.mimeType},
                                              {u"data"_s, base64Of(attachment)}}}});
    }
    const QJsonArray text = textPart(prompt.text);
    if (!text.isEmpty()) {
        parts.append(text.first());
    }
    return parts;
}

QJsonArray rebuilt(const Answer &answer)
{
    QJsonArray parts = textPart(answer.text().isEmpty() ? answer.refusal() : answer.text());
    const QList<FunctionCallPart> calls = answer.functionCalls();
    for (const FunctionCallPart &call : calls) {
        if (call.complete) {
            parts.append(QJsonObject{
                {u"functionCall"_s,
                 QJsonObject{{u"name"_s, call.name}, {u"args"_s, argumentsObject(call)}}}});
        }
    }
    return parts;
}

QJsonArray functionResponse(const FunctionResult &result, bool withId)
{
    QJsonObject response{
        {u"name"_s, result.name},
        {u"response"_s, QJsonObject{{result.failed ? u"error"_s : u"output"_s, result.output}}}};
    if (withId && !result.callId.isEmpty()) {
        response.insert("id"_L1, result.callId);
    }
    return {QJsonObject{{u"functionResponse"_s, response}}};
}

QJsonArray contentsOf(const Provider &provider, const Conversation &conversation)
{
    QJsonArray contents;
    bool lastIsVerbatim = false;
    for (const Turn &turn : conversation.turns) {
        std::visit(Overloaded{
                       [&](const Prompt &prompt) { append(contents, u"user"_s, partsOf(prompt)); },
                       // A rebuilt call has no id, so its result must not have one.
                       [&](const FunctionResult &result) {
                           append(contents, u"user"_s, functionResponse(result, lastIsVerbatim));
                       },
                       [&](const ModelTurn &model) {
                           lastIsVerbatim = isVerbatim(provider, model);
                           append(contents, u"model"_s,
                                  lastIsVerbatim ? model.answer.done()->items
                                                 : rebuilt(model.answer));
                       },
                   },
                   turn);
    }
    return contents;
}

QJsonArray toolsOf(const QList<FunctionDeclaration> &functions)
{
    QJsonArray declarations;
    for (const FunctionDeclaration &function : functions) {
        declarations.append(QJsonObject{{u"name"_s, function.name},
                                        {u"description"_s, function.description},
                                        {u"parametersJsonSchema"_s, function.parameters}});
    }
    return {QJsonObject{{u"functionDeclarations"_s, declarations}}};
}

bool thinks(const QString &model)
{
    const bool isGemini = model.startsWith("gemini-"_L1) || model.startsWith("models/gemini-"_L1);
    return isGemini && generationOf(model) >= QVersionNumber(2, 5);
}

//! Empty for models that do not think: they reject the question for it.
QJsonObject thinkingConfig(const ChatRequest &request)
{
    if (!thinks(request.model)) {
        return {};
    }
    const QVersionNumber generation = generationOf(request.model);
    QJsonObject config{{u"includeThoughts"_s, true}};
    if (request.thinkingBudget) {
        config.insert("thinkingBudget"_L1, *request.thinkingBudget);
        return config;
    }
    if (request.reasoningEffort.isEmpty()) {
        return config;
    }
    if (generation >= QVersionNumber(3)) {
        config.insert("thinkingLevel"_L1, request.reasoningEffort.toUpper());
        return config;
    }
    // The budgets that Google's own OpenAI-compatible interface takes for these words.
    static const QHash<QString, int> budgets{{u"none"_s, 0},
                                             {u"minimal"_s, 1024},
                                             {u"low"_s, 1024},
                                             {u"medium"_s, 8192},
                                             {u"high"_s, 24'576}};
    config.insert("thinkingBudget"_L1, budgets.value(request.reasoningEffort, Automatic));
    return config;
}

QJsonObject generationConfig(const ChatRequest &request)
{
    QJsonObject config;
    if (request.maxOutputTokens) {
        config.insert("maxOutputTokens"_L1, *request.maxOutputTokens);
    }
    if (request.temperature) {
        config.insert("temperature"_L1, *request.temperature);
    }
    if (request.jsonOutput) {
        config.insert("responseMimeType"_L1, u"application/json"_s);
        config.insert("responseJsonSchema"_L1, request.jsonOutput->schema);
    }
    if (const QJsonObject thinking = thinkingConfig(request); !thinking.isEmpty()) {
        config.insert("thinkingConfig"_L1, thinking);
    }
    return config;
}

QJsonObject toolConfig(ToolChoice choice)
{
    const QString mode = choice == ToolChoice::None ? u"NONE"_s : u"ANY"_s;
    return {{u"functionCallingConfig"_s, QJsonObject{{u"mode"_s, mode}}}};
}

} // namespace

HttpRequest makeGenerateRequest(const Provider &provider, const ChatRequest &request)
{
    QJsonObject body{{u"contents"_s, contentsOf(provider, request.conversation)}};
    if (!request.conversation.system.isEmpty()) {
        body.insert("systemInstruction"_L1,
                    QJsonObject{{u"parts"_s, textPart(request.conversation.system)}});
    }
    if (!request.functions.isEmpty()) {
        body.insert("tools"_L1, toolsOf(request.functions));
        if (request.toolChoice != ToolChoice::Auto) {
            body.insert("toolConfig"_L1, toolConfig(request.toolChoice));
        }
    }
    const QJsonObject config = generationConfig(request);
    if (!config.isEmpty()) {
        body.insert("generationConfig"_L1, config);
    }
    const QString model
        = request.model.contains(u'/') ? request.model : u"models/"_s + request.model;
    return streamingPost(provider, u"/v1beta/"_s + model + u":streamGenerateContent"_s, body,
                         u"alt=sse"_s);
}

std::optional<Error> findObstacle(const Provider &provider, const ChatRequest &request)
{
    const bool reasons = request.thinkingBudget || !request.reasoningEffort.isEmpty();
    if (reasons && !thinks(request.model)) {
        return unsupported(Tr::tr("%1 does not reason before it answers.").arg(request.model),
                           Tr::tr("Ask without, or choose a newer model."));
    }
    if (request.thinkingBudget && !request.reasoningEffort.isEmpty()) {
        return invalid(
            Tr::tr("%1 takes a number of tokens or a word for how much it shall reason, not both.")
                .arg(request.model),
            Tr::tr("Leave out one of the two."));
    }
    if (request.thinkingBudget.value_or(0) < Automatic) {
        return invalid(Tr::tr("The reasoning cannot have fewer than no tokens."),
                       Tr::tr("Choose 0 for none, or -1 to leave it to the model."));
    }
    if (request.jsonOutput && !request.functions.isEmpty()
        && generationOf(request.model) < QVersionNumber(3)) {
        return unsupported(
            Tr::tr("%1 takes tools or a schema of the answer, not both.").arg(request.model),
            Tr::tr("Leave out one of the two, or choose a newer model."));
    }
    const QList<Attachment> attachments = attachmentsOf(request.conversation);
    for (const Attachment &attachment : attachments) {
        if (attachment.mimeType == "image/gif"_L1) {
            return unsupported(Tr::tr("%1 does not look at GIF pictures.").arg(provider.name),
                               Tr::tr("Attach it as PNG, JPEG or WebP."));
        }
    }
    return findCommonObstacle(provider, request, AttachmentsLimit);
}

} // namespace Maestro::Gemini
