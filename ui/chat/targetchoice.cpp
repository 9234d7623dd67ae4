// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/targetchoice.h"

#include "core/openchats.h"

#include <utility>

namespace Maestro {

TargetChoice::TargetChoice(OpenChats &chats, QObject *parent)
    : QObject(parent)
    , m_chats(chats)
{ }

void TargetChoice::expectTargets() { m_isExpecting = true; }

void TargetChoice::setTargets(const QList<ChatTarget> &targets,
                              const std::optional<AccountKey> &preferred)
{
    m_targets = targets;
    m_isExpecting = false;
    auto choice = wish();
    if (!choice) {
        choice = choiceAmong(targets, m_chosen, preferred);
    }
    if (choice && choice != m_chosen) {
        make(*choice);
    }
    m_chosen = choice;
}

void TargetChoice::choose(const AccountKey &account, const QString &api, const QString &model)
{
    if (const auto choice = choiceOf(m_targets, account, api, model)) {
        m_isPicked = true;
        make(*choice);
    }
}

void TargetChoice::pick(const ChosenTarget &target)
{
    m_isPicked = true;
    make(target);
    if (m_chats.shown().record.conversation() != 0) {
        keep();
    }
}

void TargetChoice::follow()
{
    m_isPicked = false;
    if (const auto wished = wish(); wished || m_chosen) {
        make(wished.value_or(*m_chosen));
    }
}

void TargetChoice::keep()
{
    RecordedChat &record = m_chats.shown().record;
    ChatSetup setup = record.setup();
    setup.account = m_chosen->account;
    setup.model = m_chosen->model;
    record.setSetup(setup);
}

void TargetChoice::make(const ChosenTarget &target)
{
    const auto before = std::exchange(m_chosen, target);
    Q_EMIT made(before);
}

std::optional<ChosenTarget> TargetChoice::wish() const
{
    const ChatSetup &setup = m_chats.shown().record.setup();
    return m_isPicked || setup.model.isEmpty()
        ? std::nullopt
        : choiceOf(m_targets, setup.account, {}, setup.model);
}

} // namespace Maestro
