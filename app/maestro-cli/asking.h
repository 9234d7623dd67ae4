// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "answerprinter.h"
#include "core/chatclient.h"
#include "interrupt.h"

#include <QObject>

#include <memory>

namespace Maestro::Cli {

//! Asks one question and prints the answer; Ctrl-C ends the answer, and what came stays.
class Asking : public QObject
{
    Q_OBJECT

public:
    Asking(ChatClient &client, const Provider &provider, const AccountKey &account,
           const ChatRequest &request, AnswerPrinter::Form form, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    //! With the program's exit code; errors have been printed.
    void finished(int exitCode);

private:
    void onFinished(const std::optional<Error> &error);

    AnswerPrinter m_printer;
    Interrupt m_interrupt;
    qsizetype m_promptCharacters;
    bool m_interrupted = false;
    std::unique_ptr<ChatStream> m_stream;
};

} // namespace Maestro::Cli
