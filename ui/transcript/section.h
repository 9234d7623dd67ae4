// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answerclock.h"
#include "core/conversation.h"
#include "ui/transcript/markdownparts.h"

#include <optional>

namespace Maestro {

//! A stretch of an entry: words, reasoning, a call. It says what there is to lay out.
class Section
{
public:
    Section() = default;
    virtual ~Section() = default;
    Q_DISABLE_COPY_MOVE(Section)

    virtual const QList<Part> &parts() const = 0;
    //! What was chosen in one of its parts; whether that changed the parts.
    virtual bool choose(const Part &part, Target::Kind kind);
    //! The first part that changed since the last time; nothing if none did.
    std::optional<qsizetype> takeChanged() { return std::exchange(m_changed, std::nullopt); }
    //! Its words as they came; empty where they are no Markdown.
    virtual QString source() const { return {}; }

protected:
    void markChanged(qsizetype from) { m_changed = qMin(m_changed.value_or(from), from); }

private:
    std::optional<qsizetype> m_changed = 0;
};

//! The answer's own words.
class TextSection : public Section
{
public:
    void add(const QString &text);
    //! Takes the place of all that was added before.
    void replace(const QString &text);

    const QList<Part> &parts() const override { return m_markdown->parts(); }
    bool choose(const Part &part, Target::Kind kind) override;
    QString source() const override { return m_markdown->source(); }

private:
    std::unique_ptr<MarkdownParts> m_markdown = std::make_unique<MarkdownParts>(Part::Role::Answer);
};

//! The model's reasoning: a line that tells how long it took, and under it the text, when opened.
class ReasoningFold : public Section
{
public:
    //! `now` tells the time; nothing for one that was thought at another time.
    explicit ReasoningFold(const std::optional<AnswerClock::Now> &now);

    void add(int part, const QString &text);
    //! How long it took, as it is kept: shown once it has ended.
    void addTime(AnswerClock::Milliseconds took);
    //! Says how long it has been.
    void tick();
    void endThinking();
    bool isThinking() const { return m_thinking; }

    const QList<Part> &parts() const override { return m_parts; }
    bool choose(const Part &part, Target::Kind kind) override;

private:
    void update(qsizetype from);
    QString headText() const;

    QString m_text;
    int m_part = -1;
    bool m_open = false;
    bool m_thinking = true;
    std::optional<AnswerClock> m_clock;
    std::optional<AnswerClock::Milliseconds> m_took;
    std::optional<MarkdownParts> m_markdown;
    QList<Part> m_parts;
};

//! A function call: its name, its arguments as they come, whether it waits for the person's word,
//! and what it returned.
class CallSection : public Section
{
public:
    CallSection();

    void take(const FunctionCall &call);
    //! No more of it comes.
    void end();
    //! The person is being asked whether it may run.
    void setWaiting(bool waiting);
    void setResult(const FunctionResult &result);
    const QString &id() const { return m_id; }
    bool hasResult() const { return m_result.has_value(); }

    const QList<Part> &parts() const override { return m_parts; }
    bool choose(const Part &part, Target::Kind kind) override;

private:
    enum class State { Growing, Complete, CutOff };

    void update();
    QString stateText() const;

    QString m_id;
    QString m_name;
    QString m_arguments;
    FunctionCall::Executor m_executor = FunctionCall::Executor::Client;
    State m_state = State::Growing;
    bool m_waits = false;
    std::optional<FunctionResult> m_result;
    bool m_resultOpen = false;
    QList<Part> m_parts;
};

//! What stays as it was made.
class FixedSection : public Section
{
public:
    explicit FixedSection(const QList<Part> &parts)
        : m_parts(parts)
    { }
    const QList<Part> &parts() const override { return m_parts; }

private:
    QList<Part> m_parts;
};

//! `files` are the names of those that went along.
QList<Part> promptParts(const QString &prompt, const QStringList &files);
Part noticePart(const QString &text, Part::Tone tone);

} // namespace Maestro
