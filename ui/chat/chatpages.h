// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/openchats.h"

#include <QHash>
#include <QStackedWidget>

namespace Maestro {

class ChatPage;

//! A page for each conversation that is open; on top is the one that is shown.
class ChatPages : public QStackedWidget
{
    Q_OBJECT

public:
    //! `chats` must outlive it.
    explicit ChatPages(OpenChats &chats, QWidget *parent = nullptr);

    ChatPage &shown() const { return *m_pageOf.value(&m_chats.shown()); }
    //! Opens the conversation of what a search found, at the message that has it.
    void showFound(const SearchHit &hit, const QStringList &words);
    //! There is a network again: what failed without one can be asked again, on whatever page.
    void showOnline();
    //! So many points larger than usual.
    void setZoom(int steps);

Q_SIGNALS:
    void shownChanged();
    //! Of the page that is shown: what it is called, or whether it is empty.
    void changed();
    void sendRequested(const QString &text, const QList<Maestro::Attachment> &attachments);
    //! An error says that signing in helps.
    void signInAgainRequested();
    void openAiSignInRequested();
    void apiKeyRequested();
    void practiceRequested();
    void noticed(const QString &text);
    void addressShown(const QString &address);
    void linkOpened(const QUrl &page);

private:
    void add(OpenChat &chat);
    void remove(OpenChat *chat);
    void onShownChanged();
    void goToFound();
    QFont textFont() const;

    OpenChats &m_chats;
    QHash<OpenChat *, ChatPage *> m_pageOf;
    int m_zoom = 0;
    //! What was chosen of a search whose conversation is still being read.
    struct Found
    {
        ChatId conversation = 0;
        ChatId message = 0;
        QStringList words;
    };
    std::optional<Found> m_found;
};

} // namespace Maestro
