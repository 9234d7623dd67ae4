// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answer.h"
#include "core/chatrequest.h"

#include <QHash>
#include <QJsonObject>

#include <optional>

namespace Maestro {

//! How a model counts, as the answers that were counted by its provider have taught.
struct TokenRate
{
    // Sums of what was counted, the oldest fading: their quotients are what was learnt.
    qint64 characters = 0;
    qint64 tokens = 0;
    qint64 answers = 0;
    qint64 answerTokens = 0;

    //! A rule of thumb, until something was learnt.
    double charactersPerToken() const;
    //! So long are its answers as a rule, with all reasoning.
    qint64 tokensPerAnswer() const;

    friend bool operator==(const TokenRate &, const TokenRate &) = default;
};

//! The rates by model. What is learnt here is for estimates alone: a provider's figure is never
//! corrected by it.
class TokenRates
{
public:
    TokenRate of(const QString &providerId, const QString &model) const;
    //! What can be learnt of an answer that came whole, with its provider's figures. True if
    //! something was.
    bool learn(const QString &providerId, const ChatRequest &question, const Answer &answer);

    //! To be kept, and read again; what is not sensible is left out.
    QJsonObject toJson() const;
    static TokenRates fromJson(const QJsonObject &object);

    friend bool operator==(const TokenRates &, const TokenRates &) = default;

private:
    QHash<QString, TokenRate> m_rates; // by "provider/model"
};

//! The characters of all that a model is told: the system prompt, what was said, what was called
//! and what came of it, and the functions it may call. Of attachments, the texts.
qsizetype charactersOf(const Conversation &conversation);
qsizetype charactersOf(const Turn &turn);
qsizetype charactersOf(const QList<FunctionDeclaration> &functions);
//! What pictures and documents count as, roughly.
qint64 attachmentTokens(const Turn &turn);

} // namespace Maestro
