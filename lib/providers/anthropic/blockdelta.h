// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/serversentevent.h"

#include <QJsonObject>

#include <optional>

namespace Maestro {
class DeltaJson;
}

namespace Maestro::Anthropic {

//! A piece of a content block, as nearly all events of a message bring it.
struct BlockDelta
{
    enum class Kind { Text, Thinking, Input };

    Kind kind = Kind::Text;
    int index = 0;
    QString text = {};
};

//! Nothing if the block's delta is another one.
std::optional<BlockDelta> blockDelta(int index, const QJsonObject &delta);
//! The same in much less time; nothing also if the event must be read as a whole.
std::optional<BlockDelta> blockDelta(DeltaJson &json, const ServerSentEvent &event);

} // namespace Maestro::Anthropic
