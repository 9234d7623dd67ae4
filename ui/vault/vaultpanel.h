// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/common/panel.h"
#include "ui/vault/vaultnotice.h"

class QBoxLayout;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace Maestro {

class Details;

//! What keeps the saved sign-ins from being read, with the buttons that help. Hidden while there is
//! nothing to say. It asks only when somebody presses a button or calls attend().
class VaultPanel : public Panel
{
    Q_OBJECT

public:
    //! Whether going on without the vault is among the ways forward; a page may have its own.
    enum class UntilQuit { Offered, Elsewhere };

    //! `vault` must outlive the panel.
    explicit VaultPanel(CredentialVault &vault, UntilQuit untilQuit = UntilQuit::Offered,
                        QWidget *parent = nullptr);

    //! The sign-ins are needed now: asks for the keyring, or brings the person to what is to be
    //! typed or decided.
    void attend();

Q_SIGNALS:
    void untilQuitChosen();

private:
    void connectParts();
    void showState();
    QBoxLayout *emptyButtonRow();
    void showRemedies(const QList<VaultRemedy> &remedies);
    void askBeforeStartingOver();
    void showSetAside();
    void apply(VaultRemedy remedy);
    void unlockWithPassphrase();
    void wait(const CredentialVault::Done &done, const QString &meanwhile);
    void onDone(const std::optional<Error> &error);
    void say(const Error &error);
    void setBusy(bool busy);

    CredentialVault &m_vault;
    UntilQuit m_untilQuit;
    bool m_isBusy = false;
    std::optional<Error> m_toldSetAside; //!< the file that was set aside, once it was told
    QBoxLayout *m_body;
    QLabel *m_message;
    QLabel *m_advice;
    QLineEdit *m_passphrase;
    Details *m_details;
    QWidget *m_buttons;
    QToolButton *m_hide;
};

} // namespace Maestro
