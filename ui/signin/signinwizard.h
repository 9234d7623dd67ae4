// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/signin/signinmeans.h"

#include <QWizard>

#include <optional>

namespace Maestro {

class ApiKeyPage;
class ChoicePage;
class KeepingPage;
class ProgressPage;
class ResultPage;
class ServerPage;
class SignInUnderWay;

//! Leads from the choice of a way in to an account that can be asked. Closing it drops
//! the sign-in under way.
class SignInWizard : public QWizard
{
    Q_OBJECT

public:
    SignInWizard(const QList<SignInChoice> &choices, SignInMeans means, QWidget *parent = nullptr);
    ~SignInWizard() override;

    //! Goes on from the first page as if this one had been chosen there. Call it once shown.
    void choose(const QString &choiceId);
    //! The same, for an account that is to be signed in again: somebody else is shown before
    //! anything of them is kept.
    void chooseAgain(const QString &choiceId, const AccountKey &expected);

    int nextId() const override;
    void done(int result) override;

Q_SIGNALS:
    //! As soon as the sign-in has worked, with or without a key; the result is still being shown.
    void accountAdded(const Maestro::Account &account, const std::optional<Maestro::Error> &noKey);

private:
    enum Page { ChoosePage, KeepPage, KeyPage, AddressPage, SignInPage, EndPage };

    void addPages();
    void connectPages();
    void nameButtons();

    void onChosen(int index);
    void begin(const SignInChoice &choice, const std::optional<AccountKey> &expected);
    //! Makes sure of a place for the secrets, then goes on; asks for one if there is none.
    void prepare();
    void onPrepared(const std::optional<Error> &problem);
    void goOn();
    void keepUntilQuit();
    void onPageChanged(int page);
    void showButtonsOf(int page);
    void startSignIn();
    void startWithCode();
    int pageAfterChoice() const;
    const SignInChoice *findChoice(const QString &choiceId) const;
    //! From the result on, by another way in.
    void leaveFor(const QString &choiceId);
    void takeModels(const Account &account);
    void showResult(const std::optional<ModelCount> &models);
    SignInInput input() const;
    void onSucceeded(const SignedIn &signedIn);

    QList<SignInChoice> m_choices;
    SignInMeans m_means;
    SignInChoice m_choice;
    SignInInput::Route m_route = SignInInput::Route::Browser;
    std::optional<AccountKey> m_expected;
    SignedIn m_signedIn;
    bool m_isPreparing = false;
    bool m_isListing = false;

    ChoicePage *m_choicePage;
    KeepingPage *m_keepingPage = nullptr; //!< only where there is a vault
    ApiKeyPage *m_keyPage;
    ServerPage *m_serverPage;
    ProgressPage *m_progressPage;
    ResultPage *m_resultPage;
    SignInUnderWay *m_signIn;
};

} // namespace Maestro
