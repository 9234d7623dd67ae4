// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/usage/planlimitrow.h"

#include "ui/common/panel.h"
#include "ui/common/theme.h"
#include "ui/usage/meterbar.h"
#include "ui/usage/planlimittext.h"

#include <QGridLayout>
#include <QPainter>

namespace Maestro {

namespace {

constexpr double BarHeight = 0.5;

//! It stands at the beginning of a line there.
QString capitalized(QString text)
{
    if (!text.isEmpty()) {
        text[0] = text.at(0).toUpper();
    }
    return text;
}

} // namespace

PlanLimitRow::PlanLimitRow(const PlanLimit &limit, QWidget *parent)
    : QWidget(parent)
    , m_limit(limit)
    , m_bar(new QWidget(this))
{
    const QDateTime now = QDateTime::currentDateTime();
    auto *name = makeLabel(capitalized(limitName(limit)), LabelLook::Body, this);
    const LabelLook look = isNearlyUsedUp(limit) ? LabelLook::Danger : LabelLook::Strong;
    auto *use = makeLabel(limitUseText(limit), look, this);
    use->setWordWrap(false);
    use->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setVerticalSpacing(gridSteps(0.5));
    layout->setColumnStretch(0, 1);
    layout->addWidget(name, 0, 0);
    layout->addWidget(use, 0, 1);
    m_bar->setFixedHeight(gridSteps(BarHeight));
    layout->addWidget(m_bar, 1, 0, 1, 2);
    if (const QString reset = limitResetText(limit, now); !reset.isEmpty()) {
        layout->addWidget(makeLabel(capitalized(reset), LabelLook::Small, this), 2, 0, 1, 2);
    }
    setAccessibleName(limitText(limit, now));
}

void PlanLimitRow::paintEvent(QPaintEvent *)
{
    constexpr double All = 100;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintMeterBar(painter, m_bar->geometry(), m_limit.usedPercent / All,
                  isNearlyUsedUp(m_limit) ? MeterTone::Warning : MeterTone::Usual,
                  layoutDirection(), themeColors(palette()));
}

} // namespace Maestro
