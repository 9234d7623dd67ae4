// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/chat/chatactions.h"
#include "ui/chat/chattargets.h"

#include <QWidget>

namespace Maestro {

class AccountButton;
class ContextMeter;
class Ledger;
class ModelPicker;
class UsageTotals;

//! What stands over a conversation: which model is asked, and as whom; how full its context is, and
//! what was spent.
class ChatHeader : public QWidget
{
    Q_OBJECT

public:
    explicit ChatHeader(const ChatActions &actions, QWidget *parent = nullptr);

    void setTargets(const QList<ChatTarget> &targets);
    void setChosen(const std::optional<ChosenTarget> &chosen);
    //! Of the conversation that is shown.
    void setLedger(const Ledger *ledger);
    void openModels();
    ModelPicker &models() const { return *m_models; }

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
    ContextMeter *m_context;
    UsageTotals *m_totals;
    AccountButton *m_account;
};

} // namespace Maestro
