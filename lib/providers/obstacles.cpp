// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/obstacles.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

constexpr double HighestTemperature = 2;

std::optional<Error> findWrongAttachment(const Provider &provider, const ChatRequest &request,
                                         qsizetype limit)
{
    static const QStringList types{u"image/png"_s, u"image/jpeg"_s,      u"image/webp"_s,
                                   u"image/gif"_s, u"application/pdf"_s, u"text/plain"_s};
    qsizetype size = 0;
    const QList<Attachment> attachments = attachmentsOf(request.conversation);
    for (const Attachment &attachment : attachments) {
        size += attachment.bytes.size();
        if (!types.contains(attachment.mimeType)) {
            return unsupported(
                Tr::tr("%1 cannot be sent to %2.").arg(attachment.name, provider.name),
                Tr::tr("Attach a picture, a PDF or a text."));
        }
    }
    if (size > limit) {
        return Error{Error::Kind::TooLarge,
                     Tr::tr("%1 takes %2 MiB of attachments in a conversation; these are more.")
                         .arg(provider.name)
                         .arg(limit >> 20),
                     Tr::tr("Attach smaller files, or begin a new conversation.")};
    }
    return {};
}

std::optional<Error> findWrongJsonOutput(const std::optional<JsonOutput> &output)
{
    static const QRegularExpression name(u"^[A-Za-z0-9_-]{1,64}$"_s);
    if (output && (!name.match(output->name).hasMatch() || output->schema.isEmpty())) {
        return invalid(Tr::tr("The schema of the answer has no name, or says nothing."),
                       Tr::tr("Name it in letters, digits, _ and -, and describe an object."));
    }
    return {};
}

} // namespace

std::optional<Error> findCommonObstacle(const Provider &provider, const ChatRequest &request,
                                        qsizetype attachmentsLimit)
{
    const double temperature = request.temperature.value_or(0);
    if (!(temperature >= 0 && temperature <= HighestTemperature)) {
        return invalid(Tr::tr("The temperature is out of range."),
                       Tr::tr("Choose one from 0 to %1.").arg(HighestTemperature));
    }
    if (request.maxOutputTokens.value_or(1) < 1) {
        return invalid(Tr::tr("An answer of no tokens was asked for."),
                       Tr::tr("Allow one token at least."));
    }
    if (request.toolChoice == ToolChoice::Required && request.functions.isEmpty()) {
        return invalid(Tr::tr("A tool must be called, but there is none."),
                       Tr::tr("Declare a tool, or leave the choice to the model."));
    }
    if (auto wrong = findWrongJsonOutput(request.jsonOutput)) {
        return wrong;
    }
    return findWrongAttachment(provider, request, attachmentsLimit);
}

Error unsupported(const QString &message, const QString &advice)
{
    return {Error::Kind::Unsupported, message, advice};
}

Error invalid(const QString &message, const QString &advice)
{
    return {Error::Kind::InvalidRequest, message, advice};
}

QList<Attachment> attachmentsOf(const Conversation &conversation)
{
    QList<Attachment> attachments;
    for (const Turn &turn : conversation.turns) {
        if (const auto *prompt = std::get_if<Prompt>(&turn)) {
            attachments += prompt->attachments;
        }
    }
    return attachments;
}

} // namespace Maestro
