// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/resultpage.h"

#include "ui/common/accounttext.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"

#include <QFormLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

ResultPage::ResultPage(QWidget *parent)
    : QWizardPage(parent)
    , m_title(makeLabel({}, LabelLook::Title, this))
    , m_doneMark(makeIconLabel(themeIcon(u"done"_s, IconTint::Success), gridSteps(5), this))
    , m_noKeyMark(makeIconLabel(themeIcon(u"warning"_s, IconTint::Danger), gridSteps(5), this))
    , m_noKey(new Panel(Panel::Tone::Danger, this))
    , m_noKeyMessage(makeLabel({}, LabelLook::Strong, m_noKey))
    , m_noKeyAdvice(makeLabel({}, LabelLook::Body, m_noKey))
    , m_facts(new QFormLayout)
{
    setFinalPage(true);
    auto *noKey = new QVBoxLayout(m_noKey);
    noKey->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    noKey->addWidget(m_noKeyMessage);
    noKey->addWidget(m_noKeyAdvice);
    auto *card = new Panel(Panel::Tone::Surface, this);
    card->setLayout(m_facts);
    m_facts->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    m_facts->setHorizontalSpacing(gridSteps(3));
    m_facts->setVerticalSpacing(gridSteps(1));
    m_facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridSteps(1.5));
    layout->addWidget(m_doneMark);
    layout->addWidget(m_noKeyMark);
    layout->addWidget(m_title);
    layout->addWidget(m_noKey);
    layout->addWidget(card);
    layout->addStretch();
}

void ResultPage::addFact(const QString &name, const QString &value)
{
    if (!value.isEmpty()) {
        QLabel *label = makeLabel(name, LabelLook::Muted, this);
        label->setWordWrap(false);
        m_facts->addRow(label, makeLabel(value, LabelLook::Body, this));
    }
}

void ResultPage::showResult(const SignInChoice &choice, const SignedIn &result)
{
    while (m_facts->rowCount() > 0) {
        m_facts->removeRow(0);
    }
    const Account &account = result.account;
    const QString title
        = result.noKey ? tr("You are signed in, but cannot ask yet") : tr("You are signed in");
    m_title->setText(title);
    setAccessibleName(title);
    m_doneMark->setVisible(!result.noKey);
    m_noKeyMark->setVisible(result.noKey.has_value());
    m_noKey->setVisible(result.noKey.has_value());
    if (result.noKey) {
        m_noKeyMessage->setText(result.noKey->message);
        m_noKeyAdvice->setText(result.noKey->advice);
        m_noKeyAdvice->setVisible(!result.noKey->advice.isEmpty());
    }
    addFact(tr("Provider"), choice.providerName);
    addFact(tr("Account"), account.email);
    addFact(tr("Name"), account.name);
    addFact(tr("Plan"), account.plan);
    addFact(tr("Organization"), account.organization);
    addFact(tr("Project"), account.project);
    addFact(tr("API key"),
            result.noKey ? tr("Not obtained")
                : choice.kind == SignInChoice::Kind::ApiKey
                ? tr("Accepted by %1").arg(choice.providerName)
                : tr("Obtained"));
    addFact(tr("Secret"), keepingText(account));
}

} // namespace Maestro
