// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answer.h"
#include "core/attachment.h"

#include <QList>
#include <QString>

#include <variant>

namespace Maestro {

//! What the person said, and the files that go along with it.
struct Prompt
{
    QString text;
    QList<Attachment> attachments = {};

    friend bool operator==(const Prompt &, const Prompt &) = default;
};

//! What a tool returned for a call of the answer before it.
struct FunctionResult
{
    QString callId;
    QString name;
    QString output;
    bool failed = false;

    friend bool operator==(const FunctionResult &, const FunctionResult &) = default;
};

//! What the model said, and which provider's words Done::items are: another provider gets the
//! answer rebuilt from its parts.
struct ModelTurn
{
    QString providerId;
    Answer answer;

    friend bool operator==(const ModelTurn &, const ModelTurn &) = default;
};

using Turn = std::variant<Prompt, FunctionResult, ModelTurn>;

//! What was said, in order.
struct Conversation
{
    //! The system prompt; empty for none.
    QString system;
    QList<Turn> turns;

    friend bool operator==(const Conversation &, const Conversation &) = default;
};

} // namespace Maestro
