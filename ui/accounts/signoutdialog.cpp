// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/accounts/signoutdialog.h"

#include "core/quotation.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>
#include <QStyle>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

const QString KeysPage = u"https://platform.openai.com/api-keys"_s;

QPushButton *addButton(QBoxLayout &row, const QString &text, const QString &tip)
{
    auto *button = new QPushButton(text);
    button->setAccessibleName(QString(text).remove(u'&'));
    button->setToolTip(tip);
    row.addWidget(button);
    return button;
}

bool isOfEnvironment(const ChatTarget &target)
{
    return target.account.keeping == Account::Keeping::Environment;
}

} // namespace

SignOutDialog::SignOutDialog(const ChatTarget &target, Revocation revocation, QWidget *parent)
    : QDialog(parent)
    , m_target(target)
    , m_pages(new QStackedWidget(this))
{
    setWindowTitle(tr("Sign out"));
    setMinimumWidth(gridSteps(58));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(2.5), gridSteps(2), gridSteps(2.5), gridSteps(2));
    layout->addWidget(m_pages);
    m_pages->addWidget(makeQuestion(revocation));
    m_pages->addWidget(makeEnding());
    if (isOfEnvironment(target)) {
        say(tr("This key cannot be signed out"),
            tr("It comes from the environment variable %1 and is kept nowhere. Unset the variable "
               "and start Maestro again to be without it.")
                .arg(target.account.source));
    }
}

QWidget *SignOutDialog::makeQuestion(Revocation revocation)
{
    auto *page = new QWidget(m_pages);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(1));
    layout->addWidget(
        makeLabel(tr("Sign out of %1?").arg(displayName(m_target)), LabelLook::Heading, page));
    addChoices(*layout, revocation);
    layout->addWidget(makeLabel(tr("Your conversation, what you are writing and an answer that is "
                                   "coming in stay."),
                                LabelLook::Muted, page));
    m_problem = makeLabel({}, LabelLook::Danger, page);
    m_problem->hide();
    layout->addWidget(m_problem);
    layout->addStretch();
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    QPushButton *cancel = addButton(*buttons, tr("Cancel"), tr("Stay signed in"));
    m_signOut = addButton(*buttons, tr("&Sign out"), tr("Forget this account's secrets"));
    m_signOut->setDefault(true);
    layout->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_signOut, &QPushButton::clicked, this, &SignOutDialog::confirm);
    return page;
}

void SignOutDialog::addChoices(QBoxLayout &layout, Revocation revocation)
{
    const QString provider = m_target.providerName;
    if (revocation == Revocation::Impossible) {
        const bool isKey = m_target.account.key.type == AccountKey::Type::ApiKey;
        layout.addWidget(makeLabel(
            isKey ? tr("Its key is deleted from this computer. At %1 the key lives on until you "
                       "delete it there.")
                        .arg(provider)
                  : tr("It is forgotten on this computer. %1 offers no way to end it elsewhere.")
                        .arg(provider),
            LabelLook::Body));
        return;
    }
    auto *here = new QRadioButton(tr("From &this computer"));
    m_everywhere = new QRadioButton(tr("From this computer, and &revoke at %1").arg(provider));
    here->setToolTip(tr("Delete its secrets here"));
    m_everywhere->setToolTip(tr("Tell the provider as well"));
    here->setChecked(true);
    const std::pair<QRadioButton *, QString> choices[]
        = {{here, tr("Other computers that use this sign-in stay signed in.")},
           {m_everywhere, tr("Ends it on every computer that uses this sign-in.")}};
    for (const auto &[button, meaning] : choices) {
        button->setAccessibleName(button->text().remove(u'&'));
        button->setAccessibleDescription(meaning);
        layout.addWidget(button);
        auto *text = new QHBoxLayout;
        const int indent = style()->pixelMetric(QStyle::PM_ExclusiveIndicatorWidth)
            + style()->pixelMetric(QStyle::PM_RadioButtonLabelSpacing);
        text->setContentsMargins(indent, 0, 0, 0);
        text->addWidget(makeLabel(meaning, LabelLook::Muted));
        layout.addLayout(text);
    }
}

QWidget *SignOutDialog::makeEnding()
{
    auto *page = new QWidget(m_pages);
    m_title = makeLabel({}, LabelLook::Heading, page);
    m_text = makeLabel({}, LabelLook::Body, page);
    m_key = makeLabel({}, LabelLook::Body, page);
    m_key->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_key->setAccessibleName(tr("What lives on"));
    m_key->hide();
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridSteps(1));
    for (QLabel *label : {m_title, m_text, m_key}) {
        layout->addWidget(label);
    }
    layout->addStretch();
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    m_close = addButton(*buttons, tr("&Close"), tr("Close this window"));
    layout->addLayout(buttons);
    connect(m_close, &QPushButton::clicked, this, &QDialog::accept);
    return page;
}

void SignOutDialog::confirm()
{
    m_signOut->setEnabled(false);
    m_signOut->setText(tr("Signing out…"));
    m_problem->hide();
    Q_EMIT confirmed(m_everywhere && m_everywhere->isChecked() ? SignOutReach::Provider
                                                               : SignOutReach::ThisComputer);
}

void SignOutDialog::showResult(const Result<SignedOut> &result)
{
    if (!result) {
        m_signOut->setEnabled(true);
        m_signOut->setText(tr("&Sign out"));
        m_problem->setText(paragraphOf(result.error()));
        m_problem->show();
        QAccessibleEvent alert(m_problem, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
        return;
    }
    const QString provider = m_target.providerName;
    if (result->leavesKey) {
        m_key->setText(tr("The API key that this sign-in gave lives on until you delete it at\n%1")
                           .arg(KeysPage));
        m_key->setVisible(true);
    }
    switch (result->revocation) {
    case SignedOut::Revocation::NotAsked:
        say(tr("You are signed out"),
            tr("The secrets of %1 are deleted from this computer.").arg(displayName(m_target)));
        return;
    case SignedOut::Revocation::Confirmed:
        say(tr("You are signed out"),
            tr("%1 confirmed that this sign-in has ended everywhere.").arg(provider));
        return;
    case SignedOut::Revocation::NotConfirmed: {
        const Error doubt = result->doubt.value_or(Error());
        say(tr("You are signed out of this computer"),
            tr("%1 did not confirm that the sign-in has ended elsewhere.").arg(provider) + u' '
                + paragraphOf(doubt));
        return;
    }
    }
}

void SignOutDialog::say(const QString &title, const QString &text)
{
    m_title->setText(title);
    m_text->setText(text.trimmed());
    setAccessibleDescription(title + u". "_s + text);
    m_pages->setCurrentIndex(1);
    m_close->setDefault(true);
    m_close->setFocus();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace Maestro
