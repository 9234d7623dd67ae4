// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropic/claudemodel.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Maestro::Anthropic {

namespace {

// The least that the models of a generation allow.
constexpr int OldModelsLimit = 4096;
constexpr int Limit = 32'000;

} // namespace

QVersionNumber generationOf(const QString &model)
{
    // claude-3-5-sonnet-20241022, claude-sonnet-4-5-20250929, claude-opus-4-8, claude-fable-5
    static const QRegularExpression numbers(u"-(\\d{1,2})(?:-(\\d{1,2}))?(?:-|$)"_s);
    const QRegularExpressionMatch match = numbers.match(model);
    return match.hasMatch() ? QVersionNumber(match.captured(1).toInt(), match.captured(2).toInt())
                            : QVersionNumber(99);
}

int maxTokensOf(const ChatRequest &request)
{
    const int limit = generationOf(request.model) < FirstThinking ? OldModelsLimit : Limit;
    return request.maxOutputTokens.value_or(limit);
}

} // namespace Maestro::Anthropic
