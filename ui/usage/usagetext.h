// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/ledger.h"

namespace Maestro {

//! "~1,234", or a dash for what is not known.
QString countText(std::optional<qint64> count, bool isEstimate);
//! "1.2 s".
QString secondsText(qint64 milliseconds);
//! "~12.3k", "1.05M": where there is little room.
QString shortCountText(qint64 count);

//! "$0.12"; "≥ $0.12" where more was spent than is known; "price unknown"; "on your plan"; nothing
//! where there is nothing to say.
QString spendingText(const Spending &spending);
//! Why it reads so, in sentences; empty where the sum is all there is to it.
QString spendingExplanation(const Spending &spending);
//! Where the prices of a provider are from, and of which day; empty where there are none.
QString priceSourceText(const Pricing &pricing, const QString &providerId);
//! "$2.50 in · $15 out" for a million tokens; empty where it is not known.
QString modelPriceText(const ModelFacts &facts);

} // namespace Maestro
