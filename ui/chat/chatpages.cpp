// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/chatpages.h"

#include "ui/chat/chatpage.h"
#include "ui/common/errorbanner.h"

#include <QApplication>

namespace Maestro {

ChatPages::ChatPages(OpenChats &chats, QWidget *parent)
    : QStackedWidget(parent)
    , m_chats(chats)
{
    connect(&m_chats, &OpenChats::made, this, [this](OpenChat *chat) { add(*chat); });
    connect(&m_chats, &OpenChats::closing, this, &ChatPages::remove);
    connect(&m_chats, &OpenChats::shownChanged, this, &ChatPages::onShownChanged);
    add(m_chats.shown());
}

void ChatPages::add(OpenChat &chat)
{
    auto *page = new ChatPage(chat, this);
    page->setTextFont(textFont());
    m_pageOf.insert(&chat, page);
    addWidget(page);
    connect(page, &ChatPage::sendRequested, this, &ChatPages::sendRequested);
    connect(page, &ChatPage::signInRequested, this, &ChatPages::signInAgainRequested);
    connect(page, &ChatPage::painted, &m_chats, &OpenChats::markPainted);
    connect(page, &ChatPage::emptinessChanged, this, &ChatPages::changed);
    connect(page, &ChatPage::noticed, this, &ChatPages::noticed);
    connect(page, &ChatPage::addressShown, this, &ChatPages::addressShown);
    connect(page, &ChatPage::linkOpened, this, &ChatPages::linkOpened);
    const Welcome *welcome = &page->welcome();
    connect(welcome, &Welcome::signInRequested, this, &ChatPages::openAiSignInRequested);
    connect(welcome, &Welcome::apiKeyRequested, this, &ChatPages::apiKeyRequested);
    connect(welcome, &Welcome::practiceRequested, this, &ChatPages::practiceRequested);
    connect(&chat.record, &RecordedChat::titleChanged, this, &ChatPages::changed);
}

void ChatPages::remove(OpenChat *chat) { delete m_pageOf.take(chat); }

void ChatPages::onShownChanged()
{
    const bool hadFocus = isAncestorOf(QApplication::focusWidget());
    setCurrentWidget(&shown());
    if (hadFocus) {
        shown().focusComposer();
    }
    Q_EMIT shownChanged();
    goToFound();
    m_found.reset(); // somebody went elsewhere
}

void ChatPages::showFound(const SearchHit &hit, const QStringList &words)
{
    m_found = Found{hit.conversation.id, hit.message, words};
    m_chats.open(hit.conversation.id);
    goToFound();
}

void ChatPages::goToFound()
{
    if (m_found && m_found->conversation == m_chats.shown().record.conversation()) {
        const Found found = *std::exchange(m_found, std::nullopt);
        shown().showFound(found.message, found.words);
    }
}

void ChatPages::showOnline()
{
    for (const ChatPage *page : std::as_const(m_pageOf)) {
        page->banner().showOnline();
    }
}

QFont ChatPages::textFont() const
{
    QFont font = QApplication::font();
    font.setPointSizeF(qMax(4.0, font.pointSizeF() + m_zoom));
    return font;
}

void ChatPages::setZoom(int steps)
{
    m_zoom = steps;
    for (ChatPage *page : std::as_const(m_pageOf)) {
        page->setTextFont(textFont());
    }
}

} // namespace Maestro
