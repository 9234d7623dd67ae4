// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/provider.h"
#include "providers/reportederror.h"

namespace Maestro::OpenAi {

//! Where a ChatGPT account sees and limits what it uses.
QUrl planUsageUrl();

ErrorReading planErrorReading(const QString &provider);
//! What an answer with an error status means for a plan.
Error readPlanError(const Provider &provider, const HttpReply &reply);

} // namespace Maestro::OpenAi
