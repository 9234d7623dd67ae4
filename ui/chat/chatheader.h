// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/chat/chatactions.h"
#include "ui/chat/chattargets.h"

#include <QWidget>

namespace Maestro {

class AccountButton;
class ModelPicker;

//! What stands over a conversation: which model is asked, and as whom.
class ChatHeader : public QWidget
{
    Q_OBJECT

public:
    explicit ChatHeader(const ChatActions &actions, QWidget *parent = nullptr);

    void setTargets(const QList<ChatTarget> &targets);
    void setChosen(const std::optional<ChosenTarget> &chosen);
    void openModels();

Q_SIGNALS:
    //! The person did.
    void targetPicked(const Maestro::ChosenTarget &target);
    void signInRequested();
    void signOutRequested(const Maestro::AccountKey &account);
    void usagePageRequested(const QUrl &page);
    void accountsRequested();

private:
    QList<ChatTarget> m_targets;
    ModelPicker *m_models;
    AccountButton *m_account;
};

} // namespace Maestro
