// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/serversentevent.h"
#include "core/streammessage.h"

namespace Maestro {

//! Turns one answer's events into messages. One object per answer, made by the provider's row; its
//! members hold the state of what is being assembled. It does no I/O, emits nothing and never
//! throws the rest of a stream away for one bad event.
class StreamHandler
{
public:
    StreamHandler() = default;
    virtual ~StreamHandler() = default;
    Q_DISABLE_COPY_MOVE(StreamHandler)

    //! Appends what the event says to `messages`, which may hold those of earlier events: an answer
    //! has thousands of events, and a list for each of them would be a fifth of what they cost.
    virtual void handle(const ServerSentEvent &event, StreamMessages &messages) = 0;

    //! The bytes have ended. Returns what is still to be said, with Done as the last message.
    //! `stray` is what stood in the stream outside of any event (a bare JSON error body, for one);
    //! it is bounded and usually empty.
    virtual StreamMessages finish(QByteArrayView stray) = 0;
};

} // namespace Maestro
