// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/chatdelta.h"

#include "providers/deltajson.h"

namespace Maestro::OpenAi {

namespace {

//! The text of a member, which may also be missing or null.
std::optional<QString> textOrNothing(const DeltaJson::Value &value)
{
    return DeltaJson::isNothing(value) ? QString() : DeltaJson::text(value);
}

//! More of the arguments of a call that has begun.
std::optional<CallDelta> callDelta(DeltaJson::Object call)
{
    const auto members = DeltaJson::members<2>(call, "index", "function", "type");
    const auto function = members ? DeltaJson::object((*members)[1]) : std::nullopt;
    const auto fields = function ? DeltaJson::members<1>(*function, "arguments") : std::nullopt;
    if (!fields) {
        return {};
    }
    const auto index = DeltaJson::number((*members)[0]);
    const auto arguments = DeltaJson::text((*fields)[0]);
    return index && arguments ? std::optional(CallDelta{index, {}, {}, *arguments}) : std::nullopt;
}

std::optional<ChatDelta> pieceOf(DeltaJson::Object delta)
{
    const auto members = DeltaJson::members<6>(delta, "content", "reasoning_content", "reasoning",
                                               "tool_calls", "refusal", "function_call", "role");
    if (!members) {
        return {};
    }
    const auto &[content, reasoningContent, reasoning, calls, refusal, functionCall] = *members;
    const auto text = textOrNothing(content);
    const auto thought = textOrNothing(reasoningContent);
    const auto otherThought = textOrNothing(reasoning);
    if (!text || !thought || !otherThought || !DeltaJson::isNothing(refusal)
        || !DeltaJson::isNothing(functionCall)) {
        return {};
    }
    ChatDelta piece{thought->isEmpty() ? *otherThought : *thought, *text};
    if (!DeltaJson::isNothing(calls)) {
        const auto call = DeltaJson::onlyObject(calls);
        piece.call = call ? callDelta(*call) : std::nullopt;
        if (!piece.call) {
            return {};
        }
    }
    return piece;
}

} // namespace

std::optional<ChatDelta> chatDelta(DeltaJson &json, const ServerSentEvent &event)
{
    const auto object = event.type == "message" ? json.read(event.data) : std::nullopt;
    const auto chunk = object
        ? DeltaJson::members<3>(*object, "choices", "object", "usage", "id", "created", "model",
                                "service_tier", "system_fingerprint", "obfuscation", "provider")
        : std::nullopt;
    if (!chunk) {
        return {};
    }
    const auto &[choices, kind, usage] = *chunk;
    const auto choice = DeltaJson::onlyObject(choices);
    if (!choice || !DeltaJson::isNothing(usage)
        || DeltaJson::string(kind) != "chat.completion.chunk") {
        return {};
    }
    const auto members
        = DeltaJson::members<3>(*choice, "index", "delta", "finish_reason", "logprobs",
                                "native_finish_reason", "content_filter_results");
    if (!members) {
        return {};
    }
    const auto &[index, delta, finishReason] = *members;
    const auto piece = DeltaJson::object(delta);
    if (DeltaJson::number(index) != 0 || !piece || !DeltaJson::isNothing(finishReason)) {
        return {};
    }
    return pieceOf(*piece);
}

} // namespace Maestro::OpenAi
