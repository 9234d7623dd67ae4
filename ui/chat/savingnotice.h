// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/error.h"
#include "ui/common/panel.h"

namespace Maestro {

//! Says for as long as it is so that what is said cannot be written, and that it is not lost.
class SavingNotice : public Panel
{
    Q_OBJECT

public:
    explicit SavingNotice(QWidget *parent = nullptr);

    void showFailure(const Error &error);

Q_SIGNALS:
    void retryRequested();

private:
    QLabel *m_message;
    QLabel *m_advice;
};

} // namespace Maestro
