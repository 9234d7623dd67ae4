// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"
#include "ui/common/panel.h"

class QPushButton;
class QToolButton;

namespace Maestro {

class Details;

//! What went wrong, what to do about it, and the buttons that do it. Hidden while there is nothing.
class ErrorBanner : public Panel
{
    Q_OBJECT

public:
    explicit ErrorBanner(QWidget *parent = nullptr);

    //! Shows the error and has screen readers say it; the focus stays where it is.
    void showError(const Error &error);
    void dismiss();

Q_SIGNALS:
    void retryRequested();
    void signInRequested();

private:
    QLabel *m_message;
    QLabel *m_advice;
    Details *m_details;
    QPushButton *m_retry;
    QPushButton *m_signIn;
    QToolButton *m_dismiss;
};

} // namespace Maestro
