// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/serversentevent.h"
#include "providers/openai/chatcalls.h"

namespace Maestro {
class DeltaJson;
}

namespace Maestro::OpenAi {

//! What nearly every chunk of a chat completion is: a piece of the answer and nothing else.
struct ChatDelta
{
    QString reasoning = {};
    QString content = {};
    std::optional<CallDelta> call = {};
};

//! Nothing if the chunk may say more, and must be read as a whole. Its id and model are not read.
std::optional<ChatDelta> chatDelta(DeltaJson &json, const ServerSentEvent &event);

} // namespace Maestro::OpenAi
