// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>

#include <compare>
#include <optional>

namespace Maestro {

//! An amount of US dollars, in whole pico-dollars: what is published as $1.25 for a million tokens
//! is 1,250,000 of them for one, so that no sum is ever rounded before it is shown.
struct Dollars
{
    qint64 pico = 0;

    friend auto operator<=>(const Dollars &, const Dollars &) = default;
};

inline constexpr qint64 PicoPerDollar = 1'000'000'000'000;

// Nothing where the result is beyond what can be counted (nine million dollars).
std::optional<Dollars> sumOf(Dollars a, Dollars b);
std::optional<Dollars> productOf(Dollars each, qint64 count);

//! "$0.0042", "$0.021", "$12.30": as many digits as say something.
QString dollarText(Dollars amount);
//! "$0.02", "$0.004": an estimate's digits, one or two.
QString roughDollarText(Dollars amount);

} // namespace Maestro
