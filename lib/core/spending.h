// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"
#include "core/pricetable.h"

#include <functional>

namespace Maestro {

//! Who pays for an answer, and how.
enum class Billing {
    ByToken, //!< at the prices of the table, where they are known
    OnPlan, //!< the person's plan has limits, and no price for an answer
    Practice, //!< nobody was asked
    Unknown, //!< another server than the one whose prices are published
};

//! What answers cost: the table, and how each provider bills.
class Pricing
{
public:
    using BillingOf = std::function<Billing(const QString &providerId)>;

    explicit Pricing(PriceTable table = {}, BillingOf billingOf = {});

    const PriceTable &table() const { return m_table; }
    Billing billingOf(const QString &providerId) const;
    //! What is known of the model, prices only where they are what is paid; nothing if nothing is.
    std::optional<ModelFacts> factsOf(const QString &providerId, const QString &model) const;
    //! What that usage costs; nothing where it is not paid by the token or the price is not known.
    std::optional<Dollars> costOf(const QString &providerId, const QString &model,
                                  const Usage &usage) const;

private:
    PriceTable m_table;
    BillingOf m_billingOf;
};

//! What some answers cost together.
struct Spending
{
    Dollars dollars = {}; //!< of those whose cost is known
    int priced = 0;
    int unpriced = 0; //!< answers that cost something, and nobody knows what
    int onPlan = 0;
    int practice = 0;

    //! Whether there is a sum to show, of which more may be unknown.
    bool hasSum() const { return priced > 0; }
    //! There are answers, and all of them were on a plan.
    bool isOnPlan() const { return onPlan > 0 && priced == 0 && unpriced == 0; }
    void addPriced(const std::optional<Dollars> &cost, int answers = 1);

    friend bool operator==(const Spending &, const Spending &) = default;
};

//! Counts one answer in. `model` is what was asked for; the model that answered counts where that
//! has no price of its own.
void add(Spending &spending, const Pricing &pricing, const QString &providerId,
         const QString &model, const Answer &answer);
//! All of a conversation, its other branches included: they were paid for, too.
Spending spendingOf(const ConversationTree &tree, const Pricing &pricing);
//! All that is in these turns.
Spending spendingOf(const QList<Turn> &turns, const Pricing &pricing);
Spending spendingOf(const QList<UsageTotal> &totals, const Pricing &pricing);

} // namespace Maestro
