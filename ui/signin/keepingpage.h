// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/credentialvault.h"

#include <QWizardPage>

class QLabel;
class QPushButton;

namespace Maestro {

class ChoiceButton;
class PassphraseForm;
class VaultPanel;

//! Where the sign-in shall be kept, if the keyring cannot: behind a passphrase, or nowhere.
class KeepingPage : public QWizardPage
{
    Q_OBJECT

public:
    //! `vault` must outlive the page.
    explicit KeepingPage(CredentialVault &vault, QWidget *parent = nullptr);

    //! Why the question is asked.
    void showProblem(const Error &problem);
    //! Where to, once it is settled; the wizard knows.
    void setNextId(int id) { m_nextId = id; }
    int nextId() const override { return m_nextId; }

Q_SIGNALS:
    //! The vault is open, and keeps what comes.
    void settled();
    void untilQuitChosen();
    //! The keyring may be there now.
    void keyringWanted();

private:
    QWidget *makePassphraseCard();
    void onStateChanged();
    void makeVault(const Secret &passphrase);

    CredentialVault &m_vault;
    int m_nextId = -1;
    QLabel *m_problem;
    PassphraseForm *m_form;
    QWidget *m_passphraseCard;
    VaultPanel *m_vaultPanel;
    ChoiceButton *m_untilQuit;
    QPushButton *m_keyring;
};

} // namespace Maestro
