// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"

namespace Maestro::Gemini {

//! POST /models/…:streamGenerateContent?alt=sse.
HttpRequest makeGenerateRequest(const Provider &provider, const ChatRequest &request);
std::optional<Error> findObstacle(const Provider &provider, const ChatRequest &request);

} // namespace Maestro::Gemini
