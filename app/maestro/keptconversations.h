// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QMessageBox;

namespace Maestro {

class ChatWindow;
class OpenChats;
class Settings;

//! What becomes of the stored conversations between the start and the end of the program: opens
//! them, shows what was shown last, and lets nothing end before all is written.
class KeptConversations : public QObject
{
    Q_OBJECT

public:
    //! All outlive this.
    KeptConversations(ChatStore &store, OpenChats &chats, Settings &settings, ChatWindow &window);
    ~KeptConversations() override;

    void open();
    //! Looks whether another process has changed something.
    void refresh();
    //! Writes what there is, and then says canLeave(); asks the person if that does not work.
    void leave();
    //! The same without a question: whoever ends the program is not there to be asked.
    void leaveUnasked();

Q_SIGNALS:
    void canLeave();

private:
    void onOpened(const ChatStore::Opened &opened);
    void restore(const QList<ChatId> &suspects, const QList<ConversationEntry> &entries);
    void keepLast();
    void flush();
    void ask(const Error &error);

    ChatStore &m_store;
    OpenChats &m_chats;
    Settings &m_settings;
    ChatWindow &m_window;
    QPointer<QMessageBox> m_question;
    QTimer m_limit;
    quint64 m_flushes = 0; // counts, so that the answer to one that was given up is known
    bool m_isLeaving = false;
    bool m_isAsking = true;
};

} // namespace Maestro
