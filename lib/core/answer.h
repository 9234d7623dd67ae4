// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streammessage.h"

#include <QMap>

namespace Maestro {

struct TextPart
{
    QString text;

    friend bool operator==(const TextPart &, const TextPart &) = default;
};

struct ReasoningPart
{
    QString text;
    //! Nothing where it has not ended, or nobody looked at the clock.
    std::optional<std::chrono::milliseconds> took = {};

    friend bool operator==(const ReasoningPart &, const ReasoningPart &) = default;
};

//! A call as far as it has been assembled.
struct FunctionCallPart
{
    QString id;
    QString name;
    QString arguments;
    FunctionCall::Executor executor = FunctionCall::Executor::Client;
    bool complete = false;
    FunctionCall::Format format = FunctionCall::Format::Json;

    friend bool operator==(const FunctionCallPart &, const FunctionCallPart &) = default;
};

using AnswerPart = std::variant<TextPart, ReasoningPart, FunctionCallPart>;

//! An answer as far as it has come: the stream's messages, folded.
class Answer
{
public:
    void fold(const StreamMessage &message);

    //! In the order they began.
    const QList<AnswerPart> &parts() const { return m_parts; }
    QString text() const;
    QString reasoning() const;
    const QString &refusal() const { return m_refusal; }
    //! Without the calls that the provider ran itself.
    QList<FunctionCallPart> functionCalls() const;
    const QList<Citation> &citations() const { return m_citations; }
    const std::optional<Usage> &usage() const { return m_usage; }
    //! The provider's own error, which ended the answer.
    const std::optional<StreamFault> &error() const { return m_error; }
    //! Events that could not be read and were skipped.
    int skippedEvents() const { return m_skippedEvents; }
    const std::optional<Done> &done() const { return m_done; }
    bool isComplete() const { return m_done && m_done->ending == Done::Ending::Complete; }

    //! The fewest messages that fold into the same answer: what is kept of it.
    StreamMessages messages() const;

    friend bool operator==(const Answer &, const Answer &) = default;

private:
    void add(const Content &content);
    void add(const Reasoning &reasoning);
    void add(const FunctionCall &call);
    void add(const Refusal &refusal);
    void add(const Citation &citation);
    void add(const Usage &usage);
    void add(const StreamFault &fault);
    void add(const Done &done);

    QList<AnswerPart> m_parts;
    // Where in m_parts the parts and calls of the stream stand, by their numbers.
    QMap<int, qsizetype> m_textAt;
    QMap<int, qsizetype> m_reasoningAt;
    QMap<int, qsizetype> m_callAt;
    QString m_refusal;
    QList<Citation> m_citations;
    std::optional<Usage> m_usage;
    std::optional<StreamFault> m_error;
    std::optional<Done> m_done;
    int m_skippedEvents = 0;
};

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::Answer)
