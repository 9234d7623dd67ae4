// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/serverpage.h"

#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/secretfield.h"
#include "ui/common/theme.h"

#include <QLineEdit>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

//! No address that a person types is longer.
constexpr int LongestAddress = 2048;

} // namespace

ServerPage::ServerPage(QWidget *parent)
    : QWizardPage(parent)
    , m_title(makeLabel({}, LabelLook::Title, this))
    , m_address(new QLineEdit(this))
    , m_key(makeSecretField(tr("API key, if the server wants one"), this))
{
    m_address->setMaxLength(LongestAddress);
    m_address->setPlaceholderText(u"http://localhost:11434/v1"_s);
    m_address->setAccessibleName(tr("Address of the server"));
    m_address->setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoAutoUppercase);
    m_key->setPlaceholderText(tr("Empty if it wants none"));
    QLabel *address = makeLabel(tr("Address of the server"), LabelLook::Strong, this);
    address->setBuddy(m_address);
    QLabel *key = makeLabel(tr("API key, if the server wants one"), LabelLook::Strong, this);
    key->setBuddy(m_key);
    auto *keeping = new QHBoxLayout;
    keeping->addWidget(makeIconLabel(themeIcon(u"lock"_s, IconTint::Muted), gridSteps(2.25), this),
                       0, Qt::AlignTop);
    keeping->addWidget(
        makeLabel(tr("The key is sent to this server and nowhere else."), LabelLook::Muted, this),
        1);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridSteps(1));
    layout->addWidget(m_title);
    layout->addWidget(makeLabel(tr("Any server that speaks OpenAI’s Chat Completions: on this "
                                   "computer, in your company, or elsewhere. It is asked for its "
                                   "models at once, which costs nothing."),
                                LabelLook::Muted, this));
    layout->addSpacing(gridSteps(1));
    layout->addWidget(address);
    layout->addWidget(m_address);
    layout->addWidget(makeLabel(tr("With https, or with http on this computer; with /v1 at the "
                                   "end if the server has it there."),
                                LabelLook::Small, this));
    layout->addSpacing(gridSteps(0.5));
    layout->addWidget(key);
    layout->addWidget(m_key);
    layout->addLayout(keeping);
    layout->addStretch();
    connect(m_address, &QLineEdit::textChanged, this, &ServerPage::completeChanged);
}

void ServerPage::setChoice(const SignInChoice &choice)
{
    m_title->setText(choice.title);
    setAccessibleName(choice.title);
    clearKey();
}

SignInInput ServerPage::input() const
{
    return {.apiKey = Secret(m_key->text().trimmed().toUtf8()),
            .server = m_address->text().trimmed()};
}

void ServerPage::clearKey()
{
    hideSecret(m_key);
    m_key->clear();
}

bool ServerPage::isComplete() const { return !m_address->text().trimmed().isEmpty(); }

void ServerPage::initializePage() { m_address->setFocus(); }

} // namespace Maestro
