// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/chat/chattargets.h"

#include <QObject>

namespace Maestro {

class OpenChats;

//! Which of the accounts and models the conversation that is shown asks: the one it asked last,
//! until the person picks another.
class TargetChoice : public QObject
{
    Q_OBJECT

public:
    //! The conversations must outlive it.
    explicit TargetChoice(OpenChats &chats, QObject *parent = nullptr);

    //! The accounts are still being read, until setTargets().
    void expectTargets();
    bool isExpecting() const { return m_isExpecting; }
    //! What there is to choose from now. What was chosen stays chosen while it is among them; else
    //! `preferred` is, else the first.
    void setTargets(const QList<ChatTarget> &targets, const std::optional<AccountKey> &preferred);

    //! An account, one that was just added for example, if it is there. Its default model, if
    //! `model` is empty.
    void choose(const AccountKey &account, const QString &api, const QString &model);
    //! By the person, for the conversation that is shown.
    void pick(const ChosenTarget &target);
    //! Another conversation is shown.
    void follow();
    //! The conversation is gone on with as it was asked last.
    void keep();

    const std::optional<ChosenTarget> &chosen() const { return m_chosen; }
    //! What is known of it. Null if there is none.
    const ChatTarget *target() const { return findTarget(m_targets, m_chosen); }

Q_SIGNALS:
    //! Perhaps the same as before.
    void made(const std::optional<Maestro::ChosenTarget> &before);

private:
    void make(const ChosenTarget &target);
    std::optional<ChosenTarget> wish() const;

    OpenChats &m_chats;
    QList<ChatTarget> m_targets;
    std::optional<ChosenTarget> m_chosen;
    bool m_isExpecting = false;
    //! What was chosen, was for the conversation that is shown; else its own comes first.
    bool m_isPicked = false;
};

} // namespace Maestro
