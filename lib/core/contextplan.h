// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatrequest.h"

#include <optional>

namespace Maestro {

//! How much a model takes, and how its tokens are estimated.
struct ContextLimit
{
    //! Of a question with its answer; nothing where it is not known: then all is sent.
    std::optional<qint64> window = {};
    double charactersPerToken = 4.0;

    friend bool operator==(const ContextLimit &, const ContextLimit &) = default;
};

//! What of a conversation is sent. The trimming line is before `firstSent`.
struct ContextPlan
{
    //! Place of the first turn that is sent; those before it are outside of the context.
    qsizetype firstSent = 0;
    //! An estimate of what is sent.
    qint64 tokens = 0;

    friend bool operator==(const ContextPlan &, const ContextPlan &) = default;
};

//! What fits, with room for the answer: whole exchanges, the oldest left out first. The last prompt
//! is always sent, and what was answered to it.
ContextPlan planContext(const ChatRequest &request, const ContextLimit &limit);

//! The conversation as it is sent.
Conversation trimmed(const Conversation &conversation, const ContextPlan &plan);

} // namespace Maestro
