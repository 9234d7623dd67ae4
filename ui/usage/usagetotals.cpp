// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/usage/usagetotals.h"

#include "ui/common/theme.h"
#include "ui/usage/usagedetails.h"
#include "ui/usage/usagetext.h"

using namespace Qt::StringLiterals;

namespace Maestro {

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
    const QString conversation = m_ledger ? spendingText(m_ledger->conversation()) : QString();
    const QString today = m_ledger && m_ledger->today() && m_ledger->today()->hasSum()
        ? tr("%1 today").arg(spendingText(*m_ledger->today()))
        : QString();
    QStringList parts{conversation, today};
    parts.removeAll(QString());
    setVisible(!parts.isEmpty());
    setText(parts.join(u"  ·  "_s));
    setAccessibleName(tr("Cost: %1").arg(parts.join(u", "_s)));
    setToolTip(tr("What this conversation has cost. Click for more."));
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
