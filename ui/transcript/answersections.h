// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/streammessage.h"
#include "ui/transcript/documentstretch.h"
#include "ui/transcript/markdownwriter.h"
#include "ui/transcript/transcriptformat.h"

#include <QElapsedTimer>

#include <optional>

namespace Maestro {

//! A part of an answer, with its place in the document.
class AnswerSection
{
public:
    AnswerSection(DocumentStretch place, TranscriptFormat &format)
        : m_place(std::move(place))
        , m_format(format)
    { }
    virtual ~AnswerSection() = default;
    Q_DISABLE_COPY_MOVE(AnswerSection)

    //! Shows what was added since the last time.
    virtual void show() = 0;
    const DocumentStretch &place() const { return m_place; }
    DocumentStretch &place() { return m_place; }

protected:
    TranscriptFormat &format() { return m_format; }

private:
    DocumentStretch m_place;
    TranscriptFormat &m_format;
};

//! The answer's own words.
class TextSection : public AnswerSection
{
public:
    TextSection(DocumentStretch place, TranscriptFormat &format);

    void add(const QString &text) { m_pending += text; }
    //! Takes the place of all that was added before.
    void replace(const QString &text);
    void show() override;

private:
    QString m_pending;
    bool m_stale = false; //!< what is shown was replaced
    std::optional<MarkdownWriter> m_writer;
};

//! The model's reasoning: a line that tells how long it took, and under it the text, when opened.
class ReasoningFold : public AnswerSection
{
public:
    //! `target` is what the line's action calls itself.
    ReasoningFold(DocumentStretch place, TranscriptFormat &format, const QString &target);

    void add(int part, const QString &text);
    void endThinking();
    bool isThinking() const { return m_thinking; }
    void toggle();
    void show() override;

private:
    void showHeader();
    int headerEnd() const;

    QString m_target;
    QString m_text;
    qsizetype m_shown = 0;
    int m_part = -1;
    bool m_open = false;
    bool m_thinking = true;
    bool m_headerStale = true;
    QElapsedTimer m_clock;
    qint64 m_tookMs = 0;
    std::optional<MarkdownWriter> m_writer;
};

//! A function call: its name, its arguments as they come, and whether it is whole.
class CallCard : public AnswerSection
{
public:
    CallCard(DocumentStretch place, TranscriptFormat &format);

    void take(const FunctionCall &call);
    //! No more of it comes.
    void end();
    void show() override;

private:
    enum class State { Growing, Complete, CutOff };

    void showWhole();
    QString stateText() const;

    QString m_name;
    QString m_arguments;
    qsizetype m_shown = 0;
    FunctionCall::Executor m_executor = FunctionCall::Executor::Client;
    State m_state = State::Growing;
    bool m_stale = true; //!< more than a growing end has changed
    int m_boxId;
};

} // namespace Maestro
