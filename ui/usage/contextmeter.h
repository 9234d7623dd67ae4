// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/ledger.h"

#include <QPointer>
#include <QWidget>

class QLabel;

namespace Maestro {

//! How much of the model's context the conversation fills, and how many of its messages are not
//! sent any more. Hidden while there is nothing to show.
class ContextMeter : public QWidget
{
    Q_OBJECT

public:
    explicit ContextMeter(QWidget *parent = nullptr);

    //! Null for none. It may be another at any time.
    void setLedger(const Ledger *ledger);
    //! Shows the context as it is now; by itself after each change of the ledger.
    void refresh();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QPointer<const Ledger> m_ledger;
    QString m_text;
    double m_share = 0; //!< of the window that is used
    bool m_isTrimmed = false;
};

} // namespace Maestro
