// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFrame>

class QGridLayout;

namespace Maestro {

class Ledger;
struct Spending;

//! The limits of a plan; what was spent, on the answer, the conversation and the day, and where the
//! prices are from. A popup, which deletes itself.
class UsageDetails : public QFrame
{
    Q_OBJECT

public:
    UsageDetails(const Ledger &ledger, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addRow(QGridLayout &grid, const QString &name, const Spending &spending);
};

} // namespace Maestro
