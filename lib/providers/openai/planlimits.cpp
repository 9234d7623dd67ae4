// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/openai/planlimits.h"

#include <cmath>

namespace Maestro::OpenAi {

namespace {

//! No number that makes sense here is longer.
constexpr qsizetype LongestNumber = 24;
//! A little over the limit is a limit that is used up; far over it is no percentage.
constexpr double MostPercent = 1000;
constexpr std::chrono::minutes LongestWindow = std::chrono::hours(24 * 366);

//! A number of the window's headers, x-codex-primary-used-percent and so on.
std::optional<double> number(const HttpHeaders &headers, const QByteArray &window, const char *what)
{
    const QByteArray text = headerValue(headers, "x-codex-" + window + '-' + what);
    bool isNumber = false;
    const double value = text.size() <= LongestNumber ? text.toDouble(&isNumber) : 0;
    return isNumber && std::isfinite(value) && value >= 0 ? std::optional(value) : std::nullopt;
}

std::optional<std::chrono::minutes> lengthOf(std::optional<double> minutes)
{
    if (!minutes || *minutes < 1 || *minutes > static_cast<double>(LongestWindow.count())) {
        return {};
    }
    return std::chrono::minutes(std::llround(*minutes));
}

//! In how long, rather than when: the clock here may be wrong.
std::optional<QDateTime> resetOf(const HttpHeaders &headers, const QByteArray &window,
                                 const QDateTime &now)
{
    std::optional<double> seconds = number(headers, window, "reset-after-seconds");
    if (const auto at = number(headers, window, "reset-at"); at && !seconds) {
        seconds = *at - static_cast<double>(now.toSecsSinceEpoch());
    }
    constexpr double Most = static_cast<double>(std::chrono::seconds(LongestWindow).count());
    if (!seconds || *seconds <= 0 || *seconds > Most) {
        return {};
    }
    return now.addSecs(std::llround(*seconds));
}

std::optional<PlanLimit> readLimit(const HttpHeaders &headers, const QByteArray &window,
                                   const QDateTime &now)
{
    const auto used = number(headers, window, "used-percent");
    if (!used || *used > MostPercent) {
        return {};
    }
    const PlanLimit limit{std::min(*used, 100.0),
                          lengthOf(number(headers, window, "window-minutes")),
                          resetOf(headers, window, now)};
    // A plan without such a limit is told with zeros.
    const bool isNone = *used <= 0 && !limit.window && !limit.resets;
    return isNone ? std::nullopt : std::optional(limit);
}

} // namespace

PlanLimits readPlanLimits(const HttpHeaders &headers, const QDateTime &now)
{
    PlanLimits limits;
    for (const char *window : {"primary", "secondary"}) {
        if (const auto limit = readLimit(headers, window, now)) {
            limits.append(*limit);
        }
    }
    return limits;
}

} // namespace Maestro::OpenAi
