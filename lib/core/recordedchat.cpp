// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/recordedchat.h"

#include "core/after.h"
#include "core/chattitle.h"

#include <algorithm>

namespace Maestro {

RecordedChat::RecordedChat(ChatSession &session, ChatStore &store, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_store(store)
    , m_drafts(store)
    , m_changes(store)
{
    connect(&m_session, &ChatSession::promptAdded, this, &RecordedChat::catchUp);
    connect(&m_session, &ChatSession::answerStarted, this, &RecordedChat::onAnswerStarted);
    connect(&m_session, &ChatSession::answerReceived, this, &RecordedChat::onAnswerReceived);
    connect(&m_session, &ChatSession::answerFinished, this, &RecordedChat::onAnswerFinished);
    connect(&m_session, &ChatSession::toolRan, this, &RecordedChat::onToolRan);
    connect(&m_session, &ChatSession::answeringChanged, this, &RecordedChat::catchUp);
    connect(&m_session, &ChatSession::clearing, this, &RecordedChat::onClearing);
    connect(&m_session, &ChatSession::cleared, this, &RecordedChat::onCleared);
    for (const DraftRecorder *typed : {&m_drafts, &m_changes}) {
        connect(typed, &DraftRecorder::written, &m_writes, &PendingWrites::note);
        connect(typed, &DraftRecorder::written, this, &RecordedChat::settled);
    }
    connect(&m_writes, &PendingWrites::failed, this, &RecordedChat::failed);
    connect(&m_writes, &PendingWrites::recovered, this, &RecordedChat::recovered);
    connect(&m_writes, &PendingWrites::ended, this, &RecordedChat::settled);
}

RecordedChat::~RecordedChat() = default;

void RecordedChat::begin(Keep keep)
{
    m_session.clear();
    m_keep = keep;
    m_session.setSystem(m_setup.system);
    Q_EMIT opened();
}

ChatStore::Done RecordedChat::open(ChatId conversation)
{
    const quint64 opening = ++m_opening;
    return after(this, m_store.read(conversation, FirstTurns),
                 [this, opening](const Result<StoredConversation> &stored) {
                     if (!stored) {
                         return std::optional(stored.error());
                     }
                     if (opening == m_opening) {
                         show(*stored);
                     }
                     return std::optional<Error>();
                 });
}

void RecordedChat::show(const StoredConversation &stored)
{
    m_session.clear();
    m_conversation = stored.entry.id;
    m_title = stored.entry.title;
    m_setup = stored.setup;
    m_draft = stored.draft;
    m_changing = stored.edit;
    m_tree = stored.tree;
    setSession(m_tree.leaf());
    Q_EMIT opened();
}

void RecordedChat::takeTurns(const QHash<ChatId, Turn> &turns)
{
    for (auto turn = turns.begin(); turn != turns.end(); ++turn) {
        m_tree.setTurn(turn.key(), turn.value());
    }
    setSession(m_tree.leaf());
}

void RecordedChat::setSession(ChatId leaf)
{
    m_tree.setLeaf(leaf);
    const QList<ChatId> unread = m_tree.unread();
    m_isWhole = unread.isEmpty();
    if (m_isWhole) {
        const ConversationTree::Chosen chosen = m_tree.chosen();
        m_ids = chosen.ids;
        m_session.setConversation({m_setup.system, chosen.turns});
    } else {
        const quint64 opening = ++m_opening;
        after(this, m_store.readTurns(unread),
              [this, opening](const Result<QHash<ChatId, Turn>> &turns) {
                  if (!turns) {
                      m_writes.note(turns.error());
                  } else if (opening == m_opening) {
                      takeTurns(*turns);
                  }
              });
    }
    Q_EMIT treeChanged();
}

void RecordedChat::setSetup(const ChatSetup &setup)
{
    if (setup == m_setup) {
        return;
    }
    m_setup = setup;
    saveHead();
}

void RecordedChat::setTitle(const QString &title)
{
    m_title = title;
    saveHead();
    Q_EMIT titleChanged();
}

void RecordedChat::select(ChatId message)
{
    if (m_session.isAnswering() || !m_tree.find(message)) {
        return;
    }
    m_tree.select(message);
    if (m_conversation != 0) {
        m_writes.watch(m_store.setLeaf(m_conversation, m_tree.leaf()), m_tree.leaf());
    }
    setSession(m_tree.leaf());
}

void RecordedChat::edit(ChatId prompt, const QString &text, const QList<Attachment> &attachments)
{
    const ConversationNode *node = m_tree.find(prompt);
    if (m_session.isAnswering() || !node || !m_isWhole) {
        return;
    }
    setSession(node->parent);
    m_session.send(text, attachments);
}

void RecordedChat::regenerate(ChatId answer)
{
    const ConversationNode *node = m_tree.find(answer);
    while (node && node->kind != ConversationNode::Kind::Prompt) {
        node = m_tree.find(node->parent);
    }
    if (m_session.isAnswering() || !node || !m_isWhole) {
        return;
    }
    setSession(node->id);
    m_session.retry();
}

void RecordedChat::onAnswerStarted()
{
    catchUp();
    // An answer in which nothing came is no part of what was asked.
    m_tree.setLeaf(lastOfSession());
}

void RecordedChat::onAnswerReceived(const StreamMessages &messages)
{
    if (!m_recorder) {
        const ConversationNode node{.id = newChatId(),
                                    .parent = m_tree.leaf(),
                                    .kind = ConversationNode::Kind::Answer,
                                    .state = ConversationNode::State::BeingWritten,
                                    .created = QDateTime::currentDateTimeUtc(),
                                    .account = m_setup.account,
                                    .model = m_setup.model,
                                    .turn = ModelTurn{m_setup.account.provider, {}}};
        m_recorder = std::make_unique<AnswerRecorder>(m_store, node.id);
        connect(m_recorder.get(), &AnswerRecorder::failed, &m_writes, &PendingWrites::note);
        m_tree.insert(node);
        m_tree.setLeaf(node.id);
        // With what came already: then it is the whole so far.
        save(node.id);
        Q_EMIT treeChanged();
    } else if (m_conversation != 0) {
        m_recorder->take(messages);
    }
}

void RecordedChat::onAnswerFinished()
{
    const QList<Turn> &turns = m_session.conversation().turns;
    if (m_recorder) {
        const bool hasJoined
            = m_ids.size() < turns.size() && std::holds_alternative<ModelTurn>(turns[m_ids.size()]);
        if (hasJoined) {
            m_ids.append(m_recorder->message());
        }
        finishAnswer(m_session.answer(), ConversationNode::State::Whole);
    }
    catchUp();
}

void RecordedChat::finishAnswer(const Answer &answer, ConversationNode::State state)
{
    ConversationNode node = *m_tree.find(m_recorder->message());
    node.state = state;
    node.turn = ModelTurn{node.account.provider, answer};
    m_recorder.reset();
    m_tree.insert(node);
    save(node.id);
    Q_EMIT treeChanged();
}

void RecordedChat::onToolRan(const FunctionResult &result)
{
    m_early.append({result, record(result)});
    Q_EMIT treeChanged();
}

void RecordedChat::onClearing()
{
    flushDraft();
    if (m_recorder) {
        finishAnswer(m_session.answer(), ConversationNode::State::Interrupted);
    }
    catchUp();
}

void RecordedChat::onCleared()
{
    ++m_opening;
    m_keep = Keep::Stored;
    m_conversation = 0;
    m_title.clear();
    m_draft = {};
    m_changing.reset();
    m_tree = ConversationTree();
    m_ids.clear();
    m_early.clear();
    m_writes.forget();
    m_isWhole = true;
}

void RecordedChat::catchUp()
{
    const QList<Turn> &turns = m_session.conversation().turns;
    if (turns.size() < m_ids.size()) { // is asked again
        m_ids.resize(turns.size());
        m_tree.setLeaf(lastOfSession());
        m_early.clear();
    }
    bool isChanged = false;
    while (m_ids.size() < turns.size()) {
        const Turn &turn = turns[m_ids.size()];
        const auto early = std::find_if(m_early.begin(), m_early.end(), [&turn](const auto &known) {
            return turn == Turn(known.first);
        });
        if (early != m_early.end()) {
            m_ids.append(early->second);
            m_early.erase(early);
        } else {
            m_ids.append(record(turn));
            isChanged = true;
        }
    }
    if (isChanged) {
        Q_EMIT treeChanged();
    }
}

ChatId RecordedChat::record(const Turn &turn)
{
    const auto *beginning = m_tree.isEmpty() ? std::get_if<Prompt>(&turn) : nullptr;
    if (beginning) {
        beginConversation(*beginning);
    }
    const ConversationNode node{.id = newChatId(),
                                .parent = m_tree.leaf(),
                                .kind = kindOf(turn),
                                .created = QDateTime::currentDateTimeUtc(),
                                .turn = turn};
    m_tree.insert(node);
    m_tree.setLeaf(node.id);
    save(node.id);
    if (beginning && !isTemporary()) {
        takeDraftAlong(*beginning);
    }
    return node.id;
}

void RecordedChat::beginConversation(const Prompt &prompt)
{
    m_title = titleOf(prompt.text);
    if (m_title.isEmpty() && !prompt.attachments.isEmpty()) {
        m_title = titleOf(prompt.attachments.first().name);
    }
    if (!isTemporary()) {
        m_conversation = newChatId();
        saveHead();
        Q_EMIT begun(m_conversation);
    }
    Q_EMIT titleChanged();
}

ChatId RecordedChat::lastOfSession() const
{
    const auto last = std::find_if(m_ids.rbegin(), m_ids.rend(), [](ChatId id) { return id != 0; });
    return last == m_ids.rend() ? 0 : *last;
}

void RecordedChat::save(ChatId message)
{
    if (m_conversation == 0) {
        return;
    }
    saveAgain();
    ConversationNode node = *m_tree.find(message);
    if (m_recorder && m_recorder->message() == message) {
        node.turn = ModelTurn{node.account.provider, m_session.answer()};
        m_recorder->forget();
    }
    m_writes.watch(m_store.save(m_conversation, node), message);
    if (m_tree.leaf() != message) { // which was chosen by saving it
        m_writes.watch(m_store.setLeaf(m_conversation, m_tree.leaf()), m_tree.leaf());
    }
}

void RecordedChat::saveHead()
{
    if (m_conversation != 0) {
        m_writes.watch(m_store.save(m_conversation, m_title, m_setup), 0);
    }
}

void RecordedChat::saveAgain()
{
    const QList<ChatId> failed = m_writes.takeFailed();
    for (const ChatId message : failed) {
        if (message == 0) {
            saveHead();
        } else {
            save(message);
        }
    }
}

} // namespace Maestro
