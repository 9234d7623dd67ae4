// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/pricetable.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

struct Tr
{
    Q_DECLARE_TR_FUNCTIONS(PriceTable)
};

//! Adds so many tokens at that price; nothing if there are tokens without a price.
bool add(std::optional<Dollars> &sum, qint64 tokens, const std::optional<Dollars> &price)
{
    if (tokens == 0) {
        return true;
    }
    const auto part = price ? productOf(*price, tokens) : std::nullopt;
    sum = sum && part ? sumOf(*sum, *part) : std::nullopt;
    return sum.has_value();
}

//! A model's name without the day it was made: "-2026-03-05" or "-20260305".
QString withoutDate(const QString &model)
{
    static const QRegularExpression date(u"-20\\d\\d(-\\d\\d-\\d\\d|\\d\\d\\d\\d)$"_s);
    const qsizetype at = model.indexOf(date);
    return at < 0 ? model : model.first(at);
}

} // namespace

std::optional<Dollars> costOf(const ModelFacts &facts, const Usage &usage)
{
    if (!usage.inputTotal || !usage.outputTotal) {
        return std::nullopt;
    }
    const bool isLong = facts.longAbove && *usage.inputTotal > *facts.longAbove;
    const TokenPrices &prices = isLong ? facts.longPrices : facts.prices;
    const qint64 cached = usage.cached.value_or(0);
    const qint64 written = usage.cacheWrite.value_or(0);
    const qint64 fresh = *usage.inputTotal - cached - written;
    // Reasoning has a price of its own only where the table says so; else it is output.
    const qint64 reasoning = prices.reasoning ? usage.reasoning.value_or(0) : 0;
    const qint64 output = *usage.outputTotal - reasoning;
    if (fresh < 0 || output < 0 || cached < 0 || written < 0 || reasoning < 0) {
        return std::nullopt; // these counts cannot be
    }
    std::optional<Dollars> sum = Dollars{};
    const bool isKnown = add(sum, fresh, prices.input) && add(sum, cached, prices.cachedInput)
        && add(sum, written, prices.cacheWrite) && add(sum, output, prices.output)
        && add(sum, reasoning, prices.reasoning);
    // A question of no tokens at a price that nobody knows did not cost nothing.
    return isKnown && prices.input && prices.output ? sum : std::nullopt;
}

const ModelFacts *PriceTable::find(const QString &providerId, const QString &model) const
{
    const auto provider = providers.constFind(providerId);
    if (provider == providers.constEnd()) {
        return nullptr;
    }
    for (const QString &name : {model, withoutDate(model)}) {
        if (const auto facts = provider->models.constFind(name);
            facts != provider->models.constEnd()) {
            return &*facts;
        }
    }
    return nullptr;
}

LoadedPrices loadPrices(const QString &ownFile)
{
    LoadedPrices loaded;
    const QFileInfo info(ownFile);
    if (info.exists()) {
        // Opening a pipe or a device may never come back.
        QFile file(ownFile);
        const bool canRead = info.isFile() && file.open(QIODevice::ReadOnly);
        const Result<PriceTable> own = canRead
            ? readPriceTable(file.read(LargestPriceFile + 1))
            : Error{Error::Kind::Configuration,
                    Tr::tr("The table of prices cannot be read."),
                    {},
                    info.isFile() ? file.errorString() : u"not a file"_s};
        if (own) {
            return {*own, ownFile, {}};
        }
        loaded.problem = own.error();
        loaded.problem->advice
            = Tr::tr("Mend or remove %1. Until then the prices that come with Maestro are used.")
                  .arg(ownFile);
    }
    QFile builtIn(u":/maestro/prices.json"_s);
    if (builtIn.open(QIODevice::ReadOnly)) {
        if (const auto table = readPriceTable(builtIn.readAll())) {
            loaded.table = *table;
        }
    }
    return loaded;
}

} // namespace Maestro
