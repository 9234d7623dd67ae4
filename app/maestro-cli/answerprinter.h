// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answer.h"
#include "core/answermeter.h"

namespace Maestro::Cli {

//! Writes an answer to stdout as it comes: the text as it is; on a terminal also the reasoning,
//! dimmed, and nothing that could steer the terminal. Usage and timing go to stderr at the end.
class AnswerPrinter
{
public:
    enum class Form { Text, JsonLines };

    explicit AnswerPrinter(Form form = Form::Text);

    //! The request is on its way; `promptCharacters` is the length of all that is sent.
    void start(qsizetype promptCharacters);
    void take(const StreamMessages &messages);
    //! Ends the line and prints usage and timing.
    void finish();

    const Answer &answer() const { return m_answer; }

private:
    enum class Voice { None, Text, Reasoning };

    void print(const StreamMessage &message);
    //! Parts and voices are set apart by a blank line on a terminal; elsewhere the text stays as it
    //! is.
    void speak(Voice voice, int part, const QString &text);
    void hush();
    void printCall(const FunctionCall &call);
    QString summary() const;

    Form m_form;
    bool m_isTerminal;
    bool m_dims;
    Voice m_voice = Voice::None;
    int m_part = 0;
    bool m_lineOpen = false;
    Answer m_answer;
    AnswerMeter m_meter;
};

} // namespace Maestro::Cli
