// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;

namespace Maestro {

class ConversationModel;
class UndoBar;

//! All conversations, to be found, opened, pinned, renamed and deleted. It asks the store and shows
//! what it says; opening is for whoever hears openRequested().
class Sidebar : public QWidget
{
    Q_OBJECT

public:
    //! `store` must outlive it. It is empty until reload(), which may be called when the store is
    //! open.
    explicit Sidebar(ChatStore &store, QWidget *parent = nullptr);

    void reload();
    //! Which one is open; 0 for one that is not kept.
    void setCurrent(ChatId conversation);
    //! Which ones an answer comes in to.
    void setAnswering(const QSet<ChatId> &conversations);
    void focusSearch();

Q_SIGNALS:
    void openRequested(Maestro::ChatId conversation);
    //! What a search for these words found was chosen: a message, in this conversation or another.
    void foundChosen(const Maestro::SearchHit &hit, const QStringList &words);
    //! The one that was open is deleted.
    void currentRemoved();
    void failed(const Maestro::Error &error);

protected:
    void changeEvent(QEvent *event) override;

private:
    void search();
    void showList(const QList<ConversationEntry> &entries);
    void showHits(const QList<SearchHit> &hits);
    void showCurrent();
    template <typename Rows>
    void showRows(const Rows &rows, void (ConversationModel::*take)(const Rows &));
    bool isRenaming() const;
    void showEmptiness();
    void openMenu(const QPoint &place);
    void open(const QModelIndex &index);
    void remove(const QModelIndex &index);
    void say(const ChatStore::Done &done);

    ChatStore &m_store;
    ConversationModel *m_model;
    QLineEdit *m_search;
    QListView *m_list;
    QLabel *m_empty;
    UndoBar *m_undo;
    QTimer m_pause; //!< while somebody types
    ChatId m_current = 0;
    QString m_found; //!< what the rows were searched for
    quint64 m_asked = 0; //!< counts, so that an answer that comes too late is known
    bool m_isLoaded = false;
};

} // namespace Maestro
