// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/planlimits.h"

#include <QWidget>

namespace Maestro {

//! One limit of a plan: what it is called, how much of it is used, and when it begins anew.
class PlanLimitRow : public QWidget
{
    Q_OBJECT

public:
    explicit PlanLimitRow(const PlanLimit &limit, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    PlanLimit m_limit;
    QWidget *m_bar; //!< where it is painted
};

} // namespace Maestro
