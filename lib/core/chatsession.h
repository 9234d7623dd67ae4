// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answermeter.h"
#include "core/chatclient.h"
#include "core/contextplan.h"
#include "core/thinkingtime.h"
#include "core/toolcalls.h"

namespace Maestro {

//! A question as it went out: who was asked, and what.
struct AskedQuestion
{
    Provider provider = {};
    AccountKey account = {};
    ChatRequest request = {};
};

//! A conversation and the answer coming in. Owns the answer's stream; the only place that knows
//! whether one is under way. Where the model calls tools, an answer has several rounds: each is a
//! turn, begun by answerStarted() and ended by answerFinished(), and `answering` lasts for them
//! all.
class ChatSession : public QObject
{
    Q_OBJECT

public:
    //! `client` must outlive the session.
    explicit ChatSession(ChatClient &client, QObject *parent = nullptr);
    ~ChatSession() override;

    const Conversation &conversation() const { return m_conversation; }
    bool isAnswering() const { return m_stream || m_calls; }
    //! The answer coming in, or the last one.
    const Answer &answer() const { return m_answer; }
    //! What the last answer that says something says, as it was written; the one coming in counts.
    //! Empty if there is none.
    QString lastText() const;
    //! Whether the conversation ends with a prompt, or with an answer that is not whole, and
    //! nobody is being asked.
    bool isUnanswered() const;
    const AnswerMeter &meter() const { return m_meter; }

    void setSystem(const QString &system);
    //! Who is asked from the next prompt on.
    void setTarget(const Provider &provider, const AccountKey &account, const QString &model);

    //! How is asked from the next prompt on: everything of the request but its model, conversation
    //! and functions.
    void setOptions(const ChatRequest &options);
    //! What the model may call from the next prompt on; null for nothing. Must outlive the session.
    void setTools(const ToolRegistry *tools);

    //! How much of the conversation is sent from the next prompt on.
    void setContextLimit(const ContextLimit &limit);

    //! What was asked last, exactly; of an empty model if nothing was.
    const AskedQuestion &asked() const { return m_asked; }
    //! What of the conversation went out with it.
    const ContextPlan &plan() const { return m_plan; }
    //! Whom is asked next.
    const Provider &provider() const { return m_provider; }
    const AccountKey &account() const { return m_account; }
    const QString &model() const { return m_model; }
    //! What the next question is, with this prompt, before anything of it is left out; and what
    //! of it would be sent.
    ChatRequest requestFor(const std::optional<Prompt> &prompt = {}) const;
    ContextPlan planFor(const std::optional<Prompt> &prompt = {}) const;

    //! Asks; ignored while an answer comes in. The prompt joins the conversation at once.
    void send(const QString &prompt, const QList<Attachment> &attachments = {});
    //! The person's word on a call: see toolPermissionAsked().
    void allowTool(const QString &callId, bool allowed);
    //! Asks for the last prompt again; what was answered to it is dropped.
    void retry();
    //! Ends the answer; what came stays.
    void stop();
    //! As ChatStream's.
    void retryNow();
    void keepWaiting();
    //! Starts anew.
    void clear();
    //! Goes on from what was said before; ignored while an answer comes in.
    void setConversation(const Conversation &conversation);

Q_SIGNALS:
    //! clear() is about to forget the conversation, and the answer that comes in.
    void clearing();
    void cleared();
    //! Another conversation, or another branch of it, is there as a whole.
    void conversationSet();
    void promptAdded(const Maestro::Prompt &prompt);
    //! What was answered to the last prompt is dropped, to be asked for again.
    void answersDropped();
    void answerStarted();
    void answerReceived(const Maestro::StreamMessages &messages);
    //! The answer has joined the conversation, whole or not. `error` is for a banner, not the
    //! answer.
    void answerFinished(const std::optional<Maestro::Error> &error);
    void answeringChanged(bool answering);
    //! The answer waits for allowTool(), or stop().
    void toolPermissionAsked(const Maestro::ToolQuestion &question);
    //! What the provider said of the account's plan beside an answer; before answerFinished().
    void planLimitsTold(const Maestro::AccountKey &account, const Maestro::PlanLimits &limits);
    //! Of one call; it joins the conversation when all calls of the round have one.
    void toolRan(const Maestro::FunctionResult &result);
    //! As ChatStream's.
    void pausing(const Maestro::RetryPause &pause);
    void resumed();
    void stalled(std::chrono::milliseconds silentFor, std::chrono::milliseconds endsIn);

private:
    //! Makes the stream; begin() starts it, once everyone has been told.
    void ask();
    void begin();
    void onReceived(const StreamMessages &messages);
    void onFinished(const std::optional<Error> &error);
    //! Deletes the stream once control is out of its own signal.
    void dropStream();
    //! Whether the calls of the answer that just ended are run, and asked on with their results.
    bool goesOn(const std::optional<Error> &error) const;
    void startCalls();
    void onCallsFinished(const QList<FunctionResult> &results);
    //! A call without a result makes providers refuse the next question.
    void answerCalls(const QString &reason);
    void append(const QList<FunctionResult> &results);
    void dropCalls();

    ChatClient &m_client;
    Provider m_provider;
    AccountKey m_account;
    QString m_model;
    Conversation m_conversation;
    Answer m_answer;
    AnswerMeter m_meter;
    ThinkingTime m_thinking;
    ContextLimit m_limit;
    ContextPlan m_plan;
    AskedQuestion m_asked;
    ChatRequest m_options;
    const ToolRegistry *m_tools = nullptr;
    //! Rounds of calls since the prompt.
    int m_rounds = 0;
    std::unique_ptr<ChatStream> m_stream;
    std::unique_ptr<ToolCalls> m_calls;
};

} // namespace Maestro
