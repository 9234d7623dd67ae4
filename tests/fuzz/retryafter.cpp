// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How long we are asked to wait, in all of its forms: headers, details and words.

#include "auth/devicecode.h"
#include "fuzz.h"
#include "httpreply.h"
#include "net/retrypolicy.h"
#include "providers/registry.h"
#include "providers/retrydelay.h"

using namespace Maestro;
using namespace Maestro::Fuzz;
using namespace std::chrono_literals;

namespace {

void judgePause(const Error &error, const HttpReply &reply)
{
    for (int tries = 0; tries < 4; ++tries) {
        for (const double random : {0.0, 0.999999}) {
            const auto pause = retryPause(error, reply, tries, random);
            require(!pause || tries < 2, "nobody tries for ever");
            require(!pause || (*pause >= 375ms && *pause <= 60s),
                    "a pause is neither nothing nor more than a minute");
            require(!pause || error.kind != Error::Kind::QuotaExceeded,
                    "an empty account does not fill by waiting");
            require(!pause || !error.retryAfter || *pause >= *error.retryAfter,
                    "nobody comes back too early");
        }
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const HttpReply reply = replyFrom(viewOf(data, size));
    const auto delay = retryDelay(reply.headers, reportedErrorOf(reply));
    require(!delay || (*delay >= 0ms && *delay <= 24h), "nobody waits longer than a day");
    static const QList<Provider> providers = allProviders();
    for (const Provider &provider : providers) {
        judgePause(provider.readError(provider, reply), reply);
    }
    const auto answer = OAuth::readDeviceAnswer(reply.status, reply.body,
                                                headerValue(reply.headers, "retry-after"));
    if (const auto *pending = std::get_if<OAuth::DevicePending>(&answer)) {
        require(!pending->retryAfter
                    || (*pending->retryAfter >= 0s && *pending->retryAfter <= 15min),
                "no question waits longer than a quarter of an hour");
    }
    return 0;
}
