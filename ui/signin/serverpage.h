// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinmeans.h"

#include <QWizardPage>

class QLabel;
class QLineEdit;

namespace Maestro {

//! Where the address of an OpenAI-compatible server is typed, and its key, if it wants one.
class ServerPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit ServerPage(QWidget *parent = nullptr);

    void setChoice(const SignInChoice &choice);
    SignInInput input() const;
    void clearKey();

    bool isComplete() const override;
    void initializePage() override;

private:
    QLabel *m_title;
    QLineEdit *m_address;
    QLineEdit *m_key;
};

} // namespace Maestro
