// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/answerpanels.h"

#include "core/chatsession.h"
#include "ui/chat/permissionpanel.h"
#include "ui/chat/waitpanel.h"

#include <QVBoxLayout>

namespace Maestro {

AnswerPanels::AnswerPanels(ChatSession &session, QWidget *parent)
    : QWidget(parent)
{
    auto *wait = new WaitPanel(this);
    auto *permission = new PermissionPanel(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(wait);
    layout->addWidget(permission);

    connect(&session, &ChatSession::pausing, wait, &WaitPanel::showPause);
    connect(&session, &ChatSession::stalled, wait, &WaitPanel::showStall);
    connect(&session, &ChatSession::resumed, wait, &WaitPanel::dismiss);
    connect(&session, &ChatSession::answerReceived, wait, &WaitPanel::dismiss);
    connect(&session, &ChatSession::answerFinished, wait, &WaitPanel::dismiss);
    connect(wait, &WaitPanel::retryNowRequested, &session, &ChatSession::retryNow);
    connect(wait, &WaitPanel::keepWaitingRequested, &session, &ChatSession::keepWaiting);
    connect(wait, &WaitPanel::stopRequested, &session, &ChatSession::stop);

    connect(&session, &ChatSession::toolPermissionAsked, permission, &PermissionPanel::ask);
    connect(&session, &ChatSession::answeringChanged, permission, &PermissionPanel::dismiss);
    connect(permission, &PermissionPanel::answered, this, &AnswerPanels::callAnswered);
    connect(permission, &PermissionPanel::answered, &session, &ChatSession::allowTool);
}

} // namespace Maestro
