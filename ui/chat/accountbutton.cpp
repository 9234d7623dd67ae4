// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/chat/accountbutton.h"

#include "ui/common/accounttext.h"
#include "ui/common/icons.h"

#include <QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! A name as an action shows it: its ampersands are no shortcuts.
QString actionText(QString name) { return name.replace(u'&', u"&&"_s); }

} // namespace

AccountButton::AccountButton(QWidget *parent)
    : QToolButton(parent)
{
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setPopupMode(QToolButton::InstantPopup);
    setIcon(themeIcon(u"person"_s, IconTint::Muted));
    setFocusPolicy(Qt::StrongFocus);
    setMenu(new QMenu(this));
    show({}, std::nullopt);
}

void AccountButton::show(const QList<ChatTarget> &targets,
                         const std::optional<ChosenTarget> &chosen)
{
    const auto it = std::find_if(targets.begin(), targets.end(), [&](const ChatTarget &target) {
        return chosen && isOf(target, *chosen);
    });
    const ChatTarget *current = it == targets.end() ? nullptr : &*it;
    const QString name = current ? displayName(*current) : tr("Not signed in");
    const bool onPlan = current && !current->usagePage.isEmpty();
    setText(actionText(onPlan ? tr("%1  ·  Using ChatGPT plan").arg(name) : name));
    setAccessibleName(current ? tr("Account: %1").arg(name) : name);
    setToolTip(current ? keepingText(current->account) : tr("Sign in or add an account"));
    fillMenu(targets, current);
}

void AccountButton::fillMenu(const QList<ChatTarget> &targets, const ChatTarget *current)
{
    menu()->clear();
    for (const ChatTarget &target : targets) {
        const QString plan
            = target.account.plan.isEmpty() ? QString() : u" ("_s + target.account.plan + u')';
        QAction *action = menu()->addAction(
            actionText(target.providerName + u"  ·  "_s + displayName(target) + plan));
        action->setCheckable(true);
        action->setChecked(current == &target);
        action->setToolTip(keepingText(target.account));
        const ChosenTarget chosen{target.account.key, target.api, target.models.value(0)};
        connect(action, &QAction::triggered, this,
                [this, chosen] { Q_EMIT accountChosen(chosen); });
    }
    menu()->addSeparator();
    QAction *add = menu()->addAction(themeIcon(u"add"_s),
                                     targets.isEmpty() ? tr("Sign in…") : tr("Add account…"));
    add->setToolTip(tr("Sign in, or use an API key"));
    connect(add, &QAction::triggered, this, &AccountButton::addRequested);
    if (current && !current->usagePage.isEmpty()) {
        QAction *usage = menu()->addAction(themeIcon(u"browser"_s), tr("Manage usage…"));
        usage->setToolTip(tr("Opens the page that shows what is used of your plan"));
        const QUrl page = current->usagePage;
        connect(usage, &QAction::triggered, this,
                [this, page] { Q_EMIT usagePageRequested(page); });
    }
    QAction *accounts = menu()->addAction(themeIcon(u"person"_s), tr("Accounts…"));
    accounts->setToolTip(tr("See every account and where its secret lives"));
    connect(accounts, &QAction::triggered, this, &AccountButton::accountsRequested);
    if (current && current->account.keeping != Account::Keeping::Environment) {
        QAction *signOut
            = menu()->addAction(tr("Sign out of %1…").arg(actionText(displayName(*current))));
        signOut->setToolTip(tr("Choose how far, and see what stays"));
        const AccountKey account = current->account.key;
        connect(signOut, &QAction::triggered, this,
                [this, account] { Q_EMIT signOutRequested(account); });
    }
    menu()->setToolTipsVisible(true);
}

} // namespace Maestro
