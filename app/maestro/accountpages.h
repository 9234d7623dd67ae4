// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "composition.h"
#include "ui/chat/chattargets.h"

#include <QObject>
#include <QPointer>

class QWidget;

namespace Maestro {

class AccountsDialog;
class SignOutDialog;

//! The windows about accounts, and what they do.
class AccountPages : public QObject
{
    Q_OBJECT

public:
    //! Both outlive this.
    AccountPages(Composition &composition, QWidget &window);
    ~AccountPages() override;

    void showAccounts();
    //! Asks how far, then does it.
    void signOut(const AccountKey &account);
    //! Who there is now.
    void setTargets(const QList<ChatTarget> &targets);

Q_SIGNALS:
    void addRequested();
    void signInAgainRequested(const Maestro::AccountKey &account);
    void defaultChosen(const Maestro::AccountKey &account);
    void signedOut(const Maestro::AccountKey &account);

private:
    void connectDialog();
    void start(const AccountKey &account, SignOutReach reach);
    bool canRevoke(const AccountKey &account) const;

    Composition &m_composition;
    QWidget &m_window;
    QList<ChatTarget> m_targets;
    QPointer<AccountsDialog> m_accounts;
    QPointer<SignOutDialog> m_question;
    std::unique_ptr<SignOut> m_signOut;
};

} // namespace Maestro
