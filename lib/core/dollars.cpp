// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dollars.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Rounded half up to so many decimals, then written.
QString withDecimals(qint64 pico, int decimals)
{
    qint64 unit = PicoPerDollar;
    double perDollar = 1;
    for (int i = 0; i < decimals; ++i) {
        unit /= 10;
        perDollar *= 10;
    }
    const qint64 units = pico / unit + (pico % unit * 2 >= unit ? 1 : 0);
    return u"$"_s + QLocale().toString(static_cast<double>(units) / perDollar, 'f', decimals);
}

QString belowText(qint64 pico, int decimals) { return u"<"_s + withDecimals(pico, decimals); }

} // namespace

std::optional<Dollars> sumOf(Dollars a, Dollars b)
{
    Dollars sum;
    return __builtin_add_overflow(a.pico, b.pico, &sum.pico) ? std::nullopt : std::optional(sum);
}

std::optional<Dollars> productOf(Dollars each, qint64 count)
{
    Dollars product;
    return __builtin_mul_overflow(each.pico, count, &product.pico) ? std::nullopt
                                                                   : std::optional(product);
}

QString dollarText(Dollars amount)
{
    constexpr qint64 Least = PicoPerDollar / 10'000;
    if (amount.pico == 0) {
        return withDecimals(0, 2);
    }
    if (amount.pico < Least) {
        return belowText(Least, 4);
    }
    return withDecimals(amount.pico,
                        amount.pico >= PicoPerDollar             ? 2
                            : amount.pico >= PicoPerDollar / 100 ? 3
                                                                 : 4);
}

QString roughDollarText(Dollars amount)
{
    constexpr qint64 Least = PicoPerDollar / 1000;
    if (amount.pico < Least) {
        return belowText(Least, 3);
    }
    return withDecimals(amount.pico, amount.pico >= PicoPerDollar / 100 ? 2 : 3);
}

} // namespace Maestro
