// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"
#include "core/httpmessage.h"

#include <chrono>
#include <optional>

namespace Maestro {

//! How long to wait before a refused question is asked again by itself; nothing if it is not. For
//! an answer with an error status, or an error before the first word of one: the provider has said
//! that it did nothing. `tries` counts those before; `random` is from [0, 1).
//!
//! As the official SDKs do it: x-should-retry decides, else 429, 529 and the 5xx; two tries; as
//! long as the provider says, but never more than a minute, else half a second and two. An empty
//! account and a used-up plan do not fill by waiting.
std::optional<std::chrono::milliseconds> retryPause(const Error &error, const HttpReply &reply,
                                                    int tries, double random);

} // namespace Maestro
