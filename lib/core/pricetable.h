// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/dollars.h"
#include "core/result.h"
#include "core/streammessage.h"

#include <QDate>
#include <QHash>

namespace Maestro {

//! What one token costs. What is absent is not known; nothing is ever taken for free.
struct TokenPrices
{
    std::optional<Dollars> input = {};
    std::optional<Dollars> cachedInput = {};
    std::optional<Dollars> cacheWrite = {};
    std::optional<Dollars> output = {};
    //! As output where absent: so do all that publish one price for both.
    std::optional<Dollars> reasoning = {};

    bool isEmpty() const { return *this == TokenPrices(); }
    friend bool operator==(const TokenPrices &, const TokenPrices &) = default;
};

//! What is known of a model.
struct ModelFacts
{
    //! So many tokens may a question have, with all that was said before and the answer to it.
    std::optional<qint64> contextTokens = {};
    TokenPrices prices = {};
    //! With more tokens of input than this a question and its answer cost longPrices.
    std::optional<qint64> longAbove = {};
    TokenPrices longPrices = {};

    friend bool operator==(const ModelFacts &, const ModelFacts &) = default;
};

//! What an answer cost; nothing if a price or a count of it is not known.
std::optional<Dollars> costOf(const ModelFacts &facts, const Usage &usage);

//! The prices of one provider, as they stood on a page on a day.
struct ProviderPrices
{
    QString source = {};
    QDate date = {};
    QHash<QString, ModelFacts> models = {};

    friend bool operator==(const ProviderPrices &, const ProviderPrices &) = default;
};

//! What models cost, as far as it was published.
struct PriceTable
{
    QHash<QString, ProviderPrices> providers = {}; //!< by Provider::id

    //! Also for a dated name of a model ("gpt-5.4-2026-03-05"). Null if nothing is known of it.
    const ModelFacts *find(const QString &providerId, const QString &model) const;

    friend bool operator==(const PriceTable &, const PriceTable &) = default;
};

//! The table in a file's bytes. The error's detail says what is wrong, and where.
Result<PriceTable> readPriceTable(const QByteArray &json);

//! No table that a person would write is longer.
inline constexpr qint64 LargestPriceFile = 1024 * 1024;

struct LoadedPrices
{
    PriceTable table = {};
    //! Where it was read, for a person: a path, or nothing for the one that came with Maestro.
    QString file = {};
    //! There is a file of the person's own, and why it was not taken.
    std::optional<Error> problem = {};
};

//! The person's own table, where there is a valid one; else the one that comes with Maestro.
LoadedPrices loadPrices(const QString &ownFile);

} // namespace Maestro
