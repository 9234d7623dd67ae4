// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pendingwrites.h"

#include "core/after.h"

#include <algorithm>

namespace Maestro {

void PendingWrites::watch(const ChatStore::Done &done, ChatId message)
{
    ++m_underWay;
    const quint64 conversation = m_conversations;
    after(this, done, [this, conversation, message](const std::optional<Error> &error) {
        --m_underWay;
        if (error && conversation == m_conversations) {
            m_failed.insert(message);
        }
        note(error);
        if (m_underWay == 0) {
            Q_EMIT ended();
        }
    });
}

void PendingWrites::note(const std::optional<Error> &error)
{
    const bool wasFailing = m_isFailing;
    m_isFailing = error || !m_failed.isEmpty();
    if (error && !wasFailing) {
        Q_EMIT failed(*error);
    } else if (wasFailing && !m_isFailing) {
        Q_EMIT recovered();
    }
}

QList<ChatId> PendingWrites::takeFailed()
{
    QList<ChatId> failed = m_failed.values();
    std::sort(failed.begin(), failed.end()); // what others follow comes first
    m_failed.clear();
    return failed;
}

void PendingWrites::forget()
{
    ++m_conversations;
    m_failed.clear();
}

} // namespace Maestro
