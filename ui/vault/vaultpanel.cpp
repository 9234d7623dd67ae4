// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/vault/vaultpanel.h"

#include "core/after.h"
#include "ui/common/details.h"
#include "ui/common/icons.h"
#include "ui/common/secretfield.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QLineEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

VaultPanel::VaultPanel(CredentialVault &vault, UntilQuit untilQuit, QWidget *parent)
    : Panel(Tone::Notice, parent)
    , m_vault(vault)
    , m_untilQuit(untilQuit)
    , m_body(new QBoxLayout(QBoxLayout::TopToBottom))
    , m_message(makeLabel({}, LabelLook::Strong, this))
    , m_advice(makeLabel({}, LabelLook::Body, this))
    , m_passphrase(makeSecretField(tr("Passphrase"), this))
    , m_details(new Details(this))
    , m_buttons(new QWidget(this))
    , m_hide(new QToolButton(this))
{
    m_hide->setIcon(themeIcon(u"close"_s, IconTint::Muted));
    m_hide->setToolTip(tr("Hide this for now"));
    m_hide->setAccessibleName(tr("Hide the notice about your sign-ins"));
    m_hide->setFocusPolicy(Qt::StrongFocus);
    m_passphrase->setPlaceholderText(tr("Your passphrase"));
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->addStretch();

    auto *texts = new QVBoxLayout;
    texts->setSpacing(gridSteps(0.5));
    texts->addWidget(m_message);
    texts->addWidget(m_advice);
    texts->addWidget(m_details);
    m_body->setSpacing(gridSteps(1));
    m_body->addLayout(texts, 1);
    m_body->addWidget(m_passphrase);
    m_body->addWidget(m_buttons);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.25), gridSteps(1), gridSteps(1.25));
    layout->setSpacing(gridSteps(1.5));
    layout->addWidget(makeIconLabel(themeIcon(u"lock"_s, IconTint::Accent), gridSteps(3), this), 0,
                      Qt::AlignTop);
    layout->addLayout(m_body, 1);
    layout->addWidget(m_hide, 0, Qt::AlignTop);

    connectParts();
    showState();
}

void VaultPanel::connectParts()
{
    connect(&m_vault, &CredentialVault::stateChanged, this, &VaultPanel::showState);
    connect(m_hide, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_passphrase, &QLineEdit::returnPressed, this, &VaultPanel::unlockWithPassphrase);
}

void VaultPanel::showState()
{
    const std::optional<VaultNotice> notice = noticeOf(m_vault);
    m_passphrase->clear();
    if (!notice) {
        hide();
        showSetAside();
        return;
    }
    say(notice->problem);
    showRemedies(notice->remedies);
    show();
}

QBoxLayout *VaultPanel::emptyButtonRow()
{
    const auto buttons
        = m_buttons->findChildren<QPushButton *>(QString(), Qt::FindDirectChildrenOnly);
    for (QPushButton *button : buttons) {
        // It may be the one that was pressed.
        button->hide();
        button->setParent(nullptr);
        button->deleteLater();
    }
    return static_cast<QBoxLayout *>(m_buttons->layout());
}

void VaultPanel::showRemedies(const QList<VaultRemedy> &remedies)
{
    QBoxLayout *layout = emptyButtonRow();
    int shown = 0;
    for (const VaultRemedy remedy : remedies) {
        if (remedy == VaultRemedy::UntilQuit && m_untilQuit == UntilQuit::Elsewhere) {
            continue;
        }
        auto *button = new QPushButton(textOf(remedy), m_buttons);
        button->setAccessibleName(textOf(remedy).remove(u'…'));
        button->setToolTip(explanationOf(remedy));
        button->setAutoDefault(false);
        button->setDefault(shown == 0);
        layout->insertWidget(shown++, button);
        button->show(); // at once, not with the next event
        connect(button, &QPushButton::clicked, this, [this, remedy] { apply(remedy); });
    }
    const bool typed = remedies.contains(VaultRemedy::TypePassphrase);
    m_passphrase->setVisible(typed);
    // One button has room beside its text.
    m_body->setDirection(shown == 1 && !typed ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    setBusy(m_isBusy);
}

void VaultPanel::say(const Error &error)
{
    m_message->setText(error.message);
    m_advice->setText(error.advice);
    m_advice->setVisible(!error.advice.isEmpty());
    m_details->setText(error.detail);
    setAccessibleName(error.message);
    setAccessibleDescription(error.advice);
}

void VaultPanel::attend()
{
    const std::optional<VaultNotice> notice = noticeOf(m_vault);
    if (!notice) {
        return;
    }
    show();
    if (m_isBusy) {
        return;
    }
    if (notice->remedies.first() == VaultRemedy::Unlock) {
        apply(VaultRemedy::Unlock);
    } else if (m_passphrase->isVisible()) {
        m_passphrase->setFocus();
    } else if (auto *best = m_buttons->findChild<QPushButton *>()) {
        best->setFocus();
    }
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void VaultPanel::apply(VaultRemedy remedy)
{
    switch (remedy) {
    case VaultRemedy::Unlock:
        wait(m_vault.unlock(), tr("Your system asks for the keyring’s password…"));
        return;
    case VaultRemedy::TypePassphrase:
        unlockWithPassphrase();
        return;
    case VaultRemedy::TryAgain:
        wait(m_vault.state() == CredentialVault::State::Unusable ? m_vault.open()
                                                                 : m_vault.unlock(),
             tr("Looking for the key to your sign-ins…"));
        return;
    case VaultRemedy::UseAsIs:
        wait(m_vault.acceptAsIs(), tr("Reading what can still be read…"));
        return;
    case VaultRemedy::StartOver:
        askBeforeStartingOver();
        return;
    case VaultRemedy::UntilQuit:
        hide();
        Q_EMIT untilQuitChosen();
        return;
    }
    Q_UNREACHABLE();
}

void VaultPanel::unlockWithPassphrase()
{
    if (m_passphrase->text().isEmpty() || m_isBusy) {
        m_passphrase->setFocus();
        return;
    }
    wait(m_vault.unlock(Secret(m_passphrase->text().toUtf8())), tr("Unlocking your sign-ins…"));
}

//! In place, with both answers where the question is: nothing is lost, but all are signed out.
void VaultPanel::askBeforeStartingOver()
{
    say({Error::Kind::Configuration, tr("Set the saved sign-ins aside?"),
         tr("You sign in to every account again. Nothing is deleted: the old file stays beside "
            "the new one, under another name.")});
    m_passphrase->hide();
    m_body->setDirection(QBoxLayout::TopToBottom);
    QBoxLayout *layout = emptyButtonRow();
    auto *yes = new QPushButton(tr("Set aside and start over"), m_buttons);
    auto *no = new QPushButton(tr("Leave it as it is"), m_buttons);
    for (QPushButton *button : {yes, no}) {
        button->setAccessibleName(button->text());
        button->setAutoDefault(false);
    }
    yes->setToolTip(tr("Begin with no saved sign-ins"));
    no->setToolTip(tr("Change nothing"));
    layout->insertWidget(0, no);
    layout->insertWidget(0, yes);
    yes->show();
    no->show();
    connect(yes, &QPushButton::clicked, this,
            [this] { wait(m_vault.startOver(), tr("Setting the saved sign-ins aside…")); });
    connect(no, &QPushButton::clicked, this, &VaultPanel::showState);
    no->setFocus();
}

void VaultPanel::wait(const CredentialVault::Done &done, const QString &meanwhile)
{
    say({Error::Kind::Unknown, meanwhile});
    setBusy(true);
    after(this, done, [this](const std::optional<Error> &error) { onDone(error); });
}

void VaultPanel::onDone(const std::optional<Error> &error)
{
    setBusy(false);
    const bool hadPassphrase = m_passphrase->isVisible();
    showState();
    if (error && noticeOf(m_vault)) {
        say(*error);
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
        if (hadPassphrase) {
            m_passphrase->setFocus();
        }
    }
}

void VaultPanel::showSetAside()
{
    const std::optional<Error> setAside = m_vault.setAside();
    if (!setAside || setAside == m_toldSetAside
        || m_vault.state() == CredentialVault::State::Closed) {
        return;
    }
    m_toldSetAside = setAside;
    say(*setAside);
    showRemedies({});
    show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void VaultPanel::setBusy(bool busy)
{
    m_isBusy = busy;
    m_buttons->setEnabled(!busy);
    m_passphrase->setEnabled(!busy);
}

} // namespace Maestro
