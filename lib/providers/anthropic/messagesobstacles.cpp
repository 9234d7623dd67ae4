// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropic/claudemodel.h"
#include "providers/anthropic/messagesrequest.h"
#include "providers/obstacles.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Maestro::Anthropic {

namespace {

//! Anthropic takes 32 MB in a request; files grow by a third on the way.
constexpr qsizetype AttachmentsLimit = 22 * 1024 * 1024;

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Providers)
};

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
