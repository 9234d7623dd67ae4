// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/progresspage.h"

#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"
#include "ui/signin/failurepanel.h"
#include "ui/signin/pasteaddress.h"
#include "ui/signin/stagelist.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QList<SignInStage> stagesOf(SignInChoice::Kind kind)
{
    switch (kind) {
    case SignInChoice::Kind::Browser:
        return {SignInStage::AuthorizationUrl, SignInStage::Listener,
                SignInStage::Person,           SignInStage::Code,
                SignInStage::Tokens,           SignInStage::ApiKey};
    case SignInChoice::Kind::ApiKey:
    case SignInChoice::Kind::Server:
        return {SignInStage::ApiKey};
    // How the practice provider is entered is its own affair.
    case SignInChoice::Kind::Practice:
        return {};
    }
    Q_UNREACHABLE();
}

QString hintFor(const SignInChoice &choice)
{
    switch (choice.kind) {
    case SignInChoice::Kind::Browser:
        return ProgressPage::tr(
                   "Sign in with %1 in the browser window that opens, then come back here.")
            .arg(choice.providerName);
    case SignInChoice::Kind::ApiKey:
        return ProgressPage::tr("%1 is asked whether it takes the key.").arg(choice.providerName);
    case SignInChoice::Kind::Server:
        return ProgressPage::tr("The server is asked for its models.");
    case SignInChoice::Kind::Practice:
        return ProgressPage::tr(
            "Press Allow on the practice page that opens in your browser, then come back here.");
    }
    Q_UNREACHABLE();
}

} // namespace

ProgressPage::ProgressPage(QWidget *parent)
    : QWizardPage(parent)
    , m_title(makeLabel({}, LabelLook::Title, this))
    , m_hint(makeLabel({}, LabelLook::Muted, this))
    , m_stages(new StageList(this))
    , m_browserTools(new QWidget(this))
    , m_open(new QPushButton(themeIcon(u"browser"_s), tr("Open the browser again"), this))
    , m_copy(new QPushButton(themeIcon(u"link"_s), tr("Copy link"), this))
    , m_paste(new PasteAddress(this))
    , m_failure(new FailurePanel(this))
{
    m_open->setToolTip(tr("Open the sign-in page in your browser once more"));
    m_open->setAccessibleName(tr("Open the browser again"));
    m_copy->setToolTip(
        tr("Copy the link, for another browser or profile. It is meant for you alone."));
    m_copy->setAccessibleName(tr("Copy the sign-in link"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_open);
    buttons->addWidget(m_copy);
    buttons->addStretch();
    auto *tools = new QVBoxLayout(m_browserTools);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->addLayout(buttons);
    tools->addWidget(m_paste);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridSteps(1));
    layout->addWidget(m_title);
    layout->addWidget(m_hint);
    layout->addSpacing(gridSteps(1));
    layout->addWidget(m_stages);
    layout->addSpacing(gridSteps(1));
    layout->addWidget(m_browserTools);
    layout->addWidget(m_failure);
    layout->addStretch();

    connect(m_open, &QPushButton::clicked, this, &ProgressPage::openBrowserRequested);
    connect(m_copy, &QPushButton::clicked, this, &ProgressPage::copyLinkRequested);
    connect(m_copy, &QPushButton::clicked, this, [this] { m_copy->setText(tr("Link copied")); });
    connect(m_paste, &PasteAddress::submitted, this, &ProgressPage::addressSubmitted);
    connect(m_failure, &FailurePanel::retryRequested, this, &ProgressPage::retryRequested);
}

void ProgressPage::begin(const SignInChoice &choice)
{
    m_succeeded = false;
    m_title->setText(choice.title);
    setAccessibleName(choice.title);
    m_hint->setText(hintFor(choice));
    m_copy->setText(tr("Copy link"));
    m_failure->hide();
    m_paste->reset();
    m_stages->begin(stagesOf(choice.kind));
    setWaitingForPerson(false);
}

void ProgressPage::reach(SignInStage stage)
{
    m_stages->reach(stage);
    setWaitingForPerson(stage == SignInStage::Person);
}

void ProgressPage::setWaitingForPerson(bool waiting) { m_browserTools->setVisible(waiting); }

void ProgressPage::showBrowserProblem()
{
    m_hint->setText(
        tr("Your browser did not open. Copy the link and open it in a browser yourself."));
}

void ProgressPage::showAddressProblem(const Error &error) { m_paste->showProblem(error); }

void ProgressPage::addressTaken() { m_paste->reset(); }

void ProgressPage::fail(SignInStage stage, const Error &error)
{
    setWaitingForPerson(false);
    // A no is caught like a code, but it was said in the browser.
    const bool saidNo = stage == SignInStage::Code && error.kind == Error::Kind::AccessDenied;
    m_failure->showFailure(m_stages->fail(saidNo ? SignInStage::Person : stage), error);
}

void ProgressPage::succeed()
{
    m_stages->complete();
    setWaitingForPerson(false);
    m_succeeded = true;
    Q_EMIT completeChanged();
}

} // namespace Maestro
