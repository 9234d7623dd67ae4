// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatsession.h"
#include "core/planstandings.h"
#include "core/spending.h"
#include "core/tokenrates.h"

#include <QTimer>

namespace Maestro {

class RecordedChat;

//! How full the model's context is.
struct ContextUse
{
    qint64 tokens = 0;
    bool isEstimate = true;
    std::optional<qint64> window = {};
    qsizetype outside = 0; //!< messages that are not sent any more

    friend bool operator==(const ContextUse &, const ContextUse &) = default;
};

//! What a question would cost, roughly.
struct QuestionEstimate
{
    qint64 input = 0;
    qint64 output = 0; //!< as long as the model's answers are as a rule
    //! Nothing where the price is not known, or there is none.
    std::optional<Dollars> cost = {};

    friend bool operator==(const QuestionEstimate &, const QuestionEstimate &) = default;
};

//! What the answers of a session cost, and what of the model's context they fill. It watches the
//! session and changes nothing of it but how its tokens are estimated and what of a conversation
//! fits.
class Ledger : public QObject
{
    Q_OBJECT

public:
    //! All must outlive it. What it learns it adds to `rates` and `plans`, which other sessions
    //! share.
    Ledger(ChatSession &session, const Pricing &pricing, TokenRates &rates, PlanStandings &plans,
           QObject *parent = nullptr);

    //! Counts the branches of the conversation, too, and what was spent today. Both must outlive
    //! it.
    void follow(const RecordedChat &chat, ChatStore &store);
    //! After the session's target was set, or its options.
    void refresh();

    const Pricing &pricing() const { return m_pricing; }
    //! Whom is asked next.
    const QString &providerId() const { return m_session.provider().id; }
    Billing billing() const { return m_pricing.billingOf(providerId()); }
    //! Of the answer to the last prompt, with all its rounds of calls. While it comes in, of the
    //! rounds that have ended.
    Spending answer() const;
    //! What the answer that comes in costs so far, estimated; nothing where nobody can know.
    std::optional<Dollars> answerSoFar() const;
    const Spending &conversation() const { return m_spent; }
    //! Of all that is stored; nothing without a store, or before it has answered.
    const std::optional<Spending> &today() const { return m_today; }
    //! Of the plan of whom is asked next, as far as they were told and hold.
    PlanLimits planLimits() const { return m_plans.of(m_session.account()); }
    ContextUse context() const;
    QuestionEstimate estimate(const Prompt &prompt) const;

Q_SIGNALS:
    void changed();
    //! The rates have something new, to be kept with the settings.
    void learnt();

private:
    void onAnswerFinished();
    void recount();
    void askToday();

    ChatSession &m_session;
    const Pricing &m_pricing;
    TokenRates &m_rates;
    PlanStandings &m_plans;
    const RecordedChat *m_chat = nullptr;
    ChatStore *m_store = nullptr;
    Spending m_spent;
    std::optional<Spending> m_today;
    QTimer m_due; // many changes, one count
    QTimer m_midnight;
};

} // namespace Maestro
