// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "accountpages.h"

#include "ui/accounts/accountsdialog.h"
#include "ui/accounts/signoutdialog.h"

#include <QWidget>

#include <algorithm>

namespace Maestro {

AccountPages::AccountPages(Composition &composition, QWidget &window)
    : m_composition(composition)
    , m_window(window)
{ }

AccountPages::~AccountPages() = default;

void AccountPages::showAccounts()
{
    if (!m_accounts) {
        m_accounts = new AccountsDialog(m_composition.vault(), &m_window);
        m_accounts->setAttribute(Qt::WA_DeleteOnClose);
        connectDialog();
        setTargets(m_targets);
        m_accounts->show();
    }
    m_accounts->raise();
    m_accounts->activateWindow();
}

void AccountPages::connectDialog()
{
    connect(m_accounts, &AccountsDialog::addRequested, this, &AccountPages::addRequested);
    connect(m_accounts, &AccountsDialog::signInAgainRequested, this,
            &AccountPages::signInAgainRequested);
    connect(m_accounts, &AccountsDialog::signOutRequested, this, &AccountPages::signOut);
    connect(m_accounts, &AccountsDialog::makeDefaultRequested, this, &AccountPages::defaultChosen);
}

void AccountPages::setTargets(const QList<ChatTarget> &targets)
{
    m_targets = targets;
    if (m_accounts) {
        m_accounts->showAccounts(targets, m_composition.settings().defaultAccount());
    }
}

bool AccountPages::canRevoke(const AccountKey &account) const
{
    const auto profile = m_composition.profile(account.provider);
    return account.type == AccountKey::Type::OAuth && profile && !profile->revokeUrl.isEmpty();
}

void AccountPages::signOut(const AccountKey &account)
{
    const auto it
        = std::find_if(m_targets.begin(), m_targets.end(), [&account](const ChatTarget &target) {
              return target.account.key == account;
          });
    if (it == m_targets.end() || m_question) {
        return;
    }
    m_question = new SignOutDialog(*it,
                                   canRevoke(account) ? SignOutDialog::Revocation::Possible
                                                      : SignOutDialog::Revocation::Impossible,
                                   m_accounts ? static_cast<QWidget *>(m_accounts) : &m_window);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_question, &SignOutDialog::confirmed, this,
            [this, account](SignOutReach reach) { start(account, reach); });
    m_question->open();
}

//! Goes on to its end whatever becomes of the dialog.
void AccountPages::start(const AccountKey &account, SignOutReach reach)
{
    m_signOut = m_composition.makeSignOut(account, reach);
    connect(m_signOut.get(), &SignOut::finished, this,
            [this, account](const Result<SignedOut> &result) {
                if (m_question) {
                    m_question->showResult(result);
                }
                if (result) {
                    Q_EMIT signedOut(account);
                }
            });
    m_signOut->start();
}

} // namespace Maestro
