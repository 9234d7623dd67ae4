// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chatsession.h"

namespace Maestro {

namespace {

qsizetype charactersOf(const Conversation &conversation)
{
    qsizetype characters = conversation.system.size();
    for (const Turn &turn : conversation.turns) {
        if (const auto *prompt = std::get_if<Prompt>(&turn)) {
            characters += prompt->text.size();
        } else if (const auto *model = std::get_if<ModelTurn>(&turn)) {
            characters += model->answer.text().size();
        } else {
            characters += std::get<FunctionResult>(turn).output.size();
        }
    }
    return characters;
}

} // namespace

ChatSession::ChatSession(ChatClient &client, QObject *parent)
    : QObject(parent)
    , m_client(client)
{ }

ChatSession::~ChatSession() = default;

void ChatSession::setSystem(const QString &system) { m_conversation.system = system; }

void ChatSession::setTarget(const Provider &provider, const AccountKey &account,
                            const QString &model)
{
    m_provider = provider;
    m_account = account;
    m_model = model;
}

void ChatSession::send(const QString &prompt)
{
    if (isAnswering()) {
        return;
    }
    m_conversation.turns.append(Prompt{prompt});
    Q_EMIT promptAdded(prompt);
    ask();
}

void ChatSession::retry()
{
    if (isAnswering()) {
        return;
    }
    while (!m_conversation.turns.isEmpty()
           && !std::holds_alternative<Prompt>(m_conversation.turns.last())) {
        m_conversation.turns.removeLast();
    }
    if (!m_conversation.turns.isEmpty()) {
        ask();
    }
}

void ChatSession::stop()
{
    if (m_stream) {
        m_stream->stop();
    }
}

void ChatSession::retryNow()
{
    if (m_stream) {
        m_stream->retryNow();
    }
}

void ChatSession::keepWaiting()
{
    if (m_stream) {
        m_stream->keepWaiting();
    }
}

void ChatSession::clear()
{
    const bool wasAnswering = isAnswering();
    dropStream();
    m_conversation.turns.clear();
    m_answer = Answer();
    m_meter = AnswerMeter();
    Q_EMIT cleared();
    if (wasAnswering) {
        Q_EMIT answeringChanged(false);
    }
}

void ChatSession::ask()
{
    m_answer = Answer();
    m_meter.start(charactersOf(m_conversation));
    m_stream = m_client.ask(m_provider, m_account, ChatRequest{m_model, m_conversation});
    connect(m_stream.get(), &ChatStream::received, this, &ChatSession::onReceived);
    connect(m_stream.get(), &ChatStream::finished, this, &ChatSession::onFinished);
    connect(m_stream.get(), &ChatStream::pausing, this, &ChatSession::pausing);
    connect(m_stream.get(), &ChatStream::resumed, this, &ChatSession::resumed);
    connect(m_stream.get(), &ChatStream::stalled, this, &ChatSession::stalled);
    Q_EMIT answeringChanged(true);
    Q_EMIT answerStarted();
    m_stream->start();
}

void ChatSession::onReceived(const StreamMessages &messages)
{
    for (const StreamMessage &message : messages) {
        m_answer.fold(message);
        m_meter.take(message);
    }
    Q_EMIT answerReceived(messages);
}

void ChatSession::onFinished(const std::optional<Error> &error)
{
    m_meter.stop();
    if (!m_answer.parts().isEmpty() || !m_answer.refusal().isEmpty() || m_answer.isComplete()) {
        m_conversation.turns.append(ModelTurn{m_provider.id, m_answer});
    }
    dropStream();
    Q_EMIT answerFinished(error);
    Q_EMIT answeringChanged(false);
}

void ChatSession::dropStream()
{
    if (m_stream) {
        m_stream->disconnect(this);
        m_stream.release()->deleteLater();
    }
}

} // namespace Maestro
