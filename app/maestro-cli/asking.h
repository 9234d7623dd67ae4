// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "answerprinter.h"
#include "core/chatsession.h"
#include "interrupt.h"
#include "pastedlines.h"

#include <QObject>

#include <memory>

namespace Maestro::Cli {

//! Asks one question and prints the answer, or all of its rounds where the model calls tools;
//! Ctrl-C ends the answer, and what came stays.
class Asking : public QObject
{
    Q_OBJECT

public:
    //! The conversation of `request` is its system prompt and one prompt.
    Asking(ChatClient &client, const Provider &provider, const AccountKey &account,
           const ChatRequest &request, AnswerPrinter::Form form, QObject *parent = nullptr);

    //! What the model may call; the person is asked on standard input. `tools` must outlive this.
    void setTools(const ToolRegistry &tools);
    void start();

Q_SIGNALS:
    //! With the program's exit code; errors have been printed.
    void finished(int exitCode);

private:
    void onAnswerFinished(const std::optional<Error> &error);
    void onAnsweringChanged(bool isAnswering);
    void askPerson(const ToolQuestion &question);
    void onLine(const QString &line);
    void answer(bool allowed);

    AnswerPrinter::Form m_form;
    std::unique_ptr<AnswerPrinter> m_printer;
    Interrupt m_interrupt;
    Prompt m_prompt;
    qsizetype m_promptCharacters;
    bool m_interrupted = false;
    std::optional<Error> m_error;
    std::optional<ToolQuestion> m_question;
    std::unique_ptr<PastedLines> m_lines;
    bool m_linesEnded = false;
    ChatSession m_session;
};

} // namespace Maestro::Cli
