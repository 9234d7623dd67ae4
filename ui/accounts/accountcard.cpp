// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/accounts/accountcard.h"

#include "ui/common/accounttext.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! A small mark with a word in it.
QWidget *makeChip(const QString &text, QWidget *parent)
{
    auto *chip = new Panel(Panel::Tone::Notice, parent);
    auto *layout = new QHBoxLayout(chip);
    layout->setContentsMargins(gridSteps(1), gridSteps(0.25), gridSteps(1), gridSteps(0.25));
    QLabel *label = makeLabel(text, LabelLook::Small, chip);
    label->setWordWrap(false);
    layout->addWidget(label);
    return chip;
}

void addFact(QFormLayout &facts, const QString &name, const QString &value)
{
    if (!value.isEmpty()) {
        QLabel *label = makeLabel(name, LabelLook::Muted);
        label->setWordWrap(false);
        facts.addRow(label, makeLabel(value, LabelLook::Body));
    }
}

} // namespace

AccountCard::AccountCard(const ChatTarget &target, Rank rank, const QString &keyringName,
                         QWidget *parent)
    : Panel(Tone::Surface, parent)
{
    const QString name = displayName(target);
    setAccessibleName(tr("%1 at %2").arg(name, target.providerName));
    auto *heading = new QHBoxLayout;
    heading->setSpacing(gridSteps(1));
    heading->addWidget(
        makeIconLabel(themeIcon(target.isLocked ? u"lock"_s : u"person"_s, IconTint::Accent),
                      gridSteps(3), this));
    auto *titles = new QVBoxLayout;
    titles->setSpacing(0);
    titles->addWidget(makeLabel(name, LabelLook::Strong, this));
    titles->addWidget(makeLabel(target.providerName, LabelLook::Small, this));
    heading->addLayout(titles, 1);
    if (rank == Rank::Default) {
        heading->addWidget(makeChip(tr("Default"), this), 0, Qt::AlignTop);
    }
    auto *facts = new QFormLayout;
    facts->setHorizontalSpacing(gridSteps(3));
    facts->setVerticalSpacing(gridSteps(0.5));
    facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addFacts(*facts, target, keyringName);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    layout->setSpacing(gridSteps(1.25));
    layout->addLayout(heading);
    layout->addLayout(facts);
    layout->addWidget(makeButtons(target, rank));
}

void AccountCard::addFacts(QFormLayout &facts, const ChatTarget &target, const QString &keyringName)
{
    const Account &account = target.account;
    const bool isTitle = displayName(target) == account.email;
    addFact(facts, tr("E-mail"), isTitle ? QString() : account.email);
    addFact(facts, tr("Plan"), account.plan);
    addFact(facts, tr("Workspace"), account.organization);
    addFact(facts, tr("Project"), account.project);
    addFact(facts, tr("Way in"), wayInText(account));
    addFact(facts, tr("Valid"), validityText(account));
    addFact(facts, tr("Secret"), keepingText(account, keyringName));
    if (target.unavailable) {
        addFact(facts, tr("Problem"), target.unavailable->message);
    }
}

QWidget *AccountCard::makeButtons(const ChatTarget &target, Rank rank)
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    const QString name = displayName(target);
    const auto add = [&](const QString &text, const QString &spoken, const QString &tip) {
        auto *button = new QPushButton(text, row);
        // Every card has these: the name says whose they are.
        button->setAccessibleName(spoken.arg(name));
        button->setToolTip(tip);
        button->setAutoDefault(false);
        layout->addWidget(button);
        return button;
    };
    if (rank == Rank::Other) {
        connect(add(tr("Make default"), tr("Make %1 the default"),
                    tr("Ask this account from now on, and at the next start")),
                &QPushButton::clicked, this, &AccountCard::makeDefaultRequested);
    }
    if (target.account.keeping != Account::Keeping::Environment && !target.isPractice) {
        connect(
            add(tr("Sign in again"), tr("Sign in again as %1"), tr("Renew this account in place")),
            &QPushButton::clicked, this, &AccountCard::signInAgainRequested);
    }
    connect(add(tr("Sign out…"), tr("Sign out of %1"), tr("Choose how far, and see what stays")),
            &QPushButton::clicked, this, &AccountCard::signOutRequested);
    layout->addStretch();
    return row;
}

} // namespace Maestro
