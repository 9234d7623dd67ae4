// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QDateTime>
#include <QList>

#include <chrono>
#include <optional>

namespace Maestro {

//! How much of what a plan allows in a span of time is used up, as the provider says.
struct PlanLimit
{
    double usedPercent = 0; //!< 0 to 100
    std::optional<std::chrono::minutes> window = {}; //!< as long as the span is
    std::optional<QDateTime> resets = {}; //!< when all of it is there again

    friend bool operator==(const PlanLimit &, const PlanLimit &) = default;
};

//! In the provider's order, at most two; empty where it said nothing.
using PlanLimits = QList<PlanLimit>;

} // namespace Maestro
