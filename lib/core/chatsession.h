// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answermeter.h"
#include "core/chatclient.h"

namespace Maestro {

//! A conversation and the answer coming in. Owns the answer's stream; the only place that knows
//! whether one is under way.
class ChatSession : public QObject
{
    Q_OBJECT

public:
    //! `client` must outlive the session.
    explicit ChatSession(ChatClient &client, QObject *parent = nullptr);
    ~ChatSession() override;

    const Conversation &conversation() const { return m_conversation; }
    bool isAnswering() const { return m_stream != nullptr; }
    //! The answer coming in, or the last one.
    const Answer &answer() const { return m_answer; }
    const AnswerMeter &meter() const { return m_meter; }

    void setSystem(const QString &system);
    //! Who is asked from the next prompt on.
    void setTarget(const Provider &provider, const AccountKey &account, const QString &model);

    //! Asks; ignored while an answer comes in. The prompt joins the conversation at once.
    void send(const QString &prompt);
    //! Asks for the last prompt again; what was answered to it is dropped.
    void retry();
    //! Ends the answer; what came stays.
    void stop();
    //! As ChatStream's.
    void retryNow();
    void keepWaiting();
    //! Starts anew.
    void clear();

Q_SIGNALS:
    void cleared();
    void promptAdded(const QString &prompt);
    void answerStarted();
    void answerReceived(const Maestro::StreamMessages &messages);
    //! The answer has joined the conversation, whole or not. `error` is for a banner, not the
    //! answer.
    void answerFinished(const std::optional<Maestro::Error> &error);
    void answeringChanged(bool answering);
    //! As ChatStream's.
    void pausing(const Maestro::RetryPause &pause);
    void resumed();
    void stalled(std::chrono::milliseconds silentFor, std::chrono::milliseconds endsIn);

private:
    void ask();
    void onReceived(const StreamMessages &messages);
    void onFinished(const std::optional<Error> &error);
    //! Deletes the stream once control is out of its own signal.
    void dropStream();

    ChatClient &m_client;
    Provider m_provider;
    AccountKey m_account;
    QString m_model;
    Conversation m_conversation;
    Answer m_answer;
    AnswerMeter m_meter;
    std::unique_ptr<ChatStream> m_stream;
};

} // namespace Maestro
