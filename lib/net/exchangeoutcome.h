// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"
#include "core/streammessage.h"

#include <optional>

namespace Maestro {

class StreamExchange;

//! An exchange that has ended, and what the decoder made of it.
struct EndedExchange
{
    const StreamExchange &exchange;
    const Provider &provider;
    const std::optional<Done> &done;
    const std::optional<StreamFault> &fault;
    qint64 events = 0;
    bool hasBegun = false; //!< something of an answer came
    bool wasRenewed = false; //!< the token, for this exchange
};

//! Why the answer is not whole; nothing if it is.
std::optional<Error> outcomeOf(const EndedExchange &ended);

} // namespace Maestro
