// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "faults/wire.h"

#include "providers/registry.h"

using namespace Qt::StringLiterals;

namespace Maestro::Faults {

namespace {

Provider providerOf(QStringView id, QStringView api = {})
{
    return findProvider(allProviders(), id, api).value();
}

QByteArray data(const QByteArray &json) { return "data: " + json + "\n\n"; }

QByteArray event(const QByteArray &type, const QByteArray &rest)
{
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + rest + "}\n\n";
}

const QByteArray OpenAiRateLimit
    = R"({"error":{"message":"Rate limit reached.","type":"requests","param":null,"code":"rate_limit_exceeded"}})";
const QByteArray OpenAiQuota
    = R"({"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","param":null,"code":"insufficient_quota"}})";
const QByteArray OpenAiWrongKey
    = R"({"error":{"message":"Incorrect API key provided.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}})";

Wire responses()
{
    const auto delta = [](const QByteArray &text) {
        return event("response.output_text.delta",
                     R"("output_index":0,"item_id":"msg_1","content_index":0,"delta":")" + text
                         + '"');
    };
    return {
        .name = "Responses",
        .provider = providerOf(u"openai", u"responses"),
        .opening = event(
            "response.created",
            R"("response":{"id":"resp_1","status":"in_progress","model":"m","output":[],"usage":null})"),
        .hello
        = event(
              "response.output_item.added",
              R"("output_index":0,"item":{"id":"msg_1","type":"message","role":"assistant","content":[]})")
            + delta("Hello"),
        .world = delta(" wörld ✓"),
        .ending = event(
            "response.completed",
            R"("response":{"id":"resp_1","status":"completed","model":"m","output":[],"usage":{"input_tokens":3,"output_tokens":2,"total_tokens":5}})"),
        .overloaded = event(
            "error",
            R"("code":"server_is_overloaded","message":"Our servers are overloaded.","param":null)"),
        .rateLimited = OpenAiRateLimit,
        .usedUp = OpenAiQuota,
        .wrongKey = OpenAiWrongKey,
    };
}

Wire chat()
{
    const auto choice = [](const QByteArray &delta, const QByteArray &reason = "null") {
        return data(R"({"id":"c1","model":"m","choices":[{"index":0,"delta":)" + delta
                    + ",\"finish_reason\":" + reason + "}]}");
    };
    return {
        .name = "Chat",
        .provider = providerOf(u"openai", u"chat"),
        .opening = choice(R"({"role":"assistant","content":""})"),
        .hello = choice(R"({"content":"Hello"})"),
        .world = choice(R"({"content":" wörld ✓"})"),
        .ending = choice("{}", "\"stop\"") + data("[DONE]"),
        .overloaded = data(
            R"({"error":{"message":"Overloaded.","type":"server_error","code":"engine_overloaded_error"}})"),
        .rateLimited = OpenAiRateLimit,
        .usedUp = OpenAiQuota,
        .wrongKey = OpenAiWrongKey,
    };
}

Wire anthropic()
{
    const auto delta = [](const QByteArray &text) {
        return event("content_block_delta",
                     R"("index":0,"delta":{"type":"text_delta","text":")" + text + "\"}");
    };
    return {
        .name = "Anthropic",
        .provider = providerOf(u"anthropic"),
        .opening = event(
            "message_start",
            R"("message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":3,"output_tokens":1}})"),
        .openingIsAnAnswer = true,
        .hello
        = event("content_block_start", R"("index":0,"content_block":{"type":"text","text":""})")
            + delta("Hello"),
        .world = delta(" wörld ✓"),
        .ending = event("content_block_stop", R"("index":0)")
            + event("message_delta",
                    R"("delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2})")
            + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
        .overloaded
        = event("error", R"("error":{"type":"overloaded_error","message":"Overloaded"})"),
        .rateLimited = R"({"type":"error","error":{"type":"rate_limit_error","message":"Slow."}})",
        .usedUp
        = R"({"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}})",
        .wrongKey
        = R"({"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}})",
    };
}

Wire gemini()
{
    const auto candidate = [](const QByteArray &text, const QByteArray &rest = {}) {
        return data(R"({"candidates":[{"content":{"parts":[{"text":")" + text
                    + R"("}],"role":"model"},"index":0)" + rest + R"(}],"responseId":"r1"})");
    };
    return {
        .name = "Gemini",
        .provider = providerOf(u"gemini"),
        .opening = {},
        .endIsSaid = false,
        .hello = candidate("Hello"),
        .world = candidate(" wörld ✓"),
        .ending = candidate("", R"(,"finishReason":"STOP")"),
        .overloaded = data(
            R"({"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}})"),
        .rateLimited
        = R"({"error":{"code":429,"message":"Resource has been exhausted.","status":"RESOURCE_EXHAUSTED"}})",
        .usedUp
        = R"({"error":{"code":429,"message":"You exceeded your current quota.","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier","quotaValue":"50"}]}]}})",
        .wrongKey
        = R"({"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}})",
    };
}

} // namespace

QList<Wire> wires() { return {responses(), chat(), anthropic(), gemini()}; }

} // namespace Maestro::Faults
