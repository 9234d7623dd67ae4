// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/spending.h"

#include "core/answermeter.h"

namespace Maestro {

namespace {

//! The kinds of billing that have no sum are counted; true if it was one.
bool countedWithoutPrice(Spending &spending, Billing billing, int answers)
{
    switch (billing) {
    case Billing::OnPlan:
        spending.onPlan += answers;
        return true;
    case Billing::Practice:
        spending.practice += answers;
        return true;
    case Billing::Unknown:
        spending.unpriced += answers;
        return true;
    case Billing::ByToken:
        return false;
    }
    Q_UNREACHABLE();
}

} // namespace

Pricing::Pricing(PriceTable table, BillingOf billingOf)
    : m_table(std::move(table))
    , m_billingOf(std::move(billingOf))
{ }

Billing Pricing::billingOf(const QString &providerId) const
{
    return m_billingOf ? m_billingOf(providerId) : Billing::ByToken;
}

std::optional<ModelFacts> Pricing::factsOf(const QString &providerId, const QString &model) const
{
    const ModelFacts *facts = m_table.find(providerId, model);
    if (!facts) {
        return std::nullopt;
    }
    ModelFacts known = *facts;
    if (billingOf(providerId) != Billing::ByToken) {
        known.prices = {};
        known.longPrices = {};
        known.longAbove = {};
    }
    return known;
}

std::optional<Dollars> Pricing::costOf(const QString &providerId, const QString &model,
                                       const Usage &usage) const
{
    const auto facts = factsOf(providerId, model);
    return facts ? Maestro::costOf(*facts, usage) : std::nullopt;
}

void Spending::addPriced(const std::optional<Dollars> &cost, int answers)
{
    const auto sum = cost ? sumOf(dollars, *cost) : std::nullopt;
    if (sum) {
        dollars = *sum;
        priced += answers;
    } else {
        unpriced += answers;
    }
}

void add(Spending &spending, const Pricing &pricing, const QString &providerId,
         const QString &model, const Answer &answer)
{
    if (countedWithoutPrice(spending, pricing.billingOf(providerId), 1)) {
        return;
    }
    const std::optional<Usage> usage = billedUsage(answer);
    if (!usage) {
        spending.addPriced(std::nullopt); // it was cut off, and what had come was paid for
        return;
    }
    auto cost = pricing.costOf(providerId, model, *usage);
    if (!cost && answer.done()) {
        cost = pricing.costOf(providerId, answer.done()->model, *usage);
    }
    spending.addPriced(cost);
}

Spending spendingOf(const ConversationTree &tree, const Pricing &pricing)
{
    Spending spending;
    const QList<ChatId> ids = tree.ids();
    for (const ChatId id : ids) {
        const ConversationNode &node = *tree.find(id);
        if (node.kind != ConversationNode::Kind::Answer) {
            continue;
        }
        if (const auto *turn = node.turn ? std::get_if<ModelTurn>(&*node.turn) : nullptr) {
            add(spending, pricing, node.account.provider, node.model, turn->answer);
        } else if (!countedWithoutPrice(spending, pricing.billingOf(node.account.provider), 1)) {
            spending.addPriced(std::nullopt); // of a branch that has not been read
        }
    }
    return spending;
}

Spending spendingOf(const QList<Turn> &turns, const Pricing &pricing)
{
    Spending spending;
    for (const Turn &turn : turns) {
        if (const auto *model = std::get_if<ModelTurn>(&turn)) {
            add(spending, pricing, model->providerId, {}, model->answer);
        }
    }
    return spending;
}

Spending spendingOf(const QList<UsageTotal> &totals, const Pricing &pricing)
{
    Spending spending;
    for (const UsageTotal &total : totals) {
        const QString &provider = total.account.provider;
        if (countedWithoutPrice(spending, pricing.billingOf(provider), total.answers)) {
            continue;
        }
        const int counted = total.answers - total.uncounted;
        spending.unpriced += total.uncounted;
        if (counted == 0) {
            continue;
        }
        const Usage usage{.output = {},
                          .cached = total.cached,
                          .cacheWrite = total.cacheWrite,
                          .reasoning = total.reasoning,
                          .inputTotal = total.input,
                          .outputTotal = total.output};
        auto facts = pricing.factsOf(provider, total.model);
        if (facts && facts->longAbove) {
            // Of a sum nobody can say which part of it was long: what is certain is the lower
            // price, and that it may be more.
            const bool mayBeMore = total.largestInput > *facts->longAbove;
            spending.unpriced += mayBeMore ? 1 : 0;
            facts->longAbove.reset();
        }
        spending.addPriced(facts ? costOf(*facts, usage) : std::nullopt, counted);
    }
    return spending;
}

} // namespace Maestro
