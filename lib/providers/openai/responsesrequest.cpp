// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/responsesrequest.h"

#include "core/overloaded.h"
#include "providers/obstacles.h"
#include "providers/requests.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

//! OpenAI takes 50 MB of files in a request; on the way they grow by a third.
constexpr qsizetype AttachmentsLimit = 35 * 1024 * 1024;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

//! Items of a chat completion stand under the same provider, but have no type.
bool areResponseItems(const QJsonArray &items)
{
    return std::all_of(items.begin(), items.end(),
                       [](const QJsonValue &item) { return item["type"_L1].isString(); });
}

void appendVerbatim(QJsonArray &input, const QJsonArray &items)
{
    for (const QJsonValue &item : items) {
        // Reasoning that came without its encrypted form is known to OpenAI by its id alone, and
        // since nothing is stored, not even by that.
        const bool isLostReasoning = item["type"_L1] == "reasoning"_L1
            && item["encrypted_content"_L1].toString().isEmpty();
        if (!isLostReasoning) {
            input.append(item);
        }
    }
}

void appendRebuilt(QJsonArray &input, const Answer &answer)
{
    QJsonArray content;
    if (!answer.text().isEmpty()) {
        content.append(QJsonObject{{u"type"_s, u"output_text"_s}, {u"text"_s, answer.text()}});
    }
    if (!answer.refusal().isEmpty()) {
        content.append(QJsonObject{{u"type"_s, u"refusal"_s}, {u"refusal"_s, answer.refusal()}});
    }
    if (!content.isEmpty()) {
        input.append(QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, content}});
    }
    const QList<FunctionCallPart> calls = answerableCalls(answer);
    for (const FunctionCallPart &call : calls) {
        input.append(
            QJsonObject{{u"type"_s, u"function_call"_s},
                        {u"call_id"_s, call.id},
                        {u"name"_s, call.name},
                        {u"arguments"_s, call.arguments.isEmpty() ? u"{}"_s : call.arguments}});
    }
}

QJsonObject inputPart(const Attachment &attachment)
{
    if (attachment.isImage()) {
        return {{u"type"_s, u"input_image"_s},
                {u"image_url"_s, dataUrlOf(attachment)},
                {u"detail"_s, u"auto"_s}};
    }
    if (attachment.isText()) {
        return {{u"type"_s, u"input_text"_s}, {u"text"_s, wordsOf(attachment)}};
    }
    return {{u"type"_s, u"input_file"_s},
            {u"filename"_s, attachment.name},
            {u"file_data"_s, dataUrlOf(attachment)}};
}

//! Files first: the words are about them.
QJsonArray contentOf(const Prompt &prompt)
{
    QJsonArray content;
    for (const Attachment &attachment : prompt.attachments) {
        content.append(inputPart(attachment));
    }
    if (!prompt.text.isEmpty() || content.isEmpty()) {
        content.append(QJsonObject{{u"type"_s, u"input_text"_s}, {u"text"_s, prompt.text}});
    }
    return content;
}

QJsonArray inputOf(const Provider &provider, const Conversation &conversation)
{
    QJsonArray input;
    for (const Turn &turn : conversation.turns) {
        std::visit(Overloaded{
                       [&](const Prompt &prompt) {
                           input.append(QJsonObject{{u"role"_s, u"user"_s},
                                                    {u"content"_s, contentOf(prompt)}});
                       },
                       [&](const FunctionResult &result) {
                           if (!result.callId.isEmpty()) {
                               input.append(QJsonObject{{u"type"_s, u"function_call_output"_s},
                                                        {u"call_id"_s, result.callId},
                                                        {u"output"_s, result.output}});
                           }
                       },
                       [&](const ModelTurn &model) {
                           if (isVerbatim(provider, model)
                               && areResponseItems(model.answer.done()->items)) {
                               appendVerbatim(input, model.answer.done()->items);
                           } else {
                               appendRebuilt(input, model.answer);
                           }
                       },
                   },
                   turn);
    }
    return input;
}

QJsonArray toolsOf(const QList<FunctionDeclaration> &functions)
{
    QJsonArray tools;
    for (const FunctionDeclaration &function : functions) {
        tools.append(QJsonObject{{u"type"_s, u"function"_s},
                                 {u"name"_s, function.name},
                                 {u"description"_s, function.description},
                                 {u"parameters"_s, function.parameters},
                                 {u"strict"_s, false}});
    }
    return tools;
}

QJsonObject jsonFormat(const JsonOutput &output)
{
    return {{u"type"_s, u"json_schema"_s},
            {u"name"_s, output.name},
            {u"schema"_s, output.schema},
            {u"strict"_s, true}};
}

} // namespace

HttpRequest makeResponsesRequest(const Provider &provider, const ChatRequest &request)
{
    QJsonObject body{{u"model"_s, request.model},
                     {u"stream"_s, true},
                     {u"store"_s, false},
                     {u"input"_s, inputOf(provider, request.conversation)},
                     {u"stream_options"_s, QJsonObject{{u"include_obfuscation"_s, false}}}};
    if (!request.conversation.system.isEmpty()) {
        body.insert("instructions"_L1, request.conversation.system);
    }
    if (!request.functions.isEmpty()) {
        body.insert("tools"_L1, toolsOf(request.functions));
        insertToolChoice(body, request.toolChoice);
    }
    if (request.maxOutputTokens) {
        body.insert("max_output_tokens"_L1, *request.maxOutputTokens);
    }
    if (request.temperature) {
        body.insert("temperature"_L1, *request.temperature);
    }
    if (request.jsonOutput) {
        body.insert("text"_L1, QJsonObject{{u"format"_s, jsonFormat(*request.jsonOutput)}});
    }
    if (!request.reasoningEffort.isEmpty()) {
        QJsonObject reasoning{{u"effort"_s, request.reasoningEffort}};
        if (request.reasoningEffort != "none"_L1) {
            reasoning.insert("summary"_L1, u"auto"_s);
        }
        body.insert("reasoning"_L1, reasoning);
    }
    // Models that do not reason reject the question for this.
    if (isReasoningModel(request.model)) {
        body.insert("include"_L1, QJsonArray{u"reasoning.encrypted_content"_s});
    }
    return streamingPost(provider, u"/responses"_s, body);
}

void insertToolChoice(QJsonObject &body, ToolChoice choice)
{
    if (choice != ToolChoice::Auto) {
        body.insert("tool_choice"_L1, choice == ToolChoice::None ? u"none"_s : u"required"_s);
    }
}

std::optional<Error> findObstacle(const Provider &provider, const ChatRequest &request)
{
    if (request.thinkingBudget) {
        return unsupported(
            Tr::tr("%1 does not count the tokens of reasoning beforehand.").arg(provider.name),
            Tr::tr("Say how much it shall reason in a word, such as low or high."));
    }
    if (request.temperature && isReasoningModel(request.model)) {
        return unsupported(Tr::tr("%1 reasons, and takes no temperature.").arg(request.model),
                           Tr::tr("Leave the temperature out, or choose another model."));
    }
    return findCommonObstacle(provider, request, AttachmentsLimit);
}

bool isReasoningModel(const QString &model)
{
    static const QRegularExpression names(u"^(?:o\\d|gpt-(?:[5-9]|\\d\\d)(?!\\d)|codex)"_s);
    return names.match(model).hasMatch() && !model.contains("-chat"_L1);
}

} // namespace Maestro::OpenAi
