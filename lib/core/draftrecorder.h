// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QTimer>

namespace Maestro {

//! Keeps what was typed and not sent, a moment behind. It knows which conversation the text was
//! typed in, so that it is never kept with another.
class DraftRecorder : public QObject
{
    Q_OBJECT

public:
    //! The store must outlive it.
    explicit DraftRecorder(ChatStore &store, QObject *parent = nullptr);

    void set(ChatId conversation, const QString &draft);
    void flush();
    //! Whether there is nothing that is not written.
    bool isSettled() const { return !m_draft && m_underWay == 0; }
    //! Whether the last could not be written.
    bool isFailing() const { return m_isFailing; }

Q_SIGNALS:
    //! Nothing if it went well; else it is kept here, and written again in a moment.
    void written(const std::optional<Maestro::Error> &error);

private:
    ChatStore &m_store;
    QTimer m_due;
    ChatId m_conversation = 0;
    std::optional<QString> m_draft; // that is not written
    int m_underWay = 0;
    bool m_isFailing = false;
};

} // namespace Maestro
