// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinmeans.h"

#include <QWizard>

namespace Maestro {

class ApiKeyPage;
class ChoicePage;
class KeepingPage;
class ProgressPage;
class ResultPage;

//! Leads from the choice of a way in to an account that can be asked. Owns the sign-in under way;
//! closing the wizard drops it.
class SignInWizard : public QWizard
{
    Q_OBJECT

public:
    SignInWizard(const QList<SignInChoice> &choices, SignInMeans means, QWidget *parent = nullptr);
    ~SignInWizard() override;

    //! Goes on from the first page as if this one had been chosen there. Call it once shown.
    void choose(const QString &choiceId);

    void done(int result) override;

Q_SIGNALS:
    //! As soon as the sign-in has worked, with or without a key; the result is still being shown.
    void accountAdded(const Maestro::Account &account, const std::optional<Maestro::Error> &noKey);

private:
    enum Page { ChoosePage, KeepPage, KeyPage, SignInPage, EndPage };

    void addPages();
    void connectPages();
    void nameButtons();

    void onChosen(int index);
    //! Makes sure of a place for the secrets, then goes on; asks for one if there is none.
    void prepare();
    void onPrepared(const std::optional<Error> &problem);
    void goOn();
    void keepUntilQuit();
    void onPageChanged(int page);
    void startSignIn();
    SignInInput input() const;
    void dropSignIn();
    void onBrowserRequested(const QUrl &address);
    void openBrowser();
    void copyLink();
    void submitAddress(const QString &address);
    void onFinished(const Result<SignedIn> &result);

    QList<SignInChoice> m_choices;
    SignInMeans m_means;
    SignInChoice m_choice;
    bool m_isPreparing = false;
    std::unique_ptr<SignIn> m_signIn;

    ChoicePage *m_choicePage;
    KeepingPage *m_keepingPage = nullptr; //!< only where there is a vault
    ApiKeyPage *m_keyPage;
    ProgressPage *m_progressPage;
    ResultPage *m_resultPage;
};

} // namespace Maestro
