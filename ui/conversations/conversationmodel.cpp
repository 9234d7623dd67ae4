// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversations/conversationmodel.h"

#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QString nameOf(const ConversationEntry &entry)
{
    return entry.title.isEmpty() ? ConversationModel::tr("Untitled conversation") : entry.title;
}

QString spoken(const SearchHit &row, bool isAnswering)
{
    QStringList words{nameOf(row.conversation)};
    if (row.conversation.isPinned) {
        words.append(ConversationModel::tr("pinned"));
    }
    if (row.conversation.isSuspect) {
        words.append(ConversationModel::tr("Maestro ended unexpectedly while it was opened"));
    }
    if (isAnswering) {
        words.append(ConversationModel::tr("an answer is coming in"));
    }
    words.append(QLocale().toString(row.conversation.changed.toLocalTime(), QLocale::ShortFormat));
    if (!row.snippet.isEmpty()) {
        words.append(row.snippet);
    }
    return words.join(u", "_s);
}

} // namespace

void ConversationModel::setEntries(const QList<ConversationEntry> &entries)
{
    beginResetModel();
    m_isSearch = false;
    m_rows.clear();
    m_rows.reserve(entries.size());
    for (const ConversationEntry &entry : entries) {
        m_rows.append({.conversation = entry});
    }
    endResetModel();
}

void ConversationModel::setHits(const QList<SearchHit> &hits)
{
    beginResetModel();
    m_isSearch = true;
    m_rows = hits;
    endResetModel();
}

void ConversationModel::setAnswering(const QSet<ChatId> &conversations)
{
    if (conversations == m_answering) {
        return;
    }
    const QSet<ChatId> changed = (conversations + m_answering) - (conversations & m_answering);
    m_answering = conversations;
    for (const ChatId conversation : changed) {
        if (const QModelIndex index = find(conversation); index.isValid()) {
            Q_EMIT dataChanged(index, index);
        }
    }
}

QModelIndex ConversationModel::find(ChatId conversation) const
{
    const auto it
        = std::find_if(m_rows.begin(), m_rows.end(), [conversation](const SearchHit &row) {
              return row.conversation.id == conversation;
          });
    return it == m_rows.end() ? QModelIndex() : index(static_cast<int>(it - m_rows.begin()));
}

const ConversationEntry &ConversationModel::entry(const QModelIndex &index) const
{
    return hit(index).conversation;
}

const SearchHit &ConversationModel::hit(const QModelIndex &index) const
{
    return m_rows[index.row()];
}

int ConversationModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ConversationModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size()) {
        return {};
    }
    const SearchHit &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return nameOf(row.conversation);
    case Qt::EditRole:
        return row.conversation.title;
    case Qt::AccessibleTextRole:
        return spoken(row, m_answering.contains(row.conversation.id));
    case AnsweringRole:
        return m_answering.contains(row.conversation.id);
    case IdRole:
        return QVariant::fromValue(row.conversation.id);
    case PinnedRole:
        return row.conversation.isPinned;
    case SuspectRole:
        return row.conversation.isSuspect;
    case ChangedRole:
        return row.conversation.changed.toLocalTime();
    case SnippetRole:
        return row.snippet;
    case HighlightsRole:
        return QVariant::fromValue(row.highlights);
    default:
        return {};
    }
}

bool ConversationModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString title = value.toString().simplified();
    if (role != Qt::EditRole || !index.isValid() || title.isEmpty()
        || title == m_rows[index.row()].conversation.title) {
        return false;
    }
    // Shown at once; what the store says follows.
    m_rows[index.row()].conversation.title = title;
    Q_EMIT dataChanged(index, index);
    Q_EMIT titleEdited(m_rows[index.row()].conversation.id, title);
    return true;
}

Qt::ItemFlags ConversationModel::flags(const QModelIndex &index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsEditable;
}

} // namespace Maestro
