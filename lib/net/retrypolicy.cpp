// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "net/retrypolicy.h"

#include <algorithm>

using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace Maestro {

namespace {

constexpr int MostTries = 2;
constexpr milliseconds LongestPause = 60s;

//! A gateway that waited in vain for the server behind it; our own patience is another matter.
constexpr int GatewayTimeout = 504;

bool mayPass(Error::Kind kind, int status)
{
    return kind == Error::Kind::RateLimited || kind == Error::Kind::Overloaded
        || kind == Error::Kind::ServerFailure || status == GatewayTimeout;
}

//! Half a second, then two; give or take a quarter, so that those who failed together do not come
//! back together.
milliseconds backoff(int tries, double random)
{
    const double seconds = tries == 0 ? 0.5 : 2;
    return milliseconds(static_cast<qint64>(1000 * seconds * (0.75 + random / 2)));
}

} // namespace

std::optional<milliseconds> retryPause(const Error &error, const HttpReply &reply, int tries,
                                       double random)
{
    const QByteArray wish = headerValue(reply.headers, "x-should-retry");
    const bool isAsked = wish == "true" && error.kind != Error::Kind::QuotaExceeded;
    if (tries >= MostTries || wish == "false" || (!isAsked && !mayPass(error.kind, reply.status))) {
        return std::nullopt;
    }
    if (!error.retryAfter) {
        return backoff(tries, random);
    }
    if (*error.retryAfter > LongestPause) {
        return std::nullopt;
    }
    return std::max(*error.retryAfter, backoff(0, random));
}

} // namespace Maestro
