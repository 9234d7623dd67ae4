// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/usage/usagedetails.h"

#include "ui/common/panel.h"
#include "ui/common/theme.h"
#include "ui/usage/planlimitrow.h"
#include "ui/usage/usagetext.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace Maestro {

UsageDetails::UsageDetails(const Ledger &ledger, QWidget *parent)
    : QFrame(parent, Qt::Popup)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("What was spent"));
    setFocusPolicy(Qt::StrongFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    layout->setSpacing(gridSteps(1));
    const PlanLimits limits = ledger.planLimits();
    for (const PlanLimit &limit : limits) {
        layout->addWidget(new PlanLimitRow(limit, this));
        layout->addSpacing(gridSteps(0.5));
    }
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(gridSteps(4));
    grid->setColumnStretch(1, 1);
    addRow(*grid, tr("This answer"), ledger.answer());
    addRow(*grid, tr("This conversation"), ledger.conversation());
    if (ledger.today()) {
        addRow(*grid, tr("Today"), *ledger.today());
    }
    layout->addLayout(grid);
    Spending all = ledger.conversation();
    if (ledger.today() && ledger.today()->unpriced > all.unpriced) {
        all = *ledger.today();
    }
    const QString providerId = ledger.providerId();
    for (const QString &note :
         {spendingExplanation(all), priceSourceText(ledger.pricing(), providerId)}) {
        if (!note.isEmpty()) {
            QLabel *label = makeLabel(note, LabelLook::Small, this);
            label->setMinimumWidth(gridSteps(34));
            layout->addWidget(label);
        }
    }
    setFixedWidth(gridSteps(38));
}

void UsageDetails::addRow(QGridLayout &grid, const QString &name, const Spending &spending)
{
    const int row = grid.rowCount();
    const QString text = spendingText(spending);
    QLabel *value = makeLabel(text.isEmpty() ? u"–"_s : text, LabelLook::Strong, this);
    value->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    value->setWordWrap(false);
    value->setAccessibleName(u"%1: %2"_s.arg(name, value->text()));
    grid.addWidget(makeLabel(name, LabelLook::Body, this), row, 0);
    grid.addWidget(value, row, 1);
}

void UsageDetails::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Return) {
        close();
        return;
    }
    QFrame::keyPressEvent(event);
}

void UsageDetails::paintEvent(QPaintEvent *)
{
    // Square: without a compositor a round one would have black corners.
    const ThemeColors &colors = themeColors(palette());
    QPainter painter(this);
    painter.fillRect(rect(), colors.border);
    painter.fillRect(rect().adjusted(1, 1, -1, -1), colors.surface);
}

} // namespace Maestro
