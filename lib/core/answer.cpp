// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/answer.h"

#include "core/overloaded.h"

namespace Maestro {

namespace {

//! The part of that number, made at the end of the list if it is new.
template <typename Part>
Part &partAt(QList<AnswerPart> &parts, QMap<int, qsizetype> &places, int number)
{
    auto place = places.constFind(number);
    if (place == places.constEnd()) {
        place = places.insert(number, parts.size());
        parts.append(Part{});
    }
    return std::get<Part>(parts[*place]);
}

StreamMessage messageOf(const AnswerPart &part, int number)
{
    return std::visit(
        Overloaded{
            [number](const TextPart &text) -> StreamMessage {
                return Content{.part = number, .text = text.text};
            },
            [number](const ReasoningPart &reasoning) -> StreamMessage {
                return Reasoning{.part = number, .text = reasoning.text, .took = reasoning.took};
            },
            [number](const FunctionCallPart &call) -> StreamMessage {
                const auto phase
                    = call.complete ? FunctionCall::Phase::Complete : FunctionCall::Phase::Begin;
                return FunctionCall{phase,          number,        call.id,    call.name,
                                    call.arguments, call.executor, call.format};
            },
        },
        part);
}

} // namespace

void Answer::fold(const StreamMessage &message)
{
    std::visit([this](const auto &value) { add(value); }, message);
}

void Answer::add(const Content &content)
{
    QString &text = partAt<TextPart>(m_parts, m_textAt, content.part).text;
    if (content.replacesPart) {
        text = content.text;
    } else {
        text += content.text;
    }
}

void Answer::add(const Reasoning &reasoning)
{
    if (reasoning.replacesContent) {
        for (const qsizetype place : std::as_const(m_textAt)) {
            std::get<TextPart>(m_parts[place]).text.clear();
        }
    }
    auto &part = partAt<ReasoningPart>(m_parts, m_reasoningAt, reasoning.part);
    part.text += reasoning.text;
    if (reasoning.took) {
        part.took = part.took.value_or(std::chrono::milliseconds()) + *reasoning.took;
    }
}

void Answer::add(const FunctionCall &call)
{
    auto &part = partAt<FunctionCallPart>(m_parts, m_callAt, call.call);
    switch (call.phase) {
    case FunctionCall::Phase::Begin:
        part = {call.id, call.name, call.arguments, call.executor, false, call.format};
        break;
    case FunctionCall::Phase::Arguments:
        part.arguments += call.arguments;
        break;
    case FunctionCall::Phase::Complete:
        part = {call.id, call.name, call.arguments, call.executor, true, call.format};
        break;
    }
}

void Answer::add(const Refusal &refusal) { m_refusal += refusal.text; }

void Answer::add(const Citation &citation) { m_citations.append(citation); }

void Answer::add(const Usage &usage) { m_usage = usage; }

void Answer::add(const StreamFault &fault)
{
    if (fault.fatal) {
        m_error = fault;
    } else {
        ++m_skippedEvents;
    }
}

void Answer::add(const Done &done) { m_done = done; }

StreamMessages Answer::messages() const
{
    QMap<qsizetype, int> numbers; // by place
    for (const auto *places : {&m_textAt, &m_reasoningAt, &m_callAt}) {
        for (auto place = places->begin(); place != places->end(); ++place) {
            numbers.insert(place.value(), place.key());
        }
    }
    StreamMessages messages;
    for (qsizetype i = 0; i < m_parts.size(); ++i) {
        messages.append(messageOf(m_parts[i], numbers.value(i)));
    }
    if (!m_refusal.isEmpty()) {
        messages.append(Refusal{m_refusal});
    }
    for (const Citation &citation : m_citations) {
        messages.append(citation);
    }
    messages.append(StreamMessages(m_skippedEvents, StreamFault{}));
    if (m_usage) {
        messages.append(*m_usage);
    }
    if (m_error) {
        messages.append(*m_error);
    }
    if (m_done) {
        messages.append(*m_done);
    }
    return messages;
}

QString Answer::text() const
{
    QString text;
    for (const AnswerPart &part : m_parts) {
        if (const auto *textPart = std::get_if<TextPart>(&part)) {
            text += textPart->text;
        }
    }
    return text;
}

QString Answer::reasoning() const
{
    QString text;
    for (const AnswerPart &part : m_parts) {
        if (const auto *reasoningPart = std::get_if<ReasoningPart>(&part)) {
            text += reasoningPart->text;
        }
    }
    return text;
}

QList<FunctionCallPart> Answer::functionCalls() const
{
    QList<FunctionCallPart> calls;
    for (const AnswerPart &part : m_parts) {
        const auto *call = std::get_if<FunctionCallPart>(&part);
        if (call && call->executor == FunctionCall::Executor::Client) {
            calls.append(*call);
        }
    }
    return calls;
}

} // namespace Maestro
