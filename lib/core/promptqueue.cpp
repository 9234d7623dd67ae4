// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/promptqueue.h"

namespace Maestro {

PromptQueue::PromptQueue(ChatSession &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&m_session, &ChatSession::answeringChanged, this, &PromptQueue::onAnsweringChanged);
}

void PromptQueue::add(const Prompt &prompt)
{
    m_prompts.append(prompt);
    Q_EMIT changed();
}

Prompt PromptQueue::take(qsizetype index)
{
    const Prompt prompt = m_prompts.takeAt(index);
    Q_EMIT changed();
    return prompt;
}

void PromptQueue::sendFirst()
{
    if (!m_session.isAnswering() && !m_prompts.isEmpty()) {
        const Prompt prompt = take(0);
        m_session.send(prompt.text, prompt.attachments);
    }
}

void PromptQueue::onAnsweringChanged(bool answering)
{
    // One that was stopped while it waited for a call, ends with what the call did not return.
    const QList<Turn> &turns = m_session.conversation().turns;
    const bool isAnswered = !turns.isEmpty() && std::holds_alternative<ModelTurn>(turns.last());
    if (!answering && isAnswered && m_session.answer().isComplete()) {
        // Once everybody has heard that the answer ended.
        QMetaObject::invokeMethod(this, &PromptQueue::sendFirst, Qt::QueuedConnection);
    }
}

} // namespace Maestro
