// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/chatheader.h"

#include "ui/chat/accountbutton.h"
#include "ui/chat/modelpicker.h"
#include "ui/common/theme.h"
#include "ui/usage/contextmeter.h"
#include "ui/usage/usagetotals.h"

#include <QAction>
#include <QHBoxLayout>
#include <QToolButton>

namespace Maestro {

ChatHeader::ChatHeader(const ChatActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_models(new ModelPicker(this))
    , m_context(new ContextMeter(this))
    , m_totals(new UsageTotals(this))
    , m_account(new AccountButton(this))
{
    auto *sidebar = new QToolButton(this);
    // It does not stay pressed: whether the list is there is seen.
    sidebar->setIcon(actions.sidebar->icon());
    sidebar->setToolTip(tr("Show or hide the conversations (F9)"));
    sidebar->setAccessibleName(tr("Show or hide the conversations"));
    sidebar->setFocusPolicy(Qt::StrongFocus);
    connect(sidebar, &QToolButton::clicked, actions.sidebar, &QAction::toggle);
    auto *setup = new QToolButton(this);
    setup->setDefaultAction(actions.setup);
    setup->setAccessibleName(tr("Instructions and parameters"));
    setup->setFocusPolicy(Qt::StrongFocus);
    auto *fresh = new QToolButton(this);
    fresh->setDefaultAction(actions.newConversation);
    fresh->setAccessibleName(tr("New conversation"));
    fresh->setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(0.5), gridSteps(2), 0);
    layout->addWidget(sidebar);
    layout->addWidget(m_models);
    layout->addWidget(setup);
    layout->addWidget(m_context);
    layout->addStretch();
    layout->addWidget(m_totals);
    layout->addWidget(m_account);
    layout->addWidget(fresh);
    setTabOrder(sidebar, m_models);
    setTabOrder(m_models, setup);
    setTabOrder(setup, m_totals);
    setTabOrder(m_totals, m_account);
    setTabOrder(m_account, fresh);

    connect(m_models, &ModelPicker::modelChosen, this, &ChatHeader::targetPicked);
    connect(m_account, &AccountButton::accountChosen, this, &ChatHeader::targetPicked);
    connect(m_account, &AccountButton::addRequested, this, &ChatHeader::signInRequested);
    connect(m_account, &AccountButton::signOutRequested, this, &ChatHeader::signOutRequested);
    connect(m_account, &AccountButton::usagePageRequested, this, &ChatHeader::usagePageRequested);
    connect(m_account, &AccountButton::accountsRequested, this, &ChatHeader::accountsRequested);
}

void ChatHeader::setTargets(const QList<ChatTarget> &targets)
{
    m_targets = targets;
    m_models->setTargets(targets);
}

void ChatHeader::setChosen(const std::optional<ChosenTarget> &chosen)
{
    m_models->setChosen(chosen);
    m_account->show(m_targets, chosen);
}

void ChatHeader::setLedger(const Ledger *ledger)
{
    m_context->setLedger(ledger);
    m_totals->setLedger(ledger);
}

void ChatHeader::openModels() { m_models->openList(); }

} // namespace Maestro
