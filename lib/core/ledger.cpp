// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/ledger.h"

#include "core/after.h"
#include "core/recordedchat.h"

#include <chrono>

namespace Maestro {

Ledger::Ledger(ChatSession &session, const Pricing &pricing, TokenRates &rates,
               PlanStandings &plans, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_pricing(pricing)
    , m_rates(rates)
    , m_plans(plans)
{
    m_due.setSingleShot(true);
    m_midnight.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &Ledger::recount);
    connect(&m_midnight, &QTimer::timeout, this, &Ledger::askToday);
    connect(&session, &ChatSession::answerFinished, this, &Ledger::onAnswerFinished);
    connect(&session, &ChatSession::planLimitsTold, &plans, &PlanStandings::set);
    connect(&plans, &PlanStandings::changed, this, &Ledger::changed);
    const auto later = [this] { m_due.start(0); };
    connect(&session, &ChatSession::promptAdded, this, later);
    connect(&session, &ChatSession::answersDropped, this, later);
    connect(&session, &ChatSession::cleared, this, later);
    connect(&session, &ChatSession::conversationSet, this, later);
    refresh();
}

void Ledger::follow(const RecordedChat &chat, ChatStore &store)
{
    m_chat = &chat;
    m_store = &store;
    connect(&chat, &RecordedChat::treeChanged, this, [this] { m_due.start(0); });
    connect(&chat, &RecordedChat::opened, this, [this] { m_due.start(0); });
    connect(&store, &ChatStore::listChanged, this, &Ledger::askToday);
    m_due.start(0);
    askToday();
}

void Ledger::refresh()
{
    const QString &provider = m_session.provider().id;
    const auto facts = m_pricing.factsOf(provider, m_session.model());
    m_session.setContextLimit({facts ? facts->contextTokens : std::nullopt,
                               m_rates.of(provider, m_session.model()).charactersPerToken()});
    m_due.start(0);
}

void Ledger::onAnswerFinished()
{
    const AskedQuestion &asked = m_session.asked();
    if (billedUsage(m_session.answer())
        && m_rates.learn(asked.provider.id, asked.request, m_session.answer())) {
        Q_EMIT learnt();
        refresh();
    }
    m_due.start(0);
    // What keeps the answer was told of it before this is asked, and the store goes in order.
    QTimer::singleShot(0, this, &Ledger::askToday);
}

void Ledger::recount()
{
    m_spent = m_chat ? spendingOf(m_chat->tree(), m_pricing)
                     : spendingOf(m_session.conversation().turns, m_pricing);
    Q_EMIT changed();
}

void Ledger::askToday()
{
    if (!m_store) {
        return;
    }
    const QDateTime now = QDateTime::currentDateTime();
    m_midnight.start(
        std::chrono::milliseconds(now.msecsTo(now.date().addDays(1).startOfDay()) + 1000));
    after(this, m_store->usageSince(now.date().startOfDay().toUTC()),
          [this](const Result<QList<UsageTotal>> &totals) {
              if (totals) { // else it is asked for again after the next answer
                  m_today = spendingOf(*totals, m_pricing);
                  Q_EMIT changed();
              }
          });
}

Spending Ledger::answer() const
{
    const QList<Turn> &turns = m_session.conversation().turns;
    Spending spending;
    for (auto turn = turns.rbegin(); turn != turns.rend() && !std::holds_alternative<Prompt>(*turn);
         ++turn) {
        if (const auto *model = std::get_if<ModelTurn>(&*turn)) {
            add(spending, m_pricing, model->providerId, m_session.asked().request.model,
                model->answer);
        }
    }
    return spending;
}

std::optional<Dollars> Ledger::answerSoFar() const
{
    const AskedQuestion &asked = m_session.asked();
    const AnswerMeter::Reading reading = m_session.meter().reading();
    const auto current = m_pricing.costOf(
        asked.provider.id, asked.request.model,
        {.output = {}, .inputTotal = reading.input, .outputTotal = reading.output});
    const Spending before = answer();
    return current && before.unpriced == 0 ? sumOf(*current, before.dollars) : std::nullopt;
}

ContextUse Ledger::context() const
{
    const auto facts = m_pricing.factsOf(m_session.provider().id, m_session.model());
    ContextUse use;
    use.window = facts ? facts->contextTokens : std::nullopt;
    const QList<Turn> &turns = m_session.conversation().turns;
    const auto *last = turns.isEmpty() ? nullptr : std::get_if<ModelTurn>(&turns.last());
    const auto usage = last ? billedUsage(last->answer) : std::nullopt;
    const ContextPlan plan = m_session.planFor();
    use.outside = m_session.isAnswering() ? m_session.plan().firstSent : plan.firstSent;
    if (usage && usage->inputTotal && usage->outputTotal) {
        use.tokens = *usage->inputTotal + *usage->outputTotal;
        use.isEstimate = false;
    } else {
        use.tokens = turns.isEmpty() ? 0 : plan.tokens;
        use.isEstimate = use.tokens > 0;
    }
    return use;
}

QuestionEstimate Ledger::estimate(const Prompt &prompt) const
{
    const QString &provider = m_session.provider().id;
    const TokenRate rate = m_rates.of(provider, m_session.model());
    QuestionEstimate estimate;
    estimate.input = m_session.planFor(prompt).tokens;
    estimate.output = rate.tokensPerAnswer();
    estimate.cost = m_pricing.costOf(
        provider, m_session.model(),
        {.output = {}, .inputTotal = estimate.input, .outputTotal = estimate.output});
    return estimate;
}

} // namespace Maestro
