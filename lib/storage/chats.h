// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"
#include "storage/database.h"

#include <functional>

namespace Maestro {

//! Conversations in an SQLite file of their own. Two processes may work on it at once.
class Chats final : public ChatStore
{
    Q_OBJECT

public:
    //! The file is made by open(), if there is none.
    explicit Chats(const QString &path, QObject *parent = nullptr);

    Answered<Opened> open() override;
    Answered<QList<ConversationEntry>> list() override;
    Answered<StoredConversation> read(ChatId conversation, int lastTurns) override;
    Answered<QHash<ChatId, Turn>> readTurns(const QList<ChatId> &messages) override;
    Answered<QList<SearchHit>> search(const QString &words, int most) override;
    Answered<QList<UsageTotal>> usageSince(const QDateTime &time) override;
    Done save(ChatId conversation, const QString &title, const ChatSetup &setup) override;
    Done save(ChatId conversation, const ConversationNode &message) override;
    Done append(ChatId message, int piece, const StreamMessages &messages) override;
    Done setLeaf(ChatId conversation, ChatId message) override;
    Done setTitle(ChatId conversation, const QString &title) override;
    Done setPinned(ChatId conversation, bool pinned) override;
    Done setDraft(ChatId conversation, const QString &text) override;
    Done setDraftFiles(ChatId conversation, const QList<Attachment> &files) override;
    Answered<Prompt> draft(ChatId conversation) override;
    Done remove(ChatId conversation) override;
    Done restore(ChatId conversation) override;
    Done purge(const QDateTime &removedBefore) override;
    Done beginShowing(ChatId conversation) override;
    Done endShowing(ChatId conversation) override;
    Done flush() override;
    void refresh() override;

private:
    using Work = std::function<std::optional<Error>(QSqlDatabase &)>;
    enum class Changes { Nothing, List };

    template <typename Value, typename Function>
    Answered<Value> ask(Function function);
    //! Does it in one transaction.
    Done write(const Work &work, Changes changes = Changes::Nothing);
    Done update(const QString &statement, const QVariantList &values, Changes changes);
    //! Why the file cannot be used now. On the database's thread.
    std::optional<Error> obstacle(const QSqlDatabase &connection) const;

    Database m_database;
    qint64 m_version = 0; // of the data, as another process's changes change it
};

} // namespace Maestro
