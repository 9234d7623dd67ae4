// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QMap>
#include <QPromise>

#include <algorithm>

namespace Maestro {

//! Conversations in memory, as far as a list of them needs: every answer comes at once, or, while
//! `holds`, when release() is called.
class ChatStoreDouble final : public ChatStore
{
    Q_OBJECT

public:
    using ChatStore::ChatStore;

    void add(const ConversationEntry &entry, const QString &text = {})
    {
        m_entries.insert(entry.id, entry);
        m_texts.insert(entry.id, text);
        Q_EMIT listChanged();
    }
    const ConversationEntry &entry(ChatId id) { return m_entries[id]; }
    bool isRemoved(ChatId id) const { return m_removed.contains(id); }
    //! Answers what was asked last first.
    void release()
    {
        holds = false;
        while (!m_held.isEmpty()) {
            m_held.takeLast()();
        }
    }

    Answered<Opened> open() override { return ready(Result<Opened>(Opened{})); }
    Answered<QList<ConversationEntry>> list() override
    {
        QList<ConversationEntry> entries;
        for (const ConversationEntry &entry : std::as_const(m_entries)) {
            if (!m_removed.contains(entry.id)) {
                entries.append(entry);
            }
        }
        std::sort(entries.begin(), entries.end(),
                  [](const ConversationEntry &a, const ConversationEntry &b) {
                      return a.isPinned != b.isPinned ? a.isPinned : a.changed > b.changed;
                  });
        return ready(fault ? Result<QList<ConversationEntry>>(*fault) : entries);
    }
    Answered<StoredConversation> read(ChatId conversation, int) override
    {
        return ready(
            Result<StoredConversation>(StoredConversation{.entry = m_entries.value(conversation)}));
    }
    Answered<QHash<ChatId, Turn>> readTurns(const QList<ChatId> &) override
    {
        return ready(Result<QHash<ChatId, Turn>>(QHash<ChatId, Turn>()));
    }
    Answered<QList<SearchHit>> search(const QString &words, int) override
    {
        searches.append(words);
        QList<SearchHit> hits;
        for (const ConversationEntry &entry : std::as_const(m_entries)) {
            const QString text = m_texts.value(entry.id);
            const qsizetype at = text.indexOf(words, 0, Qt::CaseInsensitive);
            if (at >= 0 && !m_removed.contains(entry.id)) {
                hits.append({entry, 1, 1, text, {{at, words.size()}}});
            }
        }
        return ready(Result<QList<SearchHit>>(hits));
    }
    Answered<QList<UsageTotal>> usageSince(const QDateTime &) override
    {
        return ready(Result<QList<UsageTotal>>(QList<UsageTotal>()));
    }
    Done save(ChatId, const QString &, const ChatSetup &) override { return done(); }
    Done save(ChatId, const ConversationNode &) override { return done(); }
    Done append(ChatId, int, const StreamMessages &) override { return done(); }
    Done setLeaf(ChatId, ChatId) override { return done(); }
    Done setTitle(ChatId conversation, const QString &title) override
    {
        if (!fault) {
            m_entries[conversation].title = title;
        }
        return done();
    }
    Done setPinned(ChatId conversation, bool pinned) override
    {
        m_entries[conversation].isPinned = pinned;
        return done();
    }
    Done setDraft(ChatId, const QString &) override { return done(); }
    Done setDraftFiles(ChatId, const QList<Attachment> &) override { return done(); }
    Answered<Prompt> draft(ChatId) override { return ready(Result<Prompt>(Prompt{})); }
    Done remove(ChatId conversation) override
    {
        m_removed.append(conversation);
        return done();
    }
    Done restore(ChatId conversation) override
    {
        m_removed.removeAll(conversation);
        return done();
    }
    Done purge(const QDateTime &) override { return done(); }
    Done beginShowing(ChatId) override { return done(); }
    Done endShowing(ChatId) override { return done(); }
    Done flush() override { return done(); }
    void refresh() override { }

    bool holds = false;
    std::optional<Error> fault;
    QStringList searches;

private:
    template <typename Value>
    QFuture<Value> ready(Value value)
    {
        if (!holds) {
            return QtFuture::makeReadyFuture(std::move(value));
        }
        auto promise = std::make_shared<QPromise<Value>>();
        promise->start();
        m_held.append([promise, value] {
            promise->addResult(value);
            promise->finish();
        });
        return promise->future();
    }
    Done done()
    {
        if (!fault) {
            Q_EMIT listChanged();
        }
        return ready(fault);
    }

    QMap<ChatId, ConversationEntry> m_entries;
    QMap<ChatId, QString> m_texts;
    QList<ChatId> m_removed;
    QList<std::function<void()>> m_held;
};

} // namespace Maestro
