// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinchoice.h"

#include <QWizard>

namespace Maestro {

class ApiKeyPage;
class ChoicePage;
class ProgressPage;
class ResultPage;

//! Leads from the choice of a way in to an account that can be asked. Owns the sign-in under way;
//! closing the wizard drops it.
class SignInWizard : public QWizard
{
    Q_OBJECT

public:
    SignInWizard(const QList<SignInChoice> &choices, MakeSignIn makeSignIn, OpenBrowser openBrowser,
                 QWidget *parent = nullptr);
    ~SignInWizard() override;

    //! Goes on from the first page as if this one had been chosen there. Call it once shown.
    void choose(const QString &choiceId);

    void done(int result) override;

Q_SIGNALS:
    //! As soon as the sign-in has worked, with or without a key; the result is still being shown.
    void accountAdded(const Maestro::Account &account, const std::optional<Maestro::Error> &noKey);

private:
    enum Page { ChoosePage, KeyPage, SignInPage, EndPage };

    void onChosen(int index);
    void onPageChanged(int page);
    void startSignIn();
    void dropSignIn();
    void onBrowserRequested(const QUrl &address);
    void openBrowser();
    void copyLink();
    void submitAddress(const QString &address);
    void onFinished(const Result<SignedIn> &result);

    QList<SignInChoice> m_choices;
    MakeSignIn m_makeSignIn;
    OpenBrowser m_openBrowser;
    SignInChoice m_choice;
    std::unique_ptr<SignIn> m_signIn;

    ChoicePage *m_choicePage;
    ApiKeyPage *m_keyPage;
    ProgressPage *m_progressPage;
    ResultPage *m_resultPage;
};

} // namespace Maestro
