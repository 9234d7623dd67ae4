// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/reportederror.h"

namespace Maestro {

//! How long the other side asks to wait: the headers retry-after-ms and retry-after (seconds, or a
//! date), Google's RetryInfo, or the words "try again in 1.5s". At most a day.
std::optional<std::chrono::milliseconds> retryDelay(const HttpHeaders &headers,
                                                    const ReportedError &error);

} // namespace Maestro
