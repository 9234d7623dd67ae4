// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a sign-in server answers: tokens that fit into a header, or a sentence.

#include "auth/devicecode.h"
#include "auth/fields.h"
#include "auth/keyset.h"
#include "auth/refresh.h"
#include "fuzz.h"
#include "httpreply.h"

using namespace Maestro;
using namespace Maestro::Fuzz;
using namespace std::chrono_literals;

namespace {

void judge(const Error &error)
{
    constexpr qsizetype LongestText = 1000;
    require(!error.message.isEmpty(), "an error has a sentence");
    for (const QString &words : {error.message, error.advice, error.detail}) {
        require(isShowable(words) && words.size() <= LongestText, "all words can be shown");
    }
}

void judge(const Secret &token)
{
    require(OAuth::isVisibleAscii(token.reveal()), "a token fits into a header");
}

void judge(const OAuth::Tokens &tokens)
{
    for (const Secret &token : {tokens.accessToken, tokens.refreshToken, tokens.idToken}) {
        judge(token);
    }
    require(!tokens.expiresIn || (*tokens.expiresIn >= 0s && *tokens.expiresIn <= 24h * 3660),
            "no token lives longer than ten years");
    if (tokens.identity) {
        for (const QString &text :
             {tokens.identity->accountId, tokens.identity->email, tokens.identity->organization}) {
            require(isShowable(text) && !text.contains(u'\n'), "an identity can be shown");
        }
    }
    const AccountSecrets fresh = OAuth::merged({}, tokens, QDateTime::currentDateTimeUtc());
    require(fresh.accessToken == tokens.accessToken, "the new token takes the old one's place");
}

template <typename Value>
void judge(const Result<Value> &result)
{
    if (result) {
        judge(*result);
    } else {
        judge(result.error());
    }
}

void judgeRefresh(const HttpReply &reply)
{
    const OAuth::RefreshOutcome outcome = OAuth::readRefresh(reply.status, reply.body);
    if (const auto *failure = std::get_if<OAuth::RefreshFailure>(&outcome)) {
        judge(failure->error);
        require(reply.status < 500 || failure->lasts == OAuth::RefreshFailure::Lasts::ForNow,
                "a server in trouble ends no sign-in");
    } else {
        const auto &tokens = std::get<OAuth::Tokens>(outcome);
        judge(tokens);
        if (const auto foreigner
            = OAuth::findForeigner({.provider = {}, .accountId = {}}, tokens)) {
            judge(*foreigner);
        }
    }
}

void judgeDevice(const HttpReply &reply)
{
    if (const auto device = OAuth::readDeviceCode(reply.status, reply.body)) {
        judge(device->id);
        require(device->userCode.size() <= 32 && isShowable(device->userCode),
                "a code can be typed");
        require(device->interval >= 1s && device->interval <= 60s, "questions have their pace");
        require(!device->lifetime || *device->lifetime <= 24h, "a code has its end");
    } else {
        judge(device.error());
    }
    const auto answer = OAuth::readDeviceAnswer(reply.status, reply.body,
                                                headerValue(reply.headers, "retry-after"));
    if (const auto *grant = std::get_if<OAuth::DeviceGrant>(&answer)) {
        judge(grant->code);
        judge(grant->verifier);
    } else if (const auto *error = std::get_if<Error>(&answer)) {
        judge(*error);
    }
}

void judgeKeys(const HttpReply &reply)
{
    if (const auto keys = OAuth::readKeySet(reply.status, reply.body)) {
        for (const OAuth::SigningKey &key : *keys) {
            require(!OAuth::verifyRs256(key.key, "text", QByteArray(256, 'a')),
                    "no key signs at random");
        }
    } else {
        judge(keys.error());
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const HttpReply reply = replyFrom(viewOf(data, size));
    const auto tokens = OAuth::readTokens(reply.status, reply.body);
    judge(tokens);
    require(!tokens || !tokens->accessToken.isEmpty(), "a sign-in brings a token");
    judge(OAuth::readRefreshedTokens(reply.status, reply.body));
    judge(OAuth::readApiKey(reply.status, reply.body));
    judgeRefresh(reply);
    judgeDevice(reply);
    judgeKeys(reply);
    return 0;
}
