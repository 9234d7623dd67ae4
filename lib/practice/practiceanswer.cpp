// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "practice/practiceanswer.h"

#include "practice/practicetext.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro::Practice {

namespace {

constexpr qsizetype MaxQuoteLength = 400; // of a prompt or a function's output, in the answer
constexpr qint64 ReasoningStep = 64; // OpenAI's reasoning tokens come in multiples of it
constexpr int SlowFactor = 12;

//! The words as a markdown quotation, and as nothing else: every line of it is marked.
QString quoted(QString words)
{
    if (words.size() > MaxQuoteLength) {
        words = startOf(words, MaxQuoteLength) + u'…';
    }
    words = words.trimmed().replace(u'\r', u' ').replace(u'\n', "\n> "_L1);
    return u"> "_s + words;
}

QStringList reasoningParts(const QString &path)
{
    return readText(path).trimmed().split(u"\n\n---\n\n"_s);
}

QString quotedOutputs(const QList<FunctionOutput> &outputs)
{
    QStringList paragraphs;
    for (const FunctionOutput &output : outputs) {
        const QString name = output.name.isEmpty()
            ? u"a function"_s
            : u'`' + QString(output.name).remove(u'`') + u'`';
        paragraphs.append(u"**"_s + name + u"** returned:\n\n"_s + quoted(output.output));
    }
    return paragraphs.join("\n\n"_L1);
}

QList<Call> callsFor(const Question &question)
{
    if (!question.mayCall) {
        return {};
    }
    QList<Call> calls = makeCalls(question.tools);
    if (calls.isEmpty() && question.model.fault == Fault::Tools) {
        calls = undeclaredCalls();
    }
    return question.mayCallInParallel ? calls : calls.mid(0, 1);
}

bool isAboutFastApi(const QString &prompt)
{
    return prompt.contains("fastapi"_L1, Qt::CaseInsensitive)
        && prompt.contains("stripe"_L1, Qt::CaseInsensitive);
}

//! What the thinking behind the summaries cost: they tell about a third of it.
qint64 reasoningTokens(const QStringList &summaries)
{
    const qint64 shown = tokensOf(summaries.join(u'\n').size());
    return (shown * 3 + ReasoningStep - 1) / ReasoningStep * ReasoningStep;
}

//! The refusal that a model stands for, before any streaming.
std::optional<HttpReply> refusalFor(Fault fault)
{
    switch (fault) {
    case Fault::RateLimited: {
        HttpReply reply = apiError(
            429, u"requests"_s, u"rate_limit_exceeded"_s,
            u"Rate limit reached for practice-429 in organization org-practice on requests per "
            "min (RPM): Limit 3, Used 3, Requested 1. Please try again in 2s."_s);
        reply.headers += {{"Retry-After", "2"},
                          {"retry-after-ms", "2000"},
                          {"x-ratelimit-limit-requests", "3"},
                          {"x-ratelimit-remaining-requests", "0"},
                          {"x-ratelimit-reset-requests", "2s"}};
        return reply;
    }
    case Fault::Quota:
        return apiError(
            429, u"insufficient_quota"_s, u"insufficient_quota"_s,
            u"You exceeded your current quota, please check your plan and billing details."_s);
    case Fault::Unauthorized:
        return apiError(
            401, u"invalid_request_error"_s, u"invalid_api_key"_s,
            u"Incorrect API key provided: practice-****. This model refuses every key."_s);
    case Fault::ServerError:
        return apiError(
            500, u"server_error"_s, u"server_error"_s,
            u"The server had an error while processing your request. Sorry about that!"_s);
    default:
        return std::nullopt;
    }
}

//! Events no parser can read, between good ones, and one of a type that nobody knows.
void scatterMalformedEvents(QList<EventStream::Step> &steps)
{
    const QByteArrayList bad{
        "event: response.output_text.delta\ndata: "
        "{\"type\":\"response.output_text.delta\",\"sequence_number\":\n\n",
        "event: response.output_text.delta\ndata: this is not JSON\n\n",
        "event: response.practice.unheard_of\ndata: "
        "{\"type\":\"response.practice.unheard_of\"}\n\n",
        "event: response.output_text.delta\ndata: [\"not\", \"an\", \"object\"]\n\n",
    };
    const qsizetype distance = steps.size() / (bad.size() + 1);
    for (qsizetype i = bad.size(); i > 0;
         --i) { // from the back, so that the places before stay where they are
        steps.insert(i * distance, {bad[i - 1], false});
    }
}

//! The items and the end of an answer that goes well, within its limit of tokens.
void writeAnswer(ResponseWriter &writer, const AnswerContent &content, const Question &question)
{
    const qint64 reasoning = content.reasoning.isEmpty() ? 0 : reasoningTokens(content.reasoning);
    qint64 textTokens = tokensOf(content.text.size());
    if (question.model.fault == Fault::Incomplete) {
        textTokens /= 2;
    }
    if (question.maxOutputTokens) {
        textTokens = std::clamp<qint64>(*question.maxOutputTokens - reasoning, 0, textTokens);
    }
    const bool isWhole = textTokens >= tokensOf(content.text.size());
    qint64 callTokens = 0;
    for (const Call &call : content.calls) {
        callTokens += tokensOf(call.name.size())
            + tokensOf(QJsonDocument(call.arguments).toJson(QJsonDocument::Compact).size());
    }
    const bool callsFit = !question.maxOutputTokens
        || reasoning + textTokens + callTokens <= *question.maxOutputTokens;

    writer.begin();
    if (reasoning > 0) {
        writer.writeReasoning(
            content.reasoning,
            question.maxOutputTokens ? std::min(reasoning, *question.maxOutputTokens) : reasoning);
    }
    if (textTokens > 0) {
        writer.writeMessage(isWhole ? content.text : startOf(content.text, textTokens * 4),
                            isWhole ? ResponseWriter::Completeness::Complete
                                    : ResponseWriter::Completeness::Incomplete);
    }
    if (!isWhole || !callsFit) {
        writer.stopShort(u"max_output_tokens"_s);
        return;
    }
    for (const Call &call : content.calls) {
        writer.writeCall(call);
    }
    writer.complete();
}

} // namespace

AnswerContent composeAnswer(const Question &question)
{
    AnswerContent content;
    const auto take = [&](const QString &name, const TextValues &values = {}) {
        content.text = fillText(readText(u"answers/"_s + name + u".md"_s), values).trimmed();
        if (question.mayReason) {
            content.reasoning = reasoningParts(u"answers/"_s + name + u"-reasoning.md"_s);
        }
    };
    if (!question.outputs.isEmpty()) {
        take(u"tool-results"_s, {{u"outputs"_s, quotedOutputs(question.outputs)}});
        return content;
    }
    content.calls = callsFor(question);
    if (!content.calls.isEmpty()) {
        take(u"tools"_s);
    } else if (isAboutFastApi(question.prompt)) {
        take(u"fastapi"_s);
    } else {
        take(u"tour"_s, {{u"prompt"_s, quoted(question.prompt)}});
    }
    return content;
}

Reply makeAnswer(const Question &question, const AnswerIdentity &identity, int charactersPerDelta)
{
    const Fault fault = question.model.fault;
    if (auto refusal = refusalFor(fault)) {
        return *std::move(refusal);
    }
    ResponseWriter writer(question, identity, charactersPerDelta);
    writeAnswer(writer, composeAnswer(question), question);
    const bool breaksOff = fault == Fault::Drop || fault == Fault::Cut || fault == Fault::Stall
        || fault == Fault::StreamError;
    if (breaksOff) {
        writer.truncate(writer.eventCount() / 2);
    }
    if (fault == Fault::StreamError) {
        writer.fail(u"server_error"_s,
                    u"The server had an error while processing your request. Sorry about that!"_s);
    }

    EventStream stream;
    stream.headers
        = {{"Content-Type", "text/event-stream; charset=utf-8"}, {"openai-version", "2020-10-01"}};
    stream.steps = writer.takeSteps();
    stream.slowness = fault == Fault::Slow ? SlowFactor : 1;
    if (fault == Fault::Malformed) {
        scatterMalformedEvents(stream.steps);
    }
    if (fault == Fault::Drop) {
        stream.ending = EventStream::Ending::Dropped;
    } else if (fault == Fault::Stall) {
        stream.ending = EventStream::Ending::Stalled;
    }
    return stream;
}

} // namespace Maestro::Practice
