// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatrequest.h"

#include <QVersionNumber>

//! What a generation of models takes, by their names: there is nothing else to tell it by.
namespace Maestro::Anthropic {

//! The generation in a model's name; a name without one is taken for a newer model.
QVersionNumber generationOf(const QString &model);

// Generations of models, by what they take.
inline const QVersionNumber FirstThinking(3, 7);
inline const QVersionNumber FirstWithJson(4, 1);
//! Those think as much as they find right, with an effort for a hint.
inline const QVersionNumber FirstAdaptive(4, 6);
inline const QVersionNumber LastWithBudget(4, 6);

//! "budget_tokens" must be below max_tokens, and at least this.
inline constexpr int LeastBudget = 1024;

//! The limit of the answer: Anthropic wants one in every question.
int maxTokensOf(const ChatRequest &request);

} // namespace Maestro::Anthropic
