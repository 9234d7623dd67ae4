// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/accounts/accountsdialog.h"

#include "ui/accounts/accountcard.h"
#include "ui/accounts/vaultcard.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

AccountsDialog::AccountsDialog(CredentialVault &vault, QWidget *parent)
    : QDialog(parent)
    , m_vault(vault)
    , m_scroll(new QScrollArea(this))
    , m_vaultCard(new VaultCard(vault, this))
{
    setWindowTitle(tr("Accounts"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus); // the cards' buttons bring it along
    m_scroll->viewport()->setBackgroundRole(QPalette::Window);
    auto *add = new QPushButton(themeIcon(u"add"_s), tr("&Add account…"), this);
    add->setAccessibleName(tr("Add account"));
    add->setToolTip(tr("Sign in, or use an API key"));
    auto *close = new QPushButton(tr("C&lose"), this);
    close->setAccessibleName(tr("Close"));
    close->setToolTip(tr("Close this window"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addStretch();
    buttons->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(2.5), gridSteps(2), gridSteps(2.5), gridSteps(2));
    layout->setSpacing(gridSteps(1.5));
    layout->addWidget(makeLabel(tr("Accounts"), LabelLook::Title, this));
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_vaultCard);
    layout->addLayout(buttons);
    resize(gridSteps(84), gridSteps(88));
    connect(add, &QPushButton::clicked, this, &AccountsDialog::addRequested);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
}

void AccountsDialog::showAccounts(const QList<ChatTarget> &targets,
                                  const std::optional<AccountKey> &defaultAccount)
{
    auto *list = new QWidget;
    auto *layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 0, gridSteps(0.5), 0);
    layout->setSpacing(gridSteps(1.25));
    for (const ChatTarget &target : targets) {
        const AccountKey &key = target.account.key;
        auto *card = new AccountCard(
            target, key == defaultAccount ? AccountCard::Rank::Default : AccountCard::Rank::Other,
            m_vault.keyringName(), list);
        layout->addWidget(card);
        connectCard(*card, key);
    }
    if (targets.isEmpty()) {
        layout->addWidget(makeEmptyState());
    }
    layout->addStretch();
    // The button that was pressed may be on the list that goes.
    if (QWidget *before = m_scroll->takeWidget()) {
        before->hide();
        before->deleteLater();
    }
    m_scroll->setWidget(list);
    showLock(targets);
}

void AccountsDialog::connectCard(const AccountCard &card, const AccountKey &account)
{
    connect(&card, &AccountCard::makeDefaultRequested, this,
            [this, account] { Q_EMIT makeDefaultRequested(account); });
    connect(&card, &AccountCard::signInAgainRequested, this,
            [this, account] { Q_EMIT signInAgainRequested(account); });
    connect(&card, &AccountCard::signOutRequested, this,
            [this, account] { Q_EMIT signOutRequested(account); });
}

void AccountsDialog::showLock(const QList<ChatTarget> &targets)
{
    const auto keptBy = [&targets](Account::Keeping keeping) {
        return std::any_of(targets.begin(), targets.end(), [keeping](const ChatTarget &target) {
            return target.account.keeping == keeping;
        });
    };
    if (keptBy(Account::Keeping::Keyring)) {
        m_vaultCard->showLock(VaultCard::Lock::Keyring);
    } else if (keptBy(Account::Keeping::Passphrase)) {
        m_vaultCard->showLock(VaultCard::Lock::Passphrase);
    } else {
        m_vaultCard->hide();
    }
}

QWidget *AccountsDialog::makeEmptyState()
{
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, gridSteps(6), 0, gridSteps(6));
    layout->setSpacing(gridSteps(1));
    layout->addWidget(makeIconLabel(themeIcon(u"person"_s, IconTint::Muted), gridSteps(6), page), 0,
                      Qt::AlignHCenter);
    QLabel *title = makeLabel(tr("No account yet"), LabelLook::Heading, page);
    QLabel *text
        = makeLabel(tr("Sign in with OpenAI, use an API key, or try the practice provider."),
                    LabelLook::Muted, page);
    for (QLabel *label : {title, text}) {
        label->setAlignment(Qt::AlignHCenter);
        layout->addWidget(label);
    }
    return page;
}

} // namespace Maestro
