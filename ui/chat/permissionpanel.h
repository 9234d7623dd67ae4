// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/tool.h"
#include "ui/common/panel.h"

class QPlainTextEdit;
class QPushButton;

namespace Maestro {

//! Asks whether a tool may run, with everything that it is run with: the arguments are the model's,
//! and shown as plain text.
class PermissionPanel : public Panel
{
    Q_OBJECT

public:
    explicit PermissionPanel(QWidget *parent = nullptr);

    void ask(const ToolQuestion &question);
    void dismiss();

Q_SIGNALS:
    void answered(const QString &callId, bool allowed);

private:
    void answer(bool allowed);

    QString m_callId;
    QLabel *m_title;
    QPlainTextEdit *m_arguments;
    QLabel *m_question;
    QPushButton *m_refuse;
    QPushButton *m_allow;
};

} // namespace Maestro
