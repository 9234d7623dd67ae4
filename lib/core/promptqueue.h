// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatsession.h"

namespace Maestro {

//! Prompts that were written while an answer came in: each is sent when the answer before it is
//! whole. After one that is not, they wait for the person's word.
class PromptQueue : public QObject
{
    Q_OBJECT

public:
    //! `session` must outlive it.
    explicit PromptQueue(ChatSession &session, QObject *parent = nullptr);

    const QList<Prompt> &prompts() const { return m_prompts; }
    bool isEmpty() const { return m_prompts.isEmpty(); }
    void add(const Prompt &prompt);
    Prompt take(qsizetype index);
    //! Sends the first one now; ignored while an answer comes in.
    void sendFirst();

Q_SIGNALS:
    void changed();

private:
    void onAnsweringChanged(bool answering);

    ChatSession &m_session;
    QList<Prompt> m_prompts;
};

} // namespace Maestro
