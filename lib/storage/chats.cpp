// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "storage/chats.h"

#include "core/after.h"
#include "storage/chatattachments.h"
#include "storage/chatdrafts.h"
#include "storage/chatlist.h"
#include "storage/chatmessages.h"
#include "storage/chatrecovery.h"
#include "storage/chatschema.h"
#include "storage/chatsearch.h"

#include <QSqlQuery>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! What it is that changes when another process has written; nothing of this one's changes it.
qint64 dataVersion(QSqlDatabase &connection)
{
    Result<QSqlQuery> query = execute(connection, u"PRAGMA data_version"_s);
    return query && query->next() ? query->value(0).toLongLong() : 0;
}

Result<StoredConversation> readConversation(QSqlDatabase &connection, ChatId conversation,
                                            int lastTurns)
{
    const Snapshot snapshot(connection);
    ChatId leaf = 0;
    Result<StoredConversation> stored = ChatList::read(connection, conversation, leaf);
    if (!stored) {
        return stored;
    }
    Result<Prompt> draft = ChatDrafts::read(connection, conversation);
    if (!draft) {
        return draft.error();
    }
    stored->draft = *std::move(draft);
    Result<std::optional<PromptEdit>> edit = ChatDrafts::readEdit(connection, conversation);
    if (!edit) {
        return edit.error();
    }
    stored->edit = *std::move(edit);
    Result<ConversationTree> tree = ChatMessages::readTree(connection, conversation);
    if (!tree) {
        return tree.error();
    }
    tree->setLeaf(leaf);
    const QList<ChatId> path = tree->path();
    const qsizetype wanted
        = lastTurns < 0 ? path.size() : std::min<qsizetype>(lastTurns, path.size());
    const Result<QHash<ChatId, Turn>> turns
        = ChatMessages::readTurns(connection, path.mid(path.size() - wanted));
    if (!turns) {
        return turns.error();
    }
    for (auto turn = turns->begin(); turn != turns->end(); ++turn) {
        tree->setTurn(turn.key(), turn.value());
    }
    stored->tree = *std::move(tree);
    return stored;
}

} // namespace

Chats::Chats(const QString &path, QObject *parent)
    : ChatStore(parent)
    , m_database(path, chatSchema())
{ }

std::optional<Error> Chats::obstacle(const QSqlDatabase &connection) const
{
    if (!connection.isOpen()) {
        return Error{Error::Kind::Configuration, tr("The file of the conversations is not open."),
                     tr("Start Maestro again.")};
    }
    if (m_database.isMoved()) {
        return Error{Error::Kind::Configuration,
                     tr("Another file was put in the place of the conversations."),
                     tr("Start Maestro again.")};
    }
    return std::nullopt;
}

template <typename Value, typename Function>
ChatStore::Answered<Value> Chats::ask(Function function)
{
    return m_database.run(
        [this, function = std::move(function)](QSqlDatabase &connection) -> Result<Value> {
            if (auto error = obstacle(connection)) {
                return *error;
            }
            return function(connection);
        });
}

ChatStore::Done Chats::write(const Work &work, Changes changes)
{
    const Done done
        = m_database.run([this, work](QSqlDatabase &connection) -> std::optional<Error> {
              if (auto error = obstacle(connection)) {
                  return error;
              }
              Transaction transaction(connection);
              if (transaction.error()) {
                  return transaction.error();
              }
              if (auto error = work(connection)) {
                  return error;
              }
              return transaction.commit();
          });
    if (changes == Changes::List) {
        after(this, done, [this](const std::optional<Error> &error) {
            if (!error) {
                Q_EMIT listChanged();
            }
        });
    }
    return done;
}

ChatStore::Done Chats::update(const QString &statement, const QVariantList &values, Changes changes)
{
    return write([statement, values](
                     QSqlDatabase &connection) { return change(connection, statement, values); },
                 changes);
}

ChatStore::Answered<ChatStore::Opened> Chats::open()
{
    // Both are done in this order, and nothing that is asked later comes between them.
    const auto opened = m_database.open();
    const auto recovered = m_database.run([opened](QSqlDatabase &connection) -> Result<Opened> {
        const Result<Database::Opened> file = opened.result();
        if (!file) {
            return file.error();
        }
        Result<Opened> found = ChatRecovery::recover(connection);
        if (found) {
            found->setAside = file->setAside;
        }
        return found;
    });
    refresh();
    return recovered;
}

ChatStore::Answered<QList<ConversationEntry>> Chats::list()
{
    return ask<QList<ConversationEntry>>(
        [](QSqlDatabase &connection) { return ChatList::list(connection); });
}

ChatStore::Answered<StoredConversation> Chats::read(ChatId conversation, int lastTurns)
{
    return ask<StoredConversation>([conversation, lastTurns](QSqlDatabase &connection) {
        return readConversation(connection, conversation, lastTurns);
    });
}

ChatStore::Answered<QHash<ChatId, Turn>> Chats::readTurns(const QList<ChatId> &messages)
{
    return ask<QHash<ChatId, Turn>>([messages](QSqlDatabase &connection) {
        const Snapshot snapshot(connection);
        return ChatMessages::readTurns(connection, messages);
    });
}

ChatStore::Answered<QList<SearchHit>> Chats::search(const QString &words, int most)
{
    return ask<QList<SearchHit>>([words, most](QSqlDatabase &connection) {
        return ChatSearch::search(connection, words, most);
    });
}

ChatStore::Answered<QList<UsageTotal>> Chats::usageSince(const QDateTime &time)
{
    return ask<QList<UsageTotal>>(
        [time](QSqlDatabase &connection) { return ChatList::usageSince(connection, time); });
}

ChatStore::Done Chats::save(ChatId conversation, const QString &title, const ChatSetup &setup)
{
    return write(
        [conversation, title, setup](QSqlDatabase &connection) {
            return ChatList::save(connection, conversation, title, setup);
        },
        Changes::List);
}

ChatStore::Done Chats::save(ChatId conversation, const ConversationNode &message)
{
    return write(
        [conversation, message](QSqlDatabase &connection) {
            auto error = ChatMessages::save(connection, conversation, message);
            return error ? error : ChatList::touch(connection, conversation, message.id);
        },
        Changes::List);
}

ChatStore::Done Chats::append(ChatId message, int piece, const StreamMessages &messages)
{
    return write([message, piece, messages](QSqlDatabase &connection) {
        return ChatMessages::append(connection, message, piece, messages);
    });
}

ChatStore::Done Chats::setLeaf(ChatId conversation, ChatId message)
{
    return update(u"UPDATE conversations SET leaf = ? WHERE id = ?"_s, {message, conversation},
                  Changes::Nothing);
}

ChatStore::Done Chats::setTitle(ChatId conversation, const QString &title)
{
    return update(u"UPDATE conversations SET title = ? WHERE id = ?"_s,
                  {columnText(title), conversation}, Changes::List);
}

ChatStore::Done Chats::setPinned(ChatId conversation, bool pinned)
{
    return update(u"UPDATE conversations SET pinned = ? WHERE id = ?"_s,
                  {pinned ? 1 : 0, conversation}, Changes::List);
}

ChatStore::Done Chats::setDraft(ChatId conversation, const QString &text)
{
    return write([conversation, text](QSqlDatabase &connection) {
        return ChatDrafts::setText(connection, conversation, text);
    });
}

ChatStore::Done Chats::setDraftFiles(ChatId conversation, const QList<Attachment> &files)
{
    return write([conversation, files](QSqlDatabase &connection) {
        return ChatAttachments::set(connection, ChatAttachments::Of::Draft, conversation, files);
    });
}

ChatStore::Answered<Prompt> Chats::draft(ChatId conversation)
{
    return ask<Prompt>([conversation](QSqlDatabase &connection) {
        const Snapshot snapshot(connection);
        return ChatDrafts::read(connection, conversation);
    });
}

ChatStore::Done Chats::remove(ChatId conversation)
{
    return update(u"UPDATE conversations SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL"_s,
                  {QDateTime::currentMSecsSinceEpoch(), conversation}, Changes::List);
}

ChatStore::Done Chats::restore(ChatId conversation)
{
    return update(u"UPDATE conversations SET deleted_at = NULL WHERE id = ?"_s, {conversation},
                  Changes::List);
}

ChatStore::Done Chats::purge(const QDateTime &removedBefore)
{
    return write([removedBefore](QSqlDatabase &connection) {
        return ChatList::purge(connection, removedBefore);
    });
}

ChatStore::Done Chats::beginShowing(ChatId conversation)
{
    return update(u"UPDATE conversations SET showing = 1 WHERE id = ?"_s, {conversation},
                  Changes::Nothing);
}

ChatStore::Done Chats::endShowing(ChatId conversation)
{
    return update(u"UPDATE conversations SET showing = 0 WHERE id = ?"_s, {conversation},
                  Changes::Nothing);
}

ChatStore::Done Chats::flush()
{
    return m_database.run([](QSqlDatabase &) { return std::optional<Error>(); });
}

void Chats::refresh()
{
    after(this, ask<qint64>([](QSqlDatabase &connection) -> Result<qint64> {
              return dataVersion(connection);
          }),
          [this](const Result<qint64> &version) {
              const qint64 before = version ? std::exchange(m_version, *version) : 0;
              if (before != 0 && before != *version) {
                  Q_EMIT listChanged();
              }
          });
}

} // namespace Maestro
