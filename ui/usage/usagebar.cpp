// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/usage/usagebar.h"

#include "ui/common/panel.h"
#include "ui/common/theme.h"
#include "ui/usage/usagestrip.h"
#include "ui/usage/usagetext.h"

#include <QHBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! Long enough that a fast hand is not held up by a long conversation, too short to be noticed.
constexpr int RestMs = 150;

} // namespace

UsageBar::UsageBar(const AnswerMeter &meter, QWidget *parent)
    : QWidget(parent)
    , m_strip(new UsageStrip(meter, this))
    , m_estimate(makeLabel({}, LabelLook::Small, this))
{
    m_estimate->setWordWrap(false);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(1));
    layout->addWidget(m_strip, 1);
    layout->addWidget(m_estimate);
    m_due.setSingleShot(true);
    m_due.setInterval(RestMs);
    connect(&m_due, &QTimer::timeout, this, &UsageBar::showEstimate);
    showEstimate();
}

void UsageBar::setLedger(const Ledger *ledger)
{
    if (m_ledger) {
        m_ledger->disconnect(this);
    }
    m_ledger = ledger;
    m_strip->setLedger(ledger);
    if (ledger) {
        connect(ledger, &Ledger::changed, this, &UsageBar::showEstimate);
    }
    showEstimate();
}

void UsageBar::setDraft(const QString &text, const QList<Attachment> &attachments)
{
    m_draft = {text, attachments};
    if (text.trimmed().isEmpty() && attachments.isEmpty()) {
        showEstimate(); // nothing is estimated, so that it can be said at once
    } else if (!m_due.isActive()) {
        m_due.start();
    }
}

void UsageBar::showEstimate()
{
    const bool isEmpty = m_draft.text.trimmed().isEmpty() && m_draft.attachments.isEmpty();
    const auto estimate
        = isEmpty || !m_ledger ? std::nullopt : std::optional(m_ledger->estimate(m_draft));
    m_estimate->setVisible(estimate && estimate->cost);
    if (!estimate || !estimate->cost) {
        return;
    }
    const QString text = tr("≈ %1").arg(roughDollarText(*estimate->cost));
    m_estimate->setText(text);
    m_estimate->setAccessibleName(
        tr("Sending costs about %1").arg(roughDollarText(*estimate->cost)));
    m_estimate->setToolTip(
        tr("What sending this costs, about: %1 tokens with all that was said before, and an answer "
           "of %2 tokens, as this model's answers are as a rule. What the provider has cached "
           "makes "
           "it less.")
            .arg(countText(estimate->input, true), countText(estimate->output, true)));
}

void UsageBar::start() { m_strip->start(); }

void UsageBar::stop() { m_strip->stop(); }

void UsageBar::clear() { m_strip->clear(); }

} // namespace Maestro
