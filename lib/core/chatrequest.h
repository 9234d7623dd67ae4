// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/conversation.h"

#include <QJsonObject>

namespace Maestro {

//! A tool the model may call.
struct FunctionDeclaration
{
    QString name;
    QString description;
    QJsonObject parameters; //!< JSON Schema of its arguments

    friend bool operator==(const FunctionDeclaration &, const FunctionDeclaration &) = default;
};

//! Whether the model calls the functions that are declared.
enum class ToolChoice { Auto, None, Required };

//! An answer that is JSON, and of this schema.
struct JsonOutput
{
    QString name; //!< letters, digits, _ and -
    QJsonObject schema;

    friend bool operator==(const JsonOutput &, const JsonOutput &) = default;
};

//! One question to a model: everything it depends on, in no provider's words yet.
struct ChatRequest
{
    QString model;
    Conversation conversation;
    QList<FunctionDeclaration> functions = {};
    //! A provider's word such as "low" or "high"; empty leaves it to the provider.
    QString reasoningEffort = {};
    std::optional<int> maxOutputTokens = {};
    std::optional<double> temperature = {};
    //! So many tokens of reasoning at most, for models that are told so in tokens.
    std::optional<int> thinkingBudget = {};
    std::optional<JsonOutput> jsonOutput = {};
    ToolChoice toolChoice = ToolChoice::Auto;

    friend bool operator==(const ChatRequest &, const ChatRequest &) = default;
};

} // namespace Maestro
