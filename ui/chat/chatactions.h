// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QList>

class QAction;
class QActionGroup;
class QMenuBar;
class QObject;

namespace Maestro {

//! Everything the chat window can be told to do, with its texts and shortcuts. The window says what
//! each of them does.
struct ChatActions
{
    QAction *newConversation;
    QAction *temporary; //!< checked while the conversation is not kept
    QAction *searchConversations;
    QAction *sidebar; //!< checked while the conversations are listed
    QAction *copyLastAnswer;
    QAction *find;
    QAction *stop;
    QAction *attach;
    QAction *tools; //!< checked while models may call them
    QAction *quit;
    QAction *addAccount;
    QAction *accounts;
    QAction *focusComposer;
    QAction *pickModel;
    QActionGroup *appearance; //!< an action each, whose data is the Appearance
    QAction *setup;
    QAction *zoomIn;
    QAction *zoomOut;
    QAction *zoomReset;
    QAction *shortcuts;
    QAction *connectionCheck;
    QAction *inspect;
    QAction *about;

    QList<QAction *> all() const;
};

ChatActions makeChatActions(QObject *parent);

void fillMenuBar(QMenuBar &menuBar, const ChatActions &actions);
} // namespace Maestro
