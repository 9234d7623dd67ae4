// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialvault.h"
#include "ui/chat/chattargets.h"

#include <QDialog>

class QScrollArea;

namespace Maestro {

class AccountCard;
class VaultCard;

//! Every account, with where its secret lives, and what can be done with it.
class AccountsDialog : public QDialog
{
    Q_OBJECT

public:
    //! `vault` must outlive the dialog.
    explicit AccountsDialog(CredentialVault &vault, QWidget *parent = nullptr);

    void showAccounts(const QList<ChatTarget> &targets,
                      const std::optional<AccountKey> &defaultAccount);

Q_SIGNALS:
    void addRequested();
    void makeDefaultRequested(const Maestro::AccountKey &account);
    void signInAgainRequested(const Maestro::AccountKey &account);
    void signOutRequested(const Maestro::AccountKey &account);

private:
    QWidget *makeEmptyState();
    void connectCard(const AccountCard &card, const AccountKey &account);
    void showLock(const QList<ChatTarget> &targets);

    CredentialVault &m_vault;
    QScrollArea *m_scroll;
    VaultCard *m_vaultCard;
};

} // namespace Maestro
