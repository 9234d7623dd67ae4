// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/conversationtree.h"
#include "core/result.h"

#include <QFuture>
#include <QMetaType>
#include <QObject>

namespace Maestro {

//! How a conversation's questions are asked.
struct ChatSetup
{
    AccountKey account = {}; //!< who was asked last
    QString model = {};
    QString system = {};
    QString reasoningEffort = {};
    std::optional<int> maxOutputTokens = {};
    std::optional<double> temperature = {};
    std::optional<int> thinkingBudget = {};

    friend bool operator==(const ChatSetup &, const ChatSetup &) = default;
};

//! A conversation as a list shows it.
struct ConversationEntry
{
    ChatId id = 0;
    QString title = {};
    QDateTime created = {}; //!< UTC, as all times here
    QDateTime changed = {}; //!< when something was said last
    bool isPinned = false;
    //! Showing it brought the program down: not to be opened but by the person.
    bool isSuspect = false;
    QString model = {};

    friend bool operator==(const ConversationEntry &, const ConversationEntry &) = default;
};

//! What a prompt that was said is to be changed to, as far as it has been typed.
struct PromptEdit
{
    ChatId message = 0;
    Prompt words = {};

    friend bool operator==(const PromptEdit &, const PromptEdit &) = default;
};

//! A conversation as it is opened.
struct StoredConversation
{
    ConversationEntry entry = {};
    ChatSetup setup = {};
    Prompt draft = {};
    std::optional<PromptEdit> edit = {};
    //! All messages; what was said in them as far as it was asked for.
    ConversationTree tree = {};

    friend bool operator==(const StoredConversation &, const StoredConversation &) = default;
};

//! Where a search found something.
struct SearchHit
{
    struct Range
    {
        qsizetype start = 0;
        qsizetype length = 0;

        friend bool operator==(const Range &, const Range &) = default;
    };

    ConversationEntry conversation = {};
    ChatId message = 0; //!< the newest of those that have it; 0 if only the title has it
    int messages = 0; //!< how many have it
    QString snippet = {}; //!< of the message, else the title; one line
    QList<Range> highlights = {}; //!< what was searched for, in the snippet

    friend bool operator==(const SearchHit &, const SearchHit &) = default;
};

//! What was used by the answers of one account and model.
struct UsageTotal
{
    AccountKey account = {};
    QString model = {};
    int answers = 0;
    qint64 input = 0; //!< as Usage::inputTotal
    qint64 output = 0; //!< as Usage::outputTotal
    qint64 cached = 0;
    qint64 cacheWrite = 0;
    qint64 reasoning = 0;
    int uncounted = 0; //!< answers whose provider did not say; they are in no sum
    qint64 largestInput = 0; //!< of one answer

    friend bool operator==(const UsageTotal &, const UsageTotal &) = default;
};

//! Conversations at rest. A port: what keeps them is behind it. What is asked is done in the order
//! it was asked; what is written is durable when its future says so. Use after() for the futures.
//! Before open() has succeeded, all else is an error.
class ChatStore : public QObject
{
    Q_OBJECT

public:
    using Done = QFuture<std::optional<Error>>;
    template <typename Value>
    using Answered = QFuture<Result<Value>>;

    //! What came of opening.
    struct Opened
    {
        //! A file that was foreign or damaged, and where it is now. Somebody has to be told.
        std::optional<Error> setAside = {};
        int interrupted = 0; //!< answers that were coming in when the program ended
        QList<ChatId> suspects = {}; //!< conversations that were being opened then

        friend bool operator==(const Opened &, const Opened &) = default;
    };

    //! All messages come with what was said in them.
    static constexpr int All = -1;

    using QObject::QObject;

    virtual Answered<Opened> open() = 0;

    //! Pinned ones first, then those first in which something was said last.
    virtual Answered<QList<ConversationEntry>> list() = 0;
    //! With the turns of the last so many chosen messages.
    virtual Answered<StoredConversation> read(ChatId conversation, int lastTurns = All) = 0;
    //! The turns of these messages; without those that are not there.
    virtual Answered<QHash<ChatId, Turn>> readTurns(const QList<ChatId> &messages) = 0;
    //! Every word must be there, in any case of its letters. Those whose title has them come first,
    //! then those of the newest messages.
    virtual Answered<QList<SearchHit>> search(const QString &words, int most = 50) = 0;
    //! By the answers since then.
    virtual Answered<QList<UsageTotal>> usageSince(const QDateTime &time) = 0;

    //! Makes the conversation, or changes what it is called and how its questions are asked.
    virtual Done save(ChatId conversation, const QString &title, const ChatSetup &setup) = 0;
    //! Adds the message, or replaces the one with its id and all that was appended to it, and
    //! chooses it as the last. The message needs its turn.
    virtual Done save(ChatId conversation, const ConversationNode &message) = 0;
    //! The next piece of an answer that is being written. Pieces have numbers, so that one whose
    //! writing failed can be written again.
    virtual Done append(ChatId message, int piece, const StreamMessages &messages) = 0;

    virtual Done setLeaf(ChatId conversation, ChatId message) = 0;
    virtual Done setTitle(ChatId conversation, const QString &title) = 0;
    virtual Done setPinned(ChatId conversation, bool pinned) = 0;
    //! What was typed and not sent; 0 is the conversation that has not begun, and a prompt's id
    //! what is to be said in its place: StoredConversation::edit.
    virtual Done setDraft(ChatId conversation, const QString &text) = 0;
    //! The files that were to go along with it, in place of those there were.
    virtual Done setDraftFiles(ChatId conversation, const QList<Attachment> &files) = 0;
    virtual Answered<Prompt> draft(ChatId conversation) = 0;

    //! Out of lists and searches, until restore().
    virtual Done remove(ChatId conversation) = 0;
    virtual Done restore(ChatId conversation) = 0;
    //! Forgets for ever what was removed before that time.
    virtual Done purge(const QDateTime &removedBefore) = 0;

    //! Before a conversation is shown, and after it has been painted: one that brings the program
    //! down is a suspect at the next start.
    virtual Done beginShowing(ChatId conversation) = 0;
    virtual Done endShowing(ChatId conversation) = 0;

    //! Ready when all that was asked before is done.
    virtual Done flush() = 0;
    //! Looks, cheaply, whether another process has changed something, and then says listChanged().
    virtual void refresh() = 0;

Q_SIGNALS:
    //! A title, a pin, an order, or which conversations there are.
    void listChanged();
};

} // namespace Maestro

Q_DECLARE_METATYPE(Maestro::ConversationEntry)
