// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/gemini/generaterequest.h"

#include "core/overloaded.h"
#include "providers/requests.h"

#include <QHash>
#include <QRegularExpression>
#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace Maestro::Gemini {

namespace {

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
        std::visit(
            Overloaded{
                [&](const Prompt &prompt) { append(contents, u"user"_s, textPart(prompt.text)); },
                // A rebuilt call has no id, so its result must not have one.
                [&](const FunctionResult &result) {
                    append(contents, u"user"_s, functionResponse(result, lastIsVerbatim));
                },
                [&](const ModelTurn &model) {
                    lastIsVerbatim = isVerbatim(provider, model);
                    append(contents, u"model"_s,
                           lastIsVerbatim ? model.answer.done()->items : rebuilt(model.answer));
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

//! Empty for models that do not think: they reject the question for it.
QJsonObject thinkingConfig(const ChatRequest &request)
{
    const QVersionNumber generation = generationOf(request.model);
    const bool isGemini
        = request.model.startsWith("gemini-"_L1) || request.model.startsWith("models/gemini-"_L1);
    if (!isGemini || generation < QVersionNumber(2, 5)) {
        return {};
    }
    QJsonObject config{{u"includeThoughts"_s, true}};
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
    constexpr int Automatic = -1;
    config.insert("thinkingBudget"_L1, budgets.value(request.reasoningEffort, Automatic));
    return config;
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
    }
    QJsonObject config;
    if (request.maxOutputTokens) {
        config.insert("maxOutputTokens"_L1, *request.maxOutputTokens);
    }
    if (const QJsonObject thinking = thinkingConfig(request); !thinking.isEmpty()) {
        config.insert("thinkingConfig"_L1, thinking);
    }
    if (!config.isEmpty()) {
        body.insert("generationConfig"_L1, config);
    }
    const QString model
        = request.model.contains(u'/') ? request.model : u"models/"_s + request.model;
    return streamingPost(provider, u"/v1beta/"_s + model + u":streamGenerateContent"_s, body,
                         u"alt=sse"_s);
}

} // namespace Maestro::Gemini
