// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/chatsession.h"

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! A model that still calls after so many rounds is told to answer without.
constexpr int MostRounds = 12;

} // namespace

ChatSession::ChatSession(ChatClient &client, QObject *parent)
    : QObject(parent)
    , m_client(client)
{ }

ChatSession::~ChatSession() = default;

QString ChatSession::lastText() const
{
    QString text = isAnswering() ? m_answer.text() : QString();
    for (auto turn = m_conversation.turns.rbegin();
         text.isEmpty() && turn != m_conversation.turns.rend(); ++turn) {
        if (const auto *model = std::get_if<ModelTurn>(&*turn)) {
            text = model->answer.text();
        }
    }
    return text;
}

bool ChatSession::isUnanswered() const
{
    if (isAnswering() || m_conversation.turns.isEmpty()) {
        return false;
    }
    const auto *last = std::get_if<ModelTurn>(&m_conversation.turns.last());
    return !last || !last->answer.isComplete();
}

void ChatSession::setSystem(const QString &system) { m_conversation.system = system; }

void ChatSession::setTarget(const Provider &provider, const AccountKey &account,
                            const QString &model)
{
    m_provider = provider;
    m_account = account;
    m_model = model;
}

void ChatSession::setOptions(const ChatRequest &options) { m_options = options; }

void ChatSession::setTools(const ToolRegistry *tools) { m_tools = tools; }

void ChatSession::setContextLimit(const ContextLimit &limit) { m_limit = limit; }

ChatRequest ChatSession::requestFor(const std::optional<Prompt> &prompt) const
{
    ChatRequest request = m_options;
    request.model = m_model;
    request.conversation = m_conversation;
    if (prompt) {
        request.conversation.turns.append(*prompt);
    }
    if (m_tools) {
        request.functions = m_tools->declarations();
    }
    return request;
}

ContextPlan ChatSession::planFor(const std::optional<Prompt> &prompt) const
{
    return planContext(requestFor(prompt), m_limit);
}

void ChatSession::send(const QString &prompt, const QList<Attachment> &attachments)
{
    if (isAnswering()) {
        return;
    }
    const Prompt added{prompt, attachments};
    m_conversation.turns.append(added);
    Q_EMIT promptAdded(added);
    m_rounds = 0;
    ask();
    Q_EMIT answeringChanged(true);
    begin();
}

void ChatSession::allowTool(const QString &callId, bool allowed)
{
    if (m_calls) {
        m_calls->allow(callId, allowed);
    }
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
        Q_EMIT answersDropped();
        m_rounds = 0;
        ask();
        Q_EMIT answeringChanged(true);
        begin();
    }
}

void ChatSession::stop()
{
    if (m_stream) {
        m_stream->stop();
    } else if (m_calls) {
        append(m_calls->stopped());
        dropCalls();
        Q_EMIT answeringChanged(false);
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
    Q_EMIT clearing();
    const bool wasAnswering = isAnswering();
    dropStream();
    dropCalls();
    m_conversation.turns.clear();
    m_answer = Answer();
    m_meter = AnswerMeter();
    m_asked = {};
    m_plan = {};
    Q_EMIT cleared();
    if (wasAnswering) {
        Q_EMIT answeringChanged(false);
    }
}

void ChatSession::setConversation(const Conversation &conversation)
{
    if (isAnswering()) {
        return;
    }
    m_conversation = conversation;
    m_answer = Answer();
    m_meter = AnswerMeter();
    m_asked = {};
    m_plan = {};
    Q_EMIT conversationSet();
}

void ChatSession::ask()
{
    m_answer = Answer();
    m_thinking = ThinkingTime();
    ChatRequest request = requestFor();
    if (m_tools && m_rounds >= MostRounds) {
        request.toolChoice = ToolChoice::None;
    }
    m_plan = planContext(request, m_limit);
    request.conversation = trimmed(request.conversation, m_plan);
    m_meter.start(m_plan.tokens, m_limit.charactersPerToken);
    m_asked = {m_provider, m_account, request};
    m_stream = m_client.ask(m_provider, m_account, request);
    connect(m_stream.get(), &ChatStream::received, this, &ChatSession::onReceived);
    connect(m_stream.get(), &ChatStream::finished, this, &ChatSession::onFinished);
    connect(m_stream.get(), &ChatStream::pausing, this, &ChatSession::pausing);
    connect(m_stream.get(), &ChatStream::resumed, this, &ChatSession::resumed);
    connect(m_stream.get(), &ChatStream::stalled, this, &ChatSession::stalled);
}

void ChatSession::begin()
{
    if (m_stream) {
        Q_EMIT answerStarted();
        m_stream->start();
    }
}

void ChatSession::onReceived(const StreamMessages &messages)
{
    for (const StreamMessage &message : messages) {
        m_meter.take(message);
    }
    const StreamMessages timed = m_thinking.timed(messages);
    for (const StreamMessage &message : timed) {
        m_answer.fold(message);
    }
    Q_EMIT answerReceived(timed);
}

void ChatSession::onFinished(const std::optional<Error> &error)
{
    m_meter.stop();
    if (!m_answer.parts().isEmpty() || !m_answer.refusal().isEmpty() || m_answer.isComplete()) {
        m_conversation.turns.append(ModelTurn{m_provider.id, m_answer});
    }
    const PlanLimits limits = m_stream->transfer().planLimits;
    dropStream();
    if (!limits.isEmpty()) {
        Q_EMIT planLimitsTold(m_asked.account, limits);
    }
    const bool isGoingOn = goesOn(error);
    if (isGoingOn) {
        startCalls();
    } else if (m_tools) {
        answerCalls(u"The answer ended before this was run."_s);
    }
    Q_EMIT answerFinished(error);
    if (!isGoingOn) {
        Q_EMIT answeringChanged(false);
    }
}

bool ChatSession::goesOn(const std::optional<Error> &error) const
{
    return m_tools && !error && m_answer.isComplete() && m_rounds < MostRounds
        && !runnableCalls(m_answer).isEmpty();
}

void ChatSession::startCalls()
{
    ++m_rounds;
    m_calls = std::make_unique<ToolCalls>(*m_tools, runnableCalls(m_answer));
    connect(m_calls.get(), &ToolCalls::permissionAsked, this, &ChatSession::toolPermissionAsked);
    connect(m_calls.get(), &ToolCalls::ran, this, &ChatSession::toolRan);
    connect(m_calls.get(), &ToolCalls::finished, this, &ChatSession::onCallsFinished);
    m_calls->start();
}

void ChatSession::onCallsFinished(const QList<FunctionResult> &results)
{
    append(results);
    dropCalls();
    ask();
    begin();
}

void ChatSession::answerCalls(const QString &reason)
{
    const QList<FunctionCallPart> calls = runnableCalls(m_answer);
    for (const FunctionCallPart &call : calls) {
        m_conversation.turns.append(failedResult(call, reason));
    }
}

void ChatSession::append(const QList<FunctionResult> &results)
{
    for (const FunctionResult &result : results) {
        m_conversation.turns.append(result);
    }
}

void ChatSession::dropCalls()
{
    if (m_calls) {
        m_calls->disconnect(this);
        m_calls.release()->deleteLater();
    }
}

void ChatSession::dropStream()
{
    if (m_stream) {
        m_stream->disconnect(this);
        m_stream.release()->deleteLater();
    }
}

} // namespace Maestro
