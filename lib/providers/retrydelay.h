// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/reportederror.h"

namespace Maestro {

//! How long the other side asks to wait: the headers retry-after-ms and retry-after (seconds, or a
//! date), Google's RetryInfo, the words "try again in 1.5s", or when OpenAI's used up limits of
//! requests and tokens are lifted (x-ratelimit-reset-…). At most a day.
std::optional<std::chrono::milliseconds> retryDelay(const HttpHeaders &headers,
                                                    const ReportedError &error);

} // namespace Maestro
