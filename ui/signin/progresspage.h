// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinchoice.h"

#include <QWizardPage>

class QLabel;
class QPushButton;

namespace Maestro {

class FailurePanel;
class PasteAddress;
class StageList;

//! A sign-in under way: what has been done, what is waited for, and what went wrong.
class ProgressPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit ProgressPage(QWidget *parent = nullptr);

    //! Shows an attempt from its beginning.
    void begin(const SignInChoice &choice);
    void reach(SignInStage stage);
    void fail(SignInStage stage, const Error &error);
    void succeed();
    //! The browser did not open: what is to be done instead.
    void showBrowserProblem();
    //! What is wrong with the address that was pasted; the attempt goes on.
    void showAddressProblem(const Error &error);
    void addressTaken();

    bool isComplete() const override { return m_succeeded; }

Q_SIGNALS:
    void openBrowserRequested();
    void copyLinkRequested();
    void addressSubmitted(const QString &address);
    void retryRequested();

private:
    void setWaitingForPerson(bool waiting);

    QLabel *m_title;
    QLabel *m_hint;
    StageList *m_stages;
    QWidget *m_browserTools;
    QPushButton *m_open;
    QPushButton *m_copy;
    PasteAddress *m_paste;
    FailurePanel *m_failure;
    bool m_succeeded = false;
};

} // namespace Maestro
