// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/promptqueue.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace Maestro {

//! The messages that wait for their turn, each to be taken back or changed. Takes no room while
//! there are none.
class QueueStrip : public QWidget
{
    Q_OBJECT

public:
    //! `queue` must outlive it.
    explicit QueueStrip(PromptQueue &queue, QWidget *parent = nullptr);

    //! Whether the next one goes out when the answer is whole; else it can be sent by hand.
    void setAnswering(bool answering);

Q_SIGNALS:
    void editRequested(qsizetype index);

private:
    void rebuild();
    QWidget *makeRow(qsizetype index, const Prompt &prompt);

    PromptQueue &m_queue;
    QVBoxLayout *m_rows;
    QPushButton *m_send;
    bool m_answering = false;
};

} // namespace Maestro
