// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/choicepage.h"

#include "ui/common/choicebutton.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QIcon iconOf(SignInChoice::Kind kind, IconTint tint)
{
    switch (kind) {
    case SignInChoice::Kind::Browser:
        return themeIcon(u"browser"_s, tint);
    case SignInChoice::Kind::ApiKey:
        return themeIcon(u"key"_s, tint);
    case SignInChoice::Kind::Server:
        return themeIcon(u"server"_s, tint);
    case SignInChoice::Kind::Practice:
        return themeIcon(u"practice"_s, tint);
    }
    Q_UNREACHABLE();
}

} // namespace

ChoicePage::ChoicePage(const QList<SignInChoice> &choices, QWidget *parent)
    : QWizardPage(parent)
    , m_ways(new QWidget(this))
    , m_busy(makeLabel(tr("If your system asks for the keyring’s password, answer it there. That "
                          "is where your sign-in will be kept."),
                       LabelLook::Muted, this))
{
    setAccessibleName(tr("How do you want to sign in?"));
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridSteps(1));
    layout->addWidget(makeLabel(tr("How do you want to sign in?"), LabelLook::Title, this));
    layout->addWidget(m_busy);
    layout->addSpacing(gridSteps(1));
    auto *ways = new QVBoxLayout(m_ways);
    ways->setContentsMargins(0, 0, 0, 0);
    ways->setSpacing(gridSteps(1));
    for (int i = 0; i < choices.size(); ++i) {
        const SignInChoice &choice = choices[i];
        const bool primary = i == 0;
        const QIcon icon = iconOf(choice.kind, primary ? IconTint::OnAccent : IconTint::Accent);
        const QString text = choice.buttonText.isEmpty() ? choice.title : choice.buttonText;
        auto *button = new ChoiceButton(
            icon, text, choice.description,
            primary ? ChoiceButton::Rank::Primary : ChoiceButton::Rank::Secondary, m_ways);
        button->setObjectName(choice.id);
        ways->addWidget(button);
        connect(button, &QAbstractButton::clicked, this, [this, i] { Q_EMIT chosen(i); });
    }
    ways->addStretch();
    // There may be more ways in than a small screen has room for.
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus); // it follows the focus of the buttons
    scroll->viewport()->setBackgroundRole(QPalette::Window);
    scroll->setWidget(m_ways);
    layout->addWidget(scroll, 1);
    setBusy(false);
}

void ChoicePage::setBusy(bool busy)
{
    m_ways->setEnabled(!busy);
    m_busy->setVisible(busy);
}

} // namespace Maestro
