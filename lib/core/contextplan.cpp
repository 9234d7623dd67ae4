// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/contextplan.h"

#include "core/tokenrates.h"

#include <algorithm>
#include <cmath>

namespace Maestro {

namespace {

//! Room for the answer, where the question sets no limit of its own: an eighth of the window, and
//! no more than long answers have. It also takes up what the estimate is wrong by.
constexpr qint64 WindowParts = 8;
constexpr qint64 LongAnswer = 16'000;

qint64 tokensOf(qsizetype characters, double perToken)
{
    return std::llround(std::ceil(static_cast<double>(characters) / perToken));
}

} // namespace

ContextPlan planContext(const ChatRequest &request, const ContextLimit &limit)
{
    const QList<Turn> &turns = request.conversation.turns;
    const auto tokensOfTurn = [&limit](const Turn &turn) {
        return tokensOf(charactersOf(turn), limit.charactersPerToken) + attachmentTokens(turn);
    };
    ContextPlan plan;
    plan.tokens = tokensOf(request.conversation.system.size() + charactersOf(request.functions),
                           limit.charactersPerToken);
    const qint64 window = limit.window.value_or(0);
    const qint64 reserve
        = request.maxOutputTokens.value_or(std::min(window / WindowParts, LongAnswer));
    // From the end: the exchange that ends here is sent if all after it and it itself fit.
    qint64 exchange = 0;
    plan.firstSent = turns.size();
    for (qsizetype i = turns.size() - 1; i >= 0; --i) {
        exchange += tokensOfTurn(turns[i]);
        if (!std::holds_alternative<Prompt>(turns[i]) && i > 0) {
            continue;
        }
        const bool isLast = plan.firstSent == turns.size();
        if (limit.window && !isLast && plan.tokens + exchange > window - reserve) {
            break;
        }
        plan.tokens += exchange;
        exchange = 0;
        plan.firstSent = i;
    }
    return plan;
}

Conversation trimmed(const Conversation &conversation, const ContextPlan &plan)
{
    return plan.firstSent == 0
        ? conversation
        : Conversation{conversation.system, conversation.turns.sliced(plan.firstSent)};
}

} // namespace Maestro
