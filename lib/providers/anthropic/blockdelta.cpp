// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/anthropic/blockdelta.h"

#include "providers/deltajson.h"

using namespace Qt::StringLiterals;

namespace Maestro::Anthropic {

std::optional<BlockDelta> blockDelta(int index, const QJsonObject &delta)
{
    const QString type = delta["type"_L1].toString();
    if (type == "text_delta"_L1) {
        return BlockDelta{BlockDelta::Kind::Text, index, delta["text"_L1].toString()};
    }
    if (type == "thinking_delta"_L1) {
        return BlockDelta{BlockDelta::Kind::Thinking, index, delta["thinking"_L1].toString()};
    }
    if (type == "input_json_delta"_L1) {
        return BlockDelta{BlockDelta::Kind::Input, index, delta["partial_json"_L1].toString()};
    }
    return {};
}

std::optional<BlockDelta> blockDelta(DeltaJson &json, const ServerSentEvent &event)
{
    const auto object = json.read(event.data);
    const auto members
        = object ? DeltaJson::members<3>(*object, "type", "index", "delta") : std::nullopt;
    if (!members || DeltaJson::string((*members)[0]) != "content_block_delta") {
        return {};
    }
    const auto index = DeltaJson::number((*members)[1]);
    const auto delta = DeltaJson::object((*members)[2]);
    const auto fields = delta
        ? DeltaJson::members<4>(*delta, "type", "text", "thinking", "partial_json")
        : std::nullopt;
    if (!index || !fields) {
        return {};
    }
    const auto &[type, text, thinking, input] = *fields;
    const auto piece = [&](BlockDelta::Kind kind, const DeltaJson::Value &value) {
        const auto string = DeltaJson::text(value);
        return string ? std::optional(BlockDelta{kind, *index, *string}) : std::nullopt;
    };
    const auto name = DeltaJson::string(type);
    return name == "text_delta"      ? piece(BlockDelta::Kind::Text, text)
        : name == "thinking_delta"   ? piece(BlockDelta::Kind::Thinking, thinking)
        : name == "input_json_delta" ? piece(BlockDelta::Kind::Input, input)
                                     : std::nullopt;
}

} // namespace Maestro::Anthropic
