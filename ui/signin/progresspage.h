// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinmeans.h"

#include <QWizardPage>

class QLabel;
class QPushButton;

namespace Maestro {

class CodePanel;
class FailurePanel;
class OtherAccountPanel;
class PasteAddress;
class StageList;

//! A sign-in under way: what has been done, what is waited for, and what went wrong.
class ProgressPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit ProgressPage(QWidget *parent = nullptr);

    //! What an attempt is made of.
    struct Attempt
    {
        SignInChoice choice;
        SignInInput::Route route = SignInInput::Route::Browser;
        QString proxy = {}; //!< on the way to the provider; empty if there is none
        QString versions = {};
        bool listsModels = false;
    };

    //! Shows an attempt from its beginning.
    void begin(const Attempt &attempt);
    void reach(SignInStage stage, const QString &detail = {});
    void offerCode(const QUrl &where, const QString &userCode, const QDateTime &expiresAt);
    void askAboutOther(const Account &found);
    //! `canGoOn`: trying again begins where it failed.
    void fail(SignInStage stage, const Error &error, bool canGoOn);
    //! It goes on after a failure.
    void goOn();
    //! The account is there; its models come now, if they do.
    void accountReached();
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
    void restartRequested();
    void codeRequested();
    void keepOtherRequested();
    //! The page where a code is typed, in the browser of this computer.
    void openPageRequested(const QUrl &page);

private:
    void connectParts();
    void hideTools();
    QString report() const;

    Attempt m_attempt;
    QLabel *m_title;
    QLabel *m_hint;
    QLabel *m_proxy;
    StageList *m_stages;
    QWidget *m_browserTools;
    QPushButton *m_open;
    QPushButton *m_copy;
    PasteAddress *m_paste;
    CodePanel *m_code;
    OtherAccountPanel *m_other;
    FailurePanel *m_failure;
    bool m_succeeded = false;
};

} // namespace Maestro
