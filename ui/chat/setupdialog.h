// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/chatstore.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QPlainTextEdit;
class QSpinBox;

namespace Maestro {

//! How the questions of one conversation are asked: what the model is told before everything, and
//! its parameters. What is left alone is left to the provider.
class SetupDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SetupDialog(const ChatSetup &setup, QWidget *parent = nullptr);

Q_SIGNALS:
    //! From the next question on.
    void chosen(const Maestro::ChatSetup &setup);

private:
    ChatSetup setup() const;

    const ChatSetup m_before;
    QPlainTextEdit *m_system;
    QComboBox *m_effort;
    QCheckBox *m_hasTemperature;
    QDoubleSpinBox *m_temperature;
    QCheckBox *m_hasLimit;
    QSpinBox *m_limit;
};

} // namespace Maestro
