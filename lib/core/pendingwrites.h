// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QSet>

namespace Maestro {

//! What is on its way to the store, and what did not get there: it has to be written again.
class PendingWrites : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    //! A message that is being written; 0 is the conversation itself.
    void watch(const ChatStore::Done &done, ChatId message);
    //! What came of something that is written again by whoever asked for it; nothing if it went
    //! well.
    void note(const std::optional<Error> &error);
    //! What could not be written, in the order in which it was said.
    QList<ChatId> takeFailed();
    //! Another conversation is there.
    void forget();

    //! Whether the last that was written could not be.
    bool isFailing() const { return m_isFailing; }
    bool hasFailed() const { return !m_failed.isEmpty(); }
    //! Whether all of it is on the disk.
    bool isSettled() const { return m_underWay == 0 && m_failed.isEmpty(); }

Q_SIGNALS:
    //! Said once until recovered().
    void failed(const Maestro::Error &error);
    void recovered();
    //! Nothing is under way any more.
    void ended();

private:
    QSet<ChatId> m_failed;
    int m_underWay = 0;
    quint64 m_conversations = 0; // counts, so that what is of another one is known
    bool m_isFailing = false;
};

} // namespace Maestro
