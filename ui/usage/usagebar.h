// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/conversation.h"
#include "core/ledger.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;

namespace Maestro {

class AnswerMeter;
class UsageStrip;

//! What stands under the composer: what the answer takes, live, and what the question that is being
//! written would cost.
class UsageBar : public QWidget
{
    Q_OBJECT

public:
    //! `meter` must outlive it.
    explicit UsageBar(const AnswerMeter &meter, QWidget *parent = nullptr);

    //! Null for none, and no prices. It may be another at any time.
    void setLedger(const Ledger *ledger);
    //! What would be sent now. Cheap to call with each key; it is estimated when the hand rests.
    void setDraft(const QString &text, const QList<Attachment> &attachments = {});

    //! As the strip's: follows the answer, shows its end, forgets it.
    void start();
    void stop();
    void clear();

private:
    void showEstimate();

    UsageStrip *m_strip;
    QLabel *m_estimate;
    QPointer<const Ledger> m_ledger;
    Prompt m_draft;
    QTimer m_due;
};

} // namespace Maestro
