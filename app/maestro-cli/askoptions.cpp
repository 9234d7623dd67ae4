// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "askoptions.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Maestro::Cli {

namespace {

constexpr qint64 LargestSchema = 1024 * 1024;

Result<QByteArray> readFile(const QString &path, qint64 limit)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{Error::Kind::InvalidRequest, u"%1 cannot be read."_s.arg(path),
                     u"Is the name right, and may you read it?"_s, file.errorString()};
    }
    return file.read(limit + 1); // one more says that it is longer
}

std::optional<Error> attach(const QString &path, bool mustBeImage, Prompt &prompt)
{
    const Result<QByteArray> bytes = readFile(path, LargestAttachment);
    if (!bytes) {
        return bytes.error();
    }
    const Result<Attachment> attachment = makeAttachment(path, *bytes);
    if (!attachment) {
        return attachment.error();
    }
    if (mustBeImage && !attachment->isImage()) {
        return Error{Error::Kind::Unsupported, u"%1 is no picture."_s.arg(attachment->name),
                     u"PNG, JPEG, WebP and GIF are; other files go along by --file."_s};
    }
    prompt.attachments.append(*attachment);
    return {};
}

Result<JsonOutput> readSchema(const QString &path)
{
    const Result<QByteArray> bytes = readFile(path, LargestSchema);
    if (!bytes) {
        return bytes.error();
    }
    QJsonParseError problem;
    const QJsonObject schema = QJsonDocument::fromJson(*bytes, &problem).object();
    if (bytes->size() > LargestSchema || schema.isEmpty()) {
        return Error{Error::Kind::InvalidRequest, u"%1 holds no JSON schema."_s.arg(path),
                     u"It must be a JSON object of at most 1 MiB."_s,
                     problem.error == QJsonParseError::NoError ? QString() : problem.errorString()};
    }
    return JsonOutput{u"answer"_s, schema};
}

//! Nothing was read if it is no whole number.
std::optional<int> wholeNumber(const QString &words)
{
    bool isNumber = false;
    const int number = words.toInt(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

} // namespace

void addAskOptions(CommandLine &line)
{
    line.addOption(
        {u"effort"_s,
         u"How much the model shall reason: a word of the provider's, such as low or high."_s,
         u"WORD"_s});
    line.addOption({u"thinking"_s,
                    u"The most tokens of reasoning, for models that are told so in tokens."_s,
                    u"TOKENS"_s});
    line.addOption({u"max-tokens"_s, u"The most tokens of the answer."_s, u"N"_s});
    line.addOption({u"temperature"_s, u"From 0 to 2, for models that take one."_s, u"T"_s});
    line.addOption({u"schema"_s, u"A JSON schema that the answer must fit."_s, u"FILE"_s});
    line.addOption({u"image"_s, u"A picture that goes along; may be given again."_s, u"FILE"_s});
    line.addOption({u"file"_s,
                    u"A picture, PDF or plain text that goes along; may be given again."_s,
                    u"FILE"_s});
    line.addOption({u"tools"_s,
                    u"Let the model call tools: the time, the attached files, and pages of the "
                    u"internet, for each of which you are asked."_s});
}

std::optional<QString> readNumbers(const CommandLine &line, ChatRequest &request)
{
    request.reasoningEffort = line.value(u"effort"_s);
    if (line.isSet(u"thinking"_s)) {
        request.thinkingBudget = wholeNumber(line.value(u"thinking"_s));
        if (!request.thinkingBudget) {
            return u"--thinking takes a whole number."_s;
        }
    }
    if (line.isSet(u"max-tokens"_s)) {
        request.maxOutputTokens = wholeNumber(line.value(u"max-tokens"_s));
        if (request.maxOutputTokens.value_or(0) < 1) {
            return u"--max-tokens takes a whole number from 1."_s;
        }
    }
    if (line.isSet(u"temperature"_s)) {
        bool isNumber = false;
        request.temperature = line.value(u"temperature"_s).toDouble(&isNumber);
        if (!isNumber) {
            return u"--temperature takes a number, such as 0.7."_s;
        }
    }
    return {};
}

std::optional<Error> readFiles(const CommandLine &line, Prompt &prompt, ChatRequest &request)
{
    const QStringList images = line.values(u"image"_s);
    for (const QString &path : images) {
        if (auto problem = attach(path, true, prompt)) {
            return problem;
        }
    }
    const QStringList files = line.values(u"file"_s);
    for (const QString &path : files) {
        if (auto problem = attach(path, false, prompt)) {
            return problem;
        }
    }
    if (line.isSet(u"schema"_s)) {
        const Result<JsonOutput> schema = readSchema(line.value(u"schema"_s));
        if (!schema) {
            return schema.error();
        }
        request.jsonOutput = *schema;
    }
    return {};
}

} // namespace Maestro::Cli
