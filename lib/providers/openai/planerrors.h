// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"
#include "core/streammessage.h"

namespace Maestro::OpenAi {

//! Where a ChatGPT account sees and limits what it uses.
QUrl planUsageUrl();

//! What an answer with an error status means for a plan.
Error readPlanError(const Provider &provider, const HttpReply &reply);
//! The same for an error inside a stream; other messages stay as they are.
StreamMessage withPlanError(StreamMessage message);

} // namespace Maestro::OpenAi
