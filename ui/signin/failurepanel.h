// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/signin.h"
#include "ui/common/panel.h"

class QPushButton;

namespace Maestro {

class Details;

//! Where a sign-in failed, why, and what to do about it.
class FailurePanel : public Panel
{
    Q_OBJECT

public:
    explicit FailurePanel(QWidget *parent = nullptr);

    void showFailure(SignInStage stage, const Error &error);

Q_SIGNALS:
    void retryRequested();

private:
    QLabel *m_stage;
    QLabel *m_message;
    QLabel *m_advice;
    Details *m_details;
    QPushButton *m_retry;
};

} // namespace Maestro
