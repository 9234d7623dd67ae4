// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/conversationtree.h"

#include "core/overloaded.h"
#include "core/toolcalls.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

bool hasNothing(const Turn &turn)
{
    const auto *model = std::get_if<ModelTurn>(&turn);
    return model && model->answer.parts().isEmpty() && model->answer.refusal().isEmpty()
        && !model->answer.isComplete();
}

//! The calls that wait for a result, after these turns.
class OpenCalls
{
public:
    void take(const Turn &turn)
    {
        if (const auto *model = std::get_if<ModelTurn>(&turn)) {
            m_calls = runnableCalls(model->answer);
        } else if (const auto *result = std::get_if<FunctionResult>(&turn)) {
            const auto call = std::find_if(
                m_calls.begin(), m_calls.end(), [result](const FunctionCallPart &open) {
                    return open.id == result->callId && open.name == result->name;
                });
            if (call != m_calls.end()) {
                m_calls.erase(call);
            }
        }
    }
    //! A call without a result makes providers refuse the next question.
    void close(ConversationTree::Chosen &chosen)
    {
        for (const FunctionCallPart &call : std::as_const(m_calls)) {
            chosen.turns.append(failedResult(call, u"Maestro ended before this was run."_s));
            chosen.ids.append(0);
        }
        m_calls.clear();
    }

private:
    QList<FunctionCallPart> m_calls;
};

} // namespace

ConversationNode::Kind kindOf(const Turn &turn)
{
    return std::visit(
        Overloaded{[](const Prompt &) { return ConversationNode::Kind::Prompt; },
                   [](const ModelTurn &) { return ConversationNode::Kind::Answer; },
                   [](const FunctionResult &) { return ConversationNode::Kind::Result; }},
        turn);
}

void ConversationTree::insert(const ConversationNode &node)
{
    const auto known = m_nodes.find(node.id);
    if (known != m_nodes.end()) {
        const ChatId parent = known->parent; // a message keeps its place
        *known = node;
        known->parent = parent;
        return;
    }
    ConversationNode added = node;
    // A parent is always there before its children, so that no circle can be made.
    if (!m_nodes.contains(added.parent)) {
        added.parent = 0;
    }
    m_children[added.parent].append(added.id);
    m_nodes.insert(added.id, added);
}

const ConversationNode *ConversationTree::find(ChatId id) const
{
    const auto node = m_nodes.constFind(id);
    return node == m_nodes.constEnd() ? nullptr : &*node;
}

void ConversationTree::setTurn(ChatId id, const Turn &turn)
{
    if (const auto node = m_nodes.find(id); node != m_nodes.end()) {
        node->turn = turn;
    }
}

void ConversationTree::setLeaf(ChatId id) { m_leaf = m_nodes.contains(id) ? id : 0; }

void ConversationTree::select(ChatId id)
{
    setLeaf(id);
    while (m_leaf != 0) {
        const QList<ChatId> children = m_children.value(m_leaf);
        if (children.isEmpty()) {
            return;
        }
        m_leaf = children.last();
    }
}

QList<ChatId> ConversationTree::pathTo(ChatId id) const
{
    QList<ChatId> path;
    for (const ConversationNode *node = find(id); node; node = find(node->parent)) {
        path.append(node->id);
    }
    std::reverse(path.begin(), path.end());
    return path;
}

QList<ChatId> ConversationTree::siblings(ChatId id) const
{
    const ConversationNode *node = find(id);
    return node ? m_children.value(node->parent) : QList<ChatId>();
}

QList<ChatId> ConversationTree::versions(ChatId id) const
{
    QList<ChatId> versions = siblings(id);
    versions.removeIf([this, id](ChatId sibling) {
        const ConversationNode *node = find(sibling);
        return sibling != id && node->turn && hasNothing(*node->turn);
    });
    return versions;
}

QList<ChatId> ConversationTree::unread() const
{
    QList<ChatId> ids = path();
    ids.removeIf([this](ChatId id) { return find(id)->turn.has_value(); });
    return ids;
}

ConversationTree::Chosen ConversationTree::chosen() const
{
    Chosen chosen;
    OpenCalls calls;
    const QList<ChatId> ids = path();
    for (const ChatId id : ids) {
        const std::optional<Turn> &turn = find(id)->turn;
        if (!turn || hasNothing(*turn)) {
            continue;
        }
        if (!std::holds_alternative<FunctionResult>(*turn)) {
            calls.close(chosen);
        }
        calls.take(*turn);
        chosen.turns.append(*turn);
        chosen.ids.append(id);
    }
    calls.close(chosen);
    return chosen;
}

} // namespace Maestro
