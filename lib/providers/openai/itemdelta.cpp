// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/itemdelta.h"

#include "providers/deltajson.h"
#include "providers/openai/responseitems.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Maestro::OpenAi {

namespace {

struct Shape
{
    std::string_view event;
    ItemDelta::Kind kind;
};

constexpr Shape Shapes[] = {
    {"response.output_text.delta", ItemDelta::Kind::Text},
    {"response.refusal.delta", ItemDelta::Kind::Refusal},
    {"response.reasoning_summary_text.delta", ItemDelta::Kind::Summary},
    {"response.reasoning_text.delta", ItemDelta::Kind::Reasoning},
    {"response.function_call_arguments.delta", ItemDelta::Kind::ClientArguments},
    {"response.custom_tool_call_input.delta", ItemDelta::Kind::ClientArguments},
    {"response.mcp_call_arguments.delta", ItemDelta::Kind::ProviderArguments},
};

template <typename IsIt>
std::optional<ItemDelta::Kind> kindWhere(IsIt isIt)
{
    const auto *shape = std::find_if(std::begin(Shapes), std::end(Shapes),
                                     [&](const Shape &each) { return isIt(each.event); });
    return shape == std::end(Shapes) ? std::nullopt : std::optional(shape->kind);
}

} // namespace

std::optional<ItemDelta> itemDelta(const QString &kind, const QJsonObject &event)
{
    const auto known = kindWhere([&](std::string_view name) {
        return kind == QLatin1StringView(name.data(), static_cast<qsizetype>(name.size()));
    });
    if (!known) {
        return {};
    }
    const bool isSummary = known == ItemDelta::Kind::Summary;
    return ItemDelta{*known,
                     event.contains("output_index"_L1),
                     event["output_index"_L1].toInt(-1),
                     event["item_id"_L1].toString(),
                     event[isSummary ? "summary_index"_L1 : "content_index"_L1].toInt(),
                     event["delta"_L1].toString()};
}

std::optional<ItemDelta> itemDelta(DeltaJson &json, const ServerSentEvent &event)
{
    const auto object = json.read(event.data);
    const auto members = object
        ? DeltaJson::members<5>(*object, "type", "delta", "output_index", "content_index",
                                "summary_index", "item_id", "sequence_number", "logprobs",
                                "obfuscation")
        : std::nullopt;
    if (!members) {
        return {};
    }
    const auto &[type, delta, output, content, summary] = *members;
    const auto name = DeltaJson::string(type);
    const auto kind
        = name ? kindWhere([&](std::string_view each) { return each == *name; }) : std::nullopt;
    const auto index = DeltaJson::number(output);
    const auto text = DeltaJson::text(delta);
    // Without its index, the item is looked for by its id.
    if (!kind || !text || index.value_or(-1) < 0 || *index > ResponseItems::LargestIndex) {
        return {};
    }
    const auto &place = kind == ItemDelta::Kind::Summary ? summary : content;
    const auto part = place ? DeltaJson::number(place) : 0;
    return part ? std::optional(ItemDelta{*kind, true, *index, {}, *part, *text}) : std::nullopt;
}

} // namespace Maestro::OpenAi
