// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QTimer>

namespace Maestro {

//! Writes an answer while it comes in, in pieces: half a second or 4 KiB behind at most, and as
//! much more as the disk is. What it costs does not grow with what has come. Dropping it forgets
//! what was not written.
class AnswerRecorder : public QObject
{
    Q_OBJECT

public:
    //! The store must outlive it. The message must have been saved.
    AnswerRecorder(ChatStore &store, ChatId message, QObject *parent = nullptr);

    ChatId message() const { return m_message; }
    void take(const StreamMessages &messages);
    //! What was taken so far has been saved with the message as a whole.
    void forget();

Q_SIGNALS:
    //! It is kept here, and written with the next piece.
    void failed(const Maestro::Error &error);

private:
    void write();
    void onWritten(const std::optional<Error> &error);

    ChatStore &m_store;
    const ChatId m_message;
    QTimer m_due;
    StreamMessages m_pending;
    qsizetype m_pendingBytes = 0;
    StreamMessages m_inFlight;
    int m_piece = 0;
    bool m_isWriting = false;
};

} // namespace Maestro
