// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

//! Conversations as bytes and back. What is read is taken with care: it may have been changed.
namespace Maestro::ChatCodec {

//! What is kept of a turn.
struct Saved
{
    //! What was said, in the order it was said: this is what is searched.
    QString text;
    //! Everything else, as JSON; the text by its lengths.
    QByteArray body;
    //! The provider's items, as JSON of their own: they may be as deep as JSON is allowed to be.
    QByteArray items;

    friend bool operator==(const Saved &, const Saved &) = default;
};

//! Without the attachments of a prompt.
Saved save(const Turn &turn);
Turn read(ConversationNode::Kind kind, const Saved &saved);

//! A piece of an answer that is being written.
QByteArray savePiece(const StreamMessages &messages);
StreamMessages readPiece(const QByteArray &piece);

//! The parameters of a setup, beside account, model and system prompt.
QString saveParameters(const ChatSetup &setup);
void readParameters(const QString &saved, ChatSetup &setup);

} // namespace Maestro::ChatCodec
