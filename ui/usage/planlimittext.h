// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/planlimits.h"

namespace Maestro {

//! "5-hour limit", "weekly limit", "plan limit" where its length was not told.
QString limitName(const PlanLimit &limit);
//! "37% used"; "84% used, nearly all of it"; "used up".
QString limitUseText(const PlanLimit &limit);
//! "resets 14:20", "resets Monday at 09:00", "resets on 3 Dec 2026"; empty where it was not told.
QString limitResetText(const PlanLimit &limit, const QDateTime &now);
//! All of it: "5-hour limit: 37% used, resets 14:20".
QString limitText(const PlanLimit &limit, const QDateTime &now);
//! Little is left, or nothing.
bool isNearlyUsedUp(const PlanLimit &limit);
//! The one that ends first, as far as can be said: of which most is used. There must be one.
const PlanLimit &tightest(const PlanLimits &limits);

} // namespace Maestro
