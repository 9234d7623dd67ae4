// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/accounts/vaultcard.h"

#include "core/after.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/vault/passphraseform.h"

#include <QAccessible>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QPushButton *makeButton(const QString &text, const QString &tip, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setAccessibleName(QString(text).remove(u'…'));
    button->setToolTip(tip);
    button->setAutoDefault(false);
    return button;
}

} // namespace

VaultCard::VaultCard(CredentialVault &vault, QWidget *parent)
    : Panel(Tone::Raised, parent)
    , m_vault(vault)
    , m_text(makeLabel({}, LabelLook::Body, this))
    , m_form(new PassphraseForm(this))
    , m_toKeyring(makeButton(tr("Keep the key in the keyring"),
                             tr("Open your sign-ins with the system keyring from now on"), this))
    , m_toPassphrase(makeButton(tr("Use a passphrase…"),
                                tr("Lock your sign-ins with a passphrase from now on"), this))
    , m_lockOut(makeButton(tr("Lock out old copies"),
                           tr("Seal everything anew, so that a copy of the file from before, in a "
                              "backup for one, opens no more"),
                           this))
    , m_outcome(makeLabel({}, LabelLook::Muted, this))
{
    auto *heading = new QHBoxLayout;
    heading->setSpacing(gridSteps(1));
    heading->addWidget(makeIconLabel(themeIcon(u"lock"_s, IconTint::Accent), gridSteps(3), this));
    heading->addWidget(makeLabel(tr("How your sign-ins are locked"), LabelLook::Strong, this), 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_toPassphrase);
    buttons->addWidget(m_toKeyring);
    buttons->addWidget(m_lockOut);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    layout->setSpacing(gridSteps(1));
    layout->addLayout(heading);
    layout->addWidget(m_text);
    layout->addLayout(buttons);
    layout->addWidget(m_form);
    layout->addWidget(m_outcome);
    m_form->hide();
    m_outcome->hide();

    connect(m_toPassphrase, &QPushButton::clicked, this, [this] {
        m_form->show();
        m_form->focusFirst();
    });
    connect(m_form, &PassphraseForm::accepted, this, [this](const Secret &passphrase) {
        wait(m_vault.moveToPassphrase(passphrase), tr("Sealing your sign-ins anew…"),
             tr("Your sign-ins are locked with your passphrase now."));
    });
    connect(m_toKeyring, &QPushButton::clicked, this, [this] {
        wait(m_vault.moveToKeyring(), tr("Sealing your sign-ins anew…"),
             tr("The key to your sign-ins is in the keyring now."));
    });
    connect(m_lockOut, &QPushButton::clicked, this, [this] {
        wait(m_vault.lockOutCopies(), tr("Sealing your sign-ins anew…"),
             tr("Copies of the file from before can no longer be opened with the keyring."));
    });
}

void VaultCard::showLock(Lock lock)
{
    const bool isKeyring = lock == Lock::Keyring;
    const QString keyring
        = m_vault.keyringName().isEmpty() ? tr("the system keyring") : m_vault.keyringName();
    m_text->setText(isKeyring
                        ? tr("They are encrypted on this computer. The key is in %1.").arg(keyring)
                        : tr("They are encrypted on this computer with your passphrase."));
    m_toKeyring->setVisible(!isKeyring);
    m_toPassphrase->setText(isKeyring ? tr("Use a passphrase…") : tr("Change the passphrase…"));
    m_toPassphrase->setAccessibleName(m_toPassphrase->text().remove(u'…'));
    m_lockOut->setVisible(isKeyring);
    setVisible(m_vault.state() == CredentialVault::State::Ready);
}

void VaultCard::wait(const CredentialVault::Done &done, const QString &meanwhile,
                     const QString &outcome)
{
    say(meanwhile);
    setBusy(true);
    after(this, done, [this, outcome](const std::optional<Error> &error) {
        setBusy(false);
        say(error ? error->message + u' ' + error->advice : outcome);
        if (!error) {
            m_form->clear();
            m_form->hide();
        }
    });
}

void VaultCard::setBusy(bool busy)
{
    for (QPushButton *button : {m_toKeyring, m_toPassphrase, m_lockOut}) {
        button->setEnabled(!busy);
    }
    m_form->setBusy(busy);
}

void VaultCard::say(const QString &text)
{
    m_outcome->setText(text);
    m_outcome->show();
    QAccessibleEvent alert(m_outcome, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace Maestro
