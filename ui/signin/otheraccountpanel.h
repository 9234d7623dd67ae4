// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/account.h"
#include "ui/common/panel.h"

class QPushButton;

namespace Maestro {

//! Somebody else signed in than was expected: who, before anything is kept.
class OtherAccountPanel : public Panel
{
    Q_OBJECT

public:
    explicit OtherAccountPanel(QWidget *parent = nullptr);

    void ask(const Account &found);

Q_SIGNALS:
    void keepRequested();
    void anotherRequested();

private:
    QLabel *m_who;
    QPushButton *m_keep;
    QPushButton *m_another;
};

} // namespace Maestro
