// SPDX-FileCopyrightText: The Maestro authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/signin/progresspage.h"

#include "ui/common/icons.h"
#include "ui/common/panel.h"
#include "ui/common/theme.h"
#include "ui/signin/codepanel.h"
#include "ui/signin/failurepanel.h"
#include "ui/signin/otheraccountpanel.h"
#include "ui/signin/pasteaddress.h"
#include "ui/signin/stagelist.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Maestro {

namespace {

QList<SignInStep> stepsOf(const ProgressPage::Attempt &attempt)
{
    QList<SignInStep> steps;
    switch (attempt.choice.kind) {
    case SignInChoice::Kind::Browser:
        steps = {SignInStep::AuthorizationUrl, SignInStep::Listener, SignInStep::Person,
                 SignInStep::Code, SignInStep::Tokens};
        if (attempt.route == SignInInput::Route::Code) {
            steps.removeOne(SignInStep::Listener);
        }
        // Answers on a plan are signed with the token itself.
        if (attempt.choice.usagePage.isEmpty()) {
            steps.append(SignInStep::ApiKey);
        }
        break;
    case SignInChoice::Kind::ApiKey:
    case SignInChoice::Kind::Server:
        steps = {SignInStep::ApiKey};
        break;
    // How the practice provider is entered is its own affair.
    case SignInChoice::Kind::Practice:
        return {};
    }
    steps.append(SignInStep::Account);
    if (attempt.listsModels) {
        steps.append(SignInStep::Models);
    }
    return steps;
}

QString hintFor(const ProgressPage::Attempt &attempt)
{
    const SignInChoice &choice = attempt.choice;
    if (attempt.route == SignInInput::Route::Code) {
        return ProgressPage::tr("Sign in with %1 on any computer or phone, with a code.")
            .arg(choice.providerName);
    }
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
    , m_proxy(makeLabel({}, LabelLook::Small, this))
    , m_stages(new StageList(this))
    , m_browserTools(new QWidget(this))
    , m_open(new QPushButton(themeIcon(u"browser"_s), tr("Open the browser again"), this))
    , m_copy(new QPushButton(themeIcon(u"link"_s), tr("Copy link"), this))
    , m_paste(new PasteAddress(this))
    , m_code(new CodePanel(this))
    , m_other(new OtherAccountPanel(this))
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
    layout->addWidget(m_proxy);
    layout->addSpacing(gridSteps(1));
    layout->addWidget(m_stages);
    layout->addSpacing(gridSteps(1));
    layout->addWidget(m_browserTools);
    layout->addWidget(m_code);
    layout->addWidget(m_other);
    layout->addWidget(m_failure);
    layout->addStretch();

    connectParts();
}

void ProgressPage::connectParts()
{
    connect(m_open, &QPushButton::clicked, this, &ProgressPage::openBrowserRequested);
    connect(m_copy, &QPushButton::clicked, this, &ProgressPage::copyLinkRequested);
    connect(m_copy, &QPushButton::clicked, this, [this] { m_copy->setText(tr("Link copied")); });
    connect(m_paste, &PasteAddress::submitted, this, &ProgressPage::addressSubmitted);
    connect(m_paste, &PasteAddress::codeRequested, this, &ProgressPage::codeRequested);
    connect(m_code, &CodePanel::openRequested, this, &ProgressPage::openPageRequested);
    connect(m_other, &OtherAccountPanel::keepRequested, this, &ProgressPage::keepOtherRequested);
    connect(m_other, &OtherAccountPanel::anotherRequested, this, &ProgressPage::restartRequested);
    connect(m_failure, &FailurePanel::retryRequested, this, &ProgressPage::retryRequested);
    connect(m_failure, &FailurePanel::restartRequested, this, &ProgressPage::restartRequested);
}

void ProgressPage::begin(const Attempt &attempt)
{
    m_attempt = attempt;
    m_succeeded = false;
    m_title->setText(attempt.choice.title);
    setAccessibleName(attempt.choice.title);
    m_hint->setText(hintFor(attempt));
    m_proxy->setText(tr("Through the %1").arg(attempt.proxy));
    m_proxy->setVisible(!attempt.proxy.isEmpty());
    m_copy->setText(tr("Copy link"));
    m_failure->hide();
    m_paste->setOffersCode(attempt.choice.offersCode);
    m_paste->reset();
    m_stages->begin(stepsOf(attempt));
    hideTools();
}

void ProgressPage::reach(SignInStage stage, const QString &detail)
{
    m_stages->reach(stepOf(stage), detail);
    const bool waits = stage == SignInStage::Person;
    if (!waits) {
        hideTools();
    }
    m_browserTools->setVisible(waits && m_attempt.route == SignInInput::Route::Browser);
}

void ProgressPage::hideTools()
{
    m_browserTools->hide();
    m_code->stop();
    m_other->hide();
}

void ProgressPage::offerCode(const QUrl &where, const QString &userCode, const QDateTime &expiresAt)
{
    m_code->offer(where, userCode, expiresAt);
}

void ProgressPage::askAboutOther(const Account &found)
{
    hideTools();
    m_other->ask(found);
}

void ProgressPage::showBrowserProblem()
{
    m_hint->setText(
        tr("Your browser did not open. Copy the link and open it in a browser yourself."));
}

void ProgressPage::showAddressProblem(const Error &error) { m_paste->showProblem(error); }

void ProgressPage::addressTaken() { m_paste->reset(); }

void ProgressPage::fail(SignInStage stage, const Error &error, bool canGoOn)
{
    hideTools();
    // A no is caught like a code, but it was said in the browser.
    const bool saidNo = stage == SignInStage::Code && error.kind == Error::Kind::AccessDenied;
    const SignInStep failed = m_stages->fail(saidNo ? SignInStep::Person : stepOf(stage));
    m_failure->showFailure(failed, error,
                           canGoOn ? FailurePanel::Retry::FromHere : FailurePanel::Retry::Anew,
                           report());
}

void ProgressPage::goOn()
{
    m_failure->hide();
    m_other->hide();
}

//! Stages, times and versions: nothing that a person would have to look through before they pass it
//! on.
QString ProgressPage::report() const
{
    QString report = m_attempt.versions + u'\n';
    report += u"way in: "_s + m_attempt.choice.id
        + (m_attempt.route == SignInInput::Route::Code ? u", with a code"_s : QString()) + u'\n';
    report += u"proxy: "_s + (m_attempt.proxy.isEmpty() ? u"none"_s : m_attempt.proxy) + u'\n';
    return report + m_stages->report();
}

void ProgressPage::accountReached()
{
    hideTools();
    m_stages->reach(SignInStep::Account);
}

void ProgressPage::succeed()
{
    m_stages->complete();
    hideTools();
    m_succeeded = true;
    Q_EMIT completeChanged();
}

} // namespace Maestro
