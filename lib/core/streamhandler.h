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

    virtual StreamMessages handle(const ServerSentEvent &event) = 0;

    //! The bytes have ended. Returns what is still to be said, with Done as the last message.
    //! `stray` is what stood in the stream outside of any event (a bare JSON error body, for one);
    //! it is bounded and usually empty.
    virtual StreamMessages finish(QByteArrayView stray) = 0;
};

} // namespace Maestro
