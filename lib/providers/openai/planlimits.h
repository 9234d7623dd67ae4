// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/httpmessage.h"
#include "core/planlimits.h"

namespace Maestro::OpenAi {

//! What the head of an answer, which arrived at `now`, says of the limits of a ChatGPT plan. What
//! makes no sense is left out.
PlanLimits readPlanLimits(const HttpHeaders &headers, const QDateTime &now);

} // namespace Maestro::OpenAi
