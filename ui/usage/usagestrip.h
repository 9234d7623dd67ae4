// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/answermeter.h"
#include "core/ledger.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <array>

class QLabel;

namespace Maestro {

//! What the answer costs in tokens and time, live. Estimates carry a ~ until the provider's own
//! counts are there.
class UsageStrip : public QWidget
{
    Q_OBJECT

public:
    //! `meter` is read while an answer comes in and must outlive the strip.
    explicit UsageStrip(const AnswerMeter &meter, QWidget *parent = nullptr);

    //! What tells the cost of the answer; null for none.
    void setLedger(const Ledger *ledger);
    //! Follows the meter until stopped.
    void start();
    //! Shows where the meter stopped.
    void stop();
    //! Nothing has been measured yet.
    void clear();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    enum Field {
        Input,
        Output,
        ReasoningTokens,
        Cached,
        Speed,
        FirstToken,
        Elapsed,
        Cost,
        FieldCount
    };

    void refresh();
    void showCost();
    //! Leaves out what matters least until the rest has room.
    void fitFields();
    void show(Field field, const QString &value);

    const AnswerMeter &m_meter;
    QPointer<const Ledger> m_ledger;
    QTimer m_timer;
    std::array<QWidget *, FieldCount> m_fields{};
    std::array<QString, FieldCount> m_names{};
    std::array<QLabel *, FieldCount> m_values{};
};

} // namespace Maestro
