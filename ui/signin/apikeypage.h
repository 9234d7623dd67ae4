// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinchoice.h"

#include <QWizardPage>

class QLabel;
class QLineEdit;

namespace Maestro {

//! Where an API key is typed or pasted.
class ApiKeyPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit ApiKeyPage(QWidget *parent = nullptr);

    void setChoice(const SignInChoice &choice);
    //! Where the key will be kept, as a sentence.
    void setKeeping(const QString &keeping);
    //! What was typed, without what a clipboard puts around it.
    Secret key() const;
    void clearKey();

    bool isComplete() const override;
    void initializePage() override;

private:
    QLabel *m_title;
    QLabel *m_label;
    QLineEdit *m_key;
    QLabel *m_keeping;
    QLabel *m_problem;
};

} // namespace Maestro
