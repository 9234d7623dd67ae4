// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/usage/usagetotals.h"

#include "ui/common/theme.h"
#include "ui/usage/planlimittext.h"
#include "ui/usage/usagedetails.h"
#include "ui/usage/usagetext.h"

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Of the limit that matters most: there is little room.
QString shortLimitText(const PlanLimits &limits)
{
    if (limits.isEmpty()) {
        return {};
    }
    const PlanLimit &limit = tightest(limits);
    return UsageTotals::tr("%1: %2").arg(limitName(limit), limitUseText(limit));
}

QString explanation(const PlanLimits &limits)
{
    if (limits.isEmpty()) {
        return UsageTotals::tr("What this conversation has cost. Click for more.");
    }
    const QDateTime now = QDateTime::currentDateTime();
    QStringList lines{UsageTotals::tr("Your plan has limits, and no price for an answer:")};
    for (const PlanLimit &limit : limits) {
        lines.append(limitText(limit, now));
    }
    return lines.join(u'\n');
}

} // namespace

UsageTotals::UsageTotals(QWidget *parent)
    : QToolButton(parent)
{
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setFocusPolicy(Qt::StrongFocus);
    connect(this, &QToolButton::clicked, this, &UsageTotals::openDetails);
    refresh();
}

void UsageTotals::setLedger(const Ledger *ledger)
{
    if (m_ledger) {
        m_ledger->disconnect(this);
    }
    m_ledger = ledger;
    if (ledger) {
        connect(ledger, &Ledger::changed, this, &UsageTotals::refresh);
    }
    refresh();
}

void UsageTotals::refresh()
{
    const PlanLimits limits = m_ledger ? m_ledger->planLimits() : PlanLimits();
    const Spending spent = m_ledger ? m_ledger->conversation() : Spending();
    // The limits say more than that there are some.
    const QString conversation
        = !limits.isEmpty() && spent.isOnPlan() ? QString() : spendingText(spent);
    const QString today = m_ledger && m_ledger->today() && m_ledger->today()->hasSum()
        ? tr("%1 today").arg(spendingText(*m_ledger->today()))
        : QString();
    QStringList parts{shortLimitText(limits), conversation, today};
    parts.removeAll(QString());
    setVisible(!parts.isEmpty());
    setText(parts.join(u"  ·  "_s));
    setAccessibleName(
        (limits.isEmpty() ? tr("Cost: %1") : tr("Usage: %1")).arg(parts.join(u", "_s)));
    setToolTip(explanation(limits));
}

void UsageTotals::openDetails()
{
    if (!m_ledger) {
        return;
    }
    auto *details = new UsageDetails(*m_ledger, this);
    details->adjustSize();
    // Its edge stands where that of the button does, on the side where it has room.
    const int x = layoutDirection() == Qt::RightToLeft ? 0 : width() - details->width();
    details->move(mapToGlobal(QPoint(x, height() + gridSteps(0.5))));
    details->show();
    details->setFocus();
}

} // namespace Maestro
