// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "accountpages.h"
#include "composition.h"
#include "core/openchats.h"
#include "desktopappearance.h"
#include "keptconversations.h"
#include "keptlook.h"
#include "systemnetwork.h"
#include "ui/chat/chatwindow.h"
#include "waysin.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

namespace Maestro {

class DoctorDialog;
class SignInWizard;
class VaultPanel;

//! The window program put together: makes the rooms and the widgets, connects them, owns them.
class MaestroApp : public QObject
{
    Q_OBJECT

public:
    //! `problem` is what was wrong with the configuration; it is shown, and the program goes on.
    //! What is kept is kept in `dataDirectory`.
    MaestroApp(const Configuration &configuration, const std::optional<Error> &problem,
               PracticeProvider::Pace practicePace = {},
               const QString &dataDirectory = Composition::defaultDataDirectory(),
               QObject *parent = nullptr);
    ~MaestroApp() override;

    void show();
    //! Opens the wizard; with a choice's id, at that choice.
    void signIn(const QString &choiceId = {});
    //! Ends the program, once all is written: whoever asks for it is not there to be asked.
    void terminate() { m_kept.leaveUnasked(); }

private:
    void connectWindow();
    void connectAccounts();
    SignInWizard *makeWizard();

    void onAccountAdded(const Account &account, const std::optional<Error> &noKey);
    void onAccountPicked(const AccountKey &account);
    void onTargetChosen(const AccountKey &account, const QString &api, const QString &model);
    void onVaultChanged();
    void onUntilQuitChosen();
    void onApplicationStateChanged(Qt::ApplicationState state);
    void onNetworkChanged(NetworkPresence::State state);
    void signInAgain(const AccountKey &account);
    void onSignedOut(const AccountKey &account);
    QFuture<ModelCount> fetchModels(const AccountKey &account);
    //! Of every account that can be asked and was not yet.
    void fetchMissingModels();
    void checkConnection();
    void onToolsToggled(bool allowed);
    void furnish(OpenChat &chat);
    void showModelFacts();
    ChatTarget targetOf(const Account &account, const Provider &provider);
    bool isLocked(const Account &account);
    QList<ChatTarget> targets();
    void showTargets();

    Composition m_composition;
    WaysIn m_waysIn;
    TokenRates m_rates; //!< learnt by all conversations
    PlanStandings m_plans; //!< told to any of them
    OpenChats m_chats;
    ChatWindow m_window;
    KeptConversations m_kept;
    SystemNetwork m_network;
    DesktopAppearance m_desktop;
    KeptLook m_look;
    AccountPages m_accountPages;
    VaultPanel *m_vaultPanel;
    QPointer<SignInWizard> m_wizard;
    QPointer<DoctorDialog> m_doctor;
    bool m_isOpen = false; //!< the vault has been looked at
    //! What the providers listed, and what keeps an account from being asked; by account.
    QHash<AccountKey, QStringList> m_models;
    QSet<AccountKey> m_asked; //!< for their models
    QHash<AccountKey, Error> m_unavailable;
};

} // namespace Maestro
