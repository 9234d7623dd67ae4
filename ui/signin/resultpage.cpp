// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/resultpage.h"

#include "ui/common/accounttext.h"
#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/quotation.h"
#include "ui/common/theme.h"

#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QPushButton *makeButton(const QString &icon, const QString &text, const QString &tip,
                        QWidget *parent)
{
    auto *button = new QPushButton(themeIcon(icon), text, parent);
    button->setAccessibleName(text);
    button->setToolTip(tip);
    button->setAutoDefault(false);
    return button;
}

QString modelsText(const std::optional<ModelCount> &models)
{
    if (!models) {
        return {};
    }
    if (!*models) {
        return ResultPage::tr("The list could not be fetched; the usual ones are offered.");
    }
    return **models == 0 ? ResultPage::tr("The provider lists none for this account.")
                         : ResultPage::tr("%n to choose from", nullptr, **models);
}

} // namespace

ResultPage::ResultPage(QWidget *parent)
    : QWizardPage(parent)
    , m_title(makeLabel({}, LabelLook::Title, this))
    , m_doneMark(makeIconLabel(themeIcon(u"done"_s, IconTint::Success), gridSteps(5), this))
    , m_noKeyMark(makeIconLabel(themeIcon(u"warning"_s, IconTint::Danger), gridSteps(5), this))
    , m_noKey(new Panel(Panel::Tone::Danger, this))
    , m_noKeyMessage(makeLabel({}, LabelLook::Strong, m_noKey))
    , m_noKeyReason(new Quotation(m_noKey))
    , m_noKeyAdvice(makeLabel({}, LabelLook::Body, m_noKey))
    , m_organization(makeButton(u"browser"_s, tr("Create an organization"),
                                tr("Opens the platform’s page; then sign in again"), m_noKey))
    , m_again(makeButton(u"retry"_s, tr("Sign in again"),
                         tr("With the organization that you created"), m_noKey))
    , m_key(makeButton(u"key"_s, tr("Paste an API key"), tr("Use a key that you have"), m_noKey))
    , m_plan(makeButton(u"person"_s, tr("Continue with ChatGPT"),
                        tr("Answers then run on your ChatGPT plan"), m_noKey))
    , m_planNotice(new Panel(Panel::Tone::Notice, this))
    , m_facts(new QFormLayout)
{
    setFinalPage(true);
    makeNoKeyPanel();
    makePlanPanel();
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
    layout->addWidget(m_planNotice);
    layout->addWidget(card);
    layout->addStretch();
}

QWidget *ResultPage::makeNoKeyPanel()
{
    auto *buttons = new QVBoxLayout;
    for (QPushButton *button : {m_organization, m_again, m_key, m_plan}) {
        buttons->addWidget(button, 0, Qt::AlignLeft);
    }
    auto *layout = new QVBoxLayout(m_noKey);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    layout->addWidget(m_noKeyMessage);
    layout->addWidget(m_noKeyReason);
    layout->addWidget(m_noKeyAdvice);
    layout->addLayout(buttons);
    connect(m_organization, &QPushButton::clicked, this, [this] {
        m_again->show();
        Q_EMIT organizationPageRequested(m_organizationPage);
    });
    connect(m_again, &QPushButton::clicked, this, &ResultPage::signInAgainRequested);
    connect(m_key, &QPushButton::clicked, this, &ResultPage::apiKeyRequested);
    connect(m_plan, &QPushButton::clicked, this, &ResultPage::planRequested);
    return m_noKey;
}

QWidget *ResultPage::makePlanPanel()
{
    auto *usage
        = makeButton(u"browser"_s, tr("Manage usage"),
                     tr("Opens the page that shows what is used of your plan"), m_planNotice);
    auto *texts = new QVBoxLayout;
    texts->addWidget(
        makeLabel(tr("You're using your ChatGPT plan"), LabelLook::Strong, m_planNotice));
    texts->addWidget(makeLabel(tr("Answers count against its limits. When those are used up, "
                                  "Maestro says so; it never goes on with a key that is billed."),
                               LabelLook::Body, m_planNotice));
    texts->addWidget(usage, 0, Qt::AlignLeft);
    auto *layout = new QHBoxLayout(m_planNotice);
    layout->setContentsMargins(gridSteps(2), gridSteps(1.5), gridSteps(2), gridSteps(1.5));
    layout->addLayout(texts, 1);
    connect(usage, &QPushButton::clicked, this, [this] { Q_EMIT usagePageRequested(m_usagePage); });
    return m_planNotice;
}

void ResultPage::addFact(const QString &name, const QString &value)
{
    if (!value.isEmpty()) {
        QLabel *label = makeLabel(name, LabelLook::Muted, this);
        label->setWordWrap(false);
        m_facts->addRow(label, makeLabel(value, LabelLook::Body, this));
    }
}

void ResultPage::addFacts(const Ending &ending)
{
    while (m_facts->rowCount() > 0) {
        m_facts->removeRow(0);
    }
    const Account &account = ending.result.account;
    const SignInChoice &choice = ending.choice;
    const bool typedKey = choice.kind == SignInChoice::Kind::ApiKey;
    const bool signsWithToken = !choice.usagePage.isEmpty();
    addFact(tr("Provider"), choice.providerName);
    addFact(tr("Account"), account.email);
    addFact(tr("Name"), account.name);
    addFact(tr("Plan"), account.plan);
    addFact(tr("Organization"), account.organization);
    addFact(tr("Project"), account.project);
    if (choice.kind == SignInChoice::Kind::Server) {
        addFact(tr("Server"), account.key.accountId);
    } else if (!signsWithToken) {
        addFact(tr("API key"),
                ending.result.noKey ? tr("Not obtained")
                    : typedKey      ? tr("Accepted by %1").arg(choice.providerName)
                                    : tr("Obtained"));
    }
    if (!ending.result.noKey) {
        addFact(tr("Models"), modelsText(ending.models));
    }
    addFact(tr("Secret"), keepingText(account, ending.keyringName));
}

void ResultPage::showResult(const Ending &ending)
{
    const std::optional<Error> &noKey = ending.result.noKey;
    const QString title
        = noKey ? tr("You are signed in, but cannot ask yet") : tr("You are signed in");
    m_title->setText(title);
    setAccessibleName(title);
    m_doneMark->setVisible(!noKey);
    m_noKeyMark->setVisible(noKey.has_value());
    m_noKey->setVisible(noKey.has_value());
    if (noKey) {
        m_noKeyMessage->setText(noKey->message);
        m_noKeyReason->setReason(noKey->reason);
        m_noKeyAdvice->setText(noKey->advice);
        m_noKeyAdvice->setVisible(!noKey->advice.isEmpty());
    }
    m_organizationPage = ending.result.organizationPage;
    m_usagePage = ending.choice.usagePage;
    m_organization->setVisible(!m_organizationPage.isEmpty());
    m_again->hide(); // until the page was opened
    m_plan->setVisible(ending.offersPlan);
    m_planNotice->setVisible(!m_usagePage.isEmpty() && !noKey);
    addFacts(ending);
}

} // namespace Maestro
