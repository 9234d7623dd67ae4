// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinchoice.h"

#include <QWizardPage>

class QFormLayout;
class QLabel;

namespace Maestro {

class Panel;

//! Who is signed in now, with what, and where that is kept.
class ResultPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit ResultPage(QWidget *parent = nullptr);

    void showResult(const SignInChoice &choice, const SignedIn &result);
    //! Nothing follows; pages are not numbered in the order they come.
    int nextId() const override { return -1; }

private:
    void addFact(const QString &name, const QString &value);

    QLabel *m_title;
    QLabel *m_doneMark;
    QLabel *m_noKeyMark;
    Panel *m_noKey;
    QLabel *m_noKeyMessage;
    QLabel *m_noKeyAdvice;
    QFormLayout *m_facts;
};

} // namespace Maestro
