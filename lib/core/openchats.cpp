// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/openchats.h"

#include "core/after.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace Maestro {

namespace {

//! Somebody may have made room on the disk.
constexpr auto TryAgainAfter = 5s;

bool isNew(const OpenChat &chat)
{
    return chat.record.conversation() == 0 && chat.record.tree().isEmpty();
}

} // namespace

void OpenChat::setSetup(const ChatSetup &setup)
{
    record.setSetup(setup);
    session.setSystem(setup.system);
    session.setOptions({.model = {},
                        .conversation = {},
                        .reasoningEffort = setup.reasoningEffort,
                        .maxOutputTokens = setup.maxOutputTokens,
                        .temperature = setup.temperature,
                        .thinkingBudget = setup.thinkingBudget});
}

OpenChats::OpenChats(ChatClient &client, ChatStore &store, std::function<void(OpenChat &)> furnish,
                     QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_store(store)
    , m_furnish(std::move(furnish))
{
    m_again.setInterval(TryAgainAfter);
    connect(&m_again, &QTimer::timeout, this, &OpenChats::tryAgain);
    m_shown = &make();
}

OpenChats::~OpenChats()
{
    // The store outlives it, and does what it was asked for.
    (void)flush();
}

OpenChat &OpenChats::make()
{
    m_chats.push_back(std::make_unique<OpenChat>(m_client, m_store));
    OpenChat &chat = *m_chats.back();
    connect(&chat.session, &ChatSession::answeringChanged, this, &OpenChats::activityChanged);
    connect(&chat.session, &ChatSession::answeringChanged, this, &OpenChats::closeIdleSoon);
    connect(&chat.record, &RecordedChat::opened, this,
            [&chat] { chat.setSetup(chat.record.setup()); });
    connect(&chat.record, &RecordedChat::begun, this, &OpenChats::begun);
    connect(&chat.record, &RecordedChat::settled, this, &OpenChats::closeIdleSoon);
    connect(&chat.queue, &PromptQueue::changed, this, &OpenChats::closeIdleSoon);
    connect(&chat.record, &RecordedChat::failed, &m_again, qOverload<>(&QTimer::start));
    connect(&chat.record, &RecordedChat::failed, this, &OpenChats::failed);
    connect(&chat.record, &RecordedChat::recovered, this, &OpenChats::onRecovered);
    if (m_furnish) {
        m_furnish(chat);
    }
    chat.session.setTools(m_areToolsAllowed ? &chat.tools : nullptr);
    Q_EMIT made(&chat);
    return chat;
}

OpenChat *OpenChats::find(ChatId conversation) const
{
    const auto it = std::find_if(m_chats.begin(), m_chats.end(), [conversation](const auto &chat) {
        return chat->record.conversation() == conversation;
    });
    return it == m_chats.end() || conversation == 0 ? nullptr : it->get();
}

OpenChat *OpenChats::findNew() const
{
    const auto it = std::find_if(m_chats.begin(), m_chats.end(), [](const auto &chat) {
        return isNew(*chat) && !chat->record.isTemporary();
    });
    return it == m_chats.end() ? nullptr : it->get();
}

QSet<ChatId> OpenChats::answering() const
{
    QSet<ChatId> conversations;
    for (const auto &chat : m_chats) {
        if (chat->session.isAnswering()) {
            conversations.insert(chat->record.conversation());
        }
    }
    return conversations;
}

bool OpenChats::isFailing() const
{
    return std::any_of(m_chats.begin(), m_chats.end(),
                       [](const auto &chat) { return chat->record.isFailing(); });
}

void OpenChats::begin(RecordedChat::Keep keep)
{
    ++m_opening;
    const bool isTemporary = keep == RecordedChat::Keep::Temporary;
    if (!isNew(*m_shown)) {
        // One that was left while it had something to do is gone on with.
        OpenChat *chat = isTemporary ? nullptr : findNew();
        if (!chat) {
            chat = &make();
            chat->record.begin(keep);
        }
        show(*chat);
    } else if (m_shown->record.isTemporary() != isTemporary) {
        // What has been typed goes along, and is kept no longer, or from now on.
        RecordedChat &record = m_shown->record;
        const Prompt typed = record.draft();
        record.setDraft({});
        record.begin(keep);
        record.setDraft(typed);
        Q_EMIT shownChanged();
    }
    if (!isTemporary) {
        showDraftOfNew();
    }
}

void OpenChats::showDraftOfNew()
{
    m_shown->record.flushDraft(); // what is read is not older than what is there
    const quint64 opening = m_opening;
    after(this, m_store.draft(0), [this, opening](const Result<Prompt> &draft) {
        if (draft && opening == m_opening && isNew(*m_shown)) {
            m_shown->record.restoreDraft(*draft);
        }
    });
}

void OpenChats::open(ChatId conversation)
{
    const quint64 opening = ++m_opening;
    if (OpenChat *chat = find(conversation)) {
        if (chat != m_shown) {
            show(*chat);
        }
        return;
    }
    markPainted();
    m_unpainted = conversation;
    (void)m_store.beginShowing(conversation);
    after(this, m_store.read(conversation, RecordedChat::FirstTurns),
          [this, opening, conversation](const Result<StoredConversation> &stored) {
              if (opening != m_opening) {
                  (void)m_store.endShowing(conversation);
              } else if (stored) {
                  show(*stored);
              } else {
                  markPainted();
                  Q_EMIT openFailed(stored.error());
              }
          });
}

void OpenChats::show(const StoredConversation &stored)
{
    OpenChat &chat = make();
    chat.record.show(stored);
    show(chat);
}

void OpenChats::show(OpenChat &chat)
{
    m_shown->record.flushDraft();
    m_shown = &chat;
    Q_EMIT shownChanged();
    closeIdleSoon();
}

void OpenChats::markPainted()
{
    if (const ChatId painted = std::exchange(m_unpainted, 0)) {
        (void)m_store.endShowing(painted);
    }
}

void OpenChats::setToolsAllowed(bool allowed)
{
    m_areToolsAllowed = allowed;
    for (const auto &chat : m_chats) {
        chat->session.setTools(allowed ? &chat->tools : nullptr);
    }
}

bool OpenChats::isBusy(const OpenChat &chat) const
{
    // A temporary one ends when it is left: it is kept nowhere.
    return &chat == m_shown
        || (!chat.record.isTemporary()
            && (chat.session.isAnswering() || !chat.record.isSettled() || !chat.queue.isEmpty()));
}

void OpenChats::closeIdleSoon()
{
    // Not while one of them is saying something.
    QMetaObject::invokeMethod(this, &OpenChats::closeIdle, Qt::QueuedConnection);
}

void OpenChats::closeIdle()
{
    for (size_t i = m_chats.size(); i-- > 0;) {
        if (!isBusy(*m_chats[i])) {
            const std::unique_ptr<OpenChat> chat = std::move(m_chats[i]);
            m_chats.erase(m_chats.begin() + static_cast<std::ptrdiff_t>(i));
            Q_EMIT closing(chat.get());
        }
    }
}

void OpenChats::onRecovered()
{
    if (!isFailing()) {
        m_again.stop();
        Q_EMIT recovered();
    }
}

void OpenChats::tryAgain()
{
    for (const auto &chat : m_chats) {
        if (chat->record.isFailing()) {
            (void)chat->record.flush();
        }
    }
}

ChatStore::Done OpenChats::flush()
{
    markPainted();
    QList<ChatStore::Done> all;
    for (const auto &chat : m_chats) {
        all.append(chat->record.flush());
    }
    auto promise = std::make_shared<QPromise<std::optional<Error>>>();
    promise->start();
    auto left = std::make_shared<qsizetype>(all.size());
    for (const ChatStore::Done &one : std::as_const(all)) {
        auto *watcher = new QFutureWatcher<std::optional<Error>>(this);
        connect(watcher, &QFutureWatcherBase::finished, this, [watcher, one, promise, left] {
            watcher->deleteLater();
            // A conversation that closes meanwhile gives no answer: all of it is written.
            const auto error = one.resultCount() == 0 ? std::nullopt : one.result();
            if (error && promise->future().resultCount() == 0) {
                promise->addResult(error);
            }
            if (--*left == 0) {
                if (promise->future().resultCount() == 0) {
                    promise->addResult(std::nullopt);
                }
                promise->finish();
            }
        });
        watcher->setFuture(one);
    }
    return promise->future();
}

} // namespace Maestro
