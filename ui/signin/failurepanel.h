// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/panel.h"
#include "ui/signin/signinstep.h"

class QPushButton;

namespace Maestro {

class Details;
class Quotation;

//! Where a sign-in failed, why, and what to do about it.
class FailurePanel : public Panel
{
    Q_OBJECT

public:
    explicit FailurePanel(QWidget *parent = nullptr);

    enum class Retry {
        FromHere, //!< what the person has done already still holds
        Anew,
    };

    //! `report` is the whole attempt, without a secret.
    void showFailure(SignInStep step, const Error &error, Retry retry, const QString &report);

Q_SIGNALS:
    void retryRequested();
    void restartRequested();

private:
    QLabel *m_stage;
    QLabel *m_message;
    Quotation *m_reason;
    QLabel *m_advice;
    Details *m_details;
    QPushButton *m_retry;
    QPushButton *m_restart;
    QPushButton *m_copy;
    QString m_report;
};

} // namespace Maestro
