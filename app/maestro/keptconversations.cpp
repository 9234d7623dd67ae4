// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "keptconversations.h"

#include "core/after.h"
#include "core/openchats.h"
#include "storage/settings.h"
#include "ui/chat/chatwindow.h"

#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSessionManager>

#include <algorithm>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! A disk that takes longer has something wrong with it.
constexpr auto LongestSaving = 5s;
//! What was deleted can be brought back for so long, by hand at least.
constexpr int DaysUntilPurge = 30;

} // namespace

KeptConversations::KeptConversations(ChatStore &store, OpenChats &chats, Settings &settings,
                                     ChatWindow &window)
    : m_store(store)
    , m_chats(chats)
    , m_settings(settings)
    , m_window(window)
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(LongestSaving);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        ask({Error::Kind::Timeout, tr("Saving the conversations takes unusually long."),
             tr("The disk may be busy, or not reachable.")});
    });
    // The session ends: what is asked for here is done while others are being asked.
    connect(qApp, &QGuiApplication::commitDataRequest, this,
            [this](QSessionManager &) { (void)m_chats.flush(); });
}

KeptConversations::~KeptConversations() = default;

void KeptConversations::open()
{
    after(this, m_store.open(), [this](const Result<ChatStore::Opened> &opened) {
        if (opened) {
            onOpened(*opened);
        } else {
            m_window.showError(opened.error());
        }
    });
}

void KeptConversations::onOpened(const ChatStore::Opened &opened)
{
    if (opened.setAside) {
        m_window.showError(*opened.setAside);
    }
    if (opened.interrupted > 0) {
        m_window.showMessage(
            tr("Maestro ended while an answer came in. What had come of it was kept."));
    }
    m_window.showConversations();
    after(this, m_store.list(),
          [this, suspects = opened.suspects](const Result<QList<ConversationEntry>> &entries) {
              if (entries) {
                  restore(suspects, *entries);
              }
          });
    (void)m_store.purge(QDateTime::currentDateTimeUtc().addDays(-DaysUntilPurge));
}

void KeptConversations::restore(const QList<ChatId> &suspects,
                                const QList<ConversationEntry> &entries)
{
    const ChatId last = m_settings.lastConversation();
    const auto entry
        = std::find_if(entries.begin(), entries.end(),
                       [last](const ConversationEntry &each) { return each.id == last; });
    const RecordedChat &shown = m_chats.shown().record;
    // Whoever has begun to write goes on with that.
    const bool isUntouched = shown.tree().isEmpty() && shown.draft() == Prompt{};
    const bool isThere = entry != entries.end();
    const bool isSuspect = isThere && suspects.contains(last);
    if (isThere && !isSuspect && isUntouched) {
        m_chats.open(last);
    } else if (shown.tree().isEmpty()) {
        m_chats.begin(); // with the draft there may be
    }
    if (isSuspect) {
        m_window.showError(
            {Error::Kind::Unknown,
             tr("Maestro ended unexpectedly while “%1” was opened, so it is not opened by itself.")
                 .arg(entry->title),
             tr("Choose it in the list to try again.")});
    }
    connect(&m_chats, &OpenChats::shownChanged, this, &KeptConversations::keepLast);
    connect(&m_chats, &OpenChats::begun, this, &KeptConversations::keepLast);
    if (shown.conversation() != 0) { // it has begun already
        keepLast();
    }
}

void KeptConversations::keepLast()
{
    const RecordedChat &shown = m_chats.shown().record;
    if (!shown.isTemporary() && shown.conversation() != m_settings.lastConversation()) {
        if (const auto error = m_settings.setLastConversation(shown.conversation())) {
            m_window.showMessage(error->message);
        }
    }
}

void KeptConversations::refresh() { m_store.refresh(); }

void KeptConversations::leave()
{
    if (!m_isLeaving) {
        m_isAsking = true;
        flush();
    }
}

void KeptConversations::leaveUnasked()
{
    m_isAsking = false;
    flush();
}

void KeptConversations::flush()
{
    m_isLeaving = true;
    m_limit.start();
    m_window.showMessage(tr("Saving the conversations…"));
    after(this, m_chats.flush(), [this, flush = ++m_flushes](const std::optional<Error> &error) {
        if (flush != m_flushes || !m_isLeaving) {
            return;
        }
        m_limit.stop();
        if (error) {
            ask(*error);
        } else {
            Q_EMIT canLeave();
        }
    });
}

void KeptConversations::ask(const Error &error)
{
    if (!m_isAsking) {
        Q_EMIT canLeave(); // it has been tried
        return;
    }
    delete m_question;
    m_question = new QMessageBox(QMessageBox::Warning, tr("Not everything is saved"), error.message,
                                 QMessageBox::NoButton, &m_window);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setInformativeText(
        tr("%1 If you quit now, what was not saved is lost.").arg(error.advice).trimmed());
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *again = m_question->addButton(tr("&Try again"), QMessageBox::AcceptRole);
    QPushButton *quit
        = m_question->addButton(tr("&Quit all the same"), QMessageBox::DestructiveRole);
    QPushButton *stay = m_question->addButton(tr("&Stay"), QMessageBox::RejectRole);
    m_question->setDefaultButton(again);
    m_question->setEscapeButton(stay);
    connect(m_question, &QMessageBox::buttonClicked, this, [=, this](QAbstractButton *button) {
        m_isLeaving = false;
        if (button == again) {
            leave();
        } else if (button == quit) {
            Q_EMIT canLeave();
        }
    });
    m_question->open();
}

} // namespace Maestro
