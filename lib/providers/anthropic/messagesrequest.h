// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"

namespace Maestro::Anthropic {

//! POST /messages.
HttpRequest makeMessagesRequest(const Provider &provider, const ChatRequest &request);
std::optional<Error> findObstacle(const Provider &provider, const ChatRequest &request);

} // namespace Maestro::Anthropic
