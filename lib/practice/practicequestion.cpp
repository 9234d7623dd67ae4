// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practicequestion.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

namespace {

constexpr qint64 TokensOfItem = 4; // role and separators
constexpr qint64 CacheFrom = 1024; // what OpenAI documents for its prompt cache
constexpr qint64 CacheStep = 128;
constexpr qint64 MinOutputTokens = 16; // below it, OpenAI's API refuses

HttpReply invalidRequest(const QString &code, const QString &message, const QString &param = {})
{
    return apiError(400, u"invalid_request_error"_s, code, message, param);
}

//! The text of a content or an output: a string, or an array of parts with a text.
QString textOf(const QJsonValue &content)
{
    if (!content.isArray()) {
        return content.toString();
    }
    QString text;
    for (const QJsonValue &part : content.toArray()) {
        text += part["text"_L1].toString();
    }
    return text;
}

QJsonArray itemsOf(const QJsonValue &input)
{
    if (input.isString()) {
        return {QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, input}}};
    }
    return input.toArray();
}

qsizetype lengthOf(const QJsonValue &item)
{
    return textOf(item["content"_L1]).size() + textOf(item["output"_L1]).size()
        + item["arguments"_L1].toString().size();
}

void readInput(const QJsonArray &items, Question &question)
{
    QHash<QString, QString> namesOfCalls;
    for (const QJsonValue &item : items) {
        const QString type = item["type"_L1].toString();
        if (type == "function_call_output"_L1) {
            question.outputs.append(
                {namesOfCalls.value(item["call_id"_L1].toString()), textOf(item["output"_L1])});
            continue;
        }
        // Only what came last is what the answer is about.
        question.outputs.clear();
        if (type == "function_call"_L1) {
            namesOfCalls.insert(item["call_id"_L1].toString(), item["name"_L1].toString());
        } else if (item["role"_L1].toString() == "user"_L1) {
            question.prompt = textOf(item["content"_L1]);
        }
    }
}

void countInput(const QJsonArray &items, Question &question)
{
    const qsizetype toolsLength = question.tools.isEmpty()
        ? 0
        : QJsonDocument(question.tools).toJson(QJsonDocument::Compact).size();
    const qint64 head = tokensOf(question.instructions.toString().size()) + tokensOf(toolsLength);
    qint64 beforeLast = head;
    question.inputTokens = head;
    for (const QJsonValue &item : items) {
        beforeLast = question.inputTokens;
        question.inputTokens += tokensOf(lengthOf(item)) + TokensOfItem;
    }
    if (question.inputTokens >= CacheFrom) {
        question.cachedTokens = beforeLast / CacheStep * CacheStep;
    }
}

std::optional<HttpReply> refusalOf(const QJsonObject &request)
{
    const QString model = request.value("model"_L1).toString();
    if (model.isEmpty()) {
        return invalidRequest(u"missing_required_parameter"_s,
                              u"Missing required parameter: 'model'."_s, u"model"_s);
    }
    if (!findModel(model)) {
        return apiError(404, u"invalid_request_error"_s, u"model_not_found"_s,
                        u"The model `%1` does not exist or you do not have access to it."_s.arg(
                            model.left(80)));
    }
    const QJsonValue input = request.value("input"_L1);
    if ((!input.isString() && !input.isArray()) || itemsOf(input).isEmpty()) {
        return invalidRequest(u"missing_required_parameter"_s,
                              u"Missing required parameter: 'input'."_s, u"input"_s);
    }
    if (!request.value("stream"_L1).toBool()) {
        return invalidRequest(
            u"unsupported_value"_s,
            u"The practice provider answers streams only: set 'stream' to true."_s, u"stream"_s);
    }
    if (request.value("previous_response_id"_L1).isString()) {
        return invalidRequest(
            u"previous_response_not_found"_s,
            u"The practice provider keeps no responses: send the whole conversation as 'input'."_s,
            u"previous_response_id"_s);
    }
    const QJsonValue limit = request.value("max_output_tokens"_L1);
    if (limit.isDouble() && limit.toInteger() < MinOutputTokens) {
        return invalidRequest(
            u"integer_below_min_value"_s,
            u"Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16."_s,
            u"max_output_tokens"_s);
    }
    return std::nullopt;
}

} // namespace

qint64 tokensOf(qsizetype characters) { return (characters + 3) / 4; }

std::variant<Question, HttpReply> readQuestion(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject()) {
        return invalidRequest({}, u"We could not parse the JSON body of your request."_s);
    }
    const QJsonObject request = document.object();
    if (auto refusal = refusalOf(request)) {
        return *std::move(refusal);
    }
    Question question;
    question.model = *findModel(request.value("model"_L1).toString());
    question.tools = request.value("tools"_L1).toArray();
    question.mayCall = request.value("tool_choice"_L1).toString() != "none"_L1;
    question.mayCallInParallel = request.value("parallel_tool_calls"_L1).toBool(true);
    question.mayReason = request.value("reasoning"_L1)["effort"_L1].toString() != "none"_L1;
    question.wantsEncryptedReasoning
        = request.value("include"_L1).toArray().contains(u"reasoning.encrypted_content"_s);
    question.instructions = request.value("instructions"_L1).isString()
        ? request.value("instructions"_L1)
        : QJsonValue();
    if (const QJsonValue limit = request.value("max_output_tokens"_L1); limit.isDouble()) {
        question.maxOutputTokens = limit.toInteger();
    }
    const QJsonArray items = itemsOf(request.value("input"_L1));
    readInput(items, question);
    countInput(items, question);
    return question;
}

} // namespace Maestro::Practice
