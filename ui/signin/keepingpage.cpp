// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/keepingpage.h"

#include "core/after.h"
#include "ui/common/choicebutton.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"
#include "ui/vault/passphraseform.h"
#include "ui/vault/vaultpanel.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

KeepingPage::KeepingPage(CredentialVault &vault, QWidget *parent)
    : QWizardPage(parent)
    , m_vault(vault)
    , m_problem(makeLabel({}, LabelLook::Muted, this))
    , m_form(new PassphraseForm(this))
    , m_passphraseCard(makePassphraseCard())
    , m_vaultPanel(new VaultPanel(vault, VaultPanel::UntilQuit::Elsewhere, this))
    , m_untilQuit(new ChoiceButton(
          themeIcon(u"person"_s, IconTint::Accent), tr("Stay signed in until I quit"),
          tr("Nothing is written to this computer. The next start asks you to sign in again."),
          ChoiceButton::Rank::Secondary, this))
    , m_keyring(new QPushButton(themeIcon(u"retry"_s), tr("Try the keyring again"), this))
{
    setAccessibleName(tr("Where shall your sign-in be kept?"));
    m_keyring->setAccessibleName(m_keyring->text());
    m_keyring->setToolTip(tr("Look whether the system keyring can be used now"));
    m_keyring->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridSteps(1.25));
    layout->addWidget(makeLabel(accessibleName(), LabelLook::Title, this));
    layout->addWidget(m_problem);
    layout->addWidget(m_vaultPanel);
    layout->addWidget(m_passphraseCard);
    layout->addWidget(m_untilQuit);
    layout->addWidget(m_keyring, 0, Qt::AlignLeft);
    layout->addStretch();

    connect(&m_vault, &CredentialVault::stateChanged, this, &KeepingPage::onStateChanged);
    connect(m_form, &PassphraseForm::accepted, this, &KeepingPage::makeVault);
    connect(m_untilQuit, &QAbstractButton::clicked, this, &KeepingPage::untilQuitChosen);
    connect(m_keyring, &QPushButton::clicked, this, &KeepingPage::keyringWanted);
}

QWidget *KeepingPage::makePassphraseCard()
{
    auto *card = new Panel(Panel::Tone::Surface, this);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    layout->setSpacing(gridSteps(1));
    auto *heading = new QHBoxLayout;
    heading->setSpacing(gridSteps(1.25));
    heading->addWidget(makeIconLabel(themeIcon(u"lock"_s, IconTint::Accent), gridSteps(3), card));
    heading->addWidget(
        makeLabel(tr("On this computer, encrypted with a passphrase"), LabelLook::Strong, card), 1);
    layout->addLayout(heading);
    layout->addWidget(m_form);
    return card;
}

void KeepingPage::showProblem(const Error &problem)
{
    const bool isFirstRun = m_vault.state() == CredentialVault::State::FirstRun;
    // Else the panel says it, with what can be done.
    m_problem->setText(problem.message);
    m_problem->setVisible(isFirstRun);
    m_passphraseCard->setVisible(isFirstRun);
    m_keyring->setVisible(isFirstRun);
    m_form->clear();
    m_form->setBusy(false);
    if (isFirstRun) {
        m_form->focusFirst();
    }
}

void KeepingPage::onStateChanged()
{
    if (!isVisible()) {
        return;
    }
    if (m_vault.state() == CredentialVault::State::Ready) {
        Q_EMIT settled();
    } else if (m_vault.state() == CredentialVault::State::FirstRun) {
        // The old file was set aside: the keyring may have room for the new one.
        Q_EMIT keyringWanted();
    }
}

void KeepingPage::makeVault(const Secret &passphrase)
{
    m_form->setBusy(true);
    after(this, m_vault.makeWithPassphrase(passphrase), [this](const std::optional<Error> &error) {
        m_form->setBusy(false);
        if (error) {
            m_form->showProblem(*error);
        } else {
            m_form->clear();
        }
    });
}

} // namespace Maestro
