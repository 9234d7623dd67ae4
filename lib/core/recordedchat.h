// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answerrecorder.h"
#include "core/chatsession.h"
#include "core/draftrecorder.h"
#include "core/pendingwrites.h"

#include <QPromise>

namespace Maestro {

//! A session whose conversation is kept: what is said is written as it is said, and what is edited
//! or asked again becomes a branch. The session is asked as ever (send(), retry(), stop()); its
//! conversation is set here alone.
class RecordedChat : public QObject
{
    Q_OBJECT

public:
    enum class Keep {
        Stored, //!< from the first prompt on
        Temporary, //!< never written
    };

    //! Begins with a new conversation that will be stored. Both must outlive it.
    RecordedChat(ChatSession &session, ChatStore &store, QObject *parent = nullptr);
    ~RecordedChat() override;

    //! 0 as long as nothing is stored.
    ChatId conversation() const { return m_conversation; }
    bool isTemporary() const { return m_keep == Keep::Temporary; }
    const QString &title() const { return m_title; }
    const ChatSetup &setup() const { return m_setup; }
    const Prompt &draft() const { return m_draft; }
    const std::optional<PromptEdit> &changing() const { return m_changing; }
    //! Everything that was said; the answer that comes in is in the session alone.
    const ConversationTree &tree() const { return m_tree; }
    //! Whether all of the branch has been read: only then can be asked.
    bool isWhole() const { return m_isWhole; }
    //! The messages of the session's turns, in their order; 0 for one that is not kept.
    const QList<ChatId> &ids() const { return m_ids; }
    //! Whether the last that was written could not be.
    bool isFailing() const { return m_writes.isFailing(); }
    //! Whether all there is has been written: then nothing is lost with this object.
    bool isSettled() const;

    //! A new conversation. An answer that comes in is ended, and kept as interrupted.
    void begin(Keep keep = Keep::Stored);
    //! A stored one, in place of what was there: opened() follows, or an error.
    ChatStore::Done open(ChatId conversation);
    //! The same for one that has been read.
    void show(const StoredConversation &stored);
    //! So many of its last messages are enough to begin with: the rest is read when it is open.
    static constexpr int FirstTurns = 50; // more than the largest window shows

    //! How is asked; kept with the conversation. Tells the session nothing.
    void setSetup(const ChatSetup &setup);
    void setTitle(const QString &title);
    //! What was typed and not sent, and the files that are to go along.
    void setDraft(const Prompt &draft);
    //! What is typed to take the place of a prompt; nothing when that has ended.
    void setChanging(const std::optional<PromptEdit> &changing);
    //! Files are being read that belong to what is typed: it is not all there before that has
    //! ended.
    void setReadsFiles(bool reads);
    //! Writes what is typed now: the conversation is left.
    void flushDraft();
    //! The draft of a conversation that has not begun, as it was kept; not what something else has
    //! been typed or given for since. draftRestored() follows, with what is there again.
    void restoreDraft(const Prompt &draft);

    // Ignored while an answer comes in, or the branch is not whole.
    //! The branch through this message: ‹2/3›.
    void select(ChatId message);
    //! Asks something else in this prompt's place.
    void edit(ChatId prompt, const QString &text, const QList<Attachment> &attachments = {});
    //! Asks again for this answer.
    void regenerate(ChatId answer);

    //! Writes all there is, again if it failed before, and files that are being read, once they
    //! have been. Ready when it is on the disk: for the end of the program or of the session.
    ChatStore::Done flush();

Q_SIGNALS:
    //! The first prompt of a new conversation was said: it has its id and title now.
    void begun(Maestro::ChatId conversation);
    //! Another conversation is there, as far as tree() has it.
    void opened();
    //! A message, a branch, or what was read of them.
    void treeChanged();
    void titleChanged();
    void draftRestored(const Maestro::Prompt &draft);
    //! Something could not be written. It is kept here, and written with the next; said once until
    //! recovered().
    void failed(const Maestro::Error &error);
    void recovered();
    //! isSettled() may have become true.
    void settled();

private:
    void onAnswerStarted();
    void onAnswerReceived(const StreamMessages &messages);
    void onAnswerFinished();
    void onToolRan(const FunctionResult &result);
    void onClearing();
    void onCleared();

    void takeTurns(const QHash<ChatId, Turn> &turns);
    //! Gives the session the messages to this one.
    void setSession(ChatId leaf);
    //! Records the turns that the session has and the tree has not.
    void catchUp();
    ChatId record(const Turn &turn);
    void beginConversation(const Prompt &prompt);
    void takeDraftAlong(const Prompt &said);
    void finishAnswer(const Answer &answer, ConversationNode::State state);
    ChatId lastOfSession() const;

    ChatStore::Done write();
    void save(ChatId message);
    void saveHead();
    void saveAgain();

    ChatSession &m_session;
    ChatStore &m_store;
    DraftRecorder m_drafts;
    DraftRecorder m_changes;
    PendingWrites m_writes;
    Keep m_keep = Keep::Stored;
    ChatId m_conversation = 0;
    QString m_title;
    ChatSetup m_setup;
    Prompt m_draft;
    std::optional<PromptEdit> m_changing;
    //! While files are being read: ready when they have been.
    std::optional<QPromise<bool>> m_filesRead;
    ConversationTree m_tree;
    //! The messages of the session's turns; 0 for one that is not kept.
    QList<ChatId> m_ids;
    //! Results that have been recorded and will join the session's turns.
    QList<QPair<FunctionResult, ChatId>> m_early;
    //! The answer that comes in; there is a message once something has come.
    std::unique_ptr<AnswerRecorder> m_recorder;
    quint64 m_opening = 0; // counts, so that what was read too late is known
    bool m_isWhole = true;
};

} // namespace Maestro
