// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"

namespace Maestro::OpenAi {

//! OpenAI's Responses API on the plan of a ChatGPT account, which signed in with "Continue with
//! ChatGPT". A row of its own: what belongs to a plan never goes out with a key that is billed.
Provider planProvider();

} // namespace Maestro::OpenAi
