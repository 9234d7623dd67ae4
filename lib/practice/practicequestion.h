// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "practice/practicemodel.h"
#include "practice/practicereply.h"

#include <QJsonArray>

namespace Maestro::Practice {

//! What a client's function returned, for the turn after a call.
struct FunctionOutput
{
    QString name; //!< empty if the call it answers is not in the request
    QString output;

    friend bool operator==(const FunctionOutput &, const FunctionOutput &) = default;
};

//! What matters of a request to POST /v1/responses.
struct Question
{
    Model model;
    QString prompt; //!< the person's last words
    QList<FunctionOutput> outputs; //!< what came after them, and after the calls, if it came last
    QJsonArray tools; //!< as they came
    bool mayCall = true; //!< tool_choice is not "none"
    bool mayCallInParallel = true;
    bool mayReason = true; //!< reasoning.effort is not "none"
    bool wantsEncryptedReasoning = false;
    QJsonValue instructions;
    std::optional<qint64> maxOutputTokens;
    qint64 inputTokens = 0;
    qint64 cachedTokens = 0; //!< of the input
};

//! About four characters of English are a token.
qint64 tokensOf(qsizetype characters);

//! Reads the body, or refuses it as OpenAI's API does.
std::variant<Question, HttpReply> readQuestion(const QByteArray &body);

} // namespace Maestro::Practice
