// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"

namespace Maestro::OpenAi {

//! POST /chat/completions.
HttpRequest makeCompletionsRequest(const Provider &provider, const ChatRequest &request);

} // namespace Maestro::OpenAi
