// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "core/chatid.h"
#include "core/conversation.h"

#include <QHash>

#include <optional>

namespace Maestro {

//! One message of a conversation, and which it follows.
struct ConversationNode
{
    enum class Kind { Prompt, Answer, Result };
    enum class State {
        Whole,
        BeingWritten, //!< the answer comes in, here or in another process
        Interrupted, //!< the program ended before the answer did
    };

    ChatId id = 0;
    ChatId parent = 0; //!< 0: the conversation begins with it
    Kind kind = Kind::Prompt;
    State state = State::Whole;
    QDateTime created = {}; //!< UTC
    //! Of an answer: who was asked, and which model.
    AccountKey account = {};
    QString model = {};
    //! What was said. Nothing while it has not been read from where it is kept.
    std::optional<Turn> turn = {};

    friend bool operator==(const ConversationNode &, const ConversationNode &) = default;
};

ConversationNode::Kind kindOf(const Turn &turn);

//! Everything that was said in a conversation: what was edited or asked again makes a branch beside
//! what was there, which stays. One leaf is chosen; the messages from the beginning to it are what
//! is shown and sent.
class ConversationTree
{
public:
    //! Adds it, or replaces the one with its id. One whose parent is not there begins the
    //! conversation anew. Does not choose it.
    void insert(const ConversationNode &node);
    //! Null if there is none.
    const ConversationNode *find(ChatId id) const;
    void setTurn(ChatId id, const Turn &turn);
    bool isEmpty() const { return m_nodes.isEmpty(); }
    qsizetype size() const { return m_nodes.size(); }
    //! Of all messages, in no order.
    QList<ChatId> ids() const { return m_nodes.keys(); }

    //! The last of the chosen messages; 0 if none is.
    ChatId leaf() const { return m_leaf; }
    //! Chooses exactly this one as the last: what is said next follows it. 0 to begin anew.
    void setLeaf(ChatId id);
    //! Chooses the branch through this message, to where its newest message is.
    void select(ChatId id);

    //! The chosen messages, from the beginning.
    QList<ChatId> path() const { return pathTo(m_leaf); }
    QList<ChatId> pathTo(ChatId id) const;
    //! The messages in this one's place, itself among them, in the order they were said.
    QList<ChatId> siblings(ChatId id) const;

    //! The same, without other answers in which nothing came: what can be gone to.
    QList<ChatId> versions(ChatId id) const;

    //! Those of the path whose turn has not been read.
    QList<ChatId> unread() const;
    //! What is sent: the turns of the path, without answers in which nothing came. Calls that were
    //! never answered, since the program ended, get a result that says so. `ids` are the messages
    //! of the turns, 0 for such a result.
    struct Chosen
    {
        QList<Turn> turns;
        QList<ChatId> ids;
    };
    Chosen chosen() const;

    friend bool operator==(const ConversationTree &, const ConversationTree &) = default;

private:
    QHash<ChatId, ConversationNode> m_nodes;
    QHash<ChatId, QList<ChatId>> m_children; // of 0: the beginnings
    ChatId m_leaf = 0;
};

} // namespace Maestro
