// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/branches.h"

#include "ui/transcript/transcriptview.h"

#include <QScrollBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

using Kind = Target::Kind;

namespace {

bool hasWords(const AnswerPart &part)
{
    if (const auto *text = std::get_if<TextPart>(&part)) {
        return !text->text.isEmpty();
    }
    const auto *thought = std::get_if<ReasoningPart>(&part);
    return !thought || !thought->text.isEmpty();
}

bool isShown(const Turn &turn)
{
    const auto *model = std::get_if<ModelTurn>(&turn);
    return !model || !model->answer.refusal().isEmpty()
        || std::any_of(model->answer.parts().begin(), model->answer.parts().end(), hasWords);
}

} // namespace

QList<Turn> shownTurns(const QList<Turn> &turns)
{
    QList<Turn> shown = turns;
    shown.removeIf([](const Turn &turn) { return !isShown(turn); });
    return shown;
}

Branches::Branches(OpenChat &chat, TranscriptView &transcript, QObject *parent)
    : QObject(parent)
    , m_chat(chat)
    , m_transcript(transcript)
{
    // Not before the transcript has the whole of an answer: its buttons stand under it.
    connect(&m_chat.session, &ChatSession::answeringChanged, this, &Branches::refresh);
    connect(&m_transcript, &TranscriptView::messageActionChosen, this, &Branches::onChosen);
}

void Branches::refresh()
{
    const ConversationTree &tree = m_chat.record.tree();
    const ConversationTree::Chosen chosen = tree.chosen();
    m_messages.clear();
    for (qsizetype i = 0; i < chosen.ids.size(); ++i) {
        const Turn &turn = chosen.turns[i];
        if (!std::holds_alternative<FunctionResult>(turn) && isShown(turn)) {
            m_messages.append(chosen.ids[i]);
        }
    }
    // A message that is being answered, or read, is left alone.
    const bool isIdle = !m_chat.session.isAnswering() && m_chat.record.isWhole();
    const auto isPrompt = [&tree](ChatId message) {
        return tree.find(message)->kind == ConversationNode::Kind::Prompt;
    };
    const auto lastPrompt = std::find_if(m_messages.rbegin(), m_messages.rend(), isPrompt);
    QList<QList<Target>> footers;
    footers.reserve(m_messages.size());
    for (const ChatId message : std::as_const(m_messages)) {
        const bool isLast = message == m_messages.last()
            || (lastPrompt != m_messages.rend() && message == *lastPrompt);
        footers.append(footerOf(message, isIdle && isLast));
    }
    m_transcript.setFooters(footers);
}

QList<Target> Branches::footerOf(ChatId message, bool isLast) const
{
    const ConversationTree &tree = m_chat.record.tree();
    QList<Target> footer;
    if (const QList<ChatId> versions = tree.versions(message); versions.size() > 1) {
        const qsizetype at = versions.indexOf(message) + 1;
        footer.append({.kind = Kind::PreviousVersion, .text = tr("‹ Previous"), .isOff = at == 1});
        footer.append({.kind = Kind::NextVersion,
                       .text = tr("%1/%2  Next ›").arg(at).arg(versions.size()),
                       .isOff = at == versions.size()});
    }
    if (isLast) {
        footer.append(tree.find(message)->kind == ConversationNode::Kind::Prompt
                          ? Target{Kind::Edit, tr("Edit")}
                          : Target{Kind::AskAgain, tr("Ask again")});
    }
    return footer;
}

QString Branches::versionText(ChatId message) const
{
    const ConversationTree &tree = m_chat.record.tree();
    for (ChatId at = message; const ConversationNode *node = tree.find(at); at = node->parent) {
        if (const QList<ChatId> versions = tree.versions(at); versions.size() > 1) {
            return tr("version %1 of %2").arg(versions.indexOf(at) + 1).arg(versions.size());
        }
    }
    return {};
}

void Branches::editLast()
{
    for (qsizetype entry = m_messages.size(); entry-- > 0;) {
        if (m_chat.record.tree().find(m_messages[entry])->kind == ConversationNode::Kind::Prompt) {
            onChosen(entry, Kind::Edit);
            return;
        }
    }
}

void Branches::onChosen(qsizetype entry, Kind kind)
{
    if (entry >= m_messages.size()) {
        return;
    }
    if (m_chat.session.isAnswering() || !m_chat.record.isWhole()) {
        Q_EMIT noticed(tr("Stop the answer, or wait for it, to change what was said."));
        return;
    }
    const ChatId message = m_messages[entry];
    const ConversationNode *node = m_chat.record.tree().find(message);
    if (kind == Kind::Edit) {
        if (const auto *prompt = std::get_if<Prompt>(&*node->turn)) {
            Q_EMIT editRequested(message, *prompt);
        }
    } else if (kind == Kind::AskAgain) {
        m_chat.record.regenerate(message);
    } else {
        goTo(entry, kind);
    }
}

void Branches::goTo(qsizetype entry, Kind kind)
{
    const ChatId message = m_messages[entry];
    const QList<ChatId> versions = m_chat.record.tree().versions(message);
    const qsizetype at = versions.indexOf(message) + (kind == Kind::NextVersion ? 1 : -1);
    if (at < 0 || at >= versions.size()) {
        return;
    }
    // The message stays where the reader looks.
    const int before = m_transcript.partRect({entry, 0}).top();
    m_chat.record.select(versions[at]);
    if (m_chat.record.isWhole() && entry < m_transcript.column().count()) {
        (void)m_transcript.column().unfolded(entry); // so that it has a place
        QScrollBar *bar = m_transcript.verticalScrollBar();
        bar->setValue(bar->value() + m_transcript.partRect({entry, 0}).top() - before);
        const bool isEnd = kind == Kind::NextVersion ? at + 1 == versions.size() : at == 0;
        const Kind back = kind == Kind::NextVersion ? Kind::PreviousVersion : Kind::NextVersion;
        m_transcript.focusFooter(entry, isEnd ? back : kind);
    }
}

} // namespace Maestro
