// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/usage/usagetext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QUrl>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(Maestro::Usage)
};

constexpr qint64 Million = 1'000'000;

//! What a million tokens cost, with the decimals that it needs: "$2.50", "$15", "$0.075".
QString perMillionText(Dollars each)
{
    const qint64 micro = each.pico; // a pico-dollar for one is a micro-dollar for a million
    const int decimals = micro % Million == 0 ? 0 : micro % 10'000 == 0 ? 2 : 3;
    return u"$"_s
        + QLocale().toString(static_cast<double>(micro) / static_cast<double>(Million), 'f',
                             decimals);
}

} // namespace

QString countText(std::optional<qint64> count, bool isEstimate)
{
    if (!count) {
        return u"–"_s;
    }
    return (isEstimate ? u"~"_s : QString()) + QLocale().toString(*count);
}

QString secondsText(qint64 milliseconds)
{
    return Tr::tr("%1 s").arg(
        QLocale().toString(static_cast<double>(milliseconds) / 1000.0, 'f', 1));
}

QString shortCountText(qint64 count)
{
    constexpr qint64 Thousand = 1000;
    // No more digits than say something: 1.05M, 272k, 12.3k.
    const auto shortened = [count](qint64 unit, double steps, const QString &letter) {
        const double units = static_cast<double>(count) / static_cast<double>(unit);
        const double rounded = std::round(units * steps) / steps;
        return QLocale().toString(rounded, 'g', 4) + letter;
    };
    return count >= Million ? shortened(Million, 100, u"M"_s)
        : count >= Thousand ? shortened(Thousand, count >= 100 * Thousand ? 1 : 10, u"k"_s)
                            : QLocale().toString(count);
}

QString spendingText(const Spending &spending)
{
    if (spending.hasSum()) {
        const QString sum = dollarText(spending.dollars);
        return spending.unpriced > 0 ? u"≥ "_s + sum : sum;
    }
    if (spending.unpriced > 0) {
        return Tr::tr("price unknown");
    }
    return spending.onPlan > 0 ? Tr::tr("on your plan") : QString();
}

QString spendingExplanation(const Spending &spending)
{
    QStringList sentences;
    if (spending.unpriced > 0) {
        sentences.append(
            Tr::tr("Answers whose cost is not known: %1. No price is published for the "
                   "model, or the answer was cut off before it was counted.")
                .arg(spending.unpriced));
    }
    if (spending.onPlan > 0) {
        sentences.append(Tr::tr("Answers on your plan, which has limits and no price: %1.")
                             .arg(spending.onPlan));
    }
    return sentences.join(u' ');
}

QString priceSourceText(const Pricing &pricing, const QString &providerId)
{
    const auto prices = pricing.table().providers.constFind(providerId);
    if (prices == pricing.table().providers.constEnd()
        || pricing.billingOf(providerId) != Billing::ByToken) {
        return {};
    }
    return Tr::tr("Prices as published on %1 on %2")
        .arg(QUrl(prices->source).host(), QLocale().toString(prices->date, QLocale::ShortFormat));
}

QString modelPriceText(const ModelFacts &facts)
{
    if (!facts.prices.input || !facts.prices.output) {
        return {};
    }
    return Tr::tr("%1 in · %2 out")
        .arg(perMillionText(*facts.prices.input), perMillionText(*facts.prices.output));
}

} // namespace Maestro
