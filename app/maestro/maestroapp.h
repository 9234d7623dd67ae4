// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "composition.h"
#include "core/chatsession.h"
#include "ui/chat/chatwindow.h"
#include "ui/signin/signinchoice.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace Maestro {

class DoctorDialog;
class SignInWizard;

//! The window program put together: makes the rooms and the widgets, connects them, owns them.
class MaestroApp : public QObject
{
    Q_OBJECT

public:
    //! `problem` is what was wrong with the configuration; it is shown, and the program goes on.
    MaestroApp(const Configuration &configuration, const std::optional<Error> &problem,
               PracticeProvider::Pace practicePace = {}, QObject *parent = nullptr);
    ~MaestroApp() override;

    void show();
    //! Opens the wizard; with a choice's id, at that choice.
    void signIn(const QString &choiceId = {});

private:
    QList<SignInChoice> choices() const;
    std::unique_ptr<SignIn> makeSignIn(const SignInChoice &choice, const Secret &apiKey);
    std::unique_ptr<SignIn> makeBrowserSignIn(const QString &providerId);

    void onAccountAdded(const Account &account, const std::optional<Error> &noKey);
    void onTargetChosen(const AccountKey &account, const QString &api, const QString &model);
    void signOut(const AccountKey &account);
    void fetchModels(const AccountKey &account);
    void checkConnection();
    void showTargets();
    void connectWindow();

    PracticeProvider::Pace m_practicePace;
    Composition m_composition;
    ChatSession m_session;
    ChatWindow m_window;
    QPointer<SignInWizard> m_wizard;
    QPointer<DoctorDialog> m_doctor;
    //! What the providers listed, and what keeps an account from being asked; by account.
    QHash<AccountKey, QStringList> m_models;
    QHash<AccountKey, Error> m_unavailable;
};

} // namespace Maestro
