// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"

#include <QJsonArray>
#include <QJsonValue>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <optional>
#include <variant>

namespace Maestro {

//! A piece of the answer's text.
struct Content
{
    //! Which text part of the answer it belongs to; parts are numbered in the order they began.
    int part = 0;
    QString text;
    //! The whole text of the part, which the stream gave otherwise before: it takes that one's
    //! place.
    bool replacesPart = false;

    friend bool operator==(const Content &, const Content &) = default;
};

//! A piece of the model's reasoning, as far as the provider shows it.
struct Reasoning
{
    int part = 0;
    QString text = {};
    //! The text, taken as a whole, was recognised as reasoning: what Content brought before is
    //! this.
    bool replacesContent = false;
    //! How long the model thought, said once it has ended. It adds up as the text does.
    std::optional<std::chrono::milliseconds> took = {};

    friend bool operator==(const Reasoning &, const Reasoning &) = default;
};

//! A call of a tool, from its beginning over its argument fragments to its completion.
//! A call that never completes was cut off and must not be run.
struct FunctionCall
{
    enum class Phase { Begin, Arguments, Complete };
    //! Who runs it: calls the provider runs itself are shown, never answered.
    enum class Executor { Client, Provider };
    //! What the arguments are: custom tools take any text.
    enum class Format { Json, Text };

    Phase phase = Phase::Begin;
    //! Tells the calls of one answer apart; calls are numbered in the order they began.
    int call = 0;
    //! What the result must be addressed to. Empty where the provider gives none. The values of
    //! Complete win over those of Begin.
    QString id;
    QString name;
    //! Begin: what is known at once; Arguments: the next fragment; Complete: the whole text, JSON
    //! except for custom tools. Empty means {}.
    QString arguments;
    Executor executor = Executor::Client;
    Format format = Format::Json;

    friend bool operator==(const FunctionCall &, const FunctionCall &) = default;
};

//! A piece of the model's explanation why it does not answer.
struct Refusal
{
    QString text;

    friend bool operator==(const Refusal &, const Refusal &) = default;
};

struct Citation
{
    //! The text part it supports.
    int part = 0;
    QString title;
    //! The address of the source; empty where the source is a document that was sent along.
    QString url;
    //! The cited words, where the provider quotes them.
    QString quote;

    friend bool operator==(const Citation &, const Citation &) = default;
};

//! Tokens, as the provider counts them: Anthropic's input excludes the cache, Gemini's output
//! excludes thoughts. Absent is not zero. A later Usage replaces an earlier one.
struct Usage
{
    std::optional<qint64> input = {};
    std::optional<qint64> output = {};
    std::optional<qint64> total = {};
    std::optional<qint64> cached = {};
    std::optional<qint64> cacheWrite = {};
    std::optional<qint64> reasoning = {};
    //! The same two for every provider: input with everything cached, output with all reasoning.
    std::optional<qint64> inputTotal = {};
    std::optional<qint64> outputTotal = {};

    friend bool operator==(const Usage &, const Usage &) = default;
};

//! Something went wrong inside the stream. One that is not fatal (a malformed event) was skipped
//! and the stream goes on; after a fatal one (the provider's own error) only Done follows.
struct StreamFault
{
    bool fatal = false;
    Error error;
    //! The provider's own words, as they came; null where it gave none.
    QJsonValue type = QJsonValue::Null;
    QJsonValue code = QJsonValue::Null;
    QString words = {};

    friend bool operator==(const StreamFault &, const StreamFault &) = default;
};

//! The end; the last message of every answer, exactly once.
struct Done
{
    enum class Ending {
        Complete, //!< the provider's final event came
        Failed, //!< the provider reported an error
        CutOff, //!< the stream closed without a final event: the answer and its calls are
                //!< incomplete
        Stopped, //!< as CutOff, at the person's wish
        Silent, //!< as CutOff, after nothing had come for too long
    };
    enum class Stop { None, End, Length, ToolUse, Filtered, Refused, Paused, Other };

    Ending ending = Ending::CutOff;
    Stop stop = Stop::None;
    //! The provider's own word for why it stopped; empty where none came.
    QString stopReason = {};
    QString responseId = {};
    QString model = {};
    //! The answer as this provider wants it back in the next turn, verbatim: with reasoning items,
    //! signatures and encrypted content. Only what was complete.
    QJsonArray items = {};

    //! Whether the provider itself ended it.
    bool hasEnded() const { return ending == Ending::Complete || ending == Ending::Failed; }
    friend bool operator==(const Done &, const Done &) = default;
};

using StreamMessage
    = std::variant<Content, Reasoning, FunctionCall, Refusal, Citation, Usage, StreamFault, Done>;
using StreamMessages = QList<StreamMessage>;

//! The JSON form, with "type": content, reasoning, function_call, refusal, citation, usage, error,
//! done.
QJsonObject toJson(const StreamMessage &message);

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::StreamMessage)
//! Each of its members may be moved as bytes, which a list that grows does many times.
Q_DECLARE_TYPEINFO(Maestro::StreamMessage, Q_RELOCATABLE_TYPE);
