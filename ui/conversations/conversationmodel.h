// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QAbstractListModel>
#include <QSet>

namespace Maestro {

//! Conversations as rows: all there are, or what a search found. A value in, a reset out; ten
//! thousand of them are no work.
class ConversationModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole,
        PinnedRole,
        SuspectRole,
        ChangedRole, //!< QDateTime, local
        SnippetRole, //!< of a search; empty in the list of all
        AnsweringRole, //!< whether an answer comes in
        HighlightsRole, //!< QList<SearchHit::Range> of the snippet
    };

    using QAbstractListModel::QAbstractListModel;

    void setEntries(const QList<ConversationEntry> &entries);
    void setHits(const QList<SearchHit> &hits);
    bool isSearch() const { return m_isSearch; }
    //! Those that an answer comes in to.
    void setAnswering(const QSet<ChatId> &conversations);

    //! An invalid one if it is not there.
    QModelIndex find(ChatId conversation) const;
    const ConversationEntry &entry(const QModelIndex &index) const;
    //! Of a search.
    const SearchHit &hit(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    //! A new title: asks for it by titleEdited(); the rows change when the store says so.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void titleEdited(Maestro::ChatId conversation, const QString &title);

private:
    QList<SearchHit> m_rows;
    QSet<ChatId> m_answering;
    bool m_isSearch = false;
};

} // namespace Maestro

Q_DECLARE_METATYPE(QList<Maestro::SearchHit::Range>)
