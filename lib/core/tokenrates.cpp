// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/tokenrates.h"

#include "core/overloaded.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <variant>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! English prose and code with today's tokenizers.
constexpr double UsualCharactersPerToken = 4.0;
//! A few paragraphs.
constexpr qint64 UsualAnswer = 400;
//! Of fewer tokens the frame that a provider puts around them is too much.
constexpr qint64 FewestTokens = 50;
//! What is older than the last so many tokens and answers fades.
constexpr qint64 RememberedTokens = 100'000;
constexpr qint64 RememberedAnswers = 20;
//! No tokenizer is outside of this; a figure that is was not of this text.
constexpr double LeastPerToken = 0.3;
constexpr double MostPerToken = 12;
constexpr qsizetype MostModels = 500;
constexpr qint64 MostTokensOfAnAnswer = 10'000'000;

//! Pictures count by their size in tiles; one as a camera or a screen makes it is about this.
constexpr qint64 PictureTokens = 1500;
//! A page of a PDF is a picture and its text, and usually has some 50 kB.
constexpr qint64 BytesOfAPage = 50'000;
constexpr qint64 PageTokens = 2000;

QString nameOf(const QString &providerId, const QString &model)
{
    return providerId + u'/' + model;
}

//! Halves what is there until it weighs no more than it may.
void fade(qint64 &part, qint64 &weight, qint64 most)
{
    while (weight > most) {
        part /= 2;
        weight /= 2;
    }
}

void add(TokenRate &rate, qint64 characters, qint64 tokens)
{
    rate.characters += characters;
    rate.tokens += tokens;
    fade(rate.characters, rate.tokens, RememberedTokens);
}

bool isLikely(qint64 characters, qint64 tokens)
{
    const double perToken
        = tokens > 0 ? static_cast<double>(characters) / static_cast<double>(tokens) : 0;
    return tokens >= FewestTokens && perToken >= LeastPerToken && perToken <= MostPerToken;
}

bool hasAttachments(const Conversation &conversation)
{
    return std::any_of(conversation.turns.begin(), conversation.turns.end(),
                       [](const Turn &turn) { return attachmentTokens(turn) > 0; });
}

bool isSensible(const TokenRate &rate)
{
    return rate.characters >= 0 && rate.tokens >= 0 && rate.tokens <= RememberedTokens
        && rate.answers >= 0 && rate.answers <= RememberedAnswers && rate.answerTokens >= 0
        && rate.answerTokens <= rate.answers * MostTokensOfAnAnswer
        && (rate.tokens == 0 || isLikely(rate.characters, rate.tokens));
}

//! What the model wrote that can be seen, and whether that is all it wrote.
struct Written
{
    qint64 characters = 0;
    bool hasReasoning = false;
};

Written writtenIn(const Answer &answer)
{
    Written written;
    written.characters = answer.refusal().size();
    for (const AnswerPart &part : answer.parts()) {
        std::visit(Overloaded{
                       [&](const TextPart &text) { written.characters += text.text.size(); },
                       [&](const ReasoningPart &) { written.hasReasoning = true; },
                       [&](const FunctionCallPart &call) {
                           written.characters += call.name.size() + call.arguments.size();
                       },
                   },
                   part);
    }
    return written;
}

} // namespace

double TokenRate::charactersPerToken() const
{
    return tokens > 0 ? static_cast<double>(characters) / static_cast<double>(tokens)
                      : UsualCharactersPerToken;
}

qint64 TokenRate::tokensPerAnswer() const
{
    return answers > 0 ? answerTokens / answers : UsualAnswer;
}

TokenRate TokenRates::of(const QString &providerId, const QString &model) const
{
    return m_rates.value(nameOf(providerId, model));
}

bool TokenRates::learn(const QString &providerId, const ChatRequest &question, const Answer &answer)
{
    const QString name = nameOf(providerId, question.model);
    if (!answer.isComplete() || !answer.usage()
        || (!m_rates.contains(name) && m_rates.size() >= MostModels)) {
        return false;
    }
    const Usage &usage = *answer.usage();
    TokenRate rate = m_rates.value(name);
    const Written written = writtenIn(answer);
    // Reasoning is seen in part or not at all, so that its tokens have to be known to be left out.
    if (usage.outputTotal && (usage.reasoning || !written.hasReasoning)) {
        const qint64 tokens = *usage.outputTotal - usage.reasoning.value_or(0);
        if (isLikely(written.characters, tokens)) {
            add(rate, written.characters, tokens);
        }
    }
    if (usage.inputTotal && !hasAttachments(question.conversation)) {
        const qint64 characters
            = charactersOf(question.conversation) + charactersOf(question.functions);
        if (isLikely(characters, *usage.inputTotal)) {
            add(rate, characters, std::min(*usage.inputTotal, RememberedTokens));
        }
    }
    if (usage.outputTotal && *usage.outputTotal > 0 && *usage.outputTotal < MostTokensOfAnAnswer) {
        ++rate.answers;
        rate.answerTokens += *usage.outputTotal;
        fade(rate.answerTokens, rate.answers, RememberedAnswers);
    }
    if (rate == m_rates.value(name) || !isSensible(rate)) {
        return false;
    }
    m_rates.insert(name, rate);
    return true;
}

QJsonObject TokenRates::toJson() const
{
    QJsonObject object;
    for (auto rate = m_rates.begin(); rate != m_rates.end(); ++rate) {
        object.insert(
            rate.key(),
            QJsonArray{rate->characters, rate->tokens, rate->answers, rate->answerTokens});
    }
    return object;
}

TokenRates TokenRates::fromJson(const QJsonObject &object)
{
    TokenRates rates;
    for (auto it = object.begin(); it != object.end() && rates.m_rates.size() < MostModels; ++it) {
        const QJsonArray sums = it->toArray();
        const TokenRate rate{sums.at(0).toInteger(-1), sums.at(1).toInteger(-1),
                             sums.at(2).toInteger(-1), sums.at(3).toInteger(-1)};
        if (isSensible(rate)) {
            rates.m_rates.insert(it.key(), rate);
        }
    }
    return rates;
}

qsizetype charactersOf(const Turn &turn)
{
    return std::visit(Overloaded{
                          [](const Prompt &prompt) {
                              qsizetype characters = prompt.text.size();
                              for (const Attachment &attachment : prompt.attachments) {
                                  characters += attachment.isText() ? attachment.bytes.size() : 0;
                              }
                              return characters;
                          },
                          [](const FunctionResult &result) { return result.output.size(); },
                          [](const ModelTurn &model) {
                              return static_cast<qsizetype>(writtenIn(model.answer).characters);
                          },
                      },
                      turn);
}

qsizetype charactersOf(const Conversation &conversation)
{
    qsizetype characters = conversation.system.size();
    for (const Turn &turn : conversation.turns) {
        characters += charactersOf(turn);
    }
    return characters;
}

qsizetype charactersOf(const QList<FunctionDeclaration> &functions)
{
    qsizetype characters = 0;
    for (const FunctionDeclaration &function : functions) {
        characters += function.name.size() + function.description.size()
            + QJsonDocument(function.parameters).toJson(QJsonDocument::Compact).size();
    }
    return characters;
}

qint64 attachmentTokens(const Turn &turn)
{
    const auto *prompt = std::get_if<Prompt>(&turn);
    qint64 tokens = 0;
    for (const Attachment &attachment : prompt ? prompt->attachments : QList<Attachment>()) {
        if (attachment.isImage()) {
            tokens += PictureTokens;
        } else if (!attachment.isText()) {
            tokens += (attachment.bytes.size() / BytesOfAPage + 1) * PageTokens;
        }
    }
    return tokens;
}

} // namespace Maestro
