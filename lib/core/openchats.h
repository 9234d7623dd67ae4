// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/ledger.h"
#include "core/promptqueue.h"
#include "core/recordedchat.h"
#include "core/toolregistry.h"

#include <functional>
#include <memory>
#include <vector>

namespace Maestro {

//! A conversation that is open: who asks, what keeps it, and what is to be asked next.
struct OpenChat
{
    OpenChat(ChatClient &client, ChatStore &store)
        : session(client)
        , record(session, store)
        , queue(session)
    { }

    //! How is asked from the next question on, here and after the next start.
    void setSetup(const ChatSetup &setup);

    ToolRegistry tools; //!< of this conversation alone: its files are no other's business
    ChatSession session;
    RecordedChat record;
    PromptQueue queue;
    //! What it costs; whoever furnishes it gives it one.
    std::unique_ptr<Ledger> ledger = {};
};

//! The conversation that is shown, and those that are not and yet have something to do: an answer
//! comes in, a prompt waits its turn, or the disk has not taken all of it. Whoever leaves such a
//! conversation finds it as it has become; each has a session of its own.
class OpenChats : public QObject
{
    Q_OBJECT

public:
    //! Begins with a new conversation. `furnish` is called with each that is made. Both references
    //! must outlive it.
    OpenChats(ChatClient &client, ChatStore &store, std::function<void(OpenChat &)> furnish = {},
              QObject *parent = nullptr);
    ~OpenChats() override;

    OpenChat &shown() const { return *m_shown; }
    //! Those that an answer comes in to, shown or not.
    QSet<ChatId> answering() const;
    //! Whether something could not be written.
    bool isFailing() const;

    //! A new conversation, if the one that is shown is not new.
    void begin(RecordedChat::Keep keep = RecordedChat::Keep::Stored);
    //! Reads a stored one, and shows it in place of what is shown then; or finds it open.
    void open(ChatId conversation);
    //! It has been painted, and has not brought the program down.
    void markPainted();

    //! What models may call, in all of them.
    void setToolsAllowed(bool allowed);
    //! Writes all there is, again if it failed before.
    ChatStore::Done flush();

Q_SIGNALS:
    //! Before anything is done with it.
    void made(Maestro::OpenChat *chat);
    //! It goes when this returns.
    void closing(Maestro::OpenChat *chat);
    void shownChanged();
    //! A conversation has got its id.
    void begun();
    //! A stored conversation could not be read.
    void openFailed(const Maestro::Error &error);
    //! Something cannot be written for the time being; it is kept here, and tried again.
    void failed(const Maestro::Error &error);
    void recovered();
    //! An answer began or ended somewhere.
    void activityChanged();

private:
    OpenChat &make();
    void show(OpenChat &chat);
    OpenChat *find(ChatId conversation) const;
    //! One that nothing has been said in.
    OpenChat *findNew() const;
    void show(const StoredConversation &stored);
    void showDraftOfNew();
    bool isBusy(const OpenChat &chat) const;
    void closeIdle();
    void closeIdleSoon();
    void onRecovered();
    void tryAgain();

    ChatClient &m_client;
    ChatStore &m_store;
    const std::function<void(OpenChat &)> m_furnish;
    std::vector<std::unique_ptr<OpenChat>> m_chats;
    OpenChat *m_shown = nullptr;
    bool m_areToolsAllowed = false;
    ChatId m_unpainted = 0;
    quint64 m_opening = 0; // counts, so that what was read too late is known
    QTimer m_again;
};

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::OpenChat *)
