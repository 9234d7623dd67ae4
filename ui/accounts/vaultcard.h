// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialvault.h"
#include "ui/common/panel.h"

class QPushButton;

namespace Maestro {

class PassphraseForm;

//! How the saved sign-ins are locked, and how to lock them otherwise. Hidden while there are none
//! that could be read.
class VaultCard : public Panel
{
    Q_OBJECT

public:
    //! `vault` must outlive the card.
    explicit VaultCard(CredentialVault &vault, QWidget *parent = nullptr);

    //! What opens the vault now, as the accounts say.
    enum class Lock { Keyring, Passphrase };
    void showLock(Lock lock);

private:
    void addButtons();
    void wait(const CredentialVault::Done &done, const QString &meanwhile, const QString &outcome);
    void setBusy(bool busy);
    void say(const QString &text);

    CredentialVault &m_vault;
    QLabel *m_text;
    PassphraseForm *m_form;
    QPushButton *m_toKeyring;
    QPushButton *m_toPassphrase;
    QPushButton *m_lockOut;
    QLabel *m_outcome;
};

} // namespace Maestro
