// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatclient.h"
#include "ui/common/panel.h"

#include <QDeadlineTimer>
#include <QTimer>

class QPushButton;

namespace Maestro {

//! Says that an answer lets itself be waited for, why, and for how long still: a provider that
//! asked for patience, or one that has gone silent. What can be done about it stands beside it.
class WaitPanel : public Panel
{
    Q_OBJECT

public:
    explicit WaitPanel(QWidget *parent = nullptr);

    void showPause(const RetryPause &pause);
    void showStall(std::chrono::milliseconds silentFor, std::chrono::milliseconds endsIn);
    void dismiss();

Q_SIGNALS:
    //! The person does not want to wait for the end of the pause.
    void retryNowRequested();
    //! The person wants to wait on.
    void keepWaitingRequested();
    void stopRequested();

private:
    enum class Cause { Pause, Stall };

    void begin(Cause cause, const QString &message, std::chrono::milliseconds length);
    void showTimeLeft();

    Cause m_cause = Cause::Pause;
    QDeadlineTimer m_end;
    QTimer m_second;
    QLabel *m_message;
    QLabel *m_timeLeft;
    QPushButton *m_go;
    QPushButton *m_stop;
};

//! "12 s", "4 min 59 s", "2 min": rounded up, so that it ends at 1.
QString durationText(std::chrono::milliseconds length);

} // namespace Maestro
